"""PeerTube against a server that answers as it does."""

from __future__ import annotations

from typing import Any

import pytest

from novastream_desktop.errors import BadResponse, NotFound, ProviderUnavailable
from novastream_desktop.models import Content, ContentType, Episode, SourceType
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.peertube import SPEC
from novastream_desktop.providers.peertube._parse import Instance, parse_sources
from tests.fakes.http_server import Answer, FakeServer, html_answer, json_answer

UUID = "bf1f3fb5-b119-4f9f-9930-8e20e892b898"
API = "/api/v1"


@pytest.fixture
def peertube(server: FakeServer, build: Any) -> Any:
    return build(SPEC, {"peertube": {"instances": [server.url + "/"]}})


def _host(server: FakeServer) -> str:
    return server.url.removeprefix("http://")


def _film(server: FakeServer) -> Content:
    content_id = f"peertube:{_host(server)}:{UUID}"
    return Content(id=content_id, title="Big Buck Bunny", type=ContentType.MOVIE)


async def test_rows(peertube: Any, server: FakeServer, recorded: Any):
    server.route("GET", API + "/videos", json_answer(recorded("peertube/list.json")))
    (row,) = await peertube.rows()
    assert row.id == f"peertube-{_host(server)}"
    (film,) = row.items
    assert (film.id, film.title, film.year) == (
        f"peertube:{_host(server)}:{UUID}",
        "Big Buck Bunny",
        2008,
    )
    assert (film.runtime, film.genres, film.type) == (596, ("Films",), ContentType.MOVIE)
    assert film.poster_url == server.url + "/lazy-static/thumbnails/t.jpg"
    assert film.backdrop_url == server.url + "/lazy-static/previews/p.jpg"


async def test_a_server_with_one_channel(peertube: Any, server: FakeServer, recorded: Any):
    path = API + "/video-channels/blender_open_movies/videos"
    server.route("GET", path, json_answer(recorded("peertube/list.json")))
    (row,) = await peertube.rows()
    assert len(row.items) == 1


async def test_no_peertube_at_all(peertube: Any):
    with pytest.raises(BadResponse, match="not a PeerTube server"):
        await peertube.rows()


async def test_an_empty_search(peertube: Any, server: FakeServer):
    server.route("GET", API + "/search/videos", json_answer({"total": 0, "data": []}))
    assert await peertube.search("bunny") == ()
    assert server.requests[0].query["search"] == ["bunny"]


async def test_details(peertube: Any, server: FakeServer, recorded: Any):
    server.route("GET", f"{API}/videos/{UUID}", json_answer(recorded("peertube/video.json")))
    film = _film(server)
    assert peertube.knows(film.id)
    assert not peertube.knows(f"peertube:video.example:{UUID}")
    details = await peertube.details(film.id)
    assert (details.content.id, details.content.title) == (film.id, "Big Buck Bunny")


async def test_a_video_that_is_gone(peertube: Any, server: FakeServer, recorded: Any):
    gone = json_answer(recorded("peertube/error_404.json"), 404)
    server.route("GET", f"{API}/videos/*", gone)
    film = _film(server)
    with pytest.raises(NotFound, match="has no video"):
        await peertube.details(film.id)
    assert await peertube.sources(WatchRequest(film)) == ()
    assert await peertube.subtitles(WatchRequest(film)) == ()


async def test_sources_of_a_title_and_of_an_alias(peertube: Any, server: FakeServer, recorded: Any):
    server.route("GET", f"{API}/videos/{UUID}", json_answer(recorded("peertube/video.json")))
    film = _film(server)
    other = Content(id="nova:bunny", title="B", type=ContentType.MOVIE, aliases=(film.id,))
    sources = await peertube.sources(WatchRequest(other))
    assert list(sources) == list(await peertube.sources(WatchRequest(film)))
    assert [(s.type, s.height) for s in sources] == [
        (SourceType.MP4, 720),
        (SourceType.MP4, 480),
        (SourceType.TORRENT, 720),
        (SourceType.TORRENT, 480),
    ]
    best = sources[0]
    assert (best.quality, best.provider, best.size_bytes) == ("720p", "peertube", 158_000_000)
    assert best.bitrate == pytest.approx(158_000_000 * 8 / 596)
    assert sources[2].url.startswith("magnet:?xt=urn:btih:")


async def test_titles_of_others_are_not_asked_for(peertube: Any, server: FakeServer):
    stranger = Content(id="nova:x", title="X", type=ContentType.MOVIE)
    assert await peertube.sources(WatchRequest(stranger)) == ()
    episode = Episode(id="e", content_id="nova:x", episode_number=1)
    assert await peertube.sources(WatchRequest(_film(server), episode)) == ()
    assert server.requests == []


def test_playlists_alone(recorded: Any):
    instance = Instance("https://video.example", "peertube")
    sources = parse_sources(recorded("peertube/video_hls.json"), instance)
    assert [(s.type, s.height) for s in sources] == [
        (SourceType.HLS, 1080),
        (SourceType.TORRENT, 1080),
        (SourceType.TORRENT, 480),
    ]
    assert sources[0].url == "https://video.example/hls/master.m3u8"


async def test_captions(peertube: Any, server: FakeServer, recorded: Any):
    path = f"{API}/videos/{UUID}/captions"
    server.route("GET", path, json_answer(recorded("peertube/captions.json")))
    english, french = await peertube.subtitles(WatchRequest(_film(server)))
    assert (english.lang, english.label, english.format) == ("en", "English", "vtt")
    assert english.url == server.url + "/lazy-static/video-captions/en.vtt"
    assert french.url == "https://cdn.example/fr.vtt"


@pytest.mark.parametrize("reply", [html_answer(), html_answer(502), Answer(503)])
async def test_a_server_in_trouble(peertube: Any, server: FakeServer, reply: Answer):
    server.route("GET", API + "/videos", reply)
    with pytest.raises(ProviderUnavailable):
        await peertube.rows()


def test_blenders_server_by_its_name_alone(build: Any):
    provider = build(SPEC, {"peertube": {"instances": ["video.blender.org"]}})
    assert provider.knows(f"peertube:video.blender.org:{UUID}")


@pytest.mark.parametrize("garbage", [{"data": 5}, {"data": [{"x": 1}, 7]}, {"uuid": 7}])
async def test_garbage_is_an_error_and_is_not_kept(
    peertube: Any, server: FakeServer, recorded: Any, garbage: Any
):
    paths = {"/videos": "list", f"/videos/{UUID}": "video"}
    for path in paths:
        server.route("GET", API + path, json_answer(garbage))
    request = WatchRequest(_film(server))
    with pytest.raises(BadResponse):
        await peertube.rows()
    with pytest.raises(BadResponse):
        await peertube.details(request.content.id)
    with pytest.raises(BadResponse):
        await peertube.sources(request)
    for path, name in paths.items():
        server.route("GET", API + path, json_answer(recorded(f"peertube/{name}.json")))
    (row,) = await peertube.rows()
    assert row.items
    assert await peertube.sources(request)
    assert (await peertube.details(request.content.id)).content.title == "Big Buck Bunny"


async def test_garbage_captions_are_not_kept(peertube: Any, server: FakeServer, recorded: Any):
    path = f"{API}/videos/{UUID}/captions"
    server.route("GET", path, json_answer({"data": "none"}))
    with pytest.raises(BadResponse):
        await peertube.subtitles(WatchRequest(_film(server)))
    server.route("GET", path, json_answer(recorded("peertube/captions.json")))
    assert await peertube.subtitles(WatchRequest(_film(server)))
