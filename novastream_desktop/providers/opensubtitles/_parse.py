"""OpenSubtitles' questions and answers (REST v1). Nothing here does I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from novastream_desktop.models import SubtitleTrack
from novastream_desktop.providers._wire import Count, WebUrl, Wire, each, read
from novastream_desktop.providers.base import WatchRequest

WHO = "OpenSubtitles"
SCHEME = "opensubtitles"
MOST_OF_A_LANGUAGE = 12
"""A person chooses among a few; more only hide them."""

# Its own codes that mean something else in ISO 639, or nothing.
_FROM_THEIRS = {
    "ze": "zh", "me": "cnr", "sy": "syr", "ma": "mni", "at": "ast", "pt-pt": "pt-PT",
    "pt-br": "pt-BR", "zh-cn": "zh-CN", "zh-tw": "zh-TW", "ea": "es-419", "sp": "es-ES",
}  # fmt: skip
_TO_THEIRS = {"zh": ("zh-cn", "zh-tw"), "pt": ("pt-pt", "pt-br"), "nb": ("no",), "nn": ("no",)}
_REGIONAL = frozenset({"pt-br", "pt-pt", "zh-cn", "zh-tw"})
_SCRIPTS = {"zh-hans": "zh-cn", "zh-hant": "zh-tw", "zh-hk": "zh-tw", "zh-sg": "zh-cn"}


class Feature(Wire):
    """What a subtitle is for."""

    season_number: int | None = None
    episode_number: int | None = None


class File(Wire):
    """One file of a subtitle."""

    file_id: Count
    file_name: str = ""


class Attributes(Wire):
    """A subtitle."""

    language: str
    download_count: Count = 0
    hearing_impaired: bool = False
    foreign_parts_only: bool = False
    from_trusted: bool = False
    ai_translated: bool = False
    machine_translated: bool = False
    release: str = ""
    feature_details: Feature = Field(default_factory=Feature)
    files: Annotated[tuple[File, ...], each(File)] = ()
    moviehash_match: bool = False


class Entry(Wire):
    """One of `data`."""

    attributes: Attributes


class Found(Wire):
    """The answer of `/subtitles`."""

    data: Annotated[tuple[Entry, ...], each(Entry, needed=True)]


class Download(Wire):
    """The answer of `POST /download`."""

    link: WebUrl
    remaining: Count | None = None
    reset_time: str = ""


def question(request: WatchRequest, languages: Sequence[str]) -> dict[str, str] | None:
    """Return the query of a search, None where it would find anything.

    Its keys are sorted and its values lower case, else the server sends it elsewhere first.
    """
    asked: dict[str, str] = {}
    content, episode, file = request.content, request.episode, request.file
    imdb = _number(content.imdb_id)
    if episode is None:
        if content.tmdb_id:
            asked["tmdb_id"] = str(content.tmdb_id)
        elif imdb:
            asked["imdb_id"] = imdb
    elif content.tmdb_id or imdb:
        parent = "parent_tmdb_id" if content.tmdb_id else "parent_imdb_id"
        asked[parent] = str(content.tmdb_id) if content.tmdb_id else imdb
        asked |= {"season_number": str(episode.season)}
        asked |= {"episode_number": f"{episode.episode_number:g}"}
    if not asked:
        if content.origin == "local" and not (file and file.hash):
            return None
        asked["query"] = content.title.lower()
        if episode is not None:
            asked |= {"season_number": str(episode.season)}
            asked |= {"episode_number": f"{episode.episode_number:g}"}
    if file is not None and file.hash:
        asked["moviehash"] = file.hash
    if codes := sorted({code for lang in languages for code in _codes(lang)}):
        asked["languages"] = ",".join(codes)
    return dict(sorted(asked.items()))


def _number(imdb_id: str | None) -> str:
    digits = (imdb_id or "").removeprefix("tt").lstrip("0")
    return digits if digits.isdigit() else ""


def _codes(lang: str) -> tuple[str, ...]:
    tag = lang.lower().replace("_", "-")
    tag = _SCRIPTS.get(tag, tag)
    if tag in _REGIONAL:
        return (tag,)
    primary = tag.partition("-")[0]
    return _TO_THEIRS.get(primary, (primary,))


def parse_tracks(raw: bytes, request: WatchRequest) -> tuple[SubtitleTrack, ...]:
    """Return the tracks, best first within each language: the same file, trusted, much used.

    What was split over several files and what belongs to another episode is left out.
    """
    fitting = [e.attributes for e in read(Found, raw, WHO).data if _fits(e.attributes, request)]
    fitting.sort(key=_worth, reverse=True)
    kept: dict[str, list[SubtitleTrack]] = {}
    for one in fitting:
        of_language = kept.setdefault(one.language.lower(), [])
        if len(of_language) < MOST_OF_A_LANGUAGE:
            of_language.append(_track(one))
    return tuple(track for tracks in kept.values() for track in tracks)


def _fits(one: Attributes, request: WatchRequest) -> bool:
    if len(one.files) != 1:
        return False
    episode, feature = request.episode, one.feature_details
    if episode is None or feature.episode_number is None:
        return True
    season = feature.season_number in (None, episode.season)
    return season and feature.episode_number == episode.episode_number


def _worth(one: Attributes) -> tuple[bool, bool, bool, int]:
    by_people = not (one.ai_translated or one.machine_translated)
    return one.moviehash_match, by_people, one.from_trusted, one.download_count


def _track(one: Attributes) -> SubtitleTrack:
    code = one.language.lower()
    release = one.release or one.files[0].file_name
    translated = " (machine translated)" if one.ai_translated or one.machine_translated else ""
    return SubtitleTrack(
        lang=_FROM_THEIRS.get(code, code),
        url=f"{SCHEME}:{one.files[0].file_id}",
        label=f"{release}{translated}",
        format="srt",
        hearing_impaired=one.hearing_impaired,
        forced=one.foreign_parts_only,
        origin=SCHEME,
        release=release or None,
        exact=one.moviehash_match or None,
    )


def parse_download(raw: bytes) -> Download:
    """Return where the file lies, and what is left of the quota."""
    return read(Download, raw, WHO)
