"""From bytes to text: byte order mark, UTF-16, strict UTF-8, then the likeliest code page."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

from novastream_desktop.subtitles._plausible import kana_share, plausibility

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_PAGES = (
    "cp1252", "cp1250", "iso8859_2", "cp1254", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256",
    "cp874", "cp932", "euc_jp", "gb18030", "big5", "cp949",
)  # fmt: skip
_ASIAN = frozenset({"cp932", "euc_jp", "gb18030", "big5", "cp949"})
_JAPANESE = frozenset({"cp932", "euc_jp"})

USUAL_PAGES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("ja",), ("cp932", "euc_jp")),
    **dict.fromkeys(("zh",), ("gb18030", "big5")),
    **dict.fromkeys(("ko",), ("cp949",)),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "sr"), ("cp1251", "koi8_r")),
    **dict.fromkeys(("el",), ("cp1253",)),
    **dict.fromkeys(("he", "yi"), ("cp1255",)),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256",)),
    **dict.fromkeys(("th",), ("cp874",)),
    **dict.fromkeys(("tr", "az"), ("cp1254",)),
    **dict.fromkeys(("lt", "lv", "et"), ("cp1257",)),
    **dict.fromkeys(("vi",), ("cp1258",)),
    **dict.fromkeys(
        ("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq"), ("cp1250", "iso8859_2")
    ),
    **dict.fromkeys(
        ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "nn", "no", "fi", "is", "ca"),
        ("cp1252",),
    ),
}
"""The code pages that subtitles of a language usually come in, by its primary subtag."""

_USUAL_BONUS = 0.35
_ORDER_BONUS = 0.001
_WRONG_KANA = 0.6
_LEAST = 0.25
_SAMPLE = 4_000
_CONVINCING = 0.7
_NULLS = 0.2


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it came in."""

    text: str
    encoding: str


def decode(data: bytes, lang: str = "und", declared: str | None = None) -> Decoded:
    """Return the text of a subtitle file.

    Args:
        data: the whole file.
        lang: BCP 47; its usual code pages win where several read equally well.
        declared: what the file's giver says; believed if it fits every byte.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"), encoding)
    for candidate in (_wide(data), "utf-8", declared):
        if candidate:
            try:
                return Decoded(data.decode(candidate), candidate)
            except (LookupError, UnicodeError):
                continue
    return _guess(data, lang)


def _wide(data: bytes) -> str | None:
    """Return which UTF-16 it is without a mark: half of plain text's bytes are zero then."""
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) < _NULLS * min(len(data), 4096) / 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess(data: bytes, lang: str) -> Decoded:
    usual = USUAL_PAGES.get(lang.split("-", maxsplit=1)[0].lower(), ())
    if lang.lower().startswith(("zh-tw", "zh-hk", "zh-hant")):
        usual = ("big5", "gb18030")
    sample = _telling_lines(data)
    scores = {page: _score(sample, page) for page in usual}
    if not usual or max(scores.values()) < _CONVINCING:
        pages = dict.fromkeys((*usual, *_PAGES, "utf-8"))
        scores = {
            page: _score(sample, page)
            + (_USUAL_BONUS if page in usual else 0.0)
            - _ORDER_BONUS * place
            for place, page in enumerate(pages)
        }
    best = max(scores, key=lambda page: scores[page])
    if scores[best] < _LEAST:
        found = from_bytes(sample).best()
        if found is not None:
            best = found.encoding
    return Decoded(data.decode(best, "replace"), best)


def _score(sample: bytes, page: str) -> float:
    text = sample.decode(page, "replace")
    score = plausibility(text)
    if page in _ASIAN:
        share = kana_share(text)
        if page in _JAPANESE:
            score -= _WRONG_KANA * max(0.0, 0.2 - share) / 0.2
        elif share > 0:
            score -= _WRONG_KANA * min(1.0, share / 0.2)
    return score


def _telling_lines(data: bytes) -> bytes:
    """Return the lines that are not plain ASCII, as many as are needed to tell."""
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return b"".join(lines)
