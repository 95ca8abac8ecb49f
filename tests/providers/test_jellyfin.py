"""Jellyfin against a server that answers as it does."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest

from novastream_desktop.errors import (
    BadResponse,
    NotFound,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    UserFacingError,
)
from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    SkipType,
    SourceType,
    StreamSource,
)
from novastream_desktop.providers.base import ProviderContext, WatchRequest
from novastream_desktop.providers.jellyfin import SPEC
from novastream_desktop.providers.jellyfin._match import library
from novastream_desktop.providers.jellyfin._media import parse_playback, sources_of
from novastream_desktop.providers.jellyfin._parse import parse_items
from novastream_desktop.providers.jellyfin._reports import report_of
from novastream_desktop.providers.jellyfin._server import Server
from novastream_desktop.providers.telling import PlaybackEvent, ReportsPlayback
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import Settings
from tests.fakes.http_server import Answer, FakeServer, Raw, Reply, html_answer, json_answer

TOKEN = "t0ken, with+odd"
BASE = "/media"
USER = "aaaa0000000000000000000000000001"
FILM_ID = "9f1e0000000000000000000000000001"
SERIES_ID = "9f1e0000000000000000000000000002"
FILM = Content(
    id="tmdb:movie:9", title="Harbour Lights", type=ContentType.MOVIE, year=2026, tmdb_id=9
)
SERIES = Content(id="tmdb:tv:990001", title="P", type=ContentType.SERIES, tmdb_id=990001)


@pytest.fixture
def jellyfin(server: FakeServer, build: Any, recorded: Any) -> Any:
    routes = {
        "/Users/Me": "user",
        "/Items": "items",
        "/UserItems/Resume": "resume",
        f"/Items/{SERIES_ID}": "series",
        f"/Shows/{SERIES_ID}/Episodes": "episodes",
        f"/MediaSegments/{FILM_ID}": "segments",
    }
    for path, name in routes.items():
        server.route("GET", BASE + path, json_answer(recorded(f"jellyfin/{name}.json")))
    play = json_answer(recorded("jellyfin/playback.json"))
    server.route("POST", f"{BASE}/Items/{FILM_ID}/PlaybackInfo", play)
    own = {"base_url": f"{server.url}{BASE}/", "token": TOKEN}
    return build(SPEC, {"jellyfin": own})


def _own(content_id: str, kind: ContentType = ContentType.MOVIE) -> Content:
    return Content(id=f"jellyfin:{content_id}", title="x", type=kind)


async def test_it_introduces_itself(jellyfin: Any, server: FakeServer):
    await jellyfin.search("lights")
    for request in server.requests:
        said = dict(re.findall(r'(\w+)="([^"]*)"', request.headers["authorization"]))
        assert request.headers["authorization"].startswith("MediaBrowser ")
        assert said["Token"] == "t0ken%2C%20with%2Bodd"
        assert said["Client"] == "NovaStream"
        assert re.fullmatch(r"[0-9a-f]{32}", said["DeviceId"])
        assert said["Version"]
    assert server.requests[-1].query["searchTerm"] == ["lights"]
    assert server.requests[-1].query["userId"] == [USER]


async def test_rows(jellyfin: Any, server: FakeServer):
    begun, films, series = await jellyfin.rows()
    assert [row.id for row in (begun, films, series)] == [
        "jellyfin-resume",
        "jellyfin-movies",
        "jellyfin-series",
    ]
    (resumed,) = begun.items
    assert (resumed.id, resumed.title) == (f"jellyfin:{SERIES_ID}", "Paper Moons")
    assert resumed.poster_url.endswith(
        f"/Items/{SERIES_ID}/Images/Primary?tag=sp&maxWidth=400&quality=90"
    )
    harbour, moons, tsuki = films.items
    assert (harbour.id, harbour.year, harbour.rating, harbour.runtime) == (
        f"jellyfin:{FILM_ID}",
        2026,
        7.4,
        6300.0,
    )
    assert (harbour.tmdb_id, harbour.imdb_id, harbour.original_title) == (
        9,
        "tt9990001",
        "Havneljos",
    )
    assert harbour.backdrop_url.startswith(f"{server.url}{BASE}/Items/{FILM_ID}/Images/Backdrop/0?")
    assert TOKEN not in harbour.poster_url
    assert (moons.id, moons.type) == (f"jellyfin:{SERIES_ID}", ContentType.SERIES)
    assert (tsuki.type, tsuki.anilist_id) == (ContentType.ANIME, 154587)


async def test_an_api_key_is_nobodys(jellyfin: Any, server: FakeServer, recorded: Any):
    refused = json_answer(recorded("jellyfin/error_400.json"), 400)
    server.route("GET", BASE + "/Users/Me", refused)
    assert [row.id for row in await jellyfin.rows()] == ["jellyfin-movies", "jellyfin-series"]
    assert all("userId" not in request.query for request in server.requests)
    assert server.paths().count(BASE + "/Users/Me") == 1


async def test_one_row_that_fails(jellyfin: Any, server: FakeServer):
    server.route("GET", BASE + "/UserItems/Resume", Answer(500))
    begun, films, _series = await jellyfin.rows()
    assert begun.problem
    assert not begun.items
    assert films.problem is None


async def test_details_of_a_series(jellyfin: Any, server: FakeServer):
    content_id = f"jellyfin:{SERIES_ID}"
    assert jellyfin.knows(content_id)
    assert not jellyfin.knows("tmdb:tv:1")
    assert not jellyfin.knows("jellyfin:../x")
    details = await jellyfin.details(content_id)
    assert (details.content.title, details.content.imdb_id) == ("Paper Moons", "tt9990002")
    assert [(e.season, e.episode_number, e.title) for e in details.episodes] == [
        (1, 1, "Low Tide"),
        (1, 2, "Ebb and Flow"),
        (0, 1, "Making of"),
    ]
    second = details.episodes[1]
    assert (second.id, second.content_id) == (
        "jellyfin:9f1e0000000000000000000000000012",
        content_id,
    )
    assert (second.runtime, second.air_date) == (1400.0, "2024-01-15")
    assert second.thumbnail_url


async def test_older_servers_know_a_title_in_lists_only(
    jellyfin: Any, server: FakeServer, recorded: Any
):
    details = await jellyfin.details(f"jellyfin:{FILM_ID}")
    assert details.content.title == "Harbour Lights"
    assert details.episodes == ()
    assert server.requests[-1].query["ids"] == [FILM_ID]
    server.route("GET", BASE + "/Items", json_answer({"Items": [], "TotalRecordCount": 0}))
    with pytest.raises(NotFound):
        await jellyfin.details("jellyfin:9f1e00000000000000000000000000ff")


async def test_a_file_of_a_film_of_another_catalogue(jellyfin: Any, server: FakeServer):
    direct, converted = await jellyfin.sources(WatchRequest(FILM))
    assert direct.url == (
        f"{server.url}{BASE}/Videos/{FILM_ID}/stream.mkv"
        f"?static=true&mediaSourceId={FILM_ID}&tag=et1"
    )
    assert direct.headers == {"Authorization": 'MediaBrowser Token="t0ken%2C%20with%2Bodd"'}
    assert (direct.type, direct.provider, direct.quality) == (SourceType.MP4, "jellyfin", "1080p")
    assert (direct.codec, direct.hdr, direct.languages) == ("hevc", "HDR10", ("en", "ja"))
    assert (direct.size_bytes, direct.bitrate) == (2147483648, 2727000)
    assert direct.release_name == "Harbour.Lights.2026.1080p"
    assert converted.type is SourceType.HLS
    assert converted.url.startswith(f"{server.url}{BASE}/videos/{FILM_ID}/master.m3u8?")
    posted = next(request for request in server.requests if request.method == "POST")
    assert posted.query == {"userId": [USER]}
    assert posted.json()["DeviceProfile"]["DirectPlayProfiles"]


async def test_subtitle_files_beside_it(jellyfin: Any, server: FakeServer):
    request = WatchRequest(FILM)
    english, german = await jellyfin.subtitles(request)
    assert english.url == (
        f"{server.url}{BASE}/Videos/9f1e0000-0000-0000-0000-000000000001/{FILM_ID}"
        "/Subtitles/4/0/Stream.srt?ApiKey=t0ken%2C+with%2Bodd"
    )
    assert (english.lang, english.format, english.forced) == ("eng", "srt", False)
    assert f"/Videos/{FILM_ID}/{FILM_ID}/Subtitles/5/Stream.ass?ApiKey=" in german.url
    assert (german.label, german.forced, german.hearing_impaired) == ("Deutsch", True, True)
    sources = await jellyfin.sources(request)
    assert sources[0].subtitles == (english, german)
    assert [r.method for r in server.requests].count("POST") == 1


async def test_segments(jellyfin: Any, server: FakeServer, recorded: Any):
    intro, outro = await jellyfin.skips(WatchRequest(_own(FILM_ID)), 1400.0)
    assert (intro.type, intro.start, intro.end) == (SkipType.OP, 91.204, 181.2)
    assert (outro.type, outro.start, outro.end) == (SkipType.ED, 1315.0, 1400.0)
    assert (intro.origin, intro.automatic) == ("jellyfin", False)
    asked = server.requests[-1].query["includeSegmentTypes"]
    assert asked == ["Intro", "Outro", "Recap", "Preview"]


async def test_segments_of_the_older_plug_in(jellyfin: Any, server: FakeServer, recorded: Any):
    server.route("GET", f"{BASE}/MediaSegments/{FILM_ID}", Answer(404))
    assert await jellyfin.skips(WatchRequest(_own(FILM_ID)), None) == ()
    older = json_answer(recorded("jellyfin/old_segments.json"))
    server.route("GET", f"{BASE}/Episode/{FILM_ID}/IntroSkipperSegments", older)
    intro, outro = await jellyfin.skips(WatchRequest(_own(FILM_ID)), None)
    assert (intro.type, intro.start, outro.type, outro.end) == (
        SkipType.OP,
        91.2,
        SkipType.ED,
        1405,
    )


@pytest.mark.parametrize(
    ("episode", "item"),
    [
        (Episode(id="e", content_id="x", season=1, episode_number=1), "11"),
        (Episode(id="e", content_id="x", season=1, episode_number=3), "12"),  # a file of two
        (Episode(id="e", content_id="x", season=0, episode_number=1), "10"),
        (
            Episode(
                id="jellyfin:9f1e0000-0000-0000-0000-000000000012",
                content_id="x",
                season=9,
                episode_number=9,
            ),
            "12",
        ),
        (Episode(id="e", content_id="x", season=2, episode_number=1), None),
    ],
)
async def test_episodes(
    jellyfin: Any, server: FakeServer, recorded: Any, episode: Episode, item: str | None
):
    server.route("POST", f"{BASE}/Items/*", json_answer(recorded("jellyfin/playback.json")))
    sources = await jellyfin.sources(WatchRequest(SERIES, episode))
    posted = [r.path.split("/")[-2] for r in server.requests if r.method == "POST"]
    expected = [] if item is None else [f"9f1e00000000000000000000000000{item}"]
    assert (posted, bool(sources)) == (expected, item is not None)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (FILM, True),
        (FILM.with_(tmdb_id=None, imdb_id="tt9990001", title="?"), True),
        (FILM.with_(tmdb_id=None), True),
        (FILM.with_(tmdb_id=None, title="HÁRBOUR: lights!"), True),
        (FILM.with_(tmdb_id=None, title="?", original_title="Havneljos"), True),
        (FILM.with_(tmdb_id=None, year=2025), False),
        (FILM.with_(tmdb_id=None, year=None), False),
        (FILM.with_(type=ContentType.SERIES), False),
        (_own("abc").with_(aliases=("jellyfin:def",)), False),
        (
            Content(id="anilist:154587", title="?", type=ContentType.ANIME, anilist_id=154587),
            True,
        ),
    ],
)
def test_which_title_is_meant(recorded: Any, content: Content, found: bool):
    titles = library(parse_items(recorded("jellyfin/items.json"), "it"))
    assert (titles.find(content) is not None) is found


async def test_a_library_is_read_page_by_page_and_once(
    jellyfin: Any, server: FakeServer, recorded: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("novastream_desktop.providers.jellyfin._client._PAGE", 2)
    body = json.loads(recorded("jellyfin/items.json"))
    items = body["Items"][:3]

    def page(request: Any) -> Reply:
        start = int(request.query["startIndex"][0])
        return json_answer({"Items": items[start : start + 2], "TotalRecordCount": 3})

    server.route("GET", BASE + "/Items", page)
    stranger = Content(id="tmdb:movie:5", title="?", type=ContentType.MOVIE, tmdb_id=5)
    for _ in range(2):
        assert await jellyfin.sources(WatchRequest(stranger)) == ()
    starts = [r.query["startIndex"][0] for r in server.requests if r.path == BASE + "/Items"]
    assert starts == ["0", "2"]


async def test_a_title_that_is_gone(jellyfin: Any, server: FakeServer):
    request = WatchRequest(_own("9f1e00000000000000000000000000ee"))
    assert await jellyfin.sources(request) == ()
    assert await jellyfin.subtitles(request) == ()


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Answer(401), ProviderRefused),
        (Answer(403), ProviderRefused),
        (Answer(404), BadResponse),
        (html_answer(), ProviderUnavailable),
        (Answer(503, b"starting", {"Retry-After": "005"}), ProviderUnavailable),
        (json_answer({"Items": 5}), BadResponse),
        (json_answer(b'{"Items": ['), BadResponse),
        (json_answer([{"x": 1}]), BadResponse),
        (Raw(b"x"), ProviderUnavailable),
    ],
)
async def test_failures_name_the_server_and_no_token(
    jellyfin: Any,
    server: FakeServer,
    reply: Reply,
    error: type[UserFacingError],
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level(logging.DEBUG, "novastream_desktop")
    server.route("GET", BASE + "/Items", reply)
    with pytest.raises(error) as caught:
        await jellyfin.search("x")
    assert type(caught.value) is error
    assert "127.0.0.1" in caught.value.sentence()
    assert "t0ken" not in caught.value.sentence() + caplog.text


async def test_a_refused_token_is_told_by_every_role(jellyfin: Any, server: FakeServer):
    server.route("GET", BASE + "/Users/Me", Answer(401))
    request = WatchRequest(_own(FILM_ID))
    for asking in (jellyfin.rows, lambda: jellyfin.sources(request)):
        with pytest.raises(ProviderError, match="refused"):
            await asking()


@pytest.mark.parametrize(
    ("base", "path", "address"),
    [
        ("http://h:8096", "/videos/1", "http://h:8096/videos/1"),
        ("https://h/jf", "/videos/1", "https://h/jf/videos/1"),
        ("https://h/jf", "/jf/videos/1", "https://h/jf/videos/1"),
        ("https://h/jf", "videos/1", "https://h/jf/videos/1"),
    ],
)
def test_paths_of_servers_behind_a_proxy(base: str, path: str, address: str):
    assert Server.at(base + "/", "t", "jellyfin").address(path) == address


def test_a_server_does_not_show_its_token():
    assert "s3cret" not in repr(Server.at("h", "s3cret", "jellyfin"))


def test_optional_fields_may_be_missing():
    server = Server.at("http://h", "t", "jellyfin")
    raw = json.dumps({"MediaSources": [{"Id": "a"}], "PlaySessionId": None}).encode()
    (source,) = sources_of(parse_playback(raw, "it"), "1", server)
    assert source.url == "http://h/Videos/1/stream?static=true&mediaSourceId=a"
    assert sources_of(parse_playback(b'{"ErrorCode":"NotAllowed"}', "it"), "1", server) == ()
    (item,) = parse_items(b'[{"Id":"1","Name":"A","Type":"Movie"}]', "it")
    assert item.name == "A"


@pytest.mark.parametrize("own", [{}, {"base_url": "http://h"}, {"token": "t"}])
def test_off_without_address_or_token(http: Any, own: dict[str, str]):
    made = Settings.model_validate({"jellyfin": own})
    assert SPEC.build(ProviderContext(made, http, SystemClock())) == ()


async def test_the_server_hears_how_far_it_is_watched(jellyfin: Any, server: FakeServer):
    server.route("POST", f"{BASE}/Sessions/*", Answer(204))
    (film, *_) = await jellyfin.sources(WatchRequest(FILM))
    assert jellyfin.hears_of(film)
    assert isinstance(jellyfin, ReportsPlayback)
    await jellyfin.report_playback(film, PlaybackEvent.BEGAN, 0.0, paused=False)
    await jellyfin.report_playback(film, PlaybackEvent.GOES_ON, 12.5, paused=True)
    await jellyfin.report_playback(film, PlaybackEvent.ENDED, 60.0, paused=False)
    began, goes_on, ended = (r for r in server.requests if "/Sessions/" in r.path)
    assert [r.path for r in (began, goes_on, ended)] == [
        f"{BASE}/Sessions/Playing{end}" for end in ("", "/Progress", "/Stopped")
    ]
    assert began.json()["ItemId"] == FILM_ID
    assert began.json()["PlayMethod"] == "DirectPlay"
    assert (goes_on.json()["PositionTicks"], goes_on.json()["IsPaused"]) == (125_000_000, True)
    assert ended.json()["PositionTicks"] == 600_000_000
    assert ended.json()["MediaSourceId"] == began.json()["MediaSourceId"]
    assert ended.headers["authorization"].startswith("MediaBrowser ")


@pytest.mark.parametrize(
    "other",
    [
        {"provider": "archive"},
        {"url": "http://elsewhere.example/Videos/9f1e0000000000000000000000000001/stream"},
        {"url": "{base}/Items/x/Download"},
    ],
)
async def test_it_hears_of_its_own_files_only(
    jellyfin: Any, server: FakeServer, other: dict[str, str]
):
    (film, *_) = await jellyfin.sources(WatchRequest(FILM))
    changes = {name: text.format(base=server.url + BASE) for name, text in other.items()}
    assert not jellyfin.hears_of(film.with_(**changes))


async def test_an_api_key_watches_nothing(jellyfin: Any, server: FakeServer):
    server.route("GET", BASE + "/Users/Me", Answer(400))
    (film, *_) = await jellyfin.sources(WatchRequest(FILM))
    await jellyfin.report_playback(film, PlaybackEvent.BEGAN, 0.0, paused=False)
    assert not [r for r in server.requests if "/Sessions/" in r.path]


def test_what_is_transcoded_names_its_session():
    url = (
        "http://s/videos/9f1e0000-0000-0000-0000-000000000001/master.m3u8"
        "?MediaSourceId=ms&PlaySessionId=abc&DeviceId=d"
    )
    source = StreamSource(url=url, type=SourceType.HLS, provider="jellyfin", quality="")
    body = report_of(source, PlaybackEvent.ENDED, 1.0, paused=False)
    assert (body["ItemId"], body["MediaSourceId"], body["PlaySessionId"]) == (FILM_ID, "ms", "abc")
    assert report_of(source, PlaybackEvent.BEGAN, 0, paused=False)["PlayMethod"] == "Transcode"
