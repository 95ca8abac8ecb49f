"""A loopback server with our own client in front, and the recorded answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import stamina

from novastream_desktop.net import HttpClient
from novastream_desktop.net.client import create_http_client
from novastream_desktop.providers.base import BundledMirror, ProviderContext
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import Settings
from tests.fakes.http_server import FakeServer

_DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
async def server() -> AsyncIterator[FakeServer]:
    async with FakeServer() as running:
        yield running


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[HttpClient]:
    client = create_http_client(cache_dir=tmp_path / "http-cache", clock=SystemClock())
    with stamina.set_testing(True, attempts=3, cap=True):  # retries without their waits
        yield client
    await client.close()


@pytest.fixture
def recorded() -> Callable[[str], bytes]:
    """Read a recorded answer, such as `tmdb/movie.json`."""
    return lambda name: (_DATA / name).read_bytes()


@pytest.fixture
def build(http: HttpClient) -> Callable[..., Any]:
    """Build the one provider of a spec with some settings changed."""

    def make(spec: Any, settings: dict[str, Any], bundled: tuple[BundledMirror, ...] = ()) -> Any:
        made = Settings.model_validate(settings)
        (provider,) = spec.build(ProviderContext(made, http, SystemClock(), bundled))
        return provider

    return make
