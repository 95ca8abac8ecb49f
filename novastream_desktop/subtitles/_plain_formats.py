"""SRT, WebVTT, MicroDVD, MPL2 and SubViewer as cues, however broken. Pure.

A file of two hours has 2,000 cues and is read while a video plays, so these formats are read
by a few regular expressions and not by a general library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from novastream_desktop.subtitles._cues import Cue
from novastream_desktop.subtitles._markup import of_srt, of_vtt

FILM_FPS = 24000 / 1001
"""What frames are counted at where nobody says it, as ffmpeg does."""

_GAP = r"[ \t]*"
_TIME = (
    rf"(-)?{_GAP}(?:(\d+){_GAP}:)?{_GAP}(\d{{1,3}}){_GAP}:{_GAP}(\d{{1,2}})"
    rf"(?:{_GAP}[,.:;]{_GAP}(\d{{1,3}}))?"
)
TIMING = re.compile(
    rf"^{_GAP}{_TIME}{_GAP}[-\u2013]{{1,3}}[>\u203a]{_GAP}{_TIME}([^\n]*)$", re.MULTILINE
)
"""A line with two times, written in any way that people and programs write them."""
_SOUND_TIME = r"([0-9]{2}):([0-5][0-9]):([0-5][0-9]),([0-9]{3})"
_SOUND = re.compile(rf"\n*\d+\n{_SOUND_TIME} --> {_SOUND_TIME}(?:\n|\Z)")
_ARROWS = ("->", "\u2013>", "-\u203a", "\u2013\u203a")
_NUMBERS = {f"{n:0{width}d}": n for width in (2, 3) for n in range(10**width)}
_number = _NUMBERS.__getitem__  # a fifth of what int() takes
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_SETTING = re.compile(r"(?:vertical|line|position|size|align|region):\S+")
_CUE_ID = re.compile(r"\d+")
_FRAMES = re.compile(r"^[ \t]*\{(\d+)\}[ \t]*\{(\d*)\}([^\n]*)$", re.MULTILINE)
_DECISECONDS = re.compile(r"^[ \t]*\[(-?\d+)\][ \t]*\[(-?\d*)\]([^\n]*)$", re.MULTILINE)
_CONTROL = re.compile(r"\{([a-zA-Z]):([^{}]*)\}")
_FPS = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_HUNDREDTHS = re.compile(
    r"^[ \t]*(\d+):(\d\d):(\d\d)[.,:](\d{2,3}),(\d+):(\d\d):(\d\d)[.,:](\d{2,3})[ \t]*$",
    re.MULTILINE,
)
_CLOCK = re.compile(r"^[ \t]*\[(\d+):(\d\d):(\d\d)\][ \t]*$", re.MULTILINE)
_LINE_BREAK = re.compile(r"\[br\]", re.IGNORECASE)
_UNDEFINED = 5


def srt(text: str) -> Iterator[Cue]:
    """Read SRT: numbers may be wrong or missing, and blank lines as well."""
    blocks = [(block, _SOUND.match(block)) for block in text.split("\n\n")]
    if sum(timing is not None for _, timing in blocks) == sum(map(text.count, _ARROWS)):
        yield from _sound_srt(blocks)
        return
    found = list(TIMING.finditer(text))
    numbered = _CUE_ID.fullmatch(text[: found[0].start()].strip().rpartition("\n")[2]) is not None
    for place, timing in enumerate(found):
        last = place + 1 == len(found)
        until = len(text) if last else found[place + 1].start()
        said = text[timing.end() : until]
        if numbered and not last:
            said = _without_number(said, place + 2)
        markup, settings = of_srt(said.strip("\n"))
        if markup:
            yield Cue(*_times(timing), markup, settings)


def _sound_srt(blocks: Iterable[tuple[str, re.Match[str] | None]]) -> Iterator[Cue]:
    """Read a file without a fault, as most are, four times as fast.

    A block without a timing is what was said after a blank line.
    """
    start = end = -1
    said: list[str] = []
    for block, timing in blocks:
        if timing is None:
            said.append(block)
            continue
        if start >= 0:
            yield from _cue(start, end, "\n".join(said))
        said = [block[timing.end() :]]
        h, m, s, ms, to_h, to_m, to_s, to_ms = map(_number, timing.groups())
        start = ((h * 60 + m) * 60 + s) * 1000 + ms
        end = ((to_h * 60 + to_m) * 60 + to_s) * 1000 + to_ms
    if start >= 0:
        yield from _cue(start, end, "\n".join(said))


def _cue(start: int, end: int, said: str) -> tuple[Cue, ...]:
    markup, settings = of_srt(said)
    return (Cue(start, end, markup, settings),) if markup else ()


def _without_number(said: str, expected: int) -> str:
    """Leave out the next cue's number: it stands alone, or is the one that is due."""
    body = said.rstrip()
    head, _, tail = body.rpartition("\n")
    number = tail.strip()
    if not (number.isascii() and number.isdigit()):
        return said
    alone = not head.strip() or not head.rstrip(" \t").rpartition("\n")[2].strip()
    return head if alone or int(number) == expected else said


def vtt(text: str) -> Iterator[Cue]:
    """Read WebVTT, also where its times or blocks are not as they should be."""
    found = list(TIMING.finditer(text))
    for place, timing in enumerate(found):
        last = place + 1 == len(found)
        until = len(text) if last else found[place + 1].start()
        said = text[timing.end() : until].lstrip("\n")
        if not last:
            said = _without_id(said)
        blocks = [b for b in re.split(r"\n[ \t]*\n", said) if not _BLOCK.match(b.lstrip())]
        markup = of_vtt("\n".join(blocks))
        if markup.strip():
            yield Cue(*_times(timing), markup, " ".join(_SETTING.findall(timing.group(11))))


def _without_id(said: str) -> str:
    """Leave out the next cue's name: the one line after the last blank line."""
    head, gap, tail = said.rstrip(" \t\n").rpartition("\n\n")
    return (
        head
        if gap and "\n" not in tail and said.endswith("\n") and not said.endswith("\n\n")
        else said
    )


def microdvd(text: str, fps: float | None = None) -> Iterator[Cue]:
    """Read MicroDVD, whose times are frames; a first line may say how many a second."""
    found = list(_FRAMES.finditer(text))
    rate = fps or FILM_FPS
    if found and int(found[0].group(1)) <= 1 and _FPS.fullmatch(found[0].group(3).strip()):
        rate = float(found.pop(0).group(3).strip().replace(",", ".")) or rate
    for line in found:
        start, end = int(line.group(1)), int(line.group(2) or 0)
        markup, settings = of_srt(_shaped(line.group(3)))
        if markup:
            yield Cue(round(start * 1000 / rate), round(end * 1000 / rate), markup, settings)


def mpl2(text: str) -> Iterator[Cue]:
    """Read MPL2, whose times are tenths of a second."""
    for line in _DECISECONDS.finditer(text):
        start, end = int(line.group(1)), int(line.group(2) or 0)
        markup, settings = of_srt(_shaped(line.group(3)))
        if markup:
            yield Cue(start * 100, end * 100, markup, settings)


def _shaped(text: str) -> str:
    """Turn `{y:i}`, `/` and `|` into tags and lines."""
    lines = []
    for line in text.strip().split("|"):
        shapes = "".join(value.lower() for kind, value in _CONTROL.findall(line) if kind in "yY")
        plain = _CONTROL.sub("", line)
        if plain.startswith("/"):
            plain, shapes = plain[1:], f"{shapes}i"
        opened = "".join(f"<{shape}>" for shape in "biu" if shape in shapes)
        closed = "".join(f"</{shape}>" for shape in "uib" if shape in shapes)
        lines.append(f"{opened}{plain}{closed}")
    return "\n".join(lines)


def subviewer(text: str) -> Iterator[Cue]:
    """Read SubViewer 2 (`h:m:s.hh,h:m:s.hh`) and 1 (`[h:m:s]` before and after each text)."""
    found = list(_HUNDREDTHS.finditer(text))
    ends = [timing.start() for timing in found[1:]] + [len(text)]
    for timing, until in zip(found, ends, strict=False):
        said = text[timing.end() : until]
        markup, settings = of_srt(_LINE_BREAK.sub("\n", said.strip("\n")))
        if markup:
            parts = timing.groups()
            yield Cue(_clock(*parts[:4]), _clock(*parts[4:]), markup, settings)
    if not found:
        yield from _first_subviewer(text)


def _first_subviewer(text: str) -> Iterator[Cue]:
    found = list(_CLOCK.finditer(text))
    for timing, after in zip_longest(found, found[1:]):
        said = text[timing.end() : after.start() if after else len(text)].strip()
        markup, settings = of_srt(said.replace("|", "\n"))
        if markup and not markup.startswith("[end"):
            end = _clock(*after.groups()) if after else 0
            yield Cue(_clock(*timing.groups()), end, markup, settings)


def _times(timing: re.Match[str]) -> tuple[int, int]:
    parts = timing.groups()
    return _milliseconds(*parts[:_UNDEFINED]), _milliseconds(*parts[_UNDEFINED : 2 * _UNDEFINED])


def _milliseconds(
    sign: str | None, hours: str | None, minutes: str, seconds: str, rest: str | None
) -> int:
    time = ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000
    if rest:
        time += int(rest) * 10 ** (3 - len(rest))
    return -time if sign else time


def _clock(hours: str, minutes: str, seconds: str, rest: str = "0") -> int:
    return _milliseconds(None, hours, minutes, seconds, rest)
