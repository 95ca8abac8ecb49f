"""What is done with files and addresses that are dropped onto the window. Pure."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from novastream_desktop.ui.player._words import translate

SUBTITLE_SUFFIXES = (
    ".srt", ".vtt", ".ass", ".ssa", ".sub", ".idx", ".sup", ".ttml", ".dfxp", ".smi", ".sami",
    ".mpl", ".gz", ".zip",
)  # fmt: skip
_PERHAPS = (".txt", ".xml")
"""Subtitles in some formats, and much else: reading tells."""
_PLAYED = (".torrent", ".m3u", ".m3u8", ".ts", ".m2ts", ".mts", ".mkv", ".ogv", ".ogm", ".rm")
_INLINE = ("data:", "blob:")
"""Addresses that are a browser's own, such as a picture of a page with all its bytes."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What becomes of it.

    Attributes:
        play: the address to play, "" for none.
        subtitles: those that join what plays, or what is played now.
        sentence: about what is not taken, "" where everything is.
    """

    play: str = ""
    subtitles: tuple[str, ...] = ()
    sentence: str = ""


def is_subtitle_file(url: str) -> bool:
    """Whether a dropped address is a file of this machine with subtitles in it."""
    return url.startswith("file:") and url.lower().endswith(SUBTITLE_SUFFIXES)


def sorted_out(targets: Sequence[str], *, playing: bool) -> Dropped:
    """Return what becomes of dropped addresses: the first video plays, subtitles join it.

    Args:
        targets: `file:` and other addresses, in the order of the drop.
        playing: whether something plays that subtitles can join.
    """
    given = [target.strip() for target in targets if target.strip()]
    perhaps = [t for t in given if t.startswith("file:") and t.lower().endswith(_PERHAPS)]
    subtitles = [t for t in given if is_subtitle_file(t)]
    subtitles += perhaps if playing else []
    rest = [t for t in given if t not in subtitles]
    films = [t for t in rest if _is_played(t)]
    strange = [t for t in rest if t not in films]
    play = films[0] if films else ""
    if strange:
        words = translate("Player", "{0} is neither a video nor subtitles: drop one of these")
        sentence = words.format(_name(strange[0]))
    elif subtitles and not play and not playing:
        words = translate("Player", "Open a video first, then drop {0} onto it")
        return Dropped(sentence=words.format(_name(subtitles[0])))
    elif len(films) > 1:
        words = translate("Player", "One video plays at a time: {0} was taken")
        sentence = words.format(_name(play))
    else:
        sentence = ""
    return Dropped(play, tuple(subtitles), sentence)


def _is_played(target: str) -> bool:
    """Whether something may be played: a stranger's address, or a file not known to be else."""
    if target.startswith(_INLINE):
        return False
    if not target.startswith("file:") or target.lower().endswith(_PLAYED):
        return True
    kind = mimetypes.guess_type(_name(target), strict=False)[0]
    return kind is None or kind.startswith(("video/", "audio/"))


def _name(url: str) -> str:
    if url.startswith(_INLINE):
        return translate("Player", "What was dropped")
    return PurePosixPath(unquote(urlsplit(url).path)).name or url
