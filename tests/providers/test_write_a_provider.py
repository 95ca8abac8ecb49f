"""The page "Write a provider in 15 minutes": its example is put together, registered and asked."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import create_model

from novastream_desktop import providers
from novastream_desktop.models import Content, ContentType
from novastream_desktop.net import HttpClient
from novastream_desktop.providers.base import ProviderContext, SupportsSources, WatchRequest
from novastream_desktop.providers.registry import PROVIDERS, build_providers
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import Settings, SourcesSettings, _section
from novastream_desktop.sources import SourceService
from tests.fakes.http_server import FakeServer, json_answer, media

PAGE = Path(__file__).parents[2] / "docs" / "write-a-provider.md"
_BLOCK = re.compile(r"^```python file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = dict(_BLOCK.findall(PAGE.read_text(encoding="utf-8")))
FOLDER = "novastream_desktop/providers/reel/"
TESTS = BLOCKS["tests/providers/test_reel.py"]


@pytest.fixture
def reel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Put the page's folder among the providers."""
    for name, code in BLOCKS.items():
        if name.startswith(FOLDER):
            path = tmp_path / "reel" / name.removeprefix(FOLDER)
            path.parent.mkdir(exist_ok=True)
            path.write_text(code, encoding="utf-8")
    monkeypatch.setattr(providers, "__path__", [*providers.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    yield importlib.import_module("novastream_desktop.providers.reel")
    for name in [n for n in sys.modules if n.startswith("novastream_desktop.providers.reel")]:
        del sys.modules[name]
    del providers.reel


@pytest.fixture
def settings_with_reel() -> type[Settings]:
    """Return the settings with the page's section."""
    names: dict[str, Any] = {"Section": _section.Section, "__name__": "reel_settings"}
    exec(BLOCKS["novastream_desktop/settings/_providers.py"], names)
    section = names["ReelSettings"]
    return create_model("Settings", __base__=Settings, reel=(section, section()))


@pytest.fixture
def build(http: HttpClient, settings_with_reel: type[Settings]) -> Callable[..., Any]:
    """As in conftest.py, for settings that know of it."""

    def make(spec: Any, settings: dict[str, Any]) -> Any:
        made = settings_with_reel.model_validate(settings)
        (provider,) = spec.build(ProviderContext(made, http, SystemClock()))
        return provider

    return make


def test_the_page_has_every_file_of_a_provider():
    assert {name.removeprefix(FOLDER) for name in BLOCKS if name.startswith(FOLDER)} == {
        "__init__.py",
        "_client.py",
        "_parse.py",
    }


@pytest.mark.parametrize("name", re.findall(r"^async def (test_\w+)", TESTS, re.MULTILINE))
async def test_its_own_tests_pass(
    reel: ModuleType, build: Callable[..., Any], server: FakeServer, name: str
):
    names: dict[str, Any] = {"__name__": "test_reel"}
    exec(compile(TESTS, str(PAGE), "exec"), names)
    given = {"build": build, "server": server}
    test = names[name]
    await test(**{word: given[word] for word in inspect.signature(test).parameters})


async def test_registered_by_one_line_it_is_asked(
    reel: ModuleType, http: HttpClient, settings_with_reel: type[Settings], server: FakeServer
):
    answer = {"files": [{"url": "/film.mp4", "lines": 720}]}
    server.route("GET", "/films/tt1", json_answer(answer))
    server.route("GET", "/film.mp4", media(b"\0\0\0\x18ftypmp42" + bytes(50_000)))
    nobody_else = {
        "peertube": {"instances": []},
        "archive": {"enabled": False},
        "anilist": {"enabled": False},
        "aniskip": {"enabled": False},
    }
    made = settings_with_reel.model_validate({**nobody_else, "reel": {"base_url": server.url}})
    context = ProviderContext(made, http, SystemClock())
    (provider,) = build_providers(context, (*PROVIDERS, reel.SPEC))
    assert isinstance(provider, SupportsSources)
    service = SourceService(
        providers=[provider], http=http, clock=SystemClock(), settings=SourcesSettings()
    )
    film = Content(id="tmdb:movie:1", title="Film", type=ContentType.MOVIE, imdb_id="tt1")
    (source,) = await service.resolve(WatchRequest(film))
    assert (source.url, source.provider) == (server.url + "/film.mp4", "reel")
    assert source.health.status == "healthy"


def test_without_an_address_it_is_off(
    reel: ModuleType, http: HttpClient, settings_with_reel: type[Settings]
):
    assert reel.SPEC.build(ProviderContext(settings_with_reel(), http, SystemClock())) == ()
