"""The list of tracks as it grows, what had to be left out of it, and a track made ready. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from novastream_desktop.models import StreamSource, SubtitleTrack
from novastream_desktop.providers.base import WatchRequest

_LOCAL = re.compile(r"(?i)file:|[a-z]:[\\/]|[\\/]|~")
_WEB = re.compile(r"(?i)https?://[^/]")
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not in the list.

    Attributes:
        origin: who offered it, or did not answer.
        why: a sentence for a person.
    """

    origin: str
    why: str


@dataclass(frozen=True, slots=True)
class FoundTracks:
    """The tracks known so far. `complete`: nobody else will answer."""

    tracks: tuple[SubtitleTrack, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class PreparedSubtitle:
    """A track as a file for the player.

    Attributes:
        path: UTF-8; WebVTT, or ASS with its styling.
        digest: tells its text from others.
        encoding: what it came in.
        confidence: how certain that is, 0 to 1.
        lang: BCP 47; told by the text where nobody else does.
    """

    path: Path
    digest: str
    encoding: str = "utf-8"
    confidence: float = 1.0
    lang: str = "und"


@dataclass(frozen=True, slots=True)
class ReadSubtitle:
    """A track as WebVTT, the encoding it came in, and how certain that is, 0 to 1."""

    text: str
    encoding: str
    confidence: float


def usable(
    tracks: Iterable[SubtitleTrack],
    origin: str,
    *,
    local: bool,
    served: Callable[[str], bool] = lambda _url: False,
) -> tuple[list[SubtitleTrack], list[LeftOut]]:
    """Return the tracks whose addresses may be opened, and why the others may not.

    Args:
        tracks: as offered.
        origin: who offers them.
        local: files of this machine may be among them; a stranger has no say over those.
        served: whether somebody fetches an address of a scheme of their own.
    """
    kept: list[SubtitleTrack] = []
    left: list[LeftOut] = []
    for track in tracks:
        if _WEB.match(track.url) or served(track.url) or (local and _LOCAL.match(track.url)):
            kept.append(track if track.origin else track.with_(origin=origin))
            continue
        why = "points to a file of this computer" if _LOCAL.match(track.url) else "has no address"
        name = track.label or track.lang
        left.append(LeftOut(origin, f"{origin}: {name[:_SHOWN]} was left out: it {why}."))
    return kept, left


def release_of(request: WatchRequest, sources: Sequence[StreamSource]) -> str:
    """Return the name of the release that plays, "" if nobody says."""
    named = [source.release_name for source in sources if source.release_name]
    return named[0] if named else request.file.name if request.file else ""
