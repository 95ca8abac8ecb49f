"""The page of the first start agrees with what ships."""

from __future__ import annotations

import runpy
from pathlib import Path

from novastream_desktop.catalog import BUNDLED_ROWS, CatalogService, load_snapshot
from novastream_desktop.catalog.snapshot import FIRST_HOME
from novastream_desktop.paths import resources_dir
from novastream_desktop.providers.base import BundledMirror, ProviderContext
from novastream_desktop.providers.mirrors import SPEC
from novastream_desktop.settings import Settings
from tests.fakes.http import FakeHttp
from tests.fakes.providers import FakeClock

ROOT = Path(__file__).resolve().parents[2]


async def test_the_page_of_the_first_start_is_up_to_date():
    made = runpy.run_path(str(ROOT / "packaging" / "make_first_home.py"))
    stored = (resources_dir() / FIRST_HOME).read_text(encoding="utf-8")
    assert stored == await made["first_home"](resources_dir()), "run packaging/make_first_home.py"


def test_the_page_that_is_painted_first_is_up_to_date():
    made = runpy.run_path(str(ROOT / "packaging" / "make_first_home.py"))
    stored = (resources_dir() / made["FIRST_PAINTED"]).read_text(encoding="utf-8")
    assert stored == made["first_painted"](resources_dir()), "run packaging/make_first_home.py"


def test_the_page_of_the_first_start_shows_what_ships():
    page = load_snapshot(Path("nowhere"), resources_dir())
    assert page.rows[0].id == "trending"
    assert {row_id for row_id, _, _ in BUNDLED_ROWS} <= {r.id for r in page.rows}
    assert page.art
    assert all(Path(path).is_file() for url, path in page.art.items() if url.startswith("file:"))


async def test_nothing_moves_when_the_providers_answer(tmp_path: Path):
    resources, http, clock = resources_dir(), FakeHttp(), FakeClock()
    mirrors = tuple(
        BundledMirror(resources / folder, row_id, title) for row_id, folder, title in BUNDLED_ROWS
    )
    providers = SPEC.build(ProviderContext(Settings(), http, clock, mirrors))
    service = CatalogService(
        providers=providers,
        http=http,
        clock=clock,
        snapshot_file=tmp_path / "home.json",
        art_dir=tmp_path / "art",
        resources=resources,
    )
    first = load_snapshot(tmp_path / "home.json", resources)
    await service.refresh()
    assert [(r.id, r.title, r.items) for r in service.rows.value] == [
        (r.id, r.title, r.items) for r in first.rows
    ]
