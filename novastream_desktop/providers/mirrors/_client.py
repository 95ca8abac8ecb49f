"""One mirror: its index from the web or a folder, and the answers that it gives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from novastream_desktop.errors import NotFound, ProviderUnavailable
from novastream_desktop.models import (
    Content,
    Row,
    SkipRange,
    StreamSource,
    SubtitleTrack,
    TitleDetails,
)
from novastream_desktop.providers.base import BundledMirror, WatchRequest
from novastream_desktop.providers.mirrors import _match as match
from novastream_desktop.providers.mirrors._parse import Index, Naming, parse_index
from novastream_desktop.providers.mirrors._place import folder_place, web_place

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient

#: Seconds that an index on the web is taken as it is; then it is asked for conditionally.
_INDEX_AGE = 60.0
_BIGGEST_FILE = 8 * 1024 * 1024


class Shelf(Protocol):
    """Where an index comes from and where its files lie."""

    @property
    def label(self) -> str:
        """What error sentences call the mirror."""
        ...

    @property
    def is_folder(self) -> bool:
        """Whether it lies on this machine."""
        ...

    async def index(self) -> Index:
        """Return the index, read again only if it may have changed."""
        ...

    def media(self, url: str) -> str:
        """Return a media or subtitle address, absolute, or '' if it must not be used."""
        ...


class WebShelf:
    """An index on a web server."""

    is_folder = False

    def __init__(self, url: str, http: HttpClient, origin: str) -> None:
        host = urlsplit(url).hostname or url
        self.label = f"The mirror at {host}"
        self._url = url
        self._http = http
        self._origin = origin
        self._host = host
        self._found_at = url
        self._parsed: tuple[bytes, Index] | None = None

    async def index(self) -> Index:
        """Return the index; it is parsed again only if the server sends another."""
        try:
            answer = await self._http.get(self._url, max_age=_INDEX_AGE, sound=self._check)
        except NotFound as error:
            raise ProviderUnavailable(
                f"{self.label} has no index",
                why=error.why or "nothing is at its address",
                hint="Check its address in Settings",
            ) from error
        if self._parsed is None or self._parsed[0] != answer.content:
            self._found_at = answer.url
            index = await asyncio.to_thread(self._read, answer.content, self.media)
            self._parsed = (answer.content, index)
        return self._parsed[1]

    def _check(self, raw: bytes) -> None:
        if self._parsed is not None and self._parsed[0] == raw:
            return
        if raw.lstrip()[:1] == b"<":
            raise ProviderUnavailable(
                f"{self.label} did not answer",
                why="a web page came where its index.json was expected",
                hint="Check its address in Settings",
            )
        self._read(raw, str)

    def _read(self, raw: bytes, art: Callable[[str], str]) -> Index:
        return parse_index(raw, self.label, self._host, Naming(None, self._origin, art))

    def media(self, url: str) -> str:
        """Return an address relative to where the index was found."""
        return web_place(self._found_at, url) if url else ""


@dataclass(frozen=True, slots=True)
class _Stamp:
    changed: int
    size: int


class FolderShelf:
    """An index in a folder, of the user's or of the program's own."""

    is_folder = True

    def __init__(self, file: Path, origin: str, bundled: BundledMirror | None = None) -> None:
        self.label = f"The mirror {bundled.row_id if bundled else file.parent.name}"
        self._file = file.absolute()
        self._bundled = bundled
        self._naming = Naming("nova:" if bundled else None, origin, self._art)
        self._parsed: tuple[_Stamp, Index] | None = None

    async def index(self) -> Index:
        """Return the index; it is read again only if the file was changed."""
        return await asyncio.to_thread(self.read)

    def read(self) -> Index:
        """Return the index, reading the file on this thread.

        Raises:
            ProviderUnavailable: there is no such file, or it cannot be read.
            BadResponse: it is not an index.
        """
        try:
            found = self._file.stat()
            stamp = _Stamp(found.st_mtime_ns, found.st_size)
            if self._parsed is not None and self._parsed[0] == stamp:
                return self._parsed[1]
            if stamp.size > _BIGGEST_FILE:
                raise self._unreadable("it is larger than 8 MB")
            raw = self._file.read_bytes()
        except OSError as error:
            raise self._unreadable(error.strerror or str(error)) from error
        name = self._bundled.row_id if self._bundled else self._file.parent.name
        index = parse_index(raw, f"{self.label} ({self._file})", name, self._naming)
        self._parsed = (stamp, index)
        return index

    def media(self, url: str) -> str:
        """Return an address under the bundled media server, or a `file:` address."""
        base = self._bundled.media_base if self._bundled else ""
        return folder_place(self._file.parent, url, base)

    def _art(self, url: str) -> str:
        return folder_place(self._file.parent, url) if url else ""

    def _unreadable(self, why: str) -> ProviderUnavailable:
        return ProviderUnavailable(
            f"{self.label} cannot be read",
            why=f"{self._file}: {why}",
            hint="Check its path in Settings",
        )


class MirrorProvider:
    """Rows, search, details, sources, subtitles and skip ranges of one mirror."""

    def __init__(self, name: str, shelf: Shelf, bundled: BundledMirror | None = None) -> None:
        self._name = name
        self._shelf = shelf
        self._bundled = bundled
        self._known: Index | None = None

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._name

    @property
    def reads_files(self) -> bool:
        """Whether its index is a file of this machine."""
        return self._shelf.is_folder

    def preload(self, index: Index) -> None:
        """Take an index that was read already, so that `knows` is exact from the start."""
        self._known = index

    async def rows(self) -> Sequence[Row]:
        """Return one row with all titles, and one for each of the mirror's own collections."""
        index = await self._index()
        items = tuple(item.content for item in index.items)
        if self._bundled is not None:
            row_id, title = self._bundled.row_id, self._bundled.row_title
            return (Row(id=row_id, title=title, origin=self._name, items=items),)
        whole = Row(id=f"mirror-{index.name}", title=index.name, origin=self._name, items=items)
        return (whole, *match.collection_rows(items, self._name))

    async def search(self, query: str) -> Sequence[Content]:
        """Return the titles that hold every word of the query."""
        return match.search_index(await self._index(), query)

    def knows(self, content_id: str) -> bool:
        """Whether it may be ours; certain as soon as the index was read once."""
        if self._known is None:
            return content_id.startswith("nova:" if self._bundled else "mirror:")
        if self._bundled is None:
            return content_id.startswith(f"mirror:{self._known.name}:")
        return match.find_item(self._known, content_id) is not None

    async def details(self, content_id: str) -> TitleDetails:
        """Return a title and its episodes."""
        item = match.find_item(await self._index(), content_id)
        if item is None:
            raise NotFound(
                f"{self._shelf.label} has no title {content_id}", hint="It may have been removed"
            )
        return TitleDetails(content=item.content, episodes=item.episodes)

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return what plays this."""
        index = await self._index()
        return match.sources_for(index, request, self._name, self._shelf.media)

    async def subtitles(self, request: WatchRequest) -> Sequence[SubtitleTrack]:
        """Return the subtitle tracks for this."""
        index = await self._index()
        return match.subtitles_for(index, request, self._name, self._shelf.media)

    async def skips(self, request: WatchRequest, duration: float | None) -> Sequence[SkipRange]:
        """Return the skip ranges for this."""
        return match.skips_for(await self._index(), request, duration)

    async def _index(self) -> Index:
        self._known = await self._shelf.index()
        return self._known
