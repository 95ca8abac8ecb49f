"""The command and the route, in processes of their own, with a server for every provider."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from novastream_desktop.providers.base import ProviderContext, SupportsSources, having
from novastream_desktop.providers.registry import PROVIDERS, build_providers
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import load_settings
from tests.fakes.every_provider import ANIME, ASKED, EPISODE, FILM, OFFERS, EveryProvider
from tests.fakes.http_server import Answer, Hang, Huge, json_answer, redirect

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
async def everybody(tmp_path: Path) -> AsyncIterator[EveryProvider]:
    async with EveryProvider(tmp_path) as running:
        yield running


async def _run(environment: dict[str, str], *words: str) -> tuple[int, Any, str]:
    """Run a command; return its exit code, its document and what it wrote to standard error."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "novastream_desktop", *words, "--json"),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    code = process.returncode
    assert code is not None
    return code, json.loads(out) if out else None, err.decode()


@asynccontextmanager
async def _serving(environment: dict[str, str]) -> AsyncIterator[httpx.AsyncClient]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "novastream_desktop", "serve", "--port", "0", "--json"),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        url = json.loads(await process.stdout.readline())["url"]
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            yield client
    finally:
        process.terminate()
        await process.communicate()


def _providers(sources: list[dict[str, Any]]) -> set[str]:
    return {name for source in sources for name in source.get("offeredBy") or [source["provider"]]}


def _lasting(sources: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return what two runs have in common: no measured times, and no order that hangs on them."""
    names = ("url", "type", "provider", "quality", "releaseName", "height")
    return sorted(tuple(str(source.get(name)) for name in names) for source in sources)


def _names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _query(asked: tuple[str, ...]) -> dict[str, str]:
    query = {"contentId": asked[0]}
    if len(asked) > 1:
        query.update(season=asked[2], episode=asked[4])
    return query


async def test_the_command_and_the_route_list_the_sources_of_every_provider(
    everybody: EveryProvider, tmp_path: Path
):
    asked = (FILM, EPISODE, ANIME)
    runs = [_run(everybody.environment(tmp_path / kind), "sources", *ASKED[kind]) for kind in asked]
    async with _serving(everybody.environment(tmp_path / "serve")) as api:
        answers = await asyncio.gather(*runs)
        for kind, (code, listed, err) in zip(asked, answers, strict=True):
            assert code == 0, err
            assert _providers(listed) == OFFERS[kind], err
            assert "WARNING" not in err
            route = (await api.get("/api/sources", params=_query(ASKED[kind]))).json()
            assert _lasting(route) == _lasting(listed)
            assert listed[0]["health"]["status"] == "healthy"
            assert all(source["reasons"] for source in listed)
        health = (await api.get("/api/health")).json()
    assert not [state for state in health["providers"] if state["status"] == "failing"]


def test_nobody_who_has_sources_was_left_out(everybody: EveryProvider, tmp_path: Path):
    environ = everybody.environment(tmp_path)
    loaded = load_settings(tmp_path / "config.toml", environ)
    assert not loaded.problems
    context = ProviderContext(loaded.settings, object(), SystemClock())  # type: ignore[arg-type]
    built = build_providers(context, PROVIDERS)
    names = {provider.name for provider in having(built, SupportsSources)}
    assert names == OFFERS[FILM]


async def test_bad_answers_spoil_nothing(everybody: EveryProvider, tmp_path: Path):
    """Garbage, silence, a circle of redirects, a flood, a way into a file, no such thing."""
    everybody.break_down("vidlink", json_answer(b'{"stream": {"playlist": 7'))
    everybody.break_down("consumet", Hang())
    everybody.break_down("jellyfin", lambda request: redirect(request.raw_target))
    everybody.break_down("torznab", Huge(11_000_000, content_type="application/rss+xml"))
    everybody.break_down("stremio", redirect("file:///etc/passwd"))
    everybody.break_down("archive", Answer(500))
    troubled = {"vidlink", "consumet", "jellyfin", "torznab", "stremio", "archive"}
    person = tmp_path / "person"
    person.mkdir()
    impatient = {"NOVASTREAM_SOURCES__TIMEOUT": "3", "HOME": str(person)}
    run = _run(everybody.environment(tmp_path / "home", **impatient), "sources", *ASKED[FILM])
    serving = everybody.environment(tmp_path / "serve", **impatient)
    async with _serving(serving) as api:
        code, listed, err = await run
        assert code == 0, err
        assert _providers(listed) == OFFERS[FILM] - troubled
        assert all(name in err.casefold() for name in troubled), err
        assert "Traceback" not in err
        route = (await api.get("/api/sources", params=_query(ASKED[FILM]))).json()
        assert _lasting(route) == _lasting(listed)
        health = (await api.get("/api/health")).json()
    failing = {s["name"]: s["detail"] for s in health["providers"] if s["status"] == "failing"}
    assert set(failing) == troubled
    says = {
        "vidlink": "unknown form",
        "consumet": "nothing came within 3 s",
        "jellyfin": "redirects",
        "torznab": "larger than",
        "stremio": "file",
        "archive": "HTTP 500",
    }
    assert not [name for name, word in says.items() if word not in failing[name]], failing
    # nothing is written outside the data folder
    assert _names_in(tmp_path) == {"films", "home", "person", "serve"}
    assert not _names_in(person)


async def test_an_id_that_does_not_exist(everybody: EveryProvider, tmp_path: Path):
    environment = everybody.environment(tmp_path / "home")
    code, document, err = await _run(environment, "sources", "mirror:home:紙の舟")
    assert (code, document) == (3, None)
    assert "has no title mirror:home:紙の舟" in err
    assert "Traceback" not in err
