"""Which providers are built from which settings."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import pytest

from novastream_desktop.net import HttpClient
from novastream_desktop.providers.base import (
    Provider,
    ProviderContext,
    ProviderSpec,
    SupportsDetails,
    SupportsRows,
    SupportsSearch,
    SupportsSkips,
    SupportsSources,
    SupportsSubtitles,
    having,
)
from novastream_desktop.providers.registry import PROVIDERS, build_providers
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import Settings


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({}, ["peertube", "archive", "anilist", "aniskip"]),
        ({"tmdb": {"access_token": "t"}}, ["peertube", "archive", "tmdb", "anilist", "aniskip"]),
        ({"anilist": {"enabled": False}, "aniskip": {"base_url": ""}}, ["peertube", "archive"]),
        (
            {"peertube": {"instances": ["https://a", " ", "https://b"]}},
            ["peertube", "peertube", "archive", "anilist", "aniskip"],
        ),
        (
            {"sources": {"mirrors": ["https://m/", "", "/srv/films"]}},
            ["mirrors", "mirrors", "peertube", "archive", "anilist", "aniskip"],
        ),
    ],
)
async def test_what_is_switched_on(http: HttpClient, settings: dict[str, Any], names: list[str]):
    context = ProviderContext(Settings.model_validate(settings), http, SystemClock())
    assert [provider.name for provider in build_providers(context)] == names


async def test_their_roles(http: HttpClient):
    settings = {"tmdb": {"access_token": "t"}, "sources": {"mirrors": ["https://m/"]}}
    context = ProviderContext(Settings.model_validate(settings), http, SystemClock())
    built = build_providers(context)
    roles = {
        role: [provider.name for provider in having(built, role)]
        for role in (
            SupportsRows,
            SupportsSearch,
            SupportsDetails,
            SupportsSources,
            SupportsSubtitles,
            SupportsSkips,
        )
    }
    catalogues = ["mirrors", "peertube", "archive", "tmdb", "anilist"]
    assert roles[SupportsRows] == roles[SupportsSearch] == roles[SupportsDetails] == catalogues
    assert roles[SupportsSources] == roles[SupportsSubtitles] == ["mirrors", "peertube", "archive"]
    assert roles[SupportsSkips] == ["mirrors", "aniskip"]


async def test_one_that_cannot_be_built_is_left_out(
    http: HttpClient, caplog: pytest.LogCaptureFixture
):
    def fail(_context: ProviderContext) -> Sequence[Provider]:
        raise RuntimeError("bad setting")

    specs = (ProviderSpec("broken", "Broken", fail), *PROVIDERS)
    context = ProviderContext(Settings(), http, SystemClock())
    with caplog.at_level(logging.ERROR):
        assert len(build_providers(context, specs)) == 4
    assert "Broken" in caplog.text


def test_names_are_told_apart():
    assert len({spec.name for spec in PROVIDERS}) == len(PROVIDERS)


async def test_each_provider_goes_its_own_way():
    class Routed:
        def for_provider(self, name: str) -> str:
            return f"the way of {name}"

    seen: list[object] = []

    def build(context: ProviderContext) -> Sequence[Provider]:
        seen.append(context.http)
        return ()

    http: Any = Routed()
    specs = tuple(ProviderSpec(name, name, build) for name in ("a", "b"))
    build_providers(ProviderContext(Settings(), http, SystemClock()), specs)
    assert seen == ["the way of a", "the way of b"]


async def test_those_that_need_an_address_are_off_until_there_is_one(http: HttpClient):
    settings = {
        "jellyfin": {"base_url": "http://nas:8096", "token": "t"},
        "sources": {
            "stremio_addons": ["https://a/manifest.json", " ", "https://b/manifest.json"],
            "torznab": [{"url": "http://c/api", "apiKey": "k"}, {"url": ""}],
        },
    }
    context = ProviderContext(Settings.model_validate(settings), http, SystemClock())
    built = build_providers(context)
    ours = [p.name for p in built if p.name in {"jellyfin", "stremio", "torznab"}]
    assert ours == ["jellyfin", "stremio", "stremio", "torznab"]
    roles = {
        SupportsRows: ["jellyfin", "stremio", "stremio"],
        SupportsSearch: ["jellyfin", "stremio", "stremio"],
        SupportsDetails: ["jellyfin", "stremio", "stremio"],
        SupportsSources: ["jellyfin", "stremio", "stremio", "torznab"],
        SupportsSubtitles: ["jellyfin", "stremio", "stremio"],
        SupportsSkips: ["jellyfin"],
    }
    for role, names in roles.items():
        having_it = [p.name for p in having(built, role) if p.name in set(ours)]
        assert having_it == names
