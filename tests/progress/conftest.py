from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from novastream_desktop.progress import OpenedProgressStore, open_progress_store
from tests.fakes.day_clock import DayClock


@pytest.fixture
def clock() -> DayClock:
    return DayClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "progress.sqlite3"


@pytest.fixture
async def store(path: Path, clock: DayClock) -> AsyncIterator[OpenedProgressStore]:
    opened = await open_progress_store(path, clock=clock)
    yield opened
    await opened.close()
