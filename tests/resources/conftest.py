"""The bundled indexes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(scope="session")
def demo_folder() -> Path:
    return RESOURCES / "demo"


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> dict[str, Any]:
    return json.loads((demo_folder / "index.json").read_bytes())


@pytest.fixture(scope="session")
def catalogue() -> dict[str, Any]:
    return json.loads((RESOURCES / "catalog" / "index.json").read_bytes())
