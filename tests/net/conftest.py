"""A clock that stands still, a loopback server, and clients that never wait."""

from __future__ import annotations

import asyncio
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
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits before retries, as they were asked for; none is waited for."""
    asked: list[float] = []
    sleep = asyncio.sleep

    async def pass_by(seconds: float, result: object = None) -> object:
        if seconds > 0:
            asked.append(seconds)
        return await sleep(0, result)

    monkeypatch.setattr(asyncio, "sleep", pass_by)
    return asked


@pytest.fixture
async def server() -> AsyncIterator[FakeServer]:
    async with FakeServer() as running:
        yield running


@pytest.fixture
async def http(tmp_path: Path, clock: HeldClock, pauses: list[float]) -> AsyncIterator[HttpClient]:
    client = create_http_client(cache_dir=tmp_path / "cache", clock=clock)
    yield client
    await client.close()
