"""How much a decoded text looks like something that people write."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache


class Script(StrEnum):
    """What a character is written in, as far as encodings confuse them."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    HEBREW = "hebrew"
    ARABIC = "arabic"
    THAI = "thai"
    KANA = "kana"
    HAN = "han"
    HANGUL = "hangul"
    NONE = "none"


_RANGES = (
    (0x0041, 0x005A, Script.LATIN),
    (0x0061, 0x007A, Script.LATIN),
    (0x00C0, 0x024F, Script.LATIN),
    (0x0370, 0x03FF, Script.GREEK),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0x0590, 0x05FF, Script.HEBREW),
    (0x0600, 0x06FF, Script.ARABIC),
    (0x0E00, 0x0E7F, Script.THAI),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x3041, 0x30FF, Script.KANA),
    (0x4E00, 0x9FFF, Script.HAN),
    (0xAC00, 0xD7A3, Script.HANGUL),
)
_ALPHABETS = frozenset(
    {Script.LATIN, Script.CYRILLIC, Script.GREEK, Script.HEBREW, Script.ARABIC, Script.THAI}
)
_WEST = frozenset("äöüßéèêëàâçñáíóúïîôûùœæøåìòãõÄÖÜÉÈÀÂÇÑÁÍÓÚÎÔŒÆØÅ")
_EAST = frozenset("ąćęłńśźżčěřšťůžďňőűșțăđğşıİĄĆĘŁŃŚŹŻČĚŘŠŤŮŽĎŇŐŰȘȚĂĐĞŞ")
_SIGNS = frozenset("¿¡«»")
_PUNCTUATION = frozenset("‘’“”„…–—•♪♫ °©·×\u3000、。「」『』【】・！？，：；（）～￥")  # noqa: RUF001
_COMMON_CYRILLIC = frozenset("оеаинтсрвлкмдпуОЕАИНТСРВЛКМДПУ")
_COMMON_GREEK = frozenset("αοιετσνηυρπκμλςάέήίόύώ")

BROKEN = -5.0
_CONTROL = -3.0
_SYMBOL = -0.5
_MIXED = -0.6
_RARE = 0.2

_SCRIPT_WEIGHTS = {
    Script.LATIN: (0.9, 0.75, _RARE),
    Script.CYRILLIC: (1.0, 0.6, 0.6),
    Script.GREEK: (1.0, 0.6, 0.6),
    Script.HEBREW: (0.85, 0.85, 0.85),
    Script.ARABIC: (0.85, 0.85, 0.85),
    Script.THAI: (0.85, 0.85, 0.85),
    Script.KANA: (0.95, 0.95, 0.95),
    Script.HAN: (0.8, _RARE, _RARE),
    Script.HANGUL: (0.9, _RARE, _RARE),
    Script.NONE: (_SYMBOL, _SYMBOL, _SYMBOL),
}
"""For a letter that is common in its script, common in Central European Latin, and any other."""


def plausibility(text: str) -> float:
    """Return how well the characters beyond ASCII read, about -5 to 1; 1 for plain ASCII."""
    total, count, before = 0.0, 0, " "
    for char, after in zip(text, text[1:] + " ", strict=True):
        if char >= "\x80" or char < "\t":
            script = _script(char)
            clash = _clash(script, before) or _clash(script, after)
            total += _MIXED if clash else _weight(char) - _odd_pair(before, char)
            count += 1
        before = char
    return total / count if count else 1.0


def kana_share(text: str) -> float:
    """Return the share of kana among kana and ideographs: Japanese has them, Chinese has none."""
    kana = sum(_script(char) is Script.KANA for char in text)
    han = sum(_script(char) is Script.HAN for char in text)
    return kana / (kana + han) if kana + han else 0.0


@lru_cache(maxsize=8192)
def _script(char: str) -> Script:
    code = ord(char)
    if char in "×÷":  # noqa: RUF001
        return Script.NONE
    return next((script for low, high, script in _RANGES if low <= code <= high), Script.NONE)


def _clash(script: Script, neighbour: str) -> bool:
    """Whether two letters of different alphabets stand in one word."""
    other = _script(neighbour)
    if Script.NONE in (script, other) or script is other:
        return False
    return script in _ALPHABETS or (other in _ALPHABETS and other is not Script.LATIN)


def _odd_pair(before: str, char: str) -> float:
    """Return what two letters in a row cost that wrong code pages are full of.

    A capital after a small letter, capitals in a row, accented Latin letters in a row.
    """
    if char.isupper() and before >= "\x80":
        return 0.8 if before.islower() else 0.2 if before.isupper() else 0.0
    both_latin = _script(char) is Script.LATIN and _script(before) is Script.LATIN
    return 0.5 if both_latin and before >= "\x80" else 0.0


@lru_cache(maxsize=8192)
def _weight(char: str) -> float:
    if char == "\ufffd":
        return BROKEN
    if char < " " or "\x7f" <= char < "\xa0" or "\ue000" <= char <= "\uf8ff":
        return _CONTROL
    if char in _PUNCTUATION or char in _SIGNS:
        return 0.9 if char in _SIGNS else 0.6
    good, usual, otherwise = _SCRIPT_WEIGHTS[_script(char)]
    return good if _is_usual(char) else usual if char in _EAST else otherwise


def _is_usual(char: str) -> bool:
    script = _script(char)
    if script is Script.HAN:
        return _is_common(char)
    if script is Script.HANGUL:
        return _encodes(char, "euc_kr")
    return char in _WEST or char in _COMMON_CYRILLIC or char in _COMMON_GREEK


def _is_common(char: str) -> bool:
    """Whether an ideograph is of the first level of a national standard."""
    first_levels = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("euc_jp", 0xB0, 0xCF))
    for encoding, low, high in first_levels:
        if _encodes(char, encoding) and low <= char.encode(encoding)[0] <= high:
            return True
    return False


def _encodes(char: str, encoding: str) -> bool:
    try:
        return len(char.encode(encoding)) <= len("XX")  # euc_kr spells the rest in 8 bytes
    except UnicodeEncodeError:
        return False
