"""Every provider's tracks as one list, in the order of what the person reads. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import langcodes

from novastream_desktop.models import SubtitleTrack
from novastream_desktop.subtitles._names import role_of

UNKNOWN = "und"
ROLES = ("full", "forced", "sdh")
"""Which track of a language comes first, unless the settings say otherwise."""
_FAR = 1000
_FILE_NAME = re.compile(r"\w+(?:[._-]\w+){3,}")
_NOT_WORDS = re.compile(r"[\W_]+")
_SUFFIX = re.compile(r"\.(?:mkv|mp4|avi|webm|m4v|ts|srt|ass|ssa|vtt|sub|txt|zip)$", re.IGNORECASE)


@lru_cache(maxsize=1024)
def tag_of(text: str) -> str:
    """Return the BCP 47 tag that a language code means (`ger` -> `de`), `und` if none."""
    try:
        tag = langcodes.standardize_tag(text.strip().replace("_", "-"))
    except ValueError:
        return UNKNOWN
    language = langcodes.Language.get(tag)
    return tag if language.language and language.is_valid() else UNKNOWN


def merge_tracks(
    tracks: Iterable[SubtitleTrack],
    preferred: Sequence[str] = (),
    *,
    roles: Sequence[str] = ROLES,
    release: str = "",
    texts: Mapping[str, str] | None = None,
) -> tuple[SubtitleTrack, ...]:
    """Return each track once, preferred languages first.

    A track repeats another if it has its address or its text, or is of the same kind and made
    for the same release. Within a language those come first that are known to belong to the
    file, then those for its release, each by role.

    Args:
        tracks: of all providers; of repeated ones the first is kept.
        preferred: languages, in order.
        roles: `full`, `forced`, `sdh` in the order wanted.
        release: of what plays.
        texts: by address what tells texts apart, for those that were read before.
    """
    seen: set[object] = set()
    kept: list[SubtitleTrack] = []
    for given in tracks:
        track = given if tag_of(given.lang) == given.lang else given.with_(lang=tag_of(given.lang))
        signs = _signs(track, texts or {})
        if not seen.isdisjoint(signs):
            continue
        seen.update(signs)
        kept.append(track)
    wanted = tuple(tag_of(lang) for lang in preferred)
    playing = _folded(release)

    def rank(track: SubtitleTrack) -> tuple[object, ...]:
        role = role_of(track)
        place = roles.index(role) if role in roles else len(roles)
        return (*language_rank(track.lang, wanted), *_closeness(track, playing), place)

    return tuple(sorted(kept, key=rank))


def _signs(track: SubtitleTrack, texts: Mapping[str, str]) -> list[object]:
    """Return what a track shares with another one that has the same text."""
    signs: list[object] = [track.url]
    if text := texts.get(track.url):
        signs.append(("text", text))
    made_for = track.release or (track.label if _FILE_NAME.search(track.label) else "")
    if made_for:
        signs.append((track.lang, _folded(made_for), track.hearing_impaired, track.forced))
    return signs


def _closeness(track: SubtitleTrack, playing: str) -> tuple[bool, bool]:
    """Return what puts a track that was made for this very file before others."""
    made_for = _folded(track.release or track.label) if playing else ""
    return not track.exact, not (made_for and made_for == playing)


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return _NOT_WORDS.sub(".", _SUFFIX.sub("", name.strip())).casefold().strip(".")


def language_rank(lang: str, preferred: Sequence[str]) -> tuple[int, int, str]:
    """Return how far a language is down the list; those not on it by name, unknown ones last."""
    if lang == UNKNOWN:
        return (_FAR + 1, 0, "")
    return _language_rank(lang, tuple(preferred))


@lru_cache(maxsize=1024)
def _language_rank(lang: str, preferred: tuple[str, ...]) -> tuple[int, int, str]:
    primary = langcodes.Language.get(lang).language
    for place, wanted in enumerate(preferred):
        if wanted == lang:
            return (place, -1, "")
        if wanted != UNKNOWN and langcodes.Language.get(wanted).language == primary:
            return (place, langcodes.tag_distance(wanted, lang), lang)
    return (_FAR, 0, lang)
