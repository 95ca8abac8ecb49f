"""What a person may hand over to be played: a path, URL, magnet, torrent or content id. Pure."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from novastream_desktop.errors import InvalidInput, NotFound
from novastream_desktop.models import (
    Content,
    ContentType,
    SourceType,
    StreamSource,
    TitleDetails,
    check_content_id,
)
from novastream_desktop.models.info_hash import info_hash_v1

DIRECT = ("file:", "magnet:")
"""How ids begin of what no catalogue knows: it was opened as it is."""
_MISSING = (FileNotFoundError, NotADirectoryError)
_INFO_HASH = re.compile(r"(?i)^urn:bt(?:ih|mh):(?:1220)?([0-9a-f]{40,64}|[a-z2-7]{32})$")


@dataclass(frozen=True, slots=True)
class DirectTarget:
    """Something that is played as it is: a title made up for it, and its one source."""

    details: TitleDetails
    source: StreamSource


def parse_target(text: str) -> str | DirectTarget:
    """Return a content id, or what to play directly.

    Raises:
        InvalidInput: it is none of the things that can be opened.
        NotFound: the file does not exist.
    """
    text = text.strip()
    if text.startswith("magnet:?"):
        return _magnet(text)
    if re.match(r"https?://", text):
        return _url(text)
    if text.startswith("file://"):
        return _file(Path(unquote(urlsplit(text).path)))
    try:
        return check_content_id(text)
    except InvalidInput:
        if re.match(r"[a-z]{2,12}:[^\\/]", text) and not os.path.exists(text):  # noqa: PTH110  (never raises)
            raise
    return _file(Path(os.path.expanduser(text)))  # noqa: PTH111  (`~nobody` stays as it is)


def direct_of_id(content_id: str) -> DirectTarget | None:
    """Return what an id of something opened directly can be played as, if the id alone tells."""
    if not content_id.startswith("magnet:"):
        return None
    return _magnet(f"magnet:?xt=urn:btih:{content_id.removeprefix('magnet:')}")


def _magnet(uri: str) -> DirectTarget:
    query = parse_qs(urlsplit(uri).query)
    hashes = [m.group(1) for xt in query.get("xt", []) if (m := _INFO_HASH.match(xt))]
    if not hashes:
        raise InvalidInput(
            "This magnet link cannot be used",
            why="it has no BitTorrent info-hash (xt=urn:btih:...)",
            hint="Copy the whole link again",
        )
    title = query.get("dn", [hashes[0]])[0]
    name = info_hash_v1(hashes[0]) or hashes[0].lower()
    return _direct(f"magnet:{name}", title, uri, SourceType.TORRENT)


def _url(url: str) -> DirectTarget:
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1]) or urlsplit(url).netloc
    return _direct(f"file:{_sha1(url)}", name, url, _type_of(name))


def _file(path: Path) -> DirectTarget:
    path = path.absolute()
    try:
        folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        why = "no such file"
        if isinstance(error, OSError) and not isinstance(error, _MISSING):
            why = (error.strerror or str(error)).lower()
        raise NotFound(
            f"{path} cannot be opened", why=why, hint="Check the name and try again"
        ) from error
    if folder:
        raise InvalidInput(
            f"{path} cannot be opened", why="it is a folder", hint="Choose a file inside it"
        )
    kind = _type_of(path.name)
    url = str(path) if kind is SourceType.TORRENT else path.as_uri()
    return _direct(f"file:{_sha1(str(path))}", path.name, url, kind)


def _type_of(name: str) -> SourceType:
    suffix = name.lower().rpartition(".")[2]
    kinds = {"m3u8": SourceType.HLS, "m3u": SourceType.HLS, "torrent": SourceType.TORRENT}
    return kinds.get(suffix, SourceType.MP4)


def _sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def _direct(content_id: str, name: str, url: str, kind: SourceType) -> DirectTarget:
    title = re.sub(r"[._]+", " ", re.sub(r"\.[A-Za-z0-9]{2,7}$", "", name)).strip() or name
    content = Content(id=content_id, title=title, type=ContentType.MOVIE, origin="local")
    source = StreamSource(url=url, type=kind, provider="local", reasons=("You opened it",))
    return DirectTarget(TitleDetails(content=content), source)
