"""Make `resources/subtitles/letters.json`: how likely letters follow each other, by language.

The encodings of old subtitle files are told apart with it (`subtitles/_letters.py`). It holds
statistics only, no text. They are counted in the translated messages (`.mo` files) of free
programs, because those exist in every language; Debian's `vlc-l10n`, `libgtk-3-common`,
`libglib2.0-data`, `gcompris-qt-data`, `evolution-common`, `aisleriot`, `gedit-common` and
`nautilus-data` were used, unpacked with `dpkg-deb -x` into one folder:

    python packaging/make_letter_pairs.py FOLDER

None of the corpus in `tests/data/subtitles/` is among them.
"""
# ruff: noqa: RUF001  (other alphabets)

from __future__ import annotations

import gettext
import json
import math
import re
import sys
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

LOCALES = {
    "en": ("en_GB", "en_CA"), "fr": ("fr",), "de": ("de",), "es": ("es",), "it": ("it",),
    "pt": ("pt_BR", "pt", "pt_PT"), "nl": ("nl",), "sv": ("sv",), "da": ("da",),
    "nb": ("nb", "nb_NO"), "fi": ("fi",), "is": ("is",), "ca": ("ca",), "pl": ("pl",),
    "cs": ("cs",), "sk": ("sk",), "hu": ("hu",), "ro": ("ro",), "hr": ("hr",), "sl": ("sl",),
    "sq": ("sq",), "tr": ("tr",), "az": ("az",), "lt": ("lt",), "lv": ("lv",), "et": ("et",),
    "vi": ("vi",), "ru": ("ru",), "uk": ("uk",), "be": ("be",), "bg": ("bg",), "mk": ("mk",),
    "sr": ("sr",), "el": ("el",), "he": ("he",), "ar": ("ar",), "fa": ("fa",),
    "th": ("th",), "ja": ("ja",), "zh": ("zh_CN",), "zh-Hant": ("zh_TW", "zh_HK"), "ko": ("ko",),
}  # fmt: skip
WITHOUT_PAIRS = frozenset({"ja", "zh", "zh-Hant", "ko"})
TARGET = Path(__file__).parents[1] / "resources" / "subtitles" / "letters.json"
MOST_PAIRS, MOST_SIGNS = 900, 2500
RARE = 2e-6
STEPS = 4
"""Steps in one unit of natural logarithm; a cost is written as the character 33 + steps."""
HIGHEST = 60

_NOISE = re.compile(r"<[^>]*>|https?://\S+|%[-+ #0-9.*]*\w|\$\w+|\\\w|\{[^}]*\}|[_&]")
# What the customary code pages lack is written in them with its nearest letter.
_NEAREST = str.maketrans({"ی": "ي", "ۀ": "ه", "ș": "ş", "ț": "ţ"})


def texts(folder: Path, locales: tuple[str, ...]) -> list[str]:
    """Return the translated messages of some locales."""
    found: list[str] = []
    for locale in locales:
        for file in sorted(folder.glob(f"**/{locale}/LC_MESSAGES/*.mo")):
            with file.open("rb") as opened:
                catalog = gettext.GNUTranslations(opened)._catalog  # noqa: SLF001
            for original, translated in catalog.items():
                same = original == translated and not locale.startswith("en")
                if isinstance(original, str) and original and not same:
                    found.append(translated)
    return found


def words(language: str, messages: list[str]) -> Counter[str]:
    """Return the words of messages, lower case; foreign alphabets' words are left out."""
    counted: Counter[str] = Counter()
    latin = "a" <= language_letter(messages) <= "\u024f"
    for message in messages:
        plain = unicodedata.normalize("NFC", _NOISE.sub(" ", message)).lower()
        nearest = plain.translate(_NEAREST)
        plain = f"{plain} {nearest}" if language == "ro" else nearest
        for word in "".join(c if is_letter(c) else " " for c in plain).split():
            if latin or not any("a" <= c <= "\u024f" for c in word):
                counted[word] += 1
    return counted


def is_letter(char: str) -> bool:
    """Whether it belongs to words: letters, and marks that stand on them."""
    return unicodedata.category(char)[0] in "LM"


def language_letter(messages: list[str]) -> str:
    """Return the most frequent letter beyond plain ASCII's script, or of it."""
    counted = Counter(c for m in messages[:2000] for c in m.lower() if is_letter(c))
    beyond = Counter({c: n for c, n in counted.items() if c > "\u024f"})
    if beyond.total() > 0.3 * counted.total():
        return beyond.most_common(1)[0][0]
    return "a"


def cost(probability: float) -> int:
    """Return a probability as steps, 0 for 1."""
    return min(HIGHEST, round(-STEPS * math.log(probability)))


def table(language: str, counted: Counter[str]) -> dict[str, str]:
    """Return the written table of one language."""
    single: Counter[str] = Counter()
    double: Counter[str] = Counter()
    begun: Counter[str] = Counter()
    for word, often in counted.items():
        times = min(often, 200)
        closed = f" {word} "
        for char in word:
            single[char] += times
        for pair in pairwise(closed):
            double["".join(pair)] += times
            begun[pair[0]] += times
    total = single.total()
    letters = {
        char: number / total
        for char, number in single.most_common(MOST_SIGNS)
        if number / total > RARE and number > 1
    }
    written = {"letters": "".join(f"{c}{chr(33 + cost(p))}" for c, p in letters.items())}
    if language not in WITHOUT_PAIRS:
        pairs = [
            p for p, n in double.most_common(MOST_PAIRS) if n > 1 and set(p) <= {*letters, " "}
        ]
        written["pairs"] = "".join(f"{p}{chr(33 + cost(double[p] / begun[p[0]]))}" for p in pairs)
    return written


def main() -> None:
    """Write the file."""
    folder = Path(sys.argv[1])
    tables = {}
    for language, locales in LOCALES.items():
        counted = words(language, texts(folder, locales))
        print(f"{language}: {counted.total()} words")
        if counted.total() > 1000:
            tables[language] = table(language, counted)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(tables, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
