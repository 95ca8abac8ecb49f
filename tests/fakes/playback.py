"""A playback session of values in memory: it records what it is asked and shows what it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.player.base import RendersVideo, Thumbnail
from novastream_desktop.runtime import Observable, ServiceLoop

_SILENT = frozenset({"show_controls", "watch_statistics"})


class FakePlayback:
    """Implements `PlaybackCommands`. `calls` holds (name, positional, keyword arguments).

    Opening and closing change the phase as the real session does; anything else only records.
    """

    def __init__(self, loop: ServiceLoop, state: SessionState | None = None) -> None:
        self._loop = loop
        self.state: Observable[SessionState] = Observable(state or SessionState())
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def called(self, name: str) -> list[tuple[Any, ...]]:
        """Return the positional arguments of each call of one command."""
        return [args for called, args, _ in self.calls if called == name]

    @property
    def names(self) -> list[str]:
        """The commands in order, without those that come with others."""
        return [name for name, _, _ in self.calls if name not in _SILENT]

    def show(self, state: SessionState) -> None:
        """Show a state, on the loop as the real session does."""
        self._loop.post(self.state.set, state)

    def _note(self, name: str, *args: Any, **named: Any) -> None:
        self.calls.append((name, args, named))

    def _to(self, phase: SessionPhase) -> None:
        self.state.set(replace(self.state.value, phase=phase))

    def open_title(
        self, content_id: str, *, episode_id: str | None = None, from_start: bool = False
    ) -> None:
        self._note("open_title", content_id, episode_id=episode_id, from_start=from_start)
        self._to(SessionPhase.RESOLVING)

    def open_target(self, target: str) -> None:
        self._note("open_target", target)
        self._to(SessionPhase.RESOLVING)

    def toggle_pause(self) -> None:
        self._note("toggle_pause")

    def seek_by(self, seconds: float) -> None:
        self._note("seek_by", seconds)

    def seek_to(self, position: float) -> None:
        self._note("seek_to", position)

    def seek_fraction(self, fraction: float) -> None:
        self._note("seek_fraction", fraction)

    def step_chapter(self, direction: int) -> None:
        self._note("step_chapter", direction)

    def step_frame(self, direction: int) -> None:
        self._note("step_frame", direction)

    def skip_segment(self) -> None:
        self._note("skip_segment")

    def change_skip_offset(self, by: float | None) -> None:
        self._note("change_skip_offset", by)

    def keep_skips_quiet(self, quiet: bool) -> None:
        self._note("keep_skips_quiet", quiet)

    def report_skip(self, kind: str, origin: str, wrong: bool) -> None:
        self._note("report_skip", kind, origin, wrong)

    def dismiss_next_episode(self) -> None:
        self._note("dismiss_next_episode")

    def stop_after_episode(self, on: bool) -> None:
        self._note("stop_after_episode", on)

    def dismiss_prompt(self) -> None:
        self._note("dismiss_prompt")

    def undo(self) -> None:
        self._note("undo")

    def hold_next_episode(self, hold: bool) -> None:
        self._note("hold_next_episode", hold)

    def next_episode(self) -> None:
        self._note("next_episode")

    def previous_episode(self) -> None:
        self._note("previous_episode")

    def play_episode(self, episode_id: str) -> None:
        self._note("play_episode", episode_id)

    def choose_source(self, index: int) -> None:
        self._note("choose_source", index)

    def next_source(self) -> None:
        self._note("next_source")

    def ask_file(self) -> None:
        self._note("ask_file")

    def choose_file(self, index: int | None) -> None:
        self._note("choose_file", index)

    def set_volume(self, volume: float) -> None:
        self._note("set_volume", volume)

    def change_volume(self, by: float) -> None:
        self._note("change_volume", by)

    def toggle_mute(self) -> None:
        self._note("toggle_mute")

    def set_speed(self, speed: float) -> None:
        self._note("set_speed", speed)

    def change_speed(self, by: float) -> None:
        self._note("change_speed", by)

    def select_subtitle(self, track_id: int | None) -> None:
        self._note("select_subtitle", track_id)

    def add_subtitle_file(self, path: str) -> None:
        self._note("add_subtitle_file", path)

    def choose_subtitle(self, url: str) -> None:
        self._note("choose_subtitle", url)

    def set_subtitle_encoding(self, encoding: str | None) -> None:
        self._note("set_subtitle_encoding", encoding)

    def set_subtitle_speed(self, speed: float) -> None:
        self._note("set_subtitle_speed", speed)

    def select_second_subtitle(self, track_id: int | None) -> None:
        self._note("select_second_subtitle", track_id)

    def sync_subtitles(self) -> None:
        self._note("sync_subtitles")

    def toggle_subtitles(self) -> None:
        self._note("toggle_subtitles")

    def cycle_subtitle(self) -> None:
        self._note("cycle_subtitle")

    def change_subtitle_delay(self, seconds: float | None) -> None:
        self._note("change_subtitle_delay", seconds)

    def change_subtitle_scale(self, by: float) -> None:
        self._note("change_subtitle_scale", by)

    def hold_speed(self, on: bool) -> None:
        self._note("hold_speed", on)

    def cycle_ab_loop(self) -> None:
        self._note("cycle_ab_loop")

    def toggle_fit(self) -> None:
        self._note("toggle_fit")

    def watch_statistics(self, on: bool) -> None:
        self._note("watch_statistics", on)

    def change_subtitle_position(self, by: float) -> None:
        self._note("change_subtitle_position", by)

    def tap_subtitle_sync(self) -> None:
        self._note("tap_subtitle_sync")

    def sub_seek(self, direction: int) -> None:
        self._note("sub_seek", direction)

    def select_audio(self, track_id: int) -> None:
        self._note("select_audio", track_id)

    def cycle_audio(self) -> None:
        self._note("cycle_audio")

    def screenshot(self, *, subtitles: bool = True) -> None:
        self._note("screenshot", subtitles=subtitles)

    def show_controls(self, shown: bool) -> None:
        self._note("show_controls", shown)

    def close_title(self) -> None:
        self._note("close_title")
        self.state.set(SessionState())


class FakeVideo:
    """A player that draws nothing; `RendersVideo` and `DrawsThumbnails`."""

    def __init__(self) -> None:
        self.renderers: list[FakeRenderer] = []
        self.thumbnails: list[float] = []
        self.here = True

    async def thumbnail(self, position: float) -> Thumbnail | None:
        """Return four grey pixels, None when `here` is false."""
        self.thumbnails.append(position)
        return Thumbnail(2, 2, 8, b"\x80" * 16) if self.here else None

    def create_renderer(self, get_proc_address: Any, on_update: Any) -> FakeRenderer:
        self.renderers.append(FakeRenderer())
        return self.renderers[-1]


class FakeRenderer:
    """Records the size of each frame."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []
        self.freed = False

    def render(self, framebuffer: int, width: int, height: int) -> None:
        self.sizes.append((width, height))

    def free(self) -> None:
        self.freed = True


_: type[RendersVideo] = FakeVideo
