"""What the program needs of a player, and the state it reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from novastream_desktop.runtime import Observable


class PlayerPhase(StrEnum):
    """Where playback stands."""

    IDLE = "idle"
    LOADING = "loading"
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"
    FAILED = "failed"


class TrackKind(StrEnum):
    """What a track carries."""

    VIDEO = "video"
    AUDIO = "audio"
    SUBTITLE = "sub"


class Fit(StrEnum):
    """How the picture takes the window."""

    FIT = "fit"
    """All of it, with bars where the shapes differ."""
    FILL = "fill"
    """No bars; what sticks out is cut off."""
    STRETCH = "stretch"
    """No bars; the shape gives way."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the statistics panel tells; measured only while somebody looks.

    Attributes:
        shown_fps: frames a second that really leave the decoder.
        dropped: frames that came too late to be shown.
        decoder_dropped: frames that the decoder left out to keep up.
        video_bitrate, audio_bitrate: bit/s of the last seconds, 0 while unknown.
        pixel_format: such as `yuv420p10`.
        gamma: the transfer curve: `bt.1886`, `pq`, `hlg`.
    """

    shown_fps: float = 0.0
    dropped: int = 0
    decoder_dropped: int = 0
    video_bitrate: float = 0.0
    audio_bitrate: float = 0.0
    pixel_format: str = ""
    gamma: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """One track of the file, or one that was added from the file `source`; `id` counts per kind.

    `second`: it is shown as well, above the selected one.
    """

    kind: TrackKind
    id: int
    title: str = ""
    lang: str = ""
    selected: bool = False
    external: bool = False
    codec: str = ""
    forced: bool = False
    hearing_impaired: bool = False
    second: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; `start` in seconds."""

    start: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class PlayerState:
    """One picture of the player. Times in seconds, volume 0 to 150, speed 1.0 = normal.

    Attributes:
        paused: what the person asked for; it holds while a file still loads, too.
        has_picture: the first frame of this file was shown.
        buffering: playback waits for data though it is not paused.
        buffered_to: the end of what is in the cache.
        fps: frames a second, as the file says; 0 while unknown.
        hwdec: what decodes in hardware, such as `vaapi`; empty for the processor.
        silent: there is no sound device (any more), so that it plays on without sound.
        growing: its end moves away while it plays (live): `duration` is what is there so far.
        loop_from, loop_to: the ends of the A-B loop, None where none is set.
        statistics: None while nobody asked for them.
        error: what mpv said, when the phase is FAILED.
    """

    phase: PlayerPhase = PlayerPhase.IDLE
    position: float = 0.0
    duration: float = 0.0
    paused: bool = False
    has_picture: bool = False
    buffering: bool = False
    seeking: bool = False
    buffered_to: float = 0.0
    volume: float = 100.0
    muted: bool = False
    speed: float = 1.0
    width: int = 0
    height: int = 0
    tracks: tuple[Track, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    subtitle_delay: float = 0.0
    fps: float = 0.0
    hwdec: str = ""
    silent: bool = False
    growing: bool = False
    loop_from: float | None = None
    loop_to: float | None = None
    statistics: Statistics | None = None
    error: str = ""

    def tracks_of(self, kind: TrackKind) -> tuple[Track, ...]:
        """Return the tracks of one kind in the file's order."""
        return tuple(t for t in self.tracks if t.kind is kind)


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
