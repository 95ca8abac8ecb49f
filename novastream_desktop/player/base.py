"""What the program needs of a player; what it reports stands in `state`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from novastream_desktop.player.state import (
    Chapter,
    Fit,
    PlayerPhase,
    PlayerState,
    Statistics,
    Track,
    TrackKind,
)
from novastream_desktop.runtime import Observable

__all__ = [
    "Chapter",
    "DrawsThumbnails",
    "ExternalSubtitle",
    "Fit",
    "LoadRequest",
    "Player",
    "PlayerPhase",
    "PlayerState",
    "RendersVideo",
    "Statistics",
    "Thumbnail",
    "Track",
    "TrackKind",
    "VideoRenderer",
]


@dataclass(frozen=True, slots=True)
class ExternalSubtitle:
    """A subtitle file to add to what is loaded; UTF-8, by path or URL."""

    url: str
    lang: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """What to load. `start` in seconds; `headers` go to the media host only.

    `proxy` (`http://HOST:PORT`, empty for none) stands between the player and that host.
    `look_url` is where a second look reads only what is on this machine; empty: at `url`.
    """

    url: str
    start: float = 0.0
    headers: tuple[tuple[str, str], ...] = ()
    title: str = ""
    paused: bool = False
    subtitles: tuple[ExternalSubtitle, ...] = ()
    proxy: str = field(default="", repr=False)
    look_url: str = ""


class Player(Protocol):
    """A media player, commanded from the service loop.

    Each command returns as soon as it is handed over; what became of it shows in `state`.
    """

    @property
    def state(self) -> Observable[PlayerState]:
        """The newest state; set on the service loop."""
        ...

    def load(self, request: LoadRequest) -> None:
        """Replace what plays. The state is cleared before the new file loads."""
        ...

    def stop(self) -> None:
        """Unload the file."""
        ...

    def set_paused(self, paused: bool) -> None:
        """Pause or go on."""
        ...

    def seek(self, position: float) -> None:
        """Jump exactly to a position in seconds."""
        ...

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0 to 150; above 100 a limiter keeps it from clipping."""
        ...

    def set_muted(self, muted: bool) -> None:
        """Switch sound off or on."""
        ...

    def set_speed(self, speed: float) -> None:
        """Set the speed, 0.25 to 4."""
        ...

    def select_track(self, kind: TrackKind, track_id: int | None) -> None:
        """Select a track of a kind, or none."""
        ...

    def add_subtitle(self, subtitle: ExternalSubtitle, *, select: bool = False) -> None:
        """Add a subtitle file to what is loaded."""
        ...

    def set_subtitle_delay(self, seconds: float) -> None:
        """Show subtitles later (or earlier when negative)."""
        ...

    def set_subtitle_scale(self, scale: float) -> None:
        """Set the size of subtitles; 1.0 = normal."""
        ...

    def set_subtitle_position(self, percent: float) -> None:
        """Set the height of subtitles: 0 is the top of the picture, 100 where they belong."""
        ...

    def seek_subtitle(self, lines: int) -> None:
        """Jump to the start of a subtitle line: 1 the next one, -1 the previous one."""
        ...

    def set_loop(self, start: float | None, end: float | None) -> None:
        """Play from end on at start, again and again; None for an end that is not set."""
        ...

    def set_fit(self, fit: Fit) -> None:
        """Choose how the picture takes the window."""
        ...

    def watch_statistics(self, on: bool) -> None:
        """Begin or end to measure `PlayerState.statistics`."""
        ...

    def step_frame(self, *, back: bool = False) -> None:
        """Show the next or previous frame and pause."""
        ...

    def screenshot(self, path: str, *, subtitles: bool = True) -> None:
        """Write the present frame to a file."""
        ...

    def close(self) -> None:
        """Free the player. Nothing else may be called afterwards."""
        ...


class VideoRenderer(Protocol):
    """Draws the present frame with OpenGL; created, used and freed on the GUI thread."""

    def render(self, framebuffer: int, width: int, height: int) -> None:
        """Draw into a framebuffer object; size in device pixels."""
        ...

    def free(self) -> None:
        """Free it before the player is closed and before the window goes."""
        ...


class RendersVideo(Protocol):
    """A player that draws into somebody's OpenGL context."""

    def create_renderer(
        self, get_proc_address: Callable[[bytes], int], on_update: Callable[[], None]
    ) -> VideoRenderer:
        """Create the renderer; a GL context must be current.

        Nothing is loaded before this was called: `load` waits for it.

        Args:
            get_proc_address: name of a GL function to its address, 0 if there is none.
            on_update: called from a foreign thread when a new frame waits; it only posts.

        Raises:
            PlayerUnavailable: OpenGL is missing or too old.
        """
        ...


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture: 32 bits a pixel in the order blue, green, red, unused."""

    width: int
    height: int
    stride: int
    data: bytes


@runtime_checkable
class DrawsThumbnails(Protocol):
    """A player that can look elsewhere in what it plays."""

    async def thumbnail(self, position: float) -> Thumbnail | None:
        """Return a small picture of a position in seconds.

        None where it would have to be fetched over the network, or cannot be drawn.
        """
        ...
