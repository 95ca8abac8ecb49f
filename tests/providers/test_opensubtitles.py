"""OpenSubtitles against recorded shapes on loopback."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.errors import (
    BadResponse,
    InvalidInput,
    NotFound,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
)
from novastream_desktop.providers import opensubtitles
from novastream_desktop.providers.base import (
    MediaFile,
    ServesSubtitles,
    SupportsCheck,
    SupportsSubtitles,
    WatchRequest,
)
from novastream_desktop.providers.opensubtitles._parse import parse_tracks, question
from novastream_desktop.settings import Settings
from tests.fakes.http_server import Answer, FakeServer, in_turn, json_answer
from tests.fakes.providers import episode, film, series

FILM = WatchRequest(film(title="Harbour Lights", tmdb_id=990001, imdb_id="tt0099001"))
HASHED = WatchRequest(FILM.content, file=MediaFile("a.mkv", 10, "00c0ffee12345678"))
EPISODE = WatchRequest(series(title="S", imdb_id="tt0042"), episode(3, 2))
Build = Callable[..., Any]
Recorded = Callable[[str], bytes]


@pytest.fixture
def provider(build: Build, server: FakeServer) -> Any:
    settings = {"opensubtitles_key": "k3y", "opensubtitles_base_url": f"{server.url}/api/v1/"}
    return build(opensubtitles.SPEC, {"subtitles": {**settings, "languages": ["pt-BR", "en"]}})


def test_it_is_off_without_a_key():
    from novastream_desktop.providers.base import ProviderContext

    context = ProviderContext(Settings(), http=None, clock=None)  # type: ignore[arg-type]
    assert opensubtitles.SPEC.build(context) == ()


@pytest.mark.parametrize(
    ("request_", "languages", "expected"),
    [
        (FILM, ("pt-BR", "en"), {"languages": "en,pt-br", "tmdb_id": "990001"}),
        (HASHED, (), {"moviehash": "00c0ffee12345678", "tmdb_id": "990001"}),
        (WatchRequest(film(imdb_id="tt0099001")), (), {"imdb_id": "99001"}),
        (
            EPISODE,
            ("zh-Hant", "nb"),
            {
                "episode_number": "3",
                "languages": "no,zh-tw",
                "parent_imdb_id": "42",
                "season_number": "2",
            },
        ),
        (WatchRequest(film(title="An Old Film")), (), {"query": "an old film"}),
        (WatchRequest(film(origin="local", title="x")), (), None),
    ],
)
def test_the_question_is_canonical(
    request_: WatchRequest, languages: tuple[str, ...], expected: dict[str, str] | None
):
    asked = question(request_, languages)
    assert asked == expected
    assert asked is None or list(asked) == sorted(asked)


async def test_a_search(provider: Any, server: FakeServer, recorded: Recorded):
    server.route("GET", "/api/v1/subtitles", Answer(200, recorded("opensubtitles/found.json")))
    assert isinstance(provider, SupportsSubtitles)
    assert isinstance(provider, ServesSubtitles)
    found = await provider.subtitles(HASHED)
    assert [(t.lang, t.url, t.exact, t.hearing_impaired) for t in found] == [
        ("en", "opensubtitles:10400002", True, True),
        ("en", "opensubtitles:10400001", None, False),
        ("pt-BR", "opensubtitles:10400003", None, False),
    ]
    assert found[0].label == "harbour.lights.sdh"
    assert found[2].label == "Harbour.Lights (machine translated)"
    (request,) = server.requests
    assert request.headers["api-key"] == "k3y"
    assert request.headers["user-agent"].startswith("NovaStream v")
    assert request.query["languages"] == ["en,pt-br"]


async def test_the_doctor_asks_without_spending_quota(provider: Any, server: FakeServer):
    server.route("GET", "/api/v1/infos/languages", json_answer({"data": []}))
    assert isinstance(provider, SupportsCheck)
    await provider.check()
    assert server.requests[0].headers["api-key"] == "k3y"
    server.route("GET", "/api/v1/infos/languages", Answer(403, b"no key"))
    with pytest.raises(ProviderRefused):
        await provider.check()


async def test_an_episode_of_another_number_is_left_out(provider: Any, server: FakeServer):
    def one(season: int, number: int) -> dict[str, Any]:
        feature = {"season_number": season, "episode_number": number}
        files = [{"file_id": season * 100 + number}]
        return {"attributes": {"language": "en", "feature_details": feature, "files": files}}

    server.route("GET", "/api/v1/subtitles", json_answer({"data": [one(2, 3), one(2, 4)]}))
    assert [t.url for t in await provider.subtitles(EPISODE)] == ["opensubtitles:203"]


async def test_a_download_costs_quota_and_says_so(
    provider: Any, server: FakeServer, recorded: Recorded
):
    given_link = json.loads(recorded("opensubtitles/download.json"))
    given_link["link"] = f"{server.url}/subfile/x.srt"
    server.route("POST", "/api/v1/download", json_answer(given_link))
    server.route("GET", "/subfile/x.srt", Answer(200, b"srt"))
    assert provider.serves("opensubtitles:7")
    assert not provider.serves("https://x/7")
    assert provider.remark == ""
    assert await provider.subtitle_file("opensubtitles:7") == b"srt"
    assert server.requests[0].json() == {"file_id": 7, "sub_format": "srt"}
    assert "api-key" not in server.requests[1].headers
    assert provider.remark == (
        "OpenSubtitles: 3 downloads are left today, renewed in 07 hours and 30 minutes."
    )
    with pytest.raises(InvalidInput):
        await provider.subtitle_file("opensubtitles:../x")


async def test_a_quota_that_is_used_up(provider: Any, server: FakeServer, recorded: Recorded):
    body = recorded("opensubtitles/error_406.json")
    server.route("POST", "/api/v1/download", Answer(406, body, content_type="application/json"))
    with pytest.raises(ProviderError, match="no more subtitles today: You have downloaded"):
        await provider.subtitle_file("opensubtitles:7")
    assert "used up" in provider.remark


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, b'{"errors":["bad"],"status":400}', BadResponse),
        (401, b'{"message":"expired"}', ProviderRefused),
        (403, b"You cannot consume this service", ProviderRefused),
        (404, b"{}", NotFound),
        (200, b"<html>busy</html>", ProviderUnavailable),
        (200, b'{"data": 3}', BadResponse),
        (200, b'{"data": [{"no": 1}]}', BadResponse),
        (200, b"[]", BadResponse),
    ],
)
async def test_errors(
    provider: Any, server: FakeServer, status: int, body: bytes, error: type[Exception]
):
    server.route("GET", "/api/v1/subtitles", Answer(status, body, content_type="application/json"))
    with pytest.raises(error):
        await provider.subtitles(FILM)


async def test_a_hiccup_is_asked_again(provider: Any, server: FakeServer, recorded: Recorded):
    sound = Answer(200, recorded("opensubtitles/found.json"))
    server.route("GET", "/api/v1/subtitles", in_turn(Answer(503), sound))
    assert len(await provider.subtitles(FILM)) == 3


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.fixed_dictionaries({"data": st.lists(st.fixed_dictionaries({"attributes": values}))}))
def test_any_answer_gives_tracks_or_a_sentence(answer: object):
    with contextlib.suppress(BadResponse):
        parse_tracks(json.dumps(answer).encode(), FILM)
