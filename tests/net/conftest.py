"""A clock that stands still, a loopback server, and clients that never wait."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from novastream_desktop.net import HttpClient
from novastream_desktop.net.client import create_http_client
from tests.fakes.http_server import FakeServer


class HeldClock:
    """Time that moves only when told."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
        self.seconds = 0.0

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        self.seconds += 0.25
        return self.seconds

    def pass_(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def pauses() -> list[float]:
    """The waits before retries, as they were asked for."""
    return []


@pytest.fixture
async def server() -> AsyncIterator[FakeServer]:
    async with FakeServer() as running:
        yield running


@pytest.fixture
async def http(tmp_path: Path, clock: HeldClock, pauses: list[float]) -> AsyncIterator[HttpClient]:
    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    client = create_http_client(cache_dir=tmp_path / "cache", clock=clock, pause=pause)
    yield client
    await client.close()
