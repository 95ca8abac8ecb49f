"""Rows that go on when somebody comes near their end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from novastream_desktop.catalog import CatalogService
from novastream_desktop.catalog import _service as module
from novastream_desktop.errors import ProviderUnavailable
from novastream_desktop.models import Content, Row
from tests.fakes.http import FakeHttp
from tests.fakes.providers import FakeClock, FakeRows, film, row

TITLES = [film(f"own:{number}") for number in range(7)]


class Paged(FakeRows):
    """Gives three titles at a time; two of each page are new."""

    def __init__(self) -> None:
        super().__init__("own", [row("own-row", *TITLES[:3])])
        self.asked: list[tuple[str, int]] = []
        self.error: Exception | None = None

    async def more(self, row_id: str, known: int) -> Sequence[Content]:
        self.asked.append((row_id, known))
        if self.error is not None:
            raise self.error
        return TITLES[known - 1 : known + 2]


@pytest.fixture
def own() -> Paged:
    return Paged()


@pytest.fixture
async def service(own: Paged, tmp_path: Path) -> CatalogService:
    made = CatalogService(
        providers=(own, FakeRows("other", [row("other-row", film("other:1"))])),
        http=FakeHttp(),
        clock=FakeClock(),
        snapshot_file=tmp_path / "home.json",
        art_dir=tmp_path / "art",
        resources=tmp_path,
    )
    await made.refresh()
    return made


def titles(service: CatalogService, row_id: str = "own-row") -> list[str]:
    found: dict[str, Row] = {row.id: row for row in service.rows.value}
    return [item.id for item in found[row_id].items]


async def test_a_row_goes_on_until_nothing_new_comes(service: CatalogService, own: Paged):
    for _ in range(6):
        await service.more("own-row")
    assert titles(service) == [title.id for title in TITLES]
    assert own.asked == [("own-row", known) for known in (3, 5, 7)]
    await service.refresh(["own-row"])
    assert len(titles(service)) == 3
    await service.more("own-row")
    assert len(titles(service)) == 5


@pytest.mark.parametrize("row_id", ["other-row", "trending", "gone"])
async def test_rows_that_cannot_go_on_ask_nobody(service: CatalogService, own: Paged, row_id: str):
    before = service.rows.value
    await service.more(row_id)
    assert service.rows.value is before
    assert own.asked == []


async def test_a_failure_leaves_what_is_there(service: CatalogService, own: Paged):
    own.error = ProviderUnavailable("own did not answer")
    await service.more("own-row")
    assert len(titles(service)) == 3
    own.error = None
    await service.more("own-row")
    assert len(titles(service)) == 5


async def test_a_row_does_not_grow_for_ever(
    service: CatalogService, own: Paged, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "MOST_IN_A_ROW", 5)
    for _ in range(3):
        await service.more("own-row")
    assert own.asked == [("own-row", 3)]
