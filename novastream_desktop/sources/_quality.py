"""What a source's words tell of its picture."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_HEIGHT = re.compile(r"(?<![\d])(4320|2160|1440|1080|720|576|540|480|360|240|144)[pi]\b", _I)
_WORDS = ((re.compile(r"\b(4k|uhd)\b", _I), 2160), (re.compile(r"\b8k\b", _I), 4320))
_SIZE = re.compile(r"\b\d{3,4}\s?[x\u00d7]\s?(\d{3,4})\b", _I)
_BARE = re.compile(r"\s*(\d{3,4})\s*")
_CODECS = (
    (re.compile(r"\b(av1)\b", _I), "av1"),
    (re.compile(r"\b(hevc|[xh][. ]?265)\b", _I), "hevc"),
    (re.compile(r"\b(avc|[xh][. ]?264)\b", _I), "h264"),
    (re.compile(r"\bvp9\b", _I), "vp9"),
)
_HDR = (
    (re.compile(r"\b(dv|dovi|dolby[ .]?vision)\b", _I), "dolby-vision"),
    (re.compile(r"\bhdr10(\+|plus\b)", _I), "hdr10+"),
    (re.compile(r"\bhdr(10)?\b", _I), "hdr10"),
    (re.compile(r"\bhlg\b", _I), "hlg"),
)


def height_of(text: str) -> int | None:
    """Return the number of lines that a quality or release name tells, None if it is silent."""
    found = _HEIGHT.search(text) or _SIZE.search(text) or _BARE.fullmatch(text)
    if found and 100 <= int(found.group(1)) <= 4320:  # noqa: PLR2004  (a picture's height)
        return int(found.group(1))
    return next((lines for word, lines in _WORDS if word.search(text)), None)


def codec_of(text: str) -> str | None:
    """Return `av1`, `hevc`, `h264` or `vp9` if the text names one."""
    return next((name for word, name in _CODECS if word.search(text)), None)


def hdr_of(text: str) -> str | None:
    """Return the kind of high dynamic range that the text names."""
    return next((name for word, name in _HDR if word.search(text)), None)
