"""Every provider's tracks as one list, in the order of what the person reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import langcodes

from novastream_desktop.models import SubtitleTrack

UNKNOWN = "und"
_FAR = 1000


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
    tracks: Iterable[SubtitleTrack], preferred: Sequence[str] = ()
) -> tuple[SubtitleTrack, ...]:
    """Return each track once, preferred languages first.

    A track repeats another if it has its address, or its language, label and kind. Within a
    language full tracks come first, then those for the hard of hearing, then forced ones.
    """
    urls: set[str] = set()
    labels: set[tuple[str, str, bool, bool]] = set()
    kept: list[SubtitleTrack] = []
    for given in tracks:
        track = given.with_(lang=tag_of(given.lang))
        label = (track.lang, track.label.casefold(), track.hearing_impaired, track.forced)
        if track.url in urls or (track.label and label in labels):
            continue
        urls.add(track.url)
        labels.add(label)
        kept.append(track)
    wanted = tuple(tag_of(lang) for lang in preferred)
    return tuple(sorted(kept, key=lambda track: (*language_rank(track.lang, wanted), _kind(track))))


def language_rank(lang: str, preferred: Sequence[str]) -> tuple[int, int, str]:
    """Return how far a language is down the list; those not on it by name, unknown ones last."""
    if lang == UNKNOWN:
        return (_FAR + 1, 0, "")
    primary = langcodes.Language.get(lang).language
    for place, wanted in enumerate(preferred):
        if wanted == lang:
            return (place, -1, "")
        if wanted != UNKNOWN and langcodes.Language.get(wanted).language == primary:
            return (place, langcodes.tag_distance(wanted, lang), lang)
    return (_FAR, 0, lang)


def _kind(track: SubtitleTrack) -> int:
    return 2 if track.forced else 1 if track.hearing_impaired else 0
