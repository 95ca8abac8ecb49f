"""OpenSubtitles: searches cost nothing, downloads count against the person's daily quota."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from novastream_desktop import __version__
from novastream_desktop.errors import BadResponse, InvalidInput, ProviderError
from novastream_desktop.models import SubtitleTrack
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.opensubtitles._parse import (
    SCHEME,
    parse_download,
    parse_tracks,
    question,
)

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient

_AGE = 86_400.0
_LOW = 5


class OpenSubtitlesProvider:
    """Subtitles that people have shared.

    Args:
        name: its spec's name.
        base_url: of the REST API.
        key: the person's own.
        http: asks.
        languages: BCP 47; empty asks for all.
    """

    def __init__(
        self, name: str, base_url: str, key: str, http: HttpClient, languages: Sequence[str]
    ) -> None:
        self._name = name
        self._base_url = base_url.rstrip("/")
        self._headers = {"api-key": key, "user-agent": f"NovaStream v{__version__}"}
        self._http = http
        self._languages = languages
        self._remark = ""

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._name

    @property
    def remark(self) -> str:
        """What is left of the quota, once that is known and little."""
        return self._remark

    @property
    def uses_hash(self) -> bool:
        """It finds subtitles by the file's hash."""
        return True

    async def check(self) -> None:
        """Ask something that costs no quota, so that the doctor knows whether the key is good."""
        url = f"{self._base_url}/infos/languages"
        await self._http.get_json(url, headers=self._headers)

    async def subtitles(self, request: WatchRequest) -> Sequence[SubtitleTrack]:
        """Return what was made for this."""
        asked = question(request, self._languages)
        if asked is None:
            return ()
        plain = WatchRequest(request.content, request.episode)
        raw = await self._http.get_json(
            f"{self._base_url}/subtitles",
            params=asked,
            headers=self._headers,
            max_age=_AGE,
            sound=partial(parse_tracks, request=plain),
        )
        return parse_tracks(raw, request)

    def serves(self, url: str) -> bool:
        """Whether it is one of its tracks."""
        return url.startswith(f"{SCHEME}:")

    async def subtitle_file(self, url: str) -> bytes:
        """Return a track's file; costs one download of the quota.

        Raises:
            ProviderError: the quota is used up; says when it is renewed.
        """
        number = url.removeprefix(f"{SCHEME}:")
        if not number.isdecimal():
            raise InvalidInput(f"{url!r} is no subtitle of OpenSubtitles")
        try:
            raw = await self._http.post_json(
                f"{self._base_url}/download",
                {"file_id": int(number), "sub_format": "srt"},
                headers=self._headers,
                sound=parse_download,
            )
        except BadResponse as error:
            if "HTTP 406" not in error.why:
                raise
            self._remark = "OpenSubtitles: today's downloads are used up."
            raise ProviderError(
                "OpenSubtitles gives no more subtitles today",
                why=error.why.removeprefix("HTTP 406, "),
                hint="Choose a subtitle of another provider, or try again tomorrow",
            ) from error
        given = parse_download(raw)
        if given.remaining is not None:
            few = given.remaining <= _LOW
            again = f", renewed in {given.reset_time}" if given.reset_time else ""
            left = f"OpenSubtitles: {given.remaining} downloads are left today{again}."
            self._remark = left if few else ""
        return (await self._http.get(given.link)).content
