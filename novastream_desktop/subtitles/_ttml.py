"""TTML (also DFXP and IMSC text) as cues. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from novastream_desktop.subtitles._cues import Cue
from novastream_desktop.subtitles._markup import escaped, without_blank_lines

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)(?:\.(\d+)|:(\d+(?:\.\d+)?))?")
_OFFSET = re.compile(r"(\d+(?:\.\d+)?)(h|ms|m|s|f|t)")
_SPACE = re.compile(r"\s+")
_ENCODING = re.compile(r"^\s*<\?xml[^>]*\?>")
_SHAPES = (("fontStyle", "italic", "i"), ("fontWeight", "bold", "b"))
_UNDERLINE = "underline"


@dataclass(frozen=True, slots=True)
class _Document:
    frames: float
    ticks: float
    styles: Mapping[str, Mapping[str, str]]
    regions: Mapping[str, str]


def ttml(text: str) -> Iterator[Cue]:
    """Read TTML.

    Raises:
        ValueError: it is not XML, or tries to be more than that.
    """
    try:
        root = fromstring(_ENCODING.sub("", text))
    except (ParseError, DefusedXmlException) as error:
        raise ValueError(str(error)) from error
    document = _document(root)
    body = next((child for child in root if _name(child) == "body"), None)
    if body is not None:
        yield from _cues(body, document, 0, None, "")


def _document(root: Element) -> _Document:
    own = _attributes(root)
    multiplier = [float(part) for part in own.get("frameRateMultiplier", "1 1").split()] or [1.0]
    frames = float(own.get("frameRate", 30)) * multiplier[0] / (multiplier[-1] or 1)
    ticks = float(own.get("tickRate", 0)) or frames
    styles = {
        attributes["id"]: attributes
        for element in root.iter()
        if _name(element) == "style" and "id" in (attributes := _attributes(element))
    }
    regions = {
        attributes["id"]: "line:0" if "before" in str(_display_align(element)) else ""
        for element in root.iter()
        if _name(element) == "region" and "id" in (attributes := _attributes(element))
    }
    return _Document(frames, ticks, styles, regions)


def _display_align(region: Element) -> str:
    inner = [_attributes(child).get("displayAlign", "") for child in region]
    return " ".join([_attributes(region).get("displayAlign", ""), *inner])


def _cues(
    element: Element, document: _Document, begin: int, end: int | None, place: str
) -> Iterator[Cue]:
    own = _attributes(element)
    start = begin + (_time(own.get("begin", ""), document) or 0)
    duration = _time(own.get("dur", ""), document)
    stop = _time(own.get("end", ""), document)
    until = begin + stop if stop is not None else end
    if duration is not None:
        until = min(start + duration, until) if until is not None else start + duration
    place = document.regions.get(own.get("region", ""), place)
    if _name(element) == "p" and ("begin" in own or not _timed_children(element)):
        markup = without_blank_lines(_markup(element, document))
        if markup.strip():
            yield Cue(start, until or 0, markup, place)
        return
    for child in element:
        if _name(child) in {"div", "p", "span"}:
            yield from _cues(child, document, start, until, place)
    if _name(element) == "span" and not len(element):
        markup = without_blank_lines(_shaped(element, escaped(_text(element.text)), document))
        if markup.strip():
            yield Cue(start, until or 0, markup, place)


def _timed_children(element: Element) -> bool:
    return any("begin" in _attributes(child) for child in element)


def _markup(element: Element, document: _Document) -> str:
    parts = [escaped(_text(element.text))]
    for child in element:
        if _name(child) == "br":
            parts.append("\n")
        elif _name(child) == "span":
            parts.append(_markup(child, document))
        parts.append(escaped(_text(child.tail)))
    return _shaped(element, "".join(parts), document)


def _shaped(element: Element, markup: str, document: _Document) -> str:
    own = _attributes(element)
    given: dict[str, str] = {}
    for name in own.get("style", "").split():
        given |= document.styles.get(name, {})
    given |= own
    tags = [tag for key, value, tag in _SHAPES if given.get(key) == value]
    if _UNDERLINE in given.get("textDecoration", "").split():
        tags.append("u")
    for tag in tags:
        markup = f"<{tag}>{markup}</{tag}>" if markup.strip() else markup
    return markup


def _text(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")


def _time(text: str, document: _Document) -> int | None:
    """Return milliseconds of a clock time or an offset, None if there is none."""
    text = text.strip()
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds, fraction, frames = clock.groups()
        whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
        rest = float(f"0.{fraction}") if fraction else float(frames or 0) / document.frames
        return round((whole + rest) * 1000)
    if offset := _OFFSET.fullmatch(text):
        units = {
            "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001,
            "f": 1 / document.frames, "t": 1 / document.ticks,
        }  # fmt: skip
        return round(float(offset.group(1)) * units[offset.group(2)] * 1000)
    return None


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attributes(element: Element) -> dict[str, str]:
    return {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
