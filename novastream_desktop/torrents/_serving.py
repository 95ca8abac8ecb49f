"""The streams that are open, and how the media server finds them."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from pathlib import PurePosixPath

from novastream_desktop.net.media_server import MediaServer, Resource
from novastream_desktop.runtime import Clock
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._choice import as_file
from novastream_desktop.torrents._stream import FileStream
from novastream_desktop.torrents._subtitle_files import label_of, language_of, subtitle_files
from novastream_desktop.torrents._torrent import Torrent
from novastream_desktop.torrents.base import TorrentSubtitle

PREFIX = "stream"


class StreamShelf:
    """Hands out addresses `stream/SECRET/INFOHASH/FILEINDEX/NAME`, and answers them.

    Beside the file that plays, an open stream answers for its subtitle files.
    """

    def __init__(
        self,
        server: MediaServer,
        clock: Clock,
        on_close: Callable[[FileStream], Awaitable[None]],
    ) -> None:
        self._server = server
        self._clock = clock
        self._on_close = on_close
        self._secret = secrets.token_urlsafe(24)
        self._streams: list[FileStream] = []
        server.mount(PREFIX, self._resolve)

    def add(self, torrent: Torrent, entry: port.FileEntry) -> FileStream:
        """Serve a file."""
        files = [as_file(file) for file in torrent.metadata.result().files]
        video = files[entry.index]
        subtitles = [
            TorrentSubtitle(
                index=file.index,
                path=file.path,
                size=file.size,
                url=self._url(torrent, file.index, file.path),
                label=(label := label_of(file, video)),
                lang=language_of(label),
            )
            for file in subtitle_files(files, video)
            if not torrent.metadata.result().files[file.index].hidden
        ]
        stream = FileStream(
            torrent,
            entry,
            files,
            self._url(torrent, entry.index, entry.path),
            subtitles=subtitles,
            clock=self._clock,
            on_close=self._closed,
        )
        self._streams.append(stream)
        return stream

    def all(self) -> tuple[FileStream, ...]:
        """Return the open streams."""
        return tuple(self._streams)

    def of(self, info_hash: str) -> tuple[FileStream, ...]:
        """Return the open streams of a torrent."""
        return tuple(stream for stream in self._streams if stream.info_hash == info_hash)

    def close(self) -> None:
        """Answer no more."""
        self._server.unmount(PREFIX)

    def _url(self, torrent: Torrent, index: int, path: str) -> str:
        name = PurePosixPath(path).name
        return self._server.url(PREFIX, f"{self._secret}/{torrent.info_hash}/{index}/{name}")

    async def _closed(self, stream: FileStream) -> None:
        self._streams.remove(stream)
        await self._on_close(stream)

    def _resolve(self, path: str) -> Resource | None:
        """Return the stream of `SECRET/INFOHASH/FILEINDEX[/NAME]`; the name means nothing."""
        secret, _, rest = path.partition("/")
        if not hmac.compare_digest(secret.encode(), self._secret.encode()):
            return None
        info_hash, _, rest = rest.partition("/")
        index = rest.partition("/")[0]
        for stream in self._streams:
            if stream.info_hash == info_hash and (found := stream.resource(index)) is not None:
                return found
        return None
