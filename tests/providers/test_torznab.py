"""Torznab indexers against a server that answers as they do."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from novastream_desktop.errors import (
    BadResponse,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    RateLimited,
    UserFacingError,
)
from novastream_desktop.models import Content, ContentType, Episode, SourceType
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.torznab import SPEC
from novastream_desktop.providers.torznab._parse import Caps, parse_caps, parse_results
from novastream_desktop.providers.torznab._plan import searches
from novastream_desktop.providers.torznab._torrent import magnet_of
from tests.fakes.http_server import (
    Answer,
    FakeServer,
    Hang,
    Reply,
    Request,
    html_answer,
    json_answer,
    redirect,
    too_many,
)

KEY = "s3cretkey"
FILM = Content(
    id="tmdb:movie:9",
    title="Harbour: Lights!",
    type=ContentType.MOVIE,
    year=2026,
    imdb_id="tt9990001",
    tmdb_id=9,
)
SERIES = Content(id="tmdb:tv:1", title="Paper Moons", type=ContentType.SERIES, tmdb_id=1)
ANIME = Content(
    id="anilist:1", title="Tsuki", type=ContentType.ANIME, original_title="Moon", anilist_id=1
)
THIRD = Episode(id="e", content_id="tmdb:tv:1", season=1, episode_number=3)


def xml(body: bytes | str, status: int = 200, **headers: str) -> Answer:
    raw = body.encode() if isinstance(body, str) else body
    return Answer(status, raw, headers, "application/rss+xml; charset=utf-8")


def error_document(code: int, text: str = "No") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><error code="{code}" description="{text}"/>'


class Feed:
    """Answers by the kind of question."""

    def __init__(self, recorded: Any) -> None:
        self.replies: dict[str, Reply] = {"caps": xml(recorded("torznab/caps.xml"))}

    def __call__(self, request: Request) -> Reply:
        empty = xml("<rss><channel/></rss>")
        return self.replies.get(request.query["t"][0], empty)


@pytest.fixture
def feed(server: FakeServer, recorded: Any) -> Feed:
    made = Feed(recorded)
    server.route("GET", "/api", made)
    return made


@pytest.fixture
def indexer(server: FakeServer, feed: Feed, build: Any) -> Any:
    entry = {"url": server.url + "/api?t=old", "apiKey": KEY}
    return build(SPEC, {"sources": {"torznab": [entry]}})


def _asked(server: FakeServer) -> list[dict[str, str]]:
    return [
        {k: v[0] for k, v in r.query.items() if k not in {"apikey", "extended", "limit"}}
        for r in server.requests
    ]


async def test_a_film_by_its_imdb_id(indexer: Any, server: FakeServer, feed: Feed, recorded: Any):
    feed.replies["movie"] = xml(recorded("torznab/results.xml"))
    first, second = await indexer.sources(WatchRequest(FILM))
    assert _asked(server) == [{"t": "caps"}, {"t": "movie", "imdbid": "tt9990001", "cat": "2000"}]
    assert all(request.query["apikey"] == [KEY] for request in server.requests)
    assert first.url.startswith("magnet:?xt=urn:btih:dd8255ecdc7ca55fb0bbf81323d87062db1f6d1c&tr=")
    assert (first.type, first.provider) == (SourceType.TORRENT, "torznab")
    assert (first.release_name, first.size_bytes, first.seeders) == (
        "Harbour.Lights.2026.1080p.WEB.H264",
        2147483648,
        12,
    )
    assert (first.height, first.quality) == (None, "")  # whoever ranks reads the name
    assert second.url == f"magnet:?xt=urn:btih:{'a' * 40}&dn=Harbour.Lights.2026.720p.WEB.H264"


async def test_what_it_can_do_is_asked_once(indexer: Any, server: FakeServer):
    for _ in range(2):
        assert await indexer.sources(WatchRequest(FILM)) == ()
    assert [asked["t"] for asked in _asked(server)] == ["caps", "movie", "movie"]
    assert _asked(server)[-1]["q"] == "Harbour Lights 2026"


async def test_words_help_where_the_id_fails(
    indexer: Any, server: FakeServer, feed: Feed, recorded: Any
):
    def movie(request: Request) -> Reply:
        if request.query["t"] == ["caps"]:
            return feed.replies["caps"]
        if "imdbid" in request.query:
            return xml(error_document(203, "Function not available"), 400)
        return xml(recorded("torznab/results.xml"))

    server.route("GET", "/api", movie)
    assert len(await indexer.sources(WatchRequest(FILM))) == 2


FULL = Caps(
    {
        "search": frozenset({"q"}),
        "tvsearch": frozenset({"q", "season", "ep", "imdbid"}),
        "movie": frozenset({"q", "imdbid", "tmdbid", "year"}),
    },
    frozenset({2000, 5000, 5070}),
    50,
)
PLAIN = Caps({"search": frozenset({"q"})})


@pytest.mark.parametrize(
    ("caps", "content", "episode", "expected"),
    [
        (
            FULL,
            FILM,
            None,
            [
                ("movie", {"imdbid": "tt9990001", "cat": "2000"}),
                ("movie", {"q": "Harbour Lights", "year": "2026", "cat": "2000"}),
            ],
        ),
        (
            FULL,
            FILM.with_(imdb_id=None),
            None,
            [
                ("movie", {"tmdbid": "9", "cat": "2000"}),
                ("movie", {"q": "Harbour Lights", "year": "2026", "cat": "2000"}),
            ],
        ),
        (PLAIN, FILM, None, [("search", {"q": "Harbour Lights 2026"})]),
        (Caps(), FILM, None, []),
        (
            FULL,
            SERIES.with_(imdb_id="tt1234567"),
            THIRD,
            [
                ("tvsearch", {"imdbid": "tt1234567", "season": "1", "ep": "3", "cat": "5000"}),
                ("tvsearch", {"q": "Paper Moons", "season": "1", "ep": "3", "cat": "5000"}),
                ("tvsearch", {"imdbid": "tt1234567", "season": "1", "cat": "5000"}),
                ("tvsearch", {"q": "Paper Moons", "season": "1", "cat": "5000"}),
            ],
        ),
        (PLAIN, SERIES, THIRD, [("search", {"q": "Paper Moons S01E03"})]),
        (
            Caps({"tvsearch": frozenset({"q"})}),
            SERIES,
            THIRD.with_(episode_number=12),
            [("tvsearch", {"q": "Paper Moons S01E12"})],
        ),
        (
            PLAIN,
            ANIME,
            THIRD.with_(season=2, absolute_number=28),
            [
                ("search", {"q": "Tsuki 28"}),
                ("search", {"q": "Moon 28"}),
                ("search", {"q": "Tsuki S02E03"}),
                ("search", {"q": "Moon S02E03"}),
            ],
        ),
        (
            FULL,
            ANIME.with_(original_title=None),
            THIRD,
            [
                ("search", {"q": "Tsuki 03", "cat": "5070"}),
                ("tvsearch", {"q": "Tsuki", "season": "1", "ep": "3", "cat": "5070"}),
                ("tvsearch", {"q": "Tsuki", "season": "1", "cat": "5070"}),
            ],
        ),
        (
            PLAIN,
            ANIME.with_(original_title=None),
            THIRD.with_(episode_number=6.5, season=2),
            [("search", {"q": "Tsuki S02E06.5"})],
        ),
    ],
)
def test_which_searches(caps: Caps, content: Content, episode: Episode | None, expected: Any):
    common = {"extended", "limit"}
    found = [
        (one.kind, {k: v for k, v in one.params.items() if k not in common})
        for one in searches(caps, WatchRequest(content, episode))
    ]
    assert found == expected


def _torrent(private: bool = False, version: int = 1) -> bytes:
    info = b"d6:lengthi9e"
    if version == 2:
        info += b"12:meta versioni2e"
    info += b"4:name4:Film"
    if version == 1:
        info += b"6:pieces20:" + b"p" * 20
    info += (b"7:privatei1e" if private else b"") + b"e"
    trackers = b"8:announce18:udp://t.example:1/13:announce-listll6:file:/17:http://u.example/ee"
    return b"d" + trackers + b"4:info" + info + b"e"


def test_a_torrent_as_a_magnet():
    data = _torrent()
    info = data[data.index(b"4:info") + 6 : -1]
    v1 = hashlib.sha1(info, usedforsecurity=False).hexdigest()
    assert magnet_of(data) == (
        f"magnet:?xt=urn:btih:{v1}&dn=Film&tr=udp%3A%2F%2Ft.example%3A1%2F"
        "&tr=http%3A%2F%2Fu.example%2F"
    )
    assert "xt=urn:btmh:1220" in magnet_of(_torrent(version=2))
    assert magnet_of(_torrent(private=True)) == ""


@given(st.one_of(st.binary(), st.binary().map(lambda tail: b"d4:info" + tail)))
def test_any_bytes_are_a_magnet_or_nothing(data: bytes):
    assert magnet_of(data) == ""


async def test_links_are_followed_with_care(
    indexer: Any, server: FakeServer, feed: Feed, recorded: Any
):
    magnet = "magnet:?xt=urn:btih:" + "c" * 40

    def download(request: Request) -> Reply:
        which = request.query["link"][0]
        if which == "a":
            return redirect(magnet, 301)
        return Answer(200, _torrent()) if which == "b" else Answer(410)

    server.route("GET", "/1/download", download)
    feed.replies["movie"] = xml(
        recorded("torznab/links.xml").replace(b"SERVER", server.url.encode())
    )
    sources = await indexer.sources(WatchRequest(FILM))
    urls = [source.url for source in sources]
    assert urls[:2] == [magnet, magnet_of(_torrent())]
    assert urls[2] == f"{server.url}/1/download?apikey={KEY}&link=c"  # private: its own file
    assert urls[3] == f"{server.url}/1/download?apikey={KEY}&link=d"
    fetched = [r.query["link"][0] for r in server.requests if r.path == "/1/download"]
    assert sorted(fetched) == ["a", "b", "d"]
    await indexer.sources(WatchRequest(FILM))
    fetched = [r.query["link"][0] for r in server.requests if r.path == "/1/download"]
    assert sorted(fetched) == ["a", "b", "d", "d"]


def test_a_link_of_the_internet_never_points_inward(build: Any):
    indexer = build(SPEC, {"sources": {"torznab": [{"url": "https://indexer.example/api"}]}})
    assert not indexer._may_fetch("http://127.0.0.1:9117/dl")
    assert indexer._may_fetch("https://indexer.example/dl")


async def test_the_key_may_stand_in_the_address(server: FakeServer, feed: Feed, build: Any):
    entry = {"url": f"{server.url}/api?apikey={KEY}&t=search"}
    indexer = build(SPEC, {"sources": {"torznab": [entry]}})
    assert await indexer.sources(WatchRequest(SERIES, THIRD)) == ()
    assert server.requests[0].query == {"t": ["caps"], "apikey": [KEY]}


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (xml(error_document(100, "Invalid API Key")), ProviderRefused, "Invalid API Key"),
        (json_answer({"error": "Unauthorized"}, 401), ProviderRefused, "Unauthorized"),
        (xml(error_document(200, "Missing parameter"), 400), BadResponse, "Missing parameter"),
        (xml(error_document(201, "Incorrect parameter")), BadResponse, "201"),
        (xml(error_document(202, "No such function"), 400), BadResponse, "No such"),
        (xml(error_document(203, "Not available")), BadResponse, "203"),
        (xml(error_document(410, "Indexer is disabled")), ProviderUnavailable, "switched off"),
        (xml(error_document(429, "Limit")), RateLimited, "wait"),
        (too_many(90), RateLimited, "90 s"),
        (xml(error_document(500, "Grab failed"), 500), ProviderUnavailable, "Grab failed"),
        (xml(error_document(900, f"at /api?apikey={KEY}")), ProviderUnavailable, "900"),
        (xml('<error description="odd"/>'), ProviderUnavailable, "odd"),
        (html_answer(), ProviderUnavailable, "web page"),
        (html_answer(502), ProviderUnavailable, "502"),
        (xml("<html><body>Login</body></html>"), ProviderUnavailable, "web page"),
        (json_answer({"Results": []}), ProviderUnavailable, "JSON"),
        (xml("<rss><channel>"), BadResponse, "not XML"),
        (xml(""), BadResponse, "not XML"),
        (xml("<caps/>"), BadResponse, "caps"),
        (xml('<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>'), BadResponse, "entities"),
        (xml('<?xml version="1.0" encoding="bogus"?><rss/>'), BadResponse, "not XML"),
    ],
)
async def test_every_failure_has_its_error(  # noqa: PLR0917
    indexer: Any,
    feed: Feed,
    reply: Reply,
    error: type[UserFacingError],
    says: str,
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level(logging.DEBUG, "novastream_desktop")
    feed.replies["tvsearch"] = reply
    with pytest.raises(error, match=says) as caught:
        await indexer.sources(WatchRequest(SERIES, THIRD))
    assert type(caught.value) is error
    assert KEY not in caught.value.sentence()
    assert KEY not in caplog.text


async def test_an_address_that_is_no_feed(indexer: Any, feed: Feed):
    feed.replies["caps"] = Answer(404)
    with pytest.raises(BadResponse, match="no Torznab feed"):
        await indexer.sources(WatchRequest(FILM))
    feed.replies["caps"] = xml("<rss/>")
    with pytest.raises(BadResponse, match="rss"):
        await indexer.sources(WatchRequest(FILM))


async def test_a_link_that_hangs_does_not_hold_the_others(
    indexer: Any,
    server: FakeServer,
    feed: Feed,
    recorded: Any,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("novastream_desktop.providers.torznab._client._LINK_TIMEOUT", 0.1)
    server.route("GET", "/1/download", Hang())
    feed.replies["movie"] = xml(
        recorded("torznab/links.xml").replace(b"SERVER", server.url.encode())
    )
    assert len(await indexer.sources(WatchRequest(FILM))) == 4


def test_what_it_can_do(recorded: Any):
    caps = parse_caps(recorded("torznab/caps.xml"), "it")
    assert caps.searches["tvsearch"] == {"q", "season", "ep", "imdbid", "tvdbid"}
    assert set(caps.searches) == {"search", "tvsearch", "movie"}
    assert (caps.categories, caps.limit) == ({2000, 2040, 5000, 5070}, 100)
    bare = parse_caps(b'<caps><searching><search available="yes"/></searching></caps>', "it")
    assert bare == Caps({"search": frozenset({"q"})})


def test_results_item_by_item(recorded: Any):
    first, second = parse_results(recorded("torznab/results.xml"), "it")
    assert (first.seeders, first.peers) == (2, 2)  # some count only those still loading
    assert (second.seeders, second.peers, second.private) == (12, 15, False)
    dirty = recorded("torznab/results.xml").replace(b"Harbour.Lights.2026.720p", b"A\x01B&#x1f;C")
    assert parse_results(dirty, "it")[0].title == "ABC.WEB.H264"
    assert parse_results(recorded("torznab/empty.xml"), "it") == ()


_JUNK = [
    b"<",
    b">",
    b'"',
    b"&",
    b"&#0;",
    b"]]>",
    b"\x00",
    b"\xff",
    b"<item>",
    b"</item>",
    b"magnet:?",
]
_JUNK += [b"<!DOCTYPE a>", b"99999999999999999999", b"-1", b"", b"http://[", b"\xe2\x80\xae"]


@pytest.mark.parametrize("name", ["caps", "results", "links", "empty"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_mutated_feeds(name: str, data: st.DataObject):
    raw = _DATA[name]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 60)))
        junk = data.draw(st.one_of(st.sampled_from(_JUNK), st.binary(max_size=8)))
        raw = raw[:start] + junk + raw[end:]
    for parse in (parse_caps, parse_results):
        with contextlib.suppress(ProviderError):
            found = parse(raw, "it")
            json.dumps([str(found)])


def _read(name: str) -> bytes:
    from pathlib import Path

    return (Path(__file__).parent.parent / "data" / "torznab" / f"{name}.xml").read_bytes()


_DATA = {name: _read(name) for name in ("caps", "results", "links", "empty")}
