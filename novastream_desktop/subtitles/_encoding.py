"""From bytes to text: mark, UTF-16, strict UTF-8, the declared one, the likeliest code page."""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from charset_normalizer import from_bytes

from novastream_desktop.subtitles import _letters as letters

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WEST = ("cp1252", "iso8859_15", "cp850")
_CENTRE = ("cp1250", "iso8859_2", "cp852")
_SLAVONIC = ("cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic")
_CHINESE = ("gb18030", "big5", "cp950")

USUAL_PAGES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "is", "ca"), _WEST
    ),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro", "sq"), _CENTRE),
    **dict.fromkeys(("ru", "bg", "be", "mk", "sr"), _SLAVONIC),
    "uk": ("cp1251", "koi8_u", "iso8859_5", "cp866"),
    "el": ("cp1253", "iso8859_7", "cp737"),
    "he": ("cp1255", "iso8859_8", "cp862"),
    **dict.fromkeys(("ar", "fa"), ("cp1256", "iso8859_6")),
    "th": ("cp874", "tis_620"),
    **dict.fromkeys(("tr", "az"), ("cp1254", "iso8859_9", "cp857")),
    **dict.fromkeys(("lt", "lv"), ("cp1257", "iso8859_13", "iso8859_4")),
    "et": ("cp1257", "cp1252", "iso8859_13", "iso8859_15"),
    "vi": ("cp1258",),
    "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030",),
    "zh-Hant": ("big5", "cp950"),
    "ko": ("cp949",),
}
"""The code pages that subtitles of a language usually come in, the likeliest first."""

_ALIKE = {
    "no": ("nb",), "nn": ("nb",), "bs": ("hr",), "sh": ("hr", "sr"), "sr": ("sr", "hr"),
    "yi": ("he",), "ur": ("fa", "ar"), "ckb": ("ar",), "zh": ("zh", "zh-Hant"), "iw": ("he",),
    "gl": ("pt", "es"), "eu": ("es",), "ga": ("en",), "af": ("nl",), "lb": ("de",),
    "fo": ("is", "da"), "id": ("en",), "ms": ("en",), "mo": ("ro",), "cnr": ("hr", "sr"),
}  # fmt: skip
_TRADITIONAL = re.compile(r"(?i)(?:zh-(?:tw|hk|mo|hant)|yue)\b")
_LESS_USUAL = 14
_LATER_PAGE = 6
_UTF8_BROKEN = 4
_USUAL_COST = 3.9
_COSTS = {"th": 5.0, "ar": 4.4, "ko": 6.6, "ja": 7.6, "zh": 9.2, "zh-Hant": 9.2}
"""What a letter costs at most, in natural logarithms, where a text is in the language."""
_TOLD_BONUS = 0.06
_SAMPLE, _ROUGH = 900, 120
_FAR_BEHIND = 30 * letters.STEPS
_NULLS = 0.2
_SURE = 0.99
_UNSURE = 0.3
_UNREADABLE = 11.0
_COMPOSED = frozenset({"cp1258"})
_MARKUP = re.compile(rb"<[^>]*>|\{[^}]*\}|\d+:\d\d:\d\d\S*|-->|\d+")
_LINES, _FEWEST_LETTERS, _CLEAR = 60, 40, 12.0
_SIGNS, _ROOM = frozenset({"ja", "zh", "zh-Hant", "ko"}), 1.4
_TIMES = re.compile(r"<[^>]*>|\{[^}]*\}|^WEBVTT.*$|^Dialogue:(?:[^,]*,){9}", re.MULTILINE)
_SHIFTED = b"\x1b$"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it came in, and how certain that is, 0 to 1."""

    text: str
    encoding: str
    confidence: float = 1.0


def decode(data: bytes, lang: str = "und", declared: str | None = None) -> Decoded:
    """Return the text of a subtitle file.

    Args:
        data: the whole file.
        lang: BCP 47; its usual code pages win unless the text is plainly another language's.
        declared: what the file's giver says; believed if it fits every byte.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"), encoding)
    if (wide := _wide(data)) is not None:
        return Decoded(data.decode(wide, "replace"), wide, _SURE)
    for candidate in ("iso2022_jp" if _SHIFTED in data else "", "utf-8", declared):
        if candidate:
            try:
                return Decoded(data.decode(candidate), candidate)
            except (LookupError, UnicodeError):
                continue
    sample = _telling_lines(data)
    return _broken_utf8(data, sample) or _guess(data, sample, lang)


def decode_as(data: bytes, encoding: str) -> Decoded:
    """Return the text in an encoding that a person chose; bytes that do not fit are marked.

    Raises:
        LookupError: there is no such encoding.
    """
    return Decoded(_text(data, encoding), codecs.lookup(encoding).name)


def language_of(text: str) -> str:
    """Return the BCP 47 tag of the language that a text is in, `und` where that is not clear."""
    lines = [line for line in text.splitlines() if any(map(str.isalpha, line))]
    step = max(1, len(lines) // _LINES)
    sample = _TIMES.sub(" ", "\n".join(lines[: step * _LINES : step]))
    size = sum(map(str.isalpha, sample))
    if size < _FEWEST_LETTERS:
        return "und"
    reading = letters.count(sample)
    costs = {name: letters.cost(reading, name) for name in letters.languages()}
    best, second = sorted(costs, key=costs.__getitem__)[:2]
    clear = costs[second] - costs[best] >= _CLEAR * letters.STEPS
    most = _COSTS.get(best, _USUAL_COST) * (_ROOM if best in _SIGNS else 1.0)
    fits = costs[best] <= most * letters.STEPS * size
    return best if clear and fits else "und"


def _wide(data: bytes) -> str | None:
    """Return which UTF-16 it is without a mark: half of plain text's bytes are zero then."""
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) < _NULLS * min(len(data), 4096) / 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _broken_utf8(data: bytes, sample: bytes) -> Decoded | None:
    """Return a text that is UTF-8 but for a few bytes, else None."""
    _, sound, lost = _as_utf8(sample)
    if sound < lost:  # all of another encoding's text would take long: each letter is a fault
        return None
    text, sound, lost = _as_utf8(data)
    if sound < _UTF8_BROKEN * lost:
        return None
    return Decoded(text, "utf-8", round(sound / (sound + lost), 3))


def _as_utf8(data: bytes) -> tuple[str, int, int]:
    """Return the text, and how many letters beyond ASCII are sound in it and how many lost."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return text, len(text) - len(text.encode("ascii", "ignore")) - lost, lost


def _guess(data: bytes, sample: bytes, lang: str) -> Decoded:
    told = _languages_of(lang)
    if told:
        own = _prices(sample, {name: _pages_of(name, lang) for name in told})
        most = max(_COSTS.get(name, _USUAL_COST) for name in told)
        if min(own.values()) <= most * letters.STEPS * _size(sample, own):
            return _best(data, sample, own)
    everything = {name: USUAL_PAGES[name] for name in letters.languages()}
    prices = _prices(sample, everything)
    if told:  # plainly another language, or one with many names in it
        prices |= {p: min(prices.get(p, c), round(c * (1 - _TOLD_BONUS))) for p, c in own.items()}
    if min(prices.values()) > _UNREADABLE * letters.STEPS * _size(sample, prices):
        found = from_bytes(sample).best()  # a language without a table: what others make of it
        if found is not None:
            return Decoded(_text(data, found.encoding), found.encoding, _UNSURE)
    return _best(data, sample, prices)


def _languages_of(lang: str) -> tuple[str, ...]:
    """Return the languages with a table that a tag may mean."""
    if _TRADITIONAL.match(lang):
        return ("zh-Hant", "zh")
    primary = lang.split("-", maxsplit=1)[0].lower()
    known = letters.languages()
    return tuple(name for name in _ALIKE.get(primary, (primary,)) if name in known)


def _pages_of(language: str, lang: str) -> tuple[str, ...]:
    usual = USUAL_PAGES[language]
    return (*usual, *_CHINESE) if lang.lower().startswith("zh") else usual


def _prices(sample: bytes, wanted: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return what the sample costs at best by code page; the cheapest is the likeliest.

    Of a long sample a part is priced first. What costs far more than the best there is not
    looked at again: it stays as far behind as it is.
    """
    ways = {
        (language, page): _LESS_USUAL if place == 0 else _LATER_PAGE * (place - 1)
        for language, pages in wanted.items()
        for place, page in enumerate(("utf-8", *pages))
    }
    part = _first_lines(sample)
    rough = _priced(part, ways)
    if part == sample:
        return _by_page(rough)
    limit = min(rough.values()) + _FAR_BEHIND
    exact = _priced(sample, {way: ways[way] for way, price in rough.items() if price <= limit})
    more = min(exact.values()) - min(rough.values())
    return _by_page({way: exact.get(way, price + more) for way, price in rough.items()})


def _priced(sample: bytes, ways: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """Return what the sample costs by language and code page, which may cost something itself.

    What is far behind by its signs alone is not priced to the end.
    """
    texts = {page: _text(sample, page) for _, page in ways}
    readings = {text: letters.count(text) for text in set(texts.values())}
    known: dict[tuple[str, str], int] = {}
    prices = {}
    best = 1 << 30
    for language, page in sorted(ways, key=lambda way: readings[texts[way[1]]].fixed):
        text, less_usual = texts[page], ways[language, page]
        if (price := readings[text].fixed + less_usual) <= best + _FAR_BEHIND:
            if (text, language) not in known:
                known[text, language] = letters.cost(readings[text], language)
            price = known[text, language] + less_usual
        best = min(best, price)
        prices[language, page] = price
    return prices


def _by_page(prices: Mapping[tuple[str, str], int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (_, page), price in prices.items():
        found[page] = min(price, found.get(page, price))
    return found


def _first_lines(sample: bytes) -> bytes:
    """Return so many lines of a sample that most code pages can be ruled out by them."""
    end = sample.find(b"\n", _ROUGH)
    return sample if end < 0 or len(sample) < 2 * _ROUGH else sample[:end]


def _size(sample: bytes, prices: Mapping[str, int]) -> int:
    page = min(prices, key=prices.__getitem__)
    return max(1, sum(char.isalpha() for char in _text(sample, page)))


def _best(data: bytes, sample: bytes, prices: Mapping[str, int]) -> Decoded:
    ranked = sorted(prices, key=lambda page: (prices[page], page not in ("cp1252", "cp1251")))
    page = ranked[0]
    text = _text(sample, page)
    others = (prices[p] for p in ranked[1:] if _text(sample, p) != text)
    ahead = (next(others, prices[page] + 40) - prices[page]) / letters.STEPS
    confidence = round(1 / (1 + math.exp(-ahead / 2)), 3)
    return Decoded(_text(data, page), page, confidence)


def _text(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    return unicodedata.normalize("NFC", text) if encoding in _COMPOSED else text


def _telling_lines(data: bytes) -> bytes:
    """Return the lines that are not plain ASCII, as many as are needed to tell.

    They are taken from the whole file, for songs or credits may fill its beginning.
    """
    lines = [line for line in data.splitlines() if not line.isascii()]
    size = sum(map(len, lines))
    step = max(1, size // _SAMPLE)
    kept: list[bytes] = []
    room = _SAMPLE
    for line in lines[::step]:
        cut = _MARKUP.sub(b" ", line)
        kept.append(cut)
        room -= len(cut)
        if room < 0:
            break
    return b"\n".join(kept)
