"""What a player reports of what it plays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
