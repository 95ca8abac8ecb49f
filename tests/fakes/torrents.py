"""A torrent engine of values in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from novastream_desktop.models import SourceHealth, StreamSource
from novastream_desktop.runtime import Observable
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.base import (
    TorrentEngine,
    TorrentFile,
    TorrentProgress,
    TorrentStream,
    TorrentSubtitle,
    Transfer,
    TransferFile,
    TransferState,
)


class FakeStream:
    """Implements `TorrentStream`."""

    def __init__(self, info_hash: str = "a" * 40, name: str = "film.mkv") -> None:
        self.info_hash = info_hash
        self.file = TorrentFile(0, name, 1000, playable=True)
        self.files: Sequence[TorrentFile] = (self.file,)
        self.subtitles: Sequence[TorrentSubtitle] = ()
        self.url = f"http://127.0.0.1:9/stream/secret/{info_hash}/0/{name}"
        self.progress = Observable(TorrentProgress())
        self.durations: list[float] = []
        self.closed = False

    def note_duration(self, seconds: float) -> None:
        self.durations.append(seconds)

    async def close(self) -> None:
        self.closed = True


class FakeTorrentEngine:
    """Implements `TorrentEngine`: records calls, and moves its transfers as the real one does."""

    def __init__(self, transfers: Sequence[Transfer] = ()) -> None:
        self.transfers: Observable[tuple[Transfer, ...]] = Observable(tuple(transfers))
        self.streams: list[FakeStream] = []
        self.calls: list[tuple[str, object]] = []
        self.error: Exception | None = None
        self.listed: dict[str, tuple[TransferFile, ...]] = {}
        self.healths: dict[str, SourceHealth] = {}
        self.closed = False

    async def open(
        self,
        target: str | bytes,
        *,
        file_index: int | None = None,
        episode_hint: str = "",
        by_hand: bool = False,
    ) -> TorrentStream:
        self.calls.append(("open", (target, file_index, episode_hint)))
        if self.error is not None:
            raise self.error
        self.streams.append(FakeStream())
        return self.streams[-1]

    async def prefetch(
        self, target: str | bytes, *, file_index: int | None = None, episode_hint: str = ""
    ) -> None:
        self.calls.append(("prefetch", (target, file_index, episode_hint)))

    async def health(self, source: StreamSource) -> SourceHealth:
        self.calls.append(("health", source.url))
        return self.healths.get(source.url, SourceHealth())

    async def pause(self, transfer_id: str) -> None:
        self.calls.append(("pause", transfer_id))
        self._to(transfer_id, TransferState.PAUSED)

    async def resume(self, transfer_id: str) -> None:
        self.calls.append(("resume", transfer_id))
        self._to(transfer_id, TransferState.DOWNLOADING)

    async def remove(self, transfer_id: str, *, delete_data: bool) -> None:
        self.calls.append(("remove", (transfer_id, delete_data)))
        self.transfers.set(tuple(t for t in self.transfers.value if t.id != transfer_id))

    async def files(self, transfer_id: str) -> tuple[TransferFile, ...]:
        return self.listed.get(transfer_id, ())

    async def fetch(self, transfer_id: str, file_index: int, on: bool) -> None:
        self.calls.append(("fetch", (transfer_id, file_index, on)))
        self.listed[transfer_id] = tuple(
            replace(file, wanted=on) if file.index == file_index else file
            for file in self.listed.get(transfer_id, ())
        )

    async def apply(self, settings: TorrentsSettings) -> None:
        self.calls.append(("apply", settings))

    async def close(self) -> None:
        self.closed = True

    def _to(self, transfer_id: str, state: TransferState) -> None:
        self.transfers.set(
            tuple(
                replace(t, state=state) if t.id == transfer_id else t for t in self.transfers.value
            )
        )


_: type[TorrentEngine] = FakeTorrentEngine
