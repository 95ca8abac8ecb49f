"""A Vidlink-style resolver against a server that answers as one does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from novastream_desktop.errors import (
    BadResponse,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    RateLimited,
)
from novastream_desktop.models import Content, ContentType, Episode, SourceType
from novastream_desktop.providers.base import ProviderContext, WatchRequest
from novastream_desktop.providers.vidlink import SPEC
from novastream_desktop.providers.vidlink._parse import Asked, parse_sources
from novastream_desktop.providers.vidlink._paths import asks_for
from novastream_desktop.providers.vidlink._shapes import Resolver
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import Settings
from tests.fakes.http_server import (
    Answer,
    FakeServer,
    Raw,
    Reply,
    html_answer,
    json_answer,
    too_many,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILM = Content(id="tmdb:movie:990001", title="Paper Boat", type=ContentType.MOVIE, tmdb_id=990001)
SERIES = Content(id="tmdb:tv:990002", title="Paper Moons", type=ContentType.SERIES)
ANIME = Content(id="anilist:700001", title="紙の月", type=ContentType.ANIME, mal_id=600001)


@pytest.fixture
def vidlink(server: FakeServer, build: Any) -> Any:
    return build(SPEC, {"sources": {"vidlink": {"base_url": server.url + "/"}}})


def _episode(of: Content, **known: Any) -> WatchRequest:
    made = {"season": 2, "episode_number": 3, **known}
    return WatchRequest(of, Episode(id="e", content_id=of.id, **made))


def test_it_is_off_without_an_address(http: Any):
    assert SPEC.build(ProviderContext(Settings(), http, SystemClock())) == ()


async def test_a_film_as_hls(vidlink: Any, server: FakeServer, recorded: Any):
    server.route("GET", "/movie/990001", json_answer(recorded("vidlink/hls.json")))
    before = datetime.now(UTC)
    (source,) = await vidlink.sources(WatchRequest(FILM))
    assert (source.url, source.type) == (
        "https://cdn.example/m/990001/master.m3u8",
        SourceType.HLS,
    )
    assert source.headers == {
        "Origin": "https://player.example",
        "Referer": "https://player.example/",
    }
    assert timedelta(0) <= source.expires_at - before - timedelta(seconds=7200) < timedelta(30)
    assert (source.provider, source.quality, source.note) == ("vidlink", "auto", None)
    english, german = source.subtitles
    assert (english.lang, english.format, english.origin) == ("en", "vtt", "vidlink")
    assert (german.lang, german.label) == ("de", "German")
    assert german.url == server.url + "/captions/de.srt"


async def test_an_episode_as_files(vidlink: Any, server: FakeServer, recorded: Any):
    server.route("GET", "/tv/990002/2/3", json_answer(recorded("vidlink/file.json")))
    sources = await vidlink.sources(_episode(SERIES))
    assert [(s.height, s.quality, s.type) for s in sources] == [
        (2160, "2160p", SourceType.MP4),
        (1080, "1080p", SourceType.MP4),
        (720, "720p", SourceType.MP4),
        (None, "", SourceType.MP4),
    ]
    assert sources[1].headers == {"X-Quality": "1080"}
    assert all(s.expires_at is None and s.subtitles == () for s in sources)


async def test_anime_sub_and_dub(vidlink: Any, server: FakeServer, recorded: Any):
    path = "/anime/600001/3"
    server.route("GET", path, json_answer(recorded("vidlink/wrapped.json")))
    server.route("GET", path + "/dub", json_answer(recorded("vidlink/file.json")))
    sources = await vidlink.sources(_episode(ANIME))
    assert [s.languages for s in sources] == [("ja",), ("en",), ("en",), ("en",), ("en",)]
    assert sources[0].url == server.url + "/hls/990001/3/sub/master.m3u8"
    assert sources[0].headers == {"Referer": "https://player.example/"}
    assert path + "/sub" not in server.paths()


async def test_anime_that_is_only_known_by_its_track(
    vidlink: Any, server: FakeServer, recorded: Any
):
    server.route("GET", "/anime/600001/3/sub", json_answer(recorded("vidlink/plain.json")))
    sources = await vidlink.sources(_episode(ANIME))
    assert {s.languages for s in sources} == {("ja",)}
    assert server.paths()[-1] == "/anime/600001/3/sub"


def test_both_tracks_at_once_where_the_template_says_so():
    templates = Settings.model_validate(
        {"sources": {"vidlink": {"anime_path": "/a/{malId}/{episode}/{audio}?fallback=true"}}}
    ).sources.vidlink
    ((sub, dub),) = asks_for(_episode(ANIME), templates)
    assert (sub.path, sub.audio) == ("/a/600001/3/sub?fallback=true", "sub")
    assert (dub.path, dub.audio) == ("/a/600001/3/dub?fallback=true", "dub")


@pytest.mark.parametrize(
    ("request_", "path"),
    [
        (WatchRequest(FILM), "/movie/990001"),
        (WatchRequest(FILM.with_(tmdb_id=None)), "/movie/990001"),
        (_episode(SERIES), "/tv/990002/2/3"),
        (_episode(SERIES, episode_number=6.5), "/tv/990002/2/6.5"),
        (_episode(ANIME, mal_id=5, mal_episode=9), "/anime/5/9"),
        (WatchRequest(ANIME), "/anime/600001/1"),
        (_episode(ANIME.with_(mal_id=None, tmdb_id=42)), "/tv/42/2/3"),
        (WatchRequest(FILM.with_(id="nova:x", tmdb_id=None)), None),
        (_episode(SERIES.with_(id="nova:x")), None),
    ],
)
def test_what_is_asked(request_: WatchRequest, path: str | None):
    groups = asks_for(request_, Settings().sources.vidlink)
    assert (groups[0][0].path if groups else None) == path


def test_values_cannot_leave_their_place():
    film = FILM.with_(imdb_id="../../x?y#z")
    templates = Settings.model_validate(
        {"sources": {"vidlink": {"movie_path": "film/{imdbId}"}}}
    ).sources.vidlink
    (((ask),),) = asks_for(WatchRequest(film), templates)
    assert ask.path == "/film/..%2F..%2Fx%3Fy%23z"


async def test_titles_without_its_ids_are_not_asked_for(vidlink: Any, server: FakeServer):
    stranger = Content(id="nova:x", title="X", type=ContentType.MOVIE)
    assert await vidlink.sources(WatchRequest(stranger)) == ()
    assert server.requests == []


@pytest.mark.parametrize(
    "body",
    [{"stream": None}, {"stream": []}, {"sources": []}, {"data": {"stream": {}}}, {"streams": []}],
)
async def test_a_title_without_streams(vidlink: Any, server: FakeServer, body: object):
    server.route("GET", "/movie/990001", json_answer(body))
    assert await vidlink.sources(WatchRequest(FILM)) == ()


async def test_an_unknown_title(vidlink: Any, server: FakeServer, recorded: Any):
    server.route("GET", "/movie/*", json_answer(recorded("vidlink/error_404.json"), 404))
    assert await vidlink.sources(WatchRequest(FILM)) == ()


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (html_answer(), ProviderUnavailable, "web page"),
        (html_answer(403), ProviderRefused, "403"),
        (html_answer(502), ProviderUnavailable, "502"),
        (json_answer({"message": "scraper is down"}, 500), ProviderUnavailable, "scraper"),
        (json_answer({"error": "scraper is\ndown"}), ProviderUnavailable, "scraper is down"),
        (json_answer({"foo": 1}), BadResponse, "none of"),
        (json_answer({"stream": "yes"}), BadResponse, "no list"),
        (json_answer([]), BadResponse, "not a JSON object"),
        (json_answer(b'{"stream": {'), BadResponse, "not JSON"),
        (Answer(200, b"", {}, "application/json"), ProviderUnavailable, "empty"),
        (
            Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"),
            ProviderUnavailable,
            "did not answer",
        ),
        (too_many(120), RateLimited, "120"),
    ],
)
async def test_a_resolver_in_trouble(
    vidlink: Any, server: FakeServer, reply: Reply, error: type[ProviderError], says: str
):
    server.route("GET", "/movie/990001", reply)
    with pytest.raises(error, match=says):
        await vidlink.sources(WatchRequest(FILM))


async def test_one_track_that_fails_does_not_spoil_the_other(
    vidlink: Any, server: FakeServer, recorded: Any
):
    server.route("GET", "/anime/600001/3", html_answer(500))
    server.route("GET", "/anime/600001/3/dub", json_answer(recorded("vidlink/plain.json")))
    assert len(await vidlink.sources(_episode(ANIME))) == 2


async def test_addresses_are_asked_for_anew_each_time(
    vidlink: Any, server: FakeServer, recorded: Any
):
    server.route("GET", "/movie/990001", json_answer(recorded("vidlink/hls.json")))
    await vidlink.sources(WatchRequest(FILM))
    await vidlink.sources(WatchRequest(FILM))
    assert len(server.requests) == 2


def _parse(recorded: Any, name: str, base: str = "https://resolver.example") -> Any:
    return parse_sources(recorded(name), Asked(Resolver(base, "vidlink"), "", NOW))


def test_plain_lists_of_sources(recorded: Any):
    sources = _parse(recorded, "vidlink/plain.json")
    assert [(s.type, s.quality) for s in sources] == [
        (SourceType.MP4, "1080p"),
        (SourceType.HLS, "auto"),
    ]
    english, brazilian = sources[0].subtitles
    assert (english.lang, english.hearing_impaired) == ("en", True)
    assert (brazilian.lang, brazilian.hearing_impaired) == ("pt-BR", False)


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ("https://resolver.example", True),
        ("http://192.168.0.7:3000", True),
        ("http://127.0.0.1:3000", False),
        ("http://localhost:3000", False),
        ("http://[::1]:3000", False),
    ],
)
def test_addresses_bound_to_a_remote_resolver_are_told(recorded: Any, base: str, told: bool):
    notes = {source.note for source in _parse(recorded, "vidlink/file.json", base)}
    assert notes == (
        {"works only from the address of the resolver that found it"} if told else {None}
    )


@pytest.mark.parametrize(
    ("ttl", "ends"),
    [
        (7200, NOW + timedelta(hours=2)),
        ("60", NOW + timedelta(minutes=1)),
        (7_200_000, NOW + timedelta(hours=2)),
        (1_795_000_000, datetime.fromtimestamp(1_795_000_000, UTC)),
        (1_795_000_000_000, datetime.fromtimestamp(1_795_000_000, UTC)),
        (0, None),
        (-5, None),
        (1e300, None),
        ("soon", None),
        (None, None),
    ],
)
def test_lifetimes(ttl: object, ends: datetime | None):
    import json

    raw = json.dumps({"stream": {"playlist": "https://c.example/a.m3u8", "TTL": ttl}}).encode()
    (source,) = parse_sources(raw, Asked(Resolver("https://r.example", "vidlink"), "", NOW))
    assert source.expires_at == ends


def test_headers_that_would_smuggle_are_not_sent():
    raw = b'{"sources": [{"url": "https://c.example/a.mp4", "headers": {"X": "a\\r\\nY: b"}}]}'
    (source,) = parse_sources(raw, Asked(Resolver("https://r.example", "vidlink"), "", NOW))
    assert source.headers is None


async def test_the_check(vidlink: Any, server: FakeServer):
    await vidlink.check()  # 404: somebody is there
    server.route("GET", "/", html_answer(502))
    with pytest.raises(ProviderUnavailable):
        await vidlink.check()
