"""Make `resources/catalog/first_home.json`, the home page of the very first start.

It holds what ships with the program, so that the first painted frame shows titles before any
service exists. Run it after either bundled index changed:

    python packaging/make_first_home.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from novastream_desktop.catalog import BUNDLED_ROWS, compose  # noqa: E402
from novastream_desktop.catalog.snapshot import FIRST_HOME  # noqa: E402
from novastream_desktop.models import Content, HomeSnapshot, Row  # noqa: E402

_ART = ("posterUrl", "backdropUrl")


def first_home(resources: Path) -> str:
    """Return the page as JSON text; art is relative to the resources."""
    rows = [bundled_row(resources, *bundled) for bundled in BUNDLED_ROWS]
    page = HomeSnapshot(rows=compose(rows))
    return json.dumps(page.to_wire(), ensure_ascii=False, indent=1) + "\n"


def bundled_row(resources: Path, row_id: str, folder: str, title: str) -> Row:
    """Return the row of one bundled mirror, as its provider will give it."""
    index = json.loads((resources / folder / "index.json").read_bytes())
    items = tuple(_content(item, row_id, folder) for item in index["items"])
    return Row(id=row_id, title=title, origin=row_id, items=items)


def _content(item: dict[str, object], row_id: str, folder: str) -> Content:
    data = item["content"]
    assert isinstance(data, dict)
    art = {key: _art(str(data[key]), folder) for key in _ART if data.get(key)}
    collections = item.get("collections") or data.get("collections") or ()
    return Content.model_validate(
        {
            **data,
            **art,
            "id": f"nova:{data['id']}",
            "origin": row_id,
            "collections": collections,
        }
    )


def _art(url: str, folder: str) -> str:
    return url if "://" in url else f"{folder}/{url}"


if __name__ == "__main__":
    target = ROOT / "resources" / FIRST_HOME
    target.write_text(first_home(ROOT / "resources"), encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")
