"""One open file of a torrent, and what it tells of itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from novastream_desktop.runtime import Clock, Observable
from novastream_desktop.torrents._estimate import jump_bytes, likely_bitrate, window_at
from novastream_desktop.torrents._here import SUFFIX, HereResource
from novastream_desktop.torrents._outlook import Outlook
from novastream_desktop.torrents._port import FileEntry
from novastream_desktop.torrents._progress import StreamView, describe, fraction_on_disk
from novastream_desktop.torrents._reader import TorrentResource
from novastream_desktop.torrents._strip import piece_strip
from novastream_desktop.torrents._swarm_map import SwarmMap
from novastream_desktop.torrents._torrent import Torrent
from novastream_desktop.torrents.base import TorrentFile, TorrentProgress, TorrentSubtitle


class FileStream:
    """Implements `TorrentStream`."""

    def __init__(
        self,
        torrent: Torrent,
        entry: FileEntry,
        files: Sequence[TorrentFile],
        url: str,
        *,
        subtitles: Sequence[TorrentSubtitle] = (),
        clock: Clock,
        on_close: Callable[[FileStream], Awaitable[None]],
    ) -> None:
        self.torrent = torrent
        self.entry = entry
        self._main = TorrentResource(torrent, entry, clock)
        self._beside: dict[int, TorrentResource] = {}
        self._files = tuple(files)
        self._url = url
        self._subtitles = tuple(subtitles)
        self._clock = clock
        self._on_close = on_close
        self._progress = Observable(TorrentProgress())
        self._outlook = Outlook(clock)
        self._swarm_map = SwarmMap(torrent.handle, clock)

    @property
    def url(self) -> str:
        """Where it is served."""
        return self._url

    @property
    def info_hash(self) -> str:
        """Hex, v1 if there is one."""
        return self.torrent.info_hash

    @property
    def file(self) -> TorrentFile:
        """The file that is streamed."""
        return self._files[self.entry.index]

    @property
    def files(self) -> Sequence[TorrentFile]:
        """All files of the torrent."""
        return self._files

    @property
    def subtitles(self) -> Sequence[TorrentSubtitle]:
        """Subtitle files of the torrent that belong to the file."""
        return self._subtitles

    @property
    def progress(self) -> Observable[TorrentProgress]:
        """How it goes."""
        return self._progress

    @property
    def on_disk(self) -> Path | None:
        """The file, once all of it is on this machine."""
        torrent, pieces = self.torrent, self.torrent.pieces
        if pieces is None or fraction_on_disk(pieces, torrent.span_of(self.entry)) < 1:
            return None
        return torrent.path_of(self.entry)

    @property
    def main(self) -> TorrentResource:
        """The file as it is served."""
        return self._main

    @property
    def here_url(self) -> str:
        """Where as much of the file is served as is on disk, without asking for more."""
        head, _, name = self._url.rpartition("/")
        return f"{head}{SUFFIX}/{name}"

    def resource(self, index: str) -> TorrentResource | HereResource | None:
        """Return what is served under a file number: the file, or one of its subtitles."""
        if index == str(self.entry.index):
            return self._main
        if index == f"{self.entry.index}{SUFFIX}":
            return HereResource(self._main)
        for subtitle in self._subtitles:
            if index == str(subtitle.index):
                return self._beside.setdefault(subtitle.index, self._side(subtitle.index))
        return None

    def _side(self, index: int) -> TorrentResource:
        entry = self.torrent.metadata.result().files[index]
        return TorrentResource(self.torrent, entry, self._clock, beside=True)

    def note_duration(self, seconds: float) -> None:
        """Tell how long the file plays."""
        self.torrent.demand.note_duration(self.entry, seconds)

    async def close(self) -> None:
        """End this stream and its readers."""
        if self._main.closed:
            return
        for resource in (self._main, *self._beside.values()):
            resource.closed = True
        self._swarm_map.close()
        self.torrent.wake()
        await self._on_close(self)

    def report(self, download_limit: int) -> None:
        """Set `progress` anew."""
        torrent, pieces = self.torrent, self.torrent.pieces
        if pieces is None or self._main.closed:
            return
        span, swarm = torrent.span_of(self.entry), torrent.news.swarm
        fraction = fraction_on_disk(pieces, span) if self.entry.size else 1.0
        bitrate = torrent.demand.bitrate(self.entry)
        if fraction < 1:
            self._swarm_map.look(swarm.peers)
        told = describe(
            self._view(fraction, bitrate),
            swarm,
            download_limit=download_limit,
            tracker_problem=torrent.news.tracker_problem,
            fraction=fraction,
            pieces=piece_strip(pieces, span, torrent.demand.wanted, self._swarm_map.pieces),
        )
        likely = likely_bitrate(self.entry.size, bitrate)
        jump = jump_bytes(pieces.layout.piece_length, likely)
        self._progress.set(self._outlook.follow(told, jump, torrent.demand.rate))

    def _view(self, fraction: float, bitrate: float) -> StreamView:
        torrent, error, audience = self.torrent, self.torrent.error, self.torrent.demand.audience
        assert torrent.pieces is not None
        at = audience.awaited() if self._main.delivered else None
        likely = likely_bitrate(self.entry.size, bitrate)
        return StreamView(
            waited=audience.waited(),
            delivered=self._main.delivered,
            complete=fraction >= 1,
            window=window_at(torrent.pieces, torrent.span_of(self.entry), at, bitrate=likely),
            rate=torrent.demand.rate,
            best=self._outlook.rate,
            bitrate=bitrate,
            error=error.sentence() if error else "",
            recovers=torrent.recovers,
            hold=min(torrent.holds, default=None),
        )
