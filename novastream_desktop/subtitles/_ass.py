"""ASS, SSA and TMPlayer as cues, by pysubs2; ASS itself made fit for the player."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pysubs2

from novastream_desktop.subtitles._cues import Cue
from novastream_desktop.subtitles._markup import of_srt, settings_of

_DRAWING = re.compile(r"\{[^{}]*\\p[1-9][^{}]*\}")
_OVERRIDE = re.compile(r"\{([^{}]*)\}")
_PLACE = re.compile(r"\\an([1-9])")
_HEADER = re.compile(r"^[ \t]*\[script info\]", re.IGNORECASE | re.MULTILINE)


def pysubs(text: str, kind: str) -> Iterator[Cue]:
    """Read what pysubs2 reads.

    Raises:
        ValueError: it cannot be read.
    """
    try:
        subs = pysubs2.SSAFile.from_string(text, format_=kind)
    except (pysubs2.Pysubs2Error, ValueError, LookupError, ArithmeticError) as error:
        raise ValueError(str(error)) from error
    for event in subs.events:
        if event.is_comment or _DRAWING.search(event.text):
            continue
        style = subs.styles.get(event.style, pysubs2.SSAStyle())
        shapes = (("i", style.italic), ("b", style.bold), ("u", style.underline))
        begun = "".join(rf"{{\{tag}1}}" for tag, on in shapes if on)
        # Text beyond overrides is text: what looks like a tag or an entity in it stays.
        markup, settings = of_srt(begun + _literal(event.text))
        overrides = "".join(_OVERRIDE.findall(event.text))
        if not _PLACE.search(overrides):
            settings = settings_of(str(int(style.alignment)))
        if re.sub(r"<[^>]*>", "", markup).strip():
            yield Cue(event.start, event.end, markup, settings)


def _literal(text: str) -> str:
    parts = _OVERRIDE.split(text)
    return "".join(
        f"{{{part}}}" if at % 2 and part.startswith("\\") else "" if at % 2 else _shielded(part)
        for at, part in enumerate(parts)
    )


def _shielded(part: str) -> str:
    return part.replace("<", "&lt;") if "<" in part else part


def fit_ass(text: str) -> str:
    """Return ASS as libass wants it: its header first, a line's end at the end."""
    header = _HEADER.search(text)
    body = text[header.start() :] if header else f"[Script Info]\nScriptType: v4.00+\n\n{text}"
    return body if body.endswith("\n") else f"{body}\n"
