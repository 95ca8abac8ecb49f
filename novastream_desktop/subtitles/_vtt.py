"""Any subtitle text as WebVTT."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pysubs2

from novastream_desktop.errors import BadResponse

_STAMP = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
_TIMING = re.compile(rf"[ \t]*{_STAMP}[ \t]+-->[ \t]+{_STAMP}(?:[ \t].*)?")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_NOT_SUBTITLES = re.compile(r"\s*(?:<!doctype html|<html\b|\{\s*\")", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{([^{}]*)\}")
_STYLE_TAG = re.compile(r"\\([ibu])(\d*)(?![a-z])")
_PLACE_TAG = re.compile(r"\\an([1-9])")
_DRAWING = re.compile(r"\\p[1-9]")
_BLANK_LINES = re.compile(r"\n\s*\n+")
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|lrm|rlm|#\d+|#x[0-9a-fA-F]+);")
_TOP, _MIDDLE = frozenset("789"), frozenset("456")
_LEFT, _RIGHT = frozenset("147"), frozenset("369")
_LONGEST = 100 * 3600 * 1000
_LAST_NUMBER = "\n\n1\n"  # pysubs2 takes a number at the very end for the next cue's: give it one


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: milliseconds, WebVTT markup, and cue settings such as `line:0`."""

    start: int
    end: int
    markup: str
    settings: str = ""


def to_vtt(text: str, name: str = "") -> str:
    """Return WebVTT; SRT, ASS, SSA, WebVTT, TTML, SAMI, MicroDVD and MPL2 are understood.

    Sound WebVTT passes as it is, with its styles and positions.

    Args:
        text: the decoded file.
        name: for the sentence when it cannot be read.

    Raises:
        BadResponse: it is not subtitles, or has none.
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    plain = plain.replace("\0", "\ufffd")
    if _is_sound_vtt(plain):
        return plain if plain.endswith("\n") else plain + "\n"
    if _NOT_SUBTITLES.match(plain):
        raise _unreadable(name, "it is a web page or data, not subtitles")
    if "-->" in plain:
        plain += _LAST_NUMBER
    try:
        subs = pysubs2.SSAFile.from_string(plain, fps=24 if _is_microdvd(plain) else None)
    except (pysubs2.Pysubs2Error, ValueError, LookupError, ArithmeticError) as error:
        raise _unreadable(name, "its format is not known") from error
    cues = [cue for event in subs.events if (cue := _cue_of(event, subs)) is not None]
    if not cues:
        raise _unreadable(name, "it has no subtitles in it")
    return render(cues)


def render(cues: Iterable[Cue]) -> str:
    """Return a WebVTT file of cues, in the order of their start."""
    blocks = ["WEBVTT\n"]
    for cue in sorted(cues, key=lambda c: (c.start, c.end)):
        timing = f"{_stamp(cue.start)} --> {_stamp(cue.end)}{cue.settings and ' '}{cue.settings}"
        blocks.append(f"{timing}\n{cue.markup}\n")
    return "\n".join(blocks)


def _is_sound_vtt(text: str) -> bool:
    header, _, rest = text.partition("\n")
    if not _HEADER.fullmatch(header):
        return False
    timings = [line for line in rest.split("\n") if "-->" in line]
    return bool(timings) and all(_TIMING.fullmatch(line) for line in timings)


def _is_microdvd(text: str) -> bool:
    return re.match(r"\s*\{\d+\}\{\d+\}", text) is not None


def _cue_of(event: pysubs2.SSAEvent, subs: pysubs2.SSAFile) -> Cue | None:
    overrides = "".join(_OVERRIDE.findall(event.text))
    if event.is_comment or event.end <= event.start or _DRAWING.search(overrides):
        return None
    style = subs.styles.get(event.style, pysubs2.SSAStyle())
    begun = {"i": bool(style.italic), "b": bool(style.bold), "u": bool(style.underline)}
    markup = _markup(event.text, begun)
    if not re.sub(r"<[^>]*>", "", markup).strip():
        return None
    placed = _PLACE_TAG.search(overrides)
    place = placed.group(1) if placed else str(int(style.alignment))
    start, end = (min(max(0, ms), _LONGEST) for ms in (event.start, event.end))
    return Cue(start, end, markup, _settings(place)) if start < end else None


def _markup(text: str, begun: dict[str, bool]) -> str:
    """Turn ASS overrides into nested WebVTT tags; other overrides are dropped."""
    out: list[str] = []
    open_tags: list[str] = []

    def switch(tag: str, on: bool) -> None:
        if on and tag not in open_tags:
            open_tags.append(tag)
            out.append(f"<{tag}>")
        elif not on and tag in open_tags:
            at = open_tags.index(tag)
            inner = open_tags[at + 1 :]
            out.extend(f"</{name}>" for name in reversed(open_tags[at:]))
            open_tags[at:] = inner
            out.extend(f"<{name}>" for name in inner)

    for tag, on in begun.items():
        switch(tag, on)
    for at, piece in enumerate(_OVERRIDE.split(text)):
        if at % 2:
            for tag, value in _STYLE_TAG.findall(piece):
                switch(tag, value not in ("", "0"))
        else:
            out.append(_escaped(piece))
    out.extend(f"</{name}>" for name in reversed(open_tags))
    return _BLANK_LINES.sub("\n", "".join(out)).strip("\n")


def _escaped(text: str) -> str:
    lines = text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\u00a0")
    kept: list[str] = []
    last = 0
    for entity in _ENTITY.finditer(lines):
        kept += [_plain(lines[last : entity.start()]), entity.group()]
        last = entity.end()
    return "".join([*kept, _plain(lines[last:])])


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _settings(place: str) -> str:
    """Return cue settings for a place on the number pad (2: below, in the middle)."""
    line = "line:0" if place in _TOP else "line:50%" if place in _MIDDLE else ""
    align = "align:start" if place in _LEFT else "align:end" if place in _RIGHT else ""
    return " ".join(part for part in (line, align) if part)


def _stamp(milliseconds: int) -> str:
    seconds, ms = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{ms:03d}"


def _unreadable(name: str, why: str) -> BadResponse:
    return BadResponse(
        f"The subtitles {name} cannot be read".replace("  ", " "),
        why=why,
        hint="Choose another subtitle track",
    )
