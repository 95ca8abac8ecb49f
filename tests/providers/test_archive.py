"""The Internet Archive against a server that answers as it does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.errors import (
    BadResponse,
    NotFound,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
)
from novastream_desktop.models import Content, ContentType, Episode, SourceType
from novastream_desktop.providers.archive import SPEC
from novastream_desktop.providers.archive._files import main_film, parse_files, sources_of
from novastream_desktop.providers.archive._items import (
    Archive,
    plain_text,
    plain_title,
    seconds,
    words_of,
)
from novastream_desktop.providers.base import ProviderContext, WatchRequest
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import Settings
from tests.fakes.http_server import FakeServer, Reply, html_answer, json_answer, too_many

SEARCH = "/advancedsearch.php"
ITEM = "/metadata/DemoFilm1925"
FILM = Content(id="ia:DemoFilm1925", title="Demo Film", type=ContentType.MOVIE)
HERE = Archive("https://archive.example", "archive")


@pytest.fixture
def archive(server: FakeServer, build: Any) -> Any:
    return build(SPEC, {"archive": {"base_url": server.url + "/"}})


@pytest.fixture
def item(server: FakeServer, recorded: Any) -> FakeServer:
    server.route("GET", ITEM, json_answer(recorded("archive/item.json")))
    return server


@pytest.mark.parametrize("off", [{"enabled": False}, {"base_url": " "}])
def test_it_can_be_switched_off(http: Any, off: dict[str, Any]):
    settings = Settings.model_validate({"archive": off})
    assert SPEC.build(ProviderContext(settings, http, SystemClock())) == ()


async def test_a_row_of_free_films(archive: Any, server: FakeServer, recorded: Any):
    server.route("GET", SEARCH, json_answer(recorded("archive/search.json")))
    (row,) = await archive.rows()
    assert (row.id, row.origin) == ("archive-films", "archive")
    demo, boat, bare = row.items
    assert (demo.id, demo.title, demo.year) == ("ia:DemoFilm1925", "Demo Film", 1925)
    assert (demo.runtime, demo.rating, demo.imdb_id) == (4_312, 9.0, "tt0015000")
    assert demo.overview == "Silent.\nTwo\nlines & more"
    assert demo.genres == ("Silent", "Comedy")
    assert demo.poster_url == server.url + "/services/img/DemoFilm1925"
    assert (boat.title, boat.year, boat.rating) == ("紙の舟", 1931, None)
    assert (bare.title, bare.type) == ("bare item", ContentType.MOVIE)
    asked = server.requests[0].query
    assert "mediatype:movies" in asked["q"][0]
    assert "licenseurl:" in asked["q"][0]
    assert (asked["output"], asked["sort[]"]) == (["json"], ["week desc"])
    assert "identifier" in asked["fl[]"]


async def test_search(archive: Any, server: FakeServer, recorded: Any):
    server.route("GET", SEARCH, json_answer(recorded("archive/search.json")))
    found = await archive.search('Demo: "Film" (1925) OR [x TO y] 紙')
    assert len(found) == 3
    query = server.requests[0].query["q"][0]
    assert query.startswith("title:(demo AND film AND 1925 AND or AND x AND to AND y AND 紙)")
    assert await archive.search(" -*() ") == ()
    assert len(server.requests) == 1


async def test_an_empty_search(archive: Any, server: FakeServer):
    empty = {"responseHeader": {}, "response": {"numFound": 0, "start": 0, "docs": []}}
    server.route("GET", SEARCH, json_answer(empty))
    assert await archive.search("nothing") == ()
    (row,) = await archive.rows()
    assert row.items == ()


async def test_details(archive: Any, item: FakeServer):
    assert archive.knows("ia:DemoFilm1925")
    assert not archive.knows("nova:DemoFilm1925")
    content = (await archive.details("ia:DemoFilm1925")).content
    assert (content.title, content.year, content.runtime) == ("Demo Film", 1925, 4_312.51)
    assert content.overview == "Silent."


@pytest.mark.parametrize(
    "gone",
    [
        {},
        {"is_dark": True, "metadata": {"title": "x"}},
        {"metadata": {"title": "x", "mediatype": "audio"}, "files": []},
        {"metadata": {"title": "x", "mediatype": ["texts"]}},
    ],
)
async def test_what_is_unknown_dark_or_no_film(archive: Any, server: FakeServer, gone: object):
    server.route("GET", "/metadata/*", json_answer(gone))
    with pytest.raises(NotFound, match="DemoFilm1925"):
        await archive.details("ia:DemoFilm1925")
    assert await archive.sources(WatchRequest(FILM)) == ()
    assert await archive.subtitles(WatchRequest(FILM)) == ()


async def test_sources_tell_originals_and_derivatives_apart(archive: Any, item: FakeServer):
    sources = await archive.sources(WatchRequest(FILM))
    assert [(s.quality, s.height, s.type) for s in sources] == [
        ("1080p · original Matroska", 1080, SourceType.MP4),
        ("640p · h.264 IA", 640, SourceType.MP4),
        ("512Kb MPEG4", None, SourceType.MP4),
        ("1080p · original Matroska", 1080, SourceType.TORRENT),
    ]
    best, h264, _small, torrent = sources
    assert best.url == item.url + "/download/DemoFilm1925/DemoFilm1925.mkv"
    assert best.bitrate == pytest.approx(1_503_238_553 * 8 / 4_312.5)
    assert (h264.codec, best.codec, best.provider) == ("h264", None, "archive")
    assert torrent.url == item.url + "/download/DemoFilm1925/DemoFilm1925_archive.torrent"
    assert torrent.size_bytes == 1_503_238_553


async def test_subtitles_beside_the_film(archive: Any, item: FakeServer):
    english, unknown = await archive.subtitles(WatchRequest(FILM))
    assert (english.lang, english.format) == ("en", "srt")
    assert english.url == item.url + "/download/DemoFilm1925/DemoFilm1925.en.srt"
    assert unknown.lang == "und"


async def test_an_alias_is_enough(archive: Any, item: FakeServer):
    other = Content(id="nova:d", title="D", type=ContentType.MOVIE, aliases=("ia:DemoFilm1925",))
    assert len(await archive.sources(WatchRequest(other))) == 4


async def test_an_old_film_of_another_catalogue_is_found_by_title_and_year(
    archive: Any, item: FakeServer, recorded: Any
):
    item.route("GET", SEARCH, json_answer(recorded("archive/search.json")))
    film = Content(id="tmdb:movie:1", title="The Demo Film", type=ContentType.MOVIE, year=1926)
    assert len(await archive.sources(WatchRequest(film))) == 4
    assert "year:[1925 TO 1927]" in item.requests[0].query["q"][0]
    assert await archive.sources(WatchRequest(film.with_(title="Demo Film Two"))) == ()
    assert await archive.sources(WatchRequest(film.with_(title="!!!"))) == ()


@pytest.mark.parametrize(
    "changes", [{"year": 1999}, {"year": None}, {"type": ContentType.SERIES, "year": 1925}]
)
async def test_newer_films_are_not_looked_for(
    archive: Any, server: FakeServer, changes: dict[str, Any]
):
    film = Content(id="tmdb:movie:1", title="Demo Film", type=ContentType.MOVIE).with_(**changes)
    assert await archive.sources(WatchRequest(film)) == ()
    episode = Episode(id="e", content_id="x", episode_number=1)
    assert await archive.sources(WatchRequest(FILM, episode)) == ()
    assert server.requests == []


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (json_answer({"error": "[Query parse\n error]"}), ProviderUnavailable, "Query parse error"),
        (html_answer(), ProviderUnavailable, "web page"),
        (html_answer(503), ProviderUnavailable, "503"),
        (json_answer({"message": "slow down"}, 503), ProviderUnavailable, "slow down"),
        (too_many(120), RateLimited, "120"),
        (json_answer({}), BadResponse, "response"),
        (json_answer({"response": {"docs": 5}}), BadResponse, "docs"),
        (json_answer({"response": {"docs": [{"x": 1}]}}), BadResponse, "docs"),
        (json_answer([]), BadResponse, "not a JSON object"),
        (json_answer(b'{"response'), BadResponse, "not JSON"),
        (json_answer({}, 404), BadResponse, "not the Internet Archive"),
    ],
)
async def test_a_search_in_trouble(
    archive: Any, server: FakeServer, reply: Reply, error: type[ProviderError], says: str
):
    server.route("GET", SEARCH, reply)
    for ask in (archive.rows, lambda: archive.search("film")):
        with pytest.raises(error, match=says):
            await ask()


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (html_answer(), ProviderUnavailable),
        (json_answer({"created": 1}), BadResponse),
        (json_answer({"metadata": 5}), BadResponse),
        (json_answer([]), BadResponse),
    ],
)
async def test_an_item_in_trouble(
    archive: Any, server: FakeServer, reply: Reply, error: type[ProviderError], recorded: Any
):
    server.route("GET", ITEM, reply)
    with pytest.raises(error):
        await archive.sources(WatchRequest(FILM))
    server.route("GET", ITEM, json_answer(recorded("archive/item.json")))
    assert await archive.sources(WatchRequest(FILM))


async def test_without_a_network_there_is_no_row(build: Any, server: FakeServer, recorded: Any):
    archive = build(SPEC, {"archive": {"base_url": server.url}})
    await server.stop()
    assert await archive.rows() == ()
    with pytest.raises(ProviderUnavailable):
        await archive.search("film")


async def test_a_row_that_was_shown_says_that_it_is_old(
    server: FakeServer, recorded: Any, build: Any, monkeypatch: pytest.MonkeyPatch
):
    server.route("GET", SEARCH, json_answer(recorded("archive/search.json")))
    monkeypatch.setattr("novastream_desktop.providers.archive._client._LISTS", 0)
    archive = build(SPEC, {"archive": {"base_url": server.url}})
    assert await archive.rows()
    await server.stop()
    with pytest.raises(ProviderUnavailable):
        await archive.rows()


def _files(*files: dict[str, Any], **more: Any) -> Any:
    return parse_files(json.dumps({"files": files, **more}).encode(), HERE)


def test_the_longest_of_several_parts_is_the_film():
    files = _files(
        {"name": "sample.mkv", "source": "original", "length": "60", "size": "900000000"},
        {"name": "film.avi", "source": "original", "size": "700"},
        {"name": "film.mp4", "source": "derivative", "original": "film.avi", "length": "5400"},
        {"name": "film.ogv", "source": "derivative", "original": "film.mp4", "length": "5399"},
        {"name": "extra.mp4", "source": "original", "length": "900"},
    )
    film = main_film(files)
    assert [file.name for file in film.files] == ["film.avi", "film.mp4", "film.ogv"]
    assert film.length == 5_400


def test_files_that_name_each_other_as_their_origin_end():
    files = _files({"name": "a.mp4", "original": "b.mp4"}, {"name": "b.mp4", "original": "a.mp4"})
    assert main_film(files).files


def test_an_item_that_must_not_be_downloaded():
    assert _files({"name": "a.mp4"}, nodownload=True) == ()


def test_names_in_every_script_are_percent_encoded():
    (source,) = sources_of(_files({"name": "тест/紙 #1?.mp4"}), HERE, "x")
    assert source.url.isascii()
    assert source.url.endswith("/x/%D1%82%D0%B5%D1%81%D1%82/%E7%B4%99%20%231%3F.mp4")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("5400.12", 5_400.12),
        ("1:30:00", 5_400),
        ("71:52", 4_312),
        ("90 minutes", 5_400),
        ("90 min.", 5_400),
        ("long", None),
        ("0", None),
        ("nan", None),
        (None, None),
    ],
)
def test_lengths(text: object, length: float | None):
    assert seconds(text) == length


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Demo Film (1925) Full Movie HD", "Demo Film"),
        ("Nosferatu [1922] - Restored", "Nosferatu"),
        ("1984", "1984"),
        ("Full Movie", "Full Movie"),
    ],
)
def test_titles_without_noise(title: str, plain: str):
    assert plain_title(title) == plain


@given(st.text())
def test_a_search_never_holds_an_operator_of_the_person(text: str):
    words = words_of(text)
    assert not set(words) & set('():"[]{}*?~^/\\+-!|&')
    assert all(word == "AND" or word.casefold() == word for word in words.split())


async def test_the_check_tells_that_there_is_no_network(
    archive: Any, server: FakeServer, recorded: Any
):
    server.route("GET", SEARCH, json_answer(recorded("archive/search.json")))
    await archive.check()
    assert server.requests[0].query["rows"] == ["1"]
    await server.stop()
    with pytest.raises(ProviderUnavailable):
        await archive.search("another")


@pytest.mark.parametrize("text", ["<" * 1_000_000, "<br" * 500_000, "(1925" * 200_000])
def test_megabytes_of_markup_are_read_in_one_go(text: str):
    assert plain_text(text) is not None
    assert plain_title(text)
