"""The corpus of subtitle files in their customary encodings, made of `texts.txt`.

    python packaging/make_subtitle_corpus.py            write the short files into the repository
    python packaging/make_subtitle_corpus.py FOLDER     write every file into a folder

Tests and the benchmark make the same files in memory with `samples`.
"""
# ruff: noqa: RUF001  (typographic signs)

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[1] / "tests" / "data" / "subtitles"
LENGTHS = (3, 30, 600)
FEW = 3
VARIANTS = {3: 4, 30: 2, 600: 1}

_WEST = ("cp1252", "iso-8859-15")
_CENTRE = ("cp1250", "iso-8859-2")
CUSTOMARY: dict[str, tuple[str, ...]] = {
    "en": ("cp1252",), "fr": _WEST, "de": _WEST, "es": _WEST, "it": _WEST, "pt": _WEST,
    "nl": _WEST, "sv": _WEST, "da": _WEST, "nb": _WEST, "fi": _WEST, "is": _WEST,
    "pl": _CENTRE, "cs": _CENTRE, "sk": _CENTRE, "hu": _CENTRE, "ro": _CENTRE, "hr": _CENTRE,
    "sl": _CENTRE, "tr": ("cp1254", "iso-8859-9"), "lt": ("cp1257",), "lv": ("cp1257",),
    "et": ("cp1257", "iso-8859-15"), "vi": ("cp1258",), "ru": ("cp1251", "koi8-r"),
    "uk": ("cp1251", "koi8-u"), "bg": ("cp1251",), "sr": ("cp1251",), "el": ("cp1253",),
    "he": ("cp1255",), "ar": ("cp1256",), "fa": ("cp1256",), "th": ("cp874",),
    "ja": ("shift_jis", "euc_jp"), "zh": ("gb18030",), "zh-Hant": ("big5",), "ko": ("euc_kr",),
}  # fmt: skip
UNICODE = ("utf-16", "utf-16-le", "utf-16-be", "utf-8-broken")

# Letters that came with Unicode: files in a code page have always had these in their place.
_OLD_LETTERS = str.maketrans("șțȘȚ", "şţŞŢ")
# What ISO 8859 lacks is typed with a typewriter's signs.
_PLAIN_SIGNS = {"’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "…": "...", "♪": "#"}
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


@dataclass(frozen=True)
class Sample:
    """One file and the text that must come out of it."""

    lang: str
    encoding: str
    lines: int
    variant: int
    text: str
    data: bytes


def texts() -> dict[str, list[str]]:
    """Return the lines of each language."""
    found: dict[str, list[str]] = {}
    for line in (DATA / "texts.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def samples(lengths: tuple[int, ...] = LENGTHS) -> Iterator[Sample]:
    """Return every file of these lengths; always the same ones."""
    for lang, lines in texts().items():
        for encoding in (*CUSTOMARY[lang], *UNICODE):
            for length in lengths:
                for variant in range(VARIANTS[length]):
                    sample = _sample(lang, encoding, lines, length, variant)
                    if not sample.data.isascii():
                        yield sample


def _sample(lang: str, encoding: str, lines: list[str], length: int, variant: int) -> Sample:
    chance = random.Random(f"{lang}/{length}/{variant}")  # noqa: S311  (no secret)
    if length == FEW:
        spoken = [lines[(variant * FEW + n) % len(lines)] for n in range(FEW)]
    else:
        spoken = ["\n".join(chance.sample(lines, chance.choice((1, 1, 2)))) for _ in range(length)]
    text = "".join(
        f"{number}\n{_stamp(number * 3)} --> {_stamp(number * 3 + 2)}\n{words}\n\n"
        for number, words in enumerate(spoken, 1)
    )
    if encoding == "utf-8-broken":
        return Sample(lang, encoding, length, variant, *_broken(text))
    text, data = encoded(text, encoding)
    return Sample(lang, encoding, length, variant, text, data)


def encoded(text: str, encoding: str) -> tuple[str, bytes]:
    """Return the text as it can be written in an encoding, and its bytes."""
    if not encoding.startswith("utf"):
        text = text.translate(_OLD_LETTERS)
        for sign, plain in _PLAIN_SIGNS.items():
            if not _fits(sign, encoding):
                text = text.replace(sign, plain)
    written = "".join(map(_vietnamese, text)) if encoding == "cp1258" else text
    return text, written.encode(encoding)


def _fits(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _vietnamese(char: str) -> str:
    """Return a letter as cp1258 has it: with its hat, and its tone as a second character."""
    apart = unicodedata.normalize("NFD", char)
    tones = "".join(mark for mark in apart if mark in _TONES)
    if not tones or _fits(char, "cp1258"):
        return char
    rest = "".join(mark for mark in apart if mark not in _TONES)
    return unicodedata.normalize("NFC", rest) + tones


def _broken(text: str) -> tuple[str, bytes]:
    """Return UTF-8 with one byte too many in the middle, and what is left of it as text."""
    middle = text.index("\n", len(text) // 2)
    start, end = text[:middle], text[middle:]
    return f"{start}\ufffd{end}", start.encode() + b"\xff" + end.encode()


def _stamp(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d},000"


def write(folder: Path, chosen: Iterator[Sample]) -> int:
    """Write files, named after language, encoding, length and variant; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for number, sample in enumerate(chosen, 1):  # noqa: B007
        name = f"{sample.lang}.{sample.encoding}.{sample.lines}.{sample.variant}.srt"
        (folder / name).write_bytes(sample.data)
    return number


def main() -> None:
    """Write the files that were asked for."""
    if len(sys.argv) > 1:
        print(write(Path(sys.argv[1]), samples()), "files")
    else:
        first = (sample for sample in samples((3,)) if sample.variant == 0)
        print(write(DATA / "corpus", first), "files")


if __name__ == "__main__":
    main()
