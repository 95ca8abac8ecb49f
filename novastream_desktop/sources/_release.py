"""What a release name tells, as facts of our own words."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from novastream_desktop.sources._parsett import parse_name

LONGEST_NAME = 300
_REMEMBERED = 8192
_BREATH = 16  # names, some 8 ms; the interpreter itself takes turns every 5 ms

_SOURCES = {
    "cam": "cam",
    "telesync": "cam",
    "telecine": "cam",
    "workprint": "cam",
    "scr": "screener",
    "screener": "screener",
    "preair": "screener",
    "bluray remux": "remux",
    "remux": "remux",
    "bluray": "bluray",
    "bdrip": "bluray",
    "brrip": "bluray",
    "bdmux": "bluray",
    "uhdrip": "bluray",
    "web": "web",
    "web-dl": "web",
    "webmux": "web",
    "webrip": "webrip",
    "web-dlrip": "webrip",
    "hdrip": "webrip",
    "hdtv": "tv",
    "hdtvrip": "tv",
    "pdtv": "tv",
    "satrip": "tv",
    "tvrip": "tv",
    "dvd": "dvd",
    "dvdrip": "dvd",
    "dvd remux": "dvd",
    "vhs": "dvd",
    "vhsrip": "dvd",
    "ppvrip": "dvd",
    "r5": "screener",
}
_CODECS = {"avc": "h264", "hevc": "hevc", "av1": "av1", "xvid": "mpeg4", "mpeg": "mpeg2"}
_HDR = (
    ("DV", "dolby-vision"),
    ("HDR10+", "hdr10+"),
    ("HDR", "hdr10"),
    ("HLG", "hlg"),
)
_AUDIO = ("Atmos", "TrueHD", "DTS Lossless", "FLAC", "PCM", "Dolby Digital Plus", "DTS Lossy")
_WORDED_HEIGHTS = {"4k": 2160, "8k": 4320, "2k": 1440}
_NO_VIDEO = re.compile(
    r"\.(?:exe|msi|bat|scr|zip|rar|7z|r\d\d|iso|apk|pdf|epub|mp3)\s*$", re.IGNORECASE
)
_FILMED = re.compile(
    r"\b(?:hd)?(?:cam|ts|tc)(?:rip)?\b|\btele(?:sync|cine)\b|\bworkprint\b", re.IGNORECASE
)
_STREAM_FILE = re.compile(r"\.m?2?ts$")
_FAULTS = (ValueError, TypeError, IndexError, KeyError, AttributeError, ArithmeticError)


class Release(NamedTuple):
    """The facts of one name; what it does not tell is empty or None.

    Attributes:
        title: as it stands in the name, untranslated.
        source: remux, bluray, web, webrip, tv, dvd, screener or cam.
        audio: the best kind of sound that it names.
        multi: it says that it has several languages without saying which.
        episodes: none for a film or a whole season.
        no_video: its ending is that of a program, an archive or a book.
    """

    title: str = ""
    year: int | None = None
    height: int | None = None
    source: str = ""
    codec: str | None = None
    hdr: str | None = None
    audio: str | None = None
    group: str | None = None
    languages: tuple[str, ...] = ()
    multi: bool = False
    dubbed: bool = False
    seasons: tuple[int, ...] = ()
    episodes: tuple[int, ...] = ()
    complete: bool = False
    repaired: bool = False
    upscaled: bool = False
    no_video: bool = False

    @property
    def is_published(self) -> bool:
        """Whether it is a name as releases have it, not only what somebody calls a file.

        A server that knows titles by id may keep an episode as `01 - Low Tide.mkv`, which says
        nothing about whether it is the right one.
        """
        return bool(self.year or self.source or (self.group and (self.height or self.codec)))

    @property
    def is_pack(self) -> bool:
        """Whether it holds at least a whole season."""
        return not self.episodes and (bool(self.seasons) or self.complete)


_known: OrderedDict[str, Release] = OrderedDict()


def read_release(name: str) -> Release:
    """Return what a release name tells; half a millisecond for a new one, so never on the loop.

    Any text is a name: what cannot be read tells nothing.
    """
    release = _known.get(name)
    if release is None:
        release = _release_of(name, _raw(name))
        _remember(name, release)
    return release


def read_releases(names: Iterable[str], rest: Callable[[], object] = lambda: None) -> None:
    """Read many names beforehand: first all through parsett, which is faster than in turn.

    Args:
        names: those that are known cost nothing.
        rest: is called every now and then, to let others run or to stop it by raising.
    """
    new = dict.fromkeys(name for name in names if name not in _known)
    raw = []
    for at, name in enumerate(new):
        raw.append(_raw(name))
        if at % _BREATH == 0:
            rest()
    for name, found in zip(new, raw, strict=True):
        _remember(name, _release_of(name, found))


def forget_releases() -> None:
    """Forget all names that were read."""
    _known.clear()


def _remember(name: str, release: Release) -> None:
    _known[name] = release
    while len(_known) > _REMEMBERED:
        _known.popitem(last=False)


def _raw(name: str) -> dict[str, Any]:
    try:
        return parse_name(_STREAM_FILE.sub("", name[:LONGEST_NAME]))  # .ts is not a telesync
    except _FAULTS:  # parsett trips over some names; the next one is read all the same
        return {}


def _release_of(name: str, found: dict[str, Any]) -> Release:
    languages = [str(language) for language in found.get("languages") or ()]
    source = _SOURCES.get(str(found.get("quality", "")).lower(), "")
    return Release(
        title=str(found.get("title") or ""),
        year=_year(found.get("year")),
        height=_height(str(found.get("resolution") or "")),
        source=source or _filmed(name),
        codec=_CODECS.get(str(found.get("codec") or "").lower()),
        hdr=next((word for theirs, word in _HDR if theirs in (found.get("hdr") or ())), None),
        audio=_audio(found.get("audio") or ()),
        group=str(found["group"]) if found.get("group") else None,
        languages=tuple(word for word in languages if not word.startswith("multi")),
        multi=any(word.startswith("multi") for word in languages) or bool(found.get("dubbed")),
        dubbed=bool(found.get("dubbed")),
        seasons=_numbers(found.get("seasons")),
        episodes=_numbers(found.get("episodes")),
        complete=bool(found.get("complete")),
        repaired=bool(found.get("proper") or found.get("repack")),
        upscaled=bool(found.get("upscaled")),
        no_video=_NO_VIDEO.search(name) is not None,
    )


def _filmed(name: str) -> str:
    return "cam" if _FILMED.search(_STREAM_FILE.sub("", name[:LONGEST_NAME])) else ""


def _year(found: Any) -> int | None:
    digits = str(found or "")[:4]
    return int(digits) if digits.isascii() and digits.isdigit() else None


def _height(found: str) -> int | None:
    text = found.lower()
    digits = text.rstrip("pi")
    if digits.isascii() and digits.isdigit() and len(digits) <= len("4320"):
        return int(digits) or None
    return _WORDED_HEIGHTS.get(text)


def _audio(found: Any) -> str | None:
    kinds = [str(kind) for kind in found]
    return next((kind for kind in _AUDIO if kind in kinds), kinds[0] if kinds else None)


def _numbers(found: Any) -> tuple[int, ...]:
    return tuple(sorted({number for number in found or () if isinstance(number, int)}))
