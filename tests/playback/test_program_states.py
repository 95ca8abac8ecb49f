"""How providers do, as the health route and the doctor show it: over the real services."""

from __future__ import annotations

from pathlib import Path

import pytest

from novastream_desktop.bootstrap.installation import Installation
from novastream_desktop.bootstrap.services import open_services, start_services
from novastream_desktop.errors import ProviderError
from novastream_desktop.models import Content, ContentType
from novastream_desktop.models.doctor import ProviderState, ProviderStatus
from novastream_desktop.paths import app_paths
from novastream_desktop.playback.program import Program
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import Settings
from tests.fakes.http_server import FakeServer, html_answer, json_answer


async def state_of(program: Program, name: str) -> ProviderState:
    return {state.name: state for state in await program.provider_states()}[name]


async def test_a_provider_fails_until_it_answers_again(tmp_path: Path):
    async with FakeServer() as server:
        settings = Settings.model_validate(
            {
                "tmdb": {"access_token": "t", "base_url": server.url},
                "anilist": {"enabled": False},
                "aniskip": {"enabled": False},
                "archive": {"enabled": False},
                "peertube": {"instances": []},
            }
        )
        paths = app_paths({"NOVASTREAM_HOME": str(tmp_path)})
        for kind in ("movie", "tv"):
            server.route("GET", f"/genre/{kind}/list", json_answer({"genres": []}))
        server.route("GET", "/search/multi", html_answer(403))
        async with open_services(paths, settings) as program:
            assert (await state_of(program, "tmdb")).status is ProviderStatus.READY
            with pytest.raises(ProviderError) as caught:
                await program.search("zzzz")
            failing = await state_of(program, "tmdb")
            assert failing.status is ProviderStatus.FAILING
            assert failing.detail == caught.value.sentence()
            assert failing.hint == caught.value.hint
            assert (await state_of(program, "mirrors")).status is ProviderStatus.READY
            assert (await state_of(program, "anilist")).status is ProviderStatus.OFF
            server.route("GET", "/search/multi", json_answer({"results": []}))
            assert await program.search("zzzz") == ()
            assert (await state_of(program, "tmdb")).status is ProviderStatus.READY


async def test_what_skips_taught_outlives_new_settings_and_the_program(tmp_path: Path):
    paths = app_paths({"NOVASTREAM_HOME": str(tmp_path)})
    settings = Settings.model_validate(
        {
            "anilist": {"enabled": False},
            "aniskip": {"enabled": False},
            "archive": {"enabled": False},
            "peertube": {"instances": []},
        }
    )
    show = Content(id="nova:show", title="Show", type=ContentType.ANIME, year=2026)
    request = WatchRequest(show)
    here = Installation.here(paths)
    async with start_services(here, settings) as services:
        assert await services.program.services[show.type].shift_skips(request, 0.5) == 0.5
        await services.program.reconfigure(services.reconfigure(settings))
        assert await services.program.services[show.type].shift_skips(request, 0.5) == 1.0
    async with start_services(here, settings) as services:
        assert await services.program.services[show.type].shift_skips(request, 0.5) == 1.5
