"""Any subtitle text as WebVTT, or as cues, or as what the player gets. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from novastream_desktop.errors import BadResponse
from novastream_desktop.subtitles import _plain_formats as plain_formats
from novastream_desktop.subtitles._ass import fit_ass, pysubs
from novastream_desktop.subtitles._cues import Cue, render, repaired
from novastream_desktop.subtitles._sami import sami
from novastream_desktop.subtitles._ttml import ttml

_STAMP = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
_TIMING = re.compile(rf"[ \t]*{_STAMP}[ \t]+-->[ \t]+{_STAMP}(?:[ \t].*)?")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_NOT_SUBTITLES = re.compile(
    r"\s*(?:<!doctype html|<html\b|<head\b|<\?php|\{\s*\"|\[\s*(?:\{\s*\"|\]\s*$)|\{\s*\}\s*$)",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f]")
_MOSTLY = 0.05
_HEAD = 8192
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("vtt", re.compile(r"\s*WEBVTT\b")),
    ("ass", re.compile(r"(?im)^[ \t]*\[(?:script info|v4\+? styles|events)\]")),
    ("ttml", re.compile(r"(?s)\s*(?:<\?xml[^>]*\?>\s*)?(?:<!.*?>\s*)*<(?:\w+:)?tt\b")),
    ("sami", re.compile(r"\s*<sami\b", re.IGNORECASE)),
    ("microdvd", re.compile(r"^[ \t]*\{\d+\}[ \t]*\{\d*\}", re.MULTILINE)),
    ("mpl2", re.compile(r"^[ \t]*\[-?\d+\][ \t]*\[-?\d*\]", re.MULTILINE)),
    ("srt", plain_formats.TIMING),
    ("subviewer", re.compile(r"(?m)^[ \t]*\d+:\d\d:\d\d[.,:]\d{2,3},\d+:\d\d:\d\d[.,:]\d{2,3}")),
    ("subviewer", re.compile(r"^[ \t]*\[\d+:\d\d:\d\d\][ \t]*$", re.MULTILINE)),
    ("tmp", re.compile(r"^[ \t]*\d{1,2}:\d\d:\d\d[:=]", re.MULTILINE)),
)
_READERS: Mapping[str, Callable[[str], Iterable[Cue]]] = {
    "vtt": plain_formats.vtt,
    "srt": plain_formats.srt,
    "ass": partial(pysubs, kind="ass"),
    "ssa": partial(pysubs, kind="ssa"),
    "ttml": ttml,
    "sami": sami,
    "mpl2": plain_formats.mpl2,
    "subviewer": plain_formats.subviewer,
    "tmp": partial(pysubs, kind="tmp"),
}


@dataclass(frozen=True, slots=True)
class Playable:
    """What the player gets: a text, and `vtt` or `ass`, by which its file is named."""

    text: str
    suffix: str


def format_of(text: str) -> str | None:
    """Return the format of a text: srt, vtt, ass, ssa, microdvd, mpl2, ttml, sami, ... or None."""
    for part in (text[:_HEAD], text):
        for name, sign in _SIGNS:
            if sign.search(part) if sign.flags & re.MULTILINE else sign.match(part):
                old = name == "ass" and "[v4 styles]" in part.lower()
                return "ssa" if old else name
    return None


def to_vtt(text: str, name: str = "", *, fps: float | None = None) -> str:
    """Return WebVTT of SRT, ASS, SSA, WebVTT, TTML, SAMI, MicroDVD, MPL2, SubViewer or TMPlayer.

    Sound WebVTT passes as it is, with its styles and positions.

    Args:
        text: the decoded file.
        name: for the sentence when it cannot be read.
        fps: the video's frames a second, where a format counts frames.

    Raises:
        BadResponse: it is not subtitles, or has none.
    """
    plain = _clean(text)
    if _is_sound_vtt(plain):
        return plain if plain.endswith("\n") else f"{plain}\n"
    return render(_cues(plain, name, fps))


def cues_of(text: str, name: str = "", *, fps: float | None = None) -> list[Cue]:
    """Return the cues of any subtitle text, repaired; raises as `to_vtt` does."""
    return _cues(_clean(text), name, fps)


def playable(text: str, name: str = "", *, fps: float | None = None) -> Playable:
    """Return what the player gets: ASS keeps its styling, anything else is WebVTT.

    Raises:
        BadResponse: it is not subtitles, or has none.
    """
    plain = _clean(text)
    if format_of(plain) in {"ass", "ssa"} and re.search(
        r"^[ \t]*dialogue[ \t]*:", plain, re.IGNORECASE | re.MULTILINE
    ):
        return Playable(fit_ass(plain), "ass")
    return Playable(to_vtt(plain, name, fps=fps), "vtt")


def _cues(plain: str, name: str, fps: float | None) -> list[Cue]:
    if _NOT_SUBTITLES.match(plain):
        raise _unreadable(name, "it is a web page or data, not subtitles")
    if len(_CONTROLS.findall(plain[:4096])) > _MOSTLY * len(plain[:4096]):
        raise _unreadable(name, "it is not text")
    kind = format_of(plain)
    if kind is None:
        raise _unreadable(name, "its format is not known" if plain.strip() else "it is empty")
    try:
        if kind == "microdvd":
            cues = repaired(plain_formats.microdvd(plain, fps))
        else:
            cues = repaired(_READERS[kind](plain))
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, "it is damaged") from error
    if not cues:
        raise _unreadable(name, "it has no subtitles in it")
    return cues


def _clean(text: str) -> str:
    plain = text.removeprefix("\ufeff")
    if "\r" in plain:
        plain = plain.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\0", "\ufffd") if "\0" in plain else plain


def _is_sound_vtt(text: str) -> bool:
    header, _, rest = text.partition("\n")
    if not _HEADER.fullmatch(header):
        return False
    timings = [line for line in rest.split("\n") if "-->" in line]
    return bool(timings) and all(_TIMING.fullmatch(line) for line in timings)


def _unreadable(name: str, why: str) -> BadResponse:
    return BadResponse(
        f"The subtitles {name} cannot be read".replace("  ", " "),
        why=why,
        hint="Choose another subtitle track",
    )
