"""Configured `.vtt` endpoints: templates that answer one file, or a JSON list of tracks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote, urljoin, urlsplit

from pydantic import TypeAdapter, ValidationError

from novastream_desktop.errors import BadResponse, NotFound
from novastream_desktop.models import SubtitleTrack
from novastream_desktop.net import HttpClient
from novastream_desktop.providers._wire import CamelWire, each
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.subtitles._encoding import decode
from novastream_desktop.subtitles._vtt import format_of

MOST_LANGUAGES = 6
"""An endpoint is asked for at most so many languages."""
_AGE = 3600.0
_FIELD = re.compile(r"\{(\w+)\}")
_TYPES = {"movie": "movie", "series": "tv", "anime": "anime"}


class WireTrack(CamelWire):
    """One of the list; only its address must be there."""

    url: str
    lang: str = "und"
    label: str = ""
    format: str | None = None
    encoding: str | None = None
    hearing_impaired: bool = False
    forced: bool = False
    release: str | None = None


_List = Annotated[tuple[WireTrack, ...], each(WireTrack, needed=True)]


class VttEndpoint:
    """One template of `subtitles.vtt_endpoints`; answers as a provider does.

    Args:
        template: with `{type} {tmdbId} {imdbId} {malId} {season} {episode} {lang}`.
        http: asks.
        languages: for `{lang}`, in order.
    """

    def __init__(self, template: str, http: HttpClient, languages: Sequence[str]) -> None:
        self._template = template
        self._http = http
        self._languages = languages

    @property
    def name(self) -> str:
        """The host; the rest of the address may hold a secret."""
        return urlsplit(self._template).hostname or "subtitle endpoint"

    async def subtitles(self, request: WatchRequest) -> Sequence[SubtitleTrack]:
        """Return its tracks; none where the title lacks an id that the template needs."""
        found: list[SubtitleTrack] = []
        for lang, url in addresses(self._template, request, self._languages):
            try:
                answer = await self._http.get(url, max_age=_AGE)
            except NotFound:
                continue
            found += tracks_of(answer.content, answer.url, lang, self.name)
        return found


def addresses(
    template: str, request: WatchRequest, languages: Sequence[str]
) -> list[tuple[str, str]]:
    """Return (language, address) of everything to ask, `und` where no language is asked for."""
    values = _values(request)
    needed = set(_FIELD.findall(template))
    langs = languages[:MOST_LANGUAGES] if "lang" in needed else ("und",)
    if not needed - {"lang"} <= values.keys():
        return []

    def filled(lang: str) -> str:
        known = {**values, "lang": lang}
        return _FIELD.sub(lambda field: quote(known[field.group(1)], safe=""), template)

    return [(lang, filled(lang)) for lang in langs]


def _values(request: WatchRequest) -> dict[str, str]:
    content, episode = request.content, request.episode
    mal = (episode.mal_id if episode else None) or content.mal_id
    values = {
        "type": _TYPES[content.type],
        "tmdbId": content.tmdb_id,
        "imdbId": content.imdb_id,
        "malId": mal,
        "season": episode.season if episode else None,
        "episode": f"{episode.episode_number:g}" if episode else None,
    }
    return {name: str(value) for name, value in values.items() if value is not None}


def tracks_of(data: bytes, url: str, lang: str, origin: str) -> list[SubtitleTrack]:
    """Return what an answer offers.

    Raises:
        BadResponse: it is neither subtitles nor a list of them.
    """
    head = data[:256].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        return []
    if head[:1] in (b"[", b"{") and not re.match(rb"[\[{]-?\d+[\]}]", head):
        return [_track(one, url, lang, origin) for one in _listed(data, origin)]
    kind = format_of(decode(data[:65_536], lang).text)
    if kind is None:
        raise BadResponse(
            f"{origin} did not answer with subtitles",
            why="it sent something else",
            hint="Check the address in Settings",
        )
    return [SubtitleTrack(lang=lang, url=url, label=origin, format=kind, origin=origin)]


def _listed(data: bytes, origin: str) -> tuple[WireTrack, ...]:
    try:
        return TypeAdapter(_List).validate_json(data)
    except ValidationError as error:
        raise BadResponse(
            f"{origin} did not answer with a list of subtitles",
            why="it sent other JSON, perhaps an error",
            hint="Check the address in Settings",
        ) from error


def _track(one: WireTrack, base: str, lang: str, origin: str) -> SubtitleTrack:
    return SubtitleTrack(
        lang=one.lang if one.lang != "und" else lang,
        url=urljoin(base, one.url),
        label=one.label,
        format=one.format,
        encoding=one.encoding,
        hearing_impaired=one.hearing_impaired,
        forced=one.forced,
        origin=origin,
        release=one.release,
    )
