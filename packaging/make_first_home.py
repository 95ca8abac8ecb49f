"""Make `first_home.json` and `first_painted.json` in `resources/catalog`.

They are the home page of the very first start, as data and as it is painted. The page holds
what ships with the program, as its own providers describe it, so that the first painted frame
shows titles before any service exists and nothing moves when they answer. Run it after either
bundled index changed:

    python packaging/make_first_home.py
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from novastream_desktop.catalog import BUNDLED_ROWS, compose, load_snapshot  # noqa: E402
from novastream_desktop.catalog.snapshot import FIRST_HOME  # noqa: E402
from novastream_desktop.models import HomeSnapshot, Row  # noqa: E402
from novastream_desktop.providers.base import (  # noqa: E402
    BundledMirror,
    ProviderContext,
    SupportsRows,
)
from novastream_desktop.providers.mirrors import SPEC  # noqa: E402
from novastream_desktop.runtime import SystemClock  # noqa: E402
from novastream_desktop.settings import Settings  # noqa: E402
from novastream_desktop.ui.home.painted import (  # noqa: E402
    FIRST_PAINTED,
    painted_page,
    text_of,
)

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient


async def first_home(resources: Path) -> str:
    """Return the page as JSON text; art is relative to the resources."""
    page = HomeSnapshot(rows=compose(await bundled_rows(resources)))
    text = json.dumps(page.to_wire(), ensure_ascii=False, indent=1) + "\n"
    return text.replace(resources.as_uri() + "/", "")


def first_painted(resources: Path) -> str:
    """Return the page as it is painted, from the stored page."""
    page = load_snapshot(Path("nowhere"), resources)
    painted = painted_page(page, Settings().interface, SystemClock().now())
    return text_of(painted, resources).decode()


async def bundled_rows(resources: Path) -> list[Row]:
    """Return the rows of the bundled mirrors; folders on disk need no HTTP."""
    mirrors = tuple(
        BundledMirror(resources / folder, row_id, title) for row_id, folder, title in BUNDLED_ROWS
    )
    context = ProviderContext(Settings(), cast("HttpClient", None), SystemClock(), mirrors)
    listing = [p for p in SPEC.build(context) if isinstance(p, SupportsRows)]
    return [row for provider in listing for row in await provider.rows()]


def _write(file: str, text: str) -> None:
    target = ROOT / "resources" / file
    target.write_text(text, encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    _write(FIRST_HOME, asyncio.run(first_home(ROOT / "resources")))
    _write(FIRST_PAINTED, first_painted(ROOT / "resources"))
