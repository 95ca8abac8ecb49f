"""A player without a decoder: commands are recorded, reports go through the real reducer."""

from __future__ import annotations

import asyncio

from novastream_desktop.player._reduce import (
    FileEnded,
    LoadAsked,
    PlaybackRestarted,
    PlayerEvent,
    PropertyChanged,
    StatisticsAsked,
    StopAsked,
    reduce_player,
)
from novastream_desktop.player.base import (
    ExternalSubtitle,
    Fit,
    LoadRequest,
    PlayerState,
    TrackKind,
)
from novastream_desktop.runtime import Observable


class FakePlayer:
    """Implements `Player`. Tests drive it with `start`, `advance`, `end` and `fail`."""

    def __init__(self) -> None:
        self.state = Observable(PlayerState())
        self.loads: list[LoadRequest] = []
        self.seeks: list[float] = []
        self.commands: list[tuple[str, object]] = []
        self.subtitles: list[ExternalSubtitle] = []
        self.closed = False
        self._loaded = asyncio.Event()

    async def wait_for_loads(self, count: int) -> None:
        """Return once that many files were loaded."""
        while len(self.loads) < count:
            self._loaded.clear()
            await asyncio.wait_for(self._loaded.wait(), 5)

    def report(self, *events: PlayerEvent) -> None:
        for event in events:
            self.state.set(reduce_player(self.state.value, event))

    def start(self, duration: float = 1400.0, *reports: PlayerEvent) -> None:
        self.report(PropertyChanged("duration", duration), *reports, PlaybackRestarted())

    def advance(self, *positions: float) -> None:
        for position in positions:
            self.report(PropertyChanged("time-pos", position))

    def end(self) -> None:
        self.report(FileEnded("eof"))

    def fail(self, error: str = "the address could not be opened") -> None:
        self.report(FileEnded("error", error))

    def load(self, request: LoadRequest) -> None:
        self.loads.append(request)
        self._loaded.set()
        self.report(LoadAsked(paused=request.paused, start=request.start))

    def stop(self) -> None:
        self.commands.append(("stop", None))
        self.report(StopAsked())

    def set_paused(self, paused: bool) -> None:
        self.report(PropertyChanged("pause", paused))

    def seek(self, position: float) -> None:
        self.seeks.append(position)
        self.report(PropertyChanged("time-pos", position), PlaybackRestarted())

    def set_volume(self, volume: float) -> None:
        self.report(PropertyChanged("volume", volume))

    def set_muted(self, muted: bool) -> None:
        self.report(PropertyChanged("mute", muted))

    def set_speed(self, speed: float) -> None:
        self.report(PropertyChanged("speed", speed))

    def select_track(self, kind: TrackKind, track_id: int | None) -> None:
        self.commands.append((f"select-{kind.value}", track_id))
        changed = [
            {
                "type": t.kind.value,
                "id": t.id,
                "title": t.title,
                "lang": t.lang,
                "selected": t.id == track_id if t.kind is kind else t.selected,
            }
            for t in self.state.value.tracks
        ]
        self.report(PropertyChanged("track-list", changed))

    def add_subtitle(self, subtitle: ExternalSubtitle, *, select: bool = False) -> None:
        self.subtitles.append(subtitle)
        self.commands.append(("sub-add", select))

    def set_subtitle_delay(self, seconds: float) -> None:
        self.report(PropertyChanged("sub-delay", seconds))

    def set_subtitle_scale(self, scale: float) -> None:
        self.commands.append(("sub-scale", scale))

    def set_subtitle_position(self, percent: float) -> None:
        self.commands.append(("sub-pos", percent))

    def seek_subtitle(self, lines: int) -> None:
        self.commands.append(("sub-seek", lines))

    def set_loop(self, start: float | None, end: float | None) -> None:
        for name, place in (("ab-loop-a", start), ("ab-loop-b", end)):
            self.report(PropertyChanged(name, "no" if place is None else place))

    def set_fit(self, fit: Fit) -> None:
        self.commands.append(("fit", fit))

    def watch_statistics(self, on: bool) -> None:
        self.report(StatisticsAsked(on))

    def step_frame(self, *, back: bool = False) -> None:
        self.commands.append(("step", back))

    def screenshot(self, path: str, *, subtitles: bool = True) -> None:
        self.commands.append(("screenshot", path))

    def close(self) -> None:
        self.closed = True
