"""Language names in the free text of others, such as `English - CC`, as BCP 47 tags."""

from __future__ import annotations

import re

UNKNOWN = "und"
_LONGEST = 120
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_HEARING = re.compile(r"\b(?:cc|sdh|hi|hearing[ -]impaired|closed captions?)\b", re.IGNORECASE)
_FORCED = re.compile(r"\b(?:forced|signs?(?: ?(?:&|and) ?songs?)?)\b", re.IGNORECASE)

#: English names and those that speakers use, in lower case. Longer ones stand for themselves.
_NAMES = {
    "albanian": "sq",
    "arabic": "ar",
    "العربية": "ar",
    "armenian": "hy",
    "azerbaijani": "az",
    "basque": "eu",
    "bengali": "bn",
    "bosnian": "bs",
    "brazilian": "pt-BR",
    "brazilian portuguese": "pt-BR",
    "português (brasil)": "pt-BR",
    "bulgarian": "bg",
    "български": "bg",
    "burmese": "my",
    "cantonese": "yue",
    "catalan": "ca",
    "chinese": "zh",
    "chinese simplified": "zh-Hans",
    "chinese traditional": "zh-Hant",
    "simplified chinese": "zh-Hans",
    "traditional chinese": "zh-Hant",
    "中文": "zh",
    "简体中文": "zh-Hans",
    "繁體中文": "zh-Hant",
    "croatian": "hr",
    "czech": "cs",
    "čeština": "cs",
    "danish": "da",
    "dansk": "da",
    "dutch": "nl",
    "nederlands": "nl",
    "english": "en",
    "estonian": "et",
    "farsi": "fa",
    "persian": "fa",
    "فارسی": "fa",
    "filipino": "fil",
    "finnish": "fi",
    "suomi": "fi",
    "french": "fr",
    "français": "fr",
    "galician": "gl",
    "georgian": "ka",
    "german": "de",
    "deutsch": "de",
    "greek": "el",
    "ελληνικά": "el",
    "hebrew": "he",
    "עברית": "he",
    "hindi": "hi",
    "हिन्दी": "hi",
    "hungarian": "hu",
    "magyar": "hu",
    "icelandic": "is",
    "indonesian": "id",
    "bahasa indonesia": "id",
    "italian": "it",
    "italiano": "it",
    "japanese": "ja",
    "日本語": "ja",
    "kannada": "kn",
    "kazakh": "kk",
    "khmer": "km",
    "korean": "ko",
    "한국어": "ko",
    "latvian": "lv",
    "lithuanian": "lt",
    "macedonian": "mk",
    "malay": "ms",
    "malayalam": "ml",
    "mandarin": "zh",
    "mongolian": "mn",
    "norwegian": "no",
    "norsk": "no",
    "polish": "pl",
    "polski": "pl",
    "portuguese": "pt",
    "português": "pt",
    "romanian": "ro",
    "română": "ro",
    "russian": "ru",
    "русский": "ru",
    "serbian": "sr",
    "sinhala": "si",
    "slovak": "sk",
    "slovenian": "sl",
    "spanish": "es",
    "español": "es",
    "swedish": "sv",
    "svenska": "sv",
    "tagalog": "fil",
    "tamil": "ta",
    "telugu": "te",
    "thai": "th",
    "ไทย": "th",
    "turkish": "tr",
    "türkçe": "tr",
    "ukrainian": "uk",
    "українська": "uk",
    "urdu": "ur",
    "vietnamese": "vi",
    "tiếng việt": "vi",
}
_PLACES = {
    ("pt", "brazil"): "pt-BR",
    ("pt", "brasil"): "pt-BR",
    ("es", "latin america"): "es-419",
    ("es", "latin american"): "es-419",
    ("es", "latino"): "es-419",
    ("fr", "canada"): "fr-CA",
    ("fr", "canadian"): "fr-CA",
    ("zh", "simplified"): "zh-Hans",
    ("zh", "traditional"): "zh-Hant",
}


def language_tag(text: str) -> str:
    """Return the tag that a code or a name means, `und` for what is neither.

    A code (`en`, `pt_BR`, `ger`) is given back as it is: who merges tracks makes it canonical.
    """
    text = text[:_LONGEST]
    plain = re.sub(r"[\d#.]+$", "", text.strip()).strip().casefold()
    if plain in _NAMES:
        return _NAMES[plain]
    words = [word for word in re.split(r"[\s\-_()\[\],/|]+", plain) if word]
    for end in range(min(3, len(words)), 0, -1):
        tag = _NAMES.get(" ".join(words[:end]))
        if tag is not None:
            return _PLACES.get((tag, " ".join(words[end : end + 2]).strip())) or _PLACES.get(
                (tag, words[end] if end < len(words) else ""), tag
            )
    return text.strip().replace("_", "-") if _CODE.fullmatch(text.strip()) else UNKNOWN


def for_hard_of_hearing(label: str) -> bool:
    """Whether a label says that a track describes sounds (CC, SDH, HI)."""
    return _HEARING.search(label[:_LONGEST]) is not None


def only_signs(label: str) -> bool:
    """Whether a label says that a track holds forced lines or signs only."""
    return _FORCED.search(label[:_LONGEST]) is not None
