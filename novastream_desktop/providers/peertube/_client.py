"""PeerTube: one server's newest videos, search, details, sources and subtitles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from novastream_desktop.errors import NotFound
from novastream_desktop.models import Content, Row, StreamSource, SubtitleTrack, TitleDetails
from novastream_desktop.providers._answers import must_be_there
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.peertube._parse import (
    Instance,
    parse_captions,
    parse_list,
    parse_sources,
    parse_video,
)

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient, Sound

_OPEN_MOVIES_HOST = "video.blender.org"
_OPEN_MOVIES = "/video-channels/blender_open_movies/videos"
_LISTS = 900.0
_VIDEO = 3_600.0


class PeerTubeProvider:
    """One PeerTube server. It needs no key."""

    def __init__(self, name: str, base_url: str, http: HttpClient) -> None:
        address = base_url.strip().rstrip("/")
        self._instance = Instance(address if "://" in address else f"https://{address}", name)
        self._http = http
        self._api = self._instance.base + "/api/v1"
        self._is_list: Sound = partial(parse_list, instance=self._instance)
        self._is_video: Sound = partial(parse_video, instance=self._instance)

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._instance.provider

    async def rows(self) -> Sequence[Row]:
        """Return the newest videos; Blender's server keeps its films in a channel."""
        host = self._instance.host
        params: dict[str, str | int] = {"count": 40, "sort": "-publishedAt", "nsfw": "false"}
        if host == _OPEN_MOVIES_HOST:
            title, raw = "Blender open movies", await self._list(_OPEN_MOVIES, params)
        else:
            title = f"New on {host}"
            try:
                raw = await self._get(
                    "/videos", {**params, "isLocal": "true"}, _LISTS, self._is_list
                )
            except NotFound:  # a server that shows one channel only, as copies of Blender's do
                raw = await self._list(_OPEN_MOVIES, params)
        items = parse_list(raw, self._instance)
        return (Row(id=f"peertube-{host}", title=title, origin=self.name, items=items),)

    async def search(self, query: str) -> Sequence[Content]:
        """Return the server's own videos by text."""
        params: dict[str, str | int] = {"search": query, "count": 25, "nsfw": "false"}
        return parse_list(await self._list("/search/videos", params), self._instance)

    def knows(self, content_id: str) -> bool:
        """Whether it is `peertube:HOST:UUID` of this server."""
        return content_id.startswith(self._instance.prefix)

    async def details(self, content_id: str) -> TitleDetails:
        """Return a video as a film."""
        uuid = content_id.removeprefix(self._instance.prefix)
        try:
            raw = await self._get(f"/videos/{uuid}", {}, _VIDEO, self._is_video)
        except NotFound as error:
            raise NotFound(
                f"{self._instance.host} has no video {uuid}",
                why=error.why,
                hint="It may have been removed",
            ) from error
        return TitleDetails(content=parse_video(raw, self._instance).with_(id=content_id))

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return the files, playlists and magnets of a title that has a video here."""
        raw = await self._of(request, "", self._is_video)
        return parse_sources(raw, self._instance) if raw is not None else ()

    async def subtitles(self, request: WatchRequest) -> Sequence[SubtitleTrack]:
        """Return the captions of a title that has a video here."""
        raw = await self._of(request, "/captions", partial(parse_captions, instance=self._instance))
        return parse_captions(raw, self._instance) if raw is not None else ()

    async def _of(self, request: WatchRequest, part: str, sound: Sound) -> bytes | None:
        ids = (request.content.id, *request.content.aliases)
        ours = next((one for one in ids if self.knows(one)), None)
        if ours is None or request.episode is not None:
            return None
        uuid = ours.removeprefix(self._instance.prefix)
        try:
            return await self._get(f"/videos/{uuid}{part}", {}, _VIDEO, sound)
        except NotFound:
            return None

    async def _list(self, path: str, params: dict[str, str | int]) -> bytes:
        wrong = f"{self._instance.host} is not a PeerTube server"
        with must_be_there(wrong, "peertube.instances"):
            return await self._get(path, params, _LISTS, self._is_list)

    async def _get(
        self, path: str, params: dict[str, str | int], max_age: float, sound: Sound
    ) -> bytes:
        url = self._api + path
        return await self._http.get_json(url, params=params, max_age=max_age, sound=sound)
