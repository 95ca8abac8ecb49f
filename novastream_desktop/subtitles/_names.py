"""What the name of a subtitle file or track says: language and role. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from novastream_desktop.models import SubtitleTrack

_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]{2,4})?")
_FORCED = re.compile(r"(?i)\b(?:forced|foreign|signs?|songs?)\b")
_SDH = re.compile(r"(?i)\b(?:sdh|cc|hi|hearing.impaired|closed.captions?)\b")
COMMENTARY = re.compile(r"(?i)\bcommentary\b|\bkommentar|\bcom+ent[aá](?:rio|ire)s?\b")
_NAMES = {
    "english": "en", "french": "fr", "francais": "fr", "français": "fr", "german": "de",
    "deutsch": "de", "spanish": "es", "espanol": "es", "español": "es", "italian": "it",
    "italiano": "it", "portuguese": "pt", "brazilian": "pt-BR", "dutch": "nl", "nederlands": "nl",
    "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "icelandic": "is",
    "polish": "pl", "polski": "pl", "czech": "cs", "slovak": "sk", "hungarian": "hu",
    "romanian": "ro", "croatian": "hr", "serbian": "sr", "slovenian": "sl", "bulgarian": "bg",
    "russian": "ru", "ukrainian": "uk", "greek": "el", "turkish": "tr", "hebrew": "he",
    "arabic": "ar", "persian": "fa", "farsi": "fa", "thai": "th", "vietnamese": "vi",
    "japanese": "ja", "chinese": "zh", "korean": "ko", "indonesian": "id", "malay": "ms",
    "hindi": "hi", "latvian": "lv", "lithuanian": "lt", "estonian": "et", "catalan": "ca",
}  # fmt: skip
# Words of file names that are also codes of some language.
_NOT_CODES = frozenset(
    {"web", "dl", "rip", "hdr", "sub", "subs", "cut", "ext", "dub", "the", "and", "old", "new",
     "hi", "sdh", "cc", "srt", "ass", "ssa", "vtt", "avc", "aac", "mkv", "mp", "hd", "sd", "tv",
     "br"}
)  # fmt: skip
_SHORT_CODES = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,4})?")


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a name tells; `lang` may be any code, `und` if it says nothing."""

    lang: str = "und"
    forced: bool = False
    hearing_impaired: bool = False


def facts_of(name: str) -> NameFacts:
    """Return what a file's name says beyond the video's, such as `.pt-BR.forced`."""
    spaced = name.replace(".", " ").replace("_", " ")
    lang = "und"
    for word in reversed(_WORDS.findall(spaced.lower())):
        if word in _NAMES:
            lang = _NAMES[word]
            break
        if _SHORT_CODES.fullmatch(word) and word.partition("-")[0] not in _NOT_CODES:
            lang = word
            break
    return NameFacts(lang, bool(_FORCED.search(spaced)), bool(_SDH.search(spaced)))


def role_of(track: SubtitleTrack) -> str:
    """Return `full`, `forced` or `sdh`, by what is told of a track and by its label."""
    if track.forced or _FORCED.search(track.label):
        return "forced"
    return "sdh" if track.hearing_impaired or _SDH.search(track.label) else "full"
