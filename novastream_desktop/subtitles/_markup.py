"""The text of a cue in any format as WebVTT markup: sound tags, escaped signs, no lost word."""

from __future__ import annotations

import html
import re
from functools import lru_cache

_PLAIN = r"[^<>&{}\\]"
_SIMPLE = re.compile(rf"{_PLAIN}*(?:<([ibu])>{_PLAIN}+</\1>{_PLAIN}*)*")
_STRANGE = re.compile(r"[<>&{}\\]")
_FONT = re.compile(r"</?(?:font|FONT)(?: [^<>\n]*)?>")
_PLACE_FIRST = re.compile(r"[ \t\n]*\{\\an([1-9])\}")
# Tags, overrides, breaks and spaces; without groups the engine looks for their first letters.
_TOKEN = re.compile(r"</?[a-zA-Z][^<>\n]*>|\{\\[^{}]*\}|\\[Nnh]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_NAME = re.compile(r"</?([a-zA-Z]+)")
_SHAPES = frozenset({"i", "b", "u"})
_SYNONYMS = {"em": "i", "strong": "b"}
_OF_VTT = frozenset({"c", "v", "lang", "ruby", "rt"})
_DROPPED = frozenset({"font", "span", "s", "strike", "del", "p", "div", "ruby", "rt", "c", "v"})
_STYLE_TAG = re.compile(r"\\([ibu])(\d*)(?![a-zA-Z])")
_PLACE_TAG = re.compile(r"\\an?([1-9]\d?)")
_OLD_PLACES = {5: 7, 6: 8, 7: 9, 9: 4, 10: 5, 11: 6}
_VTT_TIME = re.compile(r"<[\d:.]+>")


def of_srt(text: str) -> tuple[str, str]:
    """Return markup and cue settings of text with SRT's tags, ASS overrides and entities."""
    if not _STRANGE.search(text):
        return without_blank_lines(text), ""
    bare = _FONT.sub("", text)
    first = _PLACE_FIRST.match(bare)
    body = bare[first.end() :] if first else bare
    if _SIMPLE.fullmatch(body):  # as nearly all lines are
        return without_blank_lines(body), settings_of(first.group(1) if first else "")
    return by_tokens(text)


def by_tokens(text: str) -> tuple[str, str]:
    """Do what `of_srt` does, for any text."""
    text = text.strip(" \t\n")
    tags = _Tags()
    place = ""
    at = 0
    for found in _TOKEN.finditer(text):
        tags.text(text[at : found.start()])
        at = found.end()
        sign = found.group()
        if sign.startswith("<"):
            _tag(tags, sign)
        elif sign.startswith("{"):
            named, shapes = _override(sign)
            place = named or place
            for shape, on in shapes:
                tags.switch(shape, on)
        else:
            tags.text("\u00a0" if sign == r"\h" else "\n")
    tags.text(text[at:])
    return without_blank_lines(tags.closed()), settings_of(place)


def of_vtt(text: str) -> str:
    """Return WebVTT's own markup with what is broken in it mended."""
    if not _STRANGE.search(text):
        return without_blank_lines(text)
    text = text.strip(" \t\n")
    tags = _Tags(known=_OF_VTT)
    at = 0
    for tag in re.finditer(r"</?[a-zA-Z][^<>\n]*>|<[\d:.]+>", text):
        tags.text(text[at : tag.start()])
        at = tag.end()
        if not _VTT_TIME.fullmatch(tag.group()):
            _tag(tags, tag.group())
    tags.text(text[at:])
    return without_blank_lines(tags.closed())


def escaped(text: str) -> str:
    """Return text with entities resolved and what WebVTT reserves escaped."""
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found.group()), text).replace("&", "&amp;")
    if "<" in text or ">" in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;")
    return text


def without_blank_lines(text: str) -> str:
    """Return text without blank lines, which would end the cue."""
    if "\n\n" not in text and "\n " not in text and " \n" not in text:
        return text.strip(" \t\n")
    return "\n".join(line.rstrip(" \t") for line in text.split("\n") if line.strip()).strip(" \t")


@lru_cache(maxsize=16)
def settings_of(place: str) -> str:
    """Return cue settings for a place on the number pad (2: below, in the middle)."""
    line = "line:0" if place in {"7", "8", "9"} else "line:50%" if place in {"4", "5", "6"} else ""
    left, right = place in {"1", "4", "7"}, place in {"3", "6", "9"}
    align = "align:start" if left else "align:end" if right else ""
    return " ".join(part for part in (line, align) if part)


@lru_cache(maxsize=256)
def _override(written: str) -> tuple[str, tuple[tuple[str, bool], ...]]:
    """Return the place that an ASS override names, and the shapes that it turns on or off."""
    shapes = ((shape, value not in ("", "0")) for shape, value in _STYLE_TAG.findall(written))
    return _place_in(written), tuple(shapes)


def _place_in(override: str) -> str:
    found = _PLACE_TAG.search(override)
    if found is None:
        return ""
    number = int(found.group(1))
    modern = found.group().startswith("\\an")
    return str(number % 10 if modern else _OLD_PLACES.get(number, number))


def _tag(tags: _Tags, written: str) -> None:
    name = _name_of(written)
    if name == "br":
        tags.text("\n")
    elif name in _SHAPES or name in tags.known:
        opening = not written.startswith("</")
        tags.switch(name, opening, written[1:-1].strip() if name in tags.known else name)
    elif name not in _DROPPED:
        tags.text(written)


@lru_cache(maxsize=256)
def _name_of(written: str) -> str:
    found = _NAME.match(written)
    name = found.group(1).lower() if found else ""
    return _SYNONYMS.get(name, name)


class _Tags:
    """Builds markup whose tags are nested and closed."""

    def __init__(self, known: frozenset[str] = frozenset()) -> None:
        self.known = known
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []

    def text(self, text: str) -> None:
        if text:
            self._out.append(escaped(text))

    def switch(self, name: str, on: bool, written: str = "") -> None:
        names = [opened for opened, _ in self._open]
        if on and (name not in names or name in self.known):
            self._open.append((name, written or name))
            self._out.append(f"<{written or name}>")
        elif not on and name in names:
            at = len(names) - 1 - names[::-1].index(name)
            inner = self._open[at + 1 :]
            self._out.extend(f"</{opened}>" for opened, _ in reversed(self._open[at:]))
            self._open[at:] = inner
            self._out.extend(f"<{again}>" for _, again in inner)

    def closed(self) -> str:
        self._out.extend(f"</{opened}>" for opened, _ in reversed(self._open))
        self._open.clear()
        return "".join(self._out)
