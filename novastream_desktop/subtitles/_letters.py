"""How likely a text is in a language: what its letters and their neighbours cost.

The table is `resources/subtitles/letters.json`, made by `packaging/make_letter_pairs.py`. Costs
are negative natural logarithms of probabilities in quarter steps, so that those of one byte
sequence read with different code pages can be compared: the cheapest reading is the likeliest.
"""
# ruff: noqa: RUF001  (other alphabets' punctuation)

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from novastream_desktop.paths import resources_dir

STEPS = 4
"""Cost steps in one unit of natural logarithm."""

_PUNCTUATION = frozenset(
    "‘’“”„‚…–—•♪♫«»‹›¿¡°·€£\u00a0\u200e\u200f\u3000、。，？！：；「」『』（）《》【】・～ー،؛؟·"
)
_LETTER_SIGNS = frozenset("ªº")
_BOUNDARY = " "
_SIGN = 16
_SYMBOL = 40
_INSIDE_WORD = 12
_CONTROL = 60
_LOST = 100
_CAPITAL_INSIDE = 14
_FOREIGN_ASCII = 28
_ASCII_AMONG_SIGNS = 40
_FOREIGN = 52
_RARE_SIGN = 46
_NEW_PAIR = 10
_NEW_END = 18


@dataclass(frozen=True, slots=True)
class Reading:
    """A decoded text, counted once and then priced for any language.

    Attributes:
        pairs: neighbouring letters, lower case; a space stands for whatever parts words.
        fixed: what its signs cost in any language.
    """

    pairs: Mapping[tuple[str, str], int]
    fixed: int


@dataclass(frozen=True, slots=True)
class _Table:
    letters: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]


def count(text: str) -> Reading:
    """Count a text; plain ASCII signs and digits cost nothing."""
    pairs: dict[tuple[str, str], int] = {}
    fixed = 0
    neighbours = Counter(zip(_BOUNDARY + text, text + _BOUNDARY, strict=True))
    for (before, char), times in neighbours.items():
        pair, price = _folded(before, char)
        pairs[pair] = pairs.get(pair, 0) + times
        fixed += price * times
    pairs.pop((_BOUNDARY, _BOUNDARY), None)
    return Reading(pairs, fixed)


@lru_cache(maxsize=65_536)
def _folded(before: str, char: str) -> tuple[tuple[str, str], int]:
    """Return neighbours as the tables have them, and what the second costs in any language."""
    price = 0
    if _is_letter(char):
        if before.islower() and char.isupper() and (char > "\x7f" or before > "\x7f"):
            price = _CAPITAL_INSIDE
    elif char >= "\x80" and not _is_mark(char):
        price = _cost_of_sign(char) + (_INSIDE_WORD if before.isalpha() else 0)
    return (_folded_letter(before), _folded_letter(char)), price


def _folded_letter(char: str) -> str:
    if _is_letter(char):
        return "i" if char == "İ" else char.lower()
    return char if char >= "\x80" and _is_mark(char) else _BOUNDARY


def _is_letter(char: str) -> bool:
    return char.isalpha() and char not in _LETTER_SIGNS


def _is_mark(char: str) -> bool:
    return bool(unicodedata.combining(char)) or unicodedata.category(char) == "Mn"


def cost(reading: Reading, language: str) -> int:
    """Return what a text costs in a language of `languages()`, in steps."""
    table = _tables()[language]
    total = reading.fixed
    for pair, times in reading.pairs.items():
        known = table.pairs.get(pair)
        total += times * (known if known is not None else _cost_of_new(pair, table))
    return total


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages that are known."""
    return tuple(_tables())


def _cost_of_new(pair: tuple[str, str], table: _Table) -> int:
    char = pair[1]
    if char == _BOUNDARY:
        return _NEW_END if table.pairs else 0
    known = table.letters.get(char)
    if known is not None:
        return known + (_NEW_PAIR if table.pairs else 0)
    if char < "\x80":
        return _FOREIGN_ASCII if table.pairs else _ASCII_AMONG_SIGNS
    if not table.pairs and _is_listed(char):
        return _RARE_SIGN
    return _FOREIGN


@lru_cache(maxsize=4096)
def _cost_of_sign(char: str) -> int:
    if char == "\ufffd":
        return _LOST
    if char in _PUNCTUATION:
        return _SIGN
    return _CONTROL if unicodedata.category(char)[0] == "C" else _SYMBOL


@lru_cache(maxsize=4096)
def _is_listed(char: str) -> bool:
    """Whether an East Asian character is among the common ones of a national standard."""
    first_levels = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("euc_jp", 0xA4, 0xCF))
    for encoding, low, high in (*first_levels, ("euc_kr", 0xB0, 0xC8)):
        try:
            written = char.encode(encoding)
        except UnicodeEncodeError:
            continue
        if len(written) == len("XX") and low <= written[0] <= high:
            return True
    return False


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, _Table]:
    file = resources_dir() / "subtitles" / "letters.json"
    written = json.loads(file.read_text(encoding="utf-8"))
    return {language: _read(entry) for language, entry in written.items()}


def _read(entry: Mapping[str, str]) -> _Table:
    letters, pairs = entry["letters"], entry.get("pairs", "")
    return _Table(
        {char: ord(price) - 33 for char, price in zip(letters[::2], letters[1::2], strict=True)},
        {(pairs[at], pairs[at + 1]): ord(pairs[at + 2]) - 33 for at in range(0, len(pairs), 3)},
    )
