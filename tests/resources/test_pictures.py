"""Icons and fonts that ship."""

from __future__ import annotations

import re
import runpy
import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
ICONS = ROOT / "resources" / "icons"
MADE = runpy.run_path(str(ROOT / "packaging" / "make_icons.py"))


@pytest.mark.parametrize("name", MADE["NAMES"])
def test_icons_have_the_stroke_that_the_interface_recolours(name: str):
    root = ET.parse(ICONS / f"{name}.svg").getroot()
    assert root.get("stroke") == "#F2F3F7"
    assert root.get("stroke-width") == "1.75"
    assert root.get("viewBox") == "0 0 24 24"


def test_qml_and_python_name_only_icons_that_are_there():
    named = set()
    for file in (ROOT / "resources" / "qml").rglob("*.qml"):
        named |= set(re.findall(r"icons/([\w/-]+\.(?:svg|png))", file.read_text("utf-8")))
    assert [name for name in sorted(named) if not (ICONS / name).is_file()] == []


@pytest.mark.parametrize("size", MADE["APP_SIZES"])
def test_the_application_icon_is_there_in_every_size(size: int):
    head = (ICONS / "app" / f"novastream-{size}.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (size, size)


def test_fonts_and_icons_come_with_their_licences():
    fonts = ROOT / "resources" / "fonts"
    for name in ("Inter", "NotoSans"):
        assert list(fonts.glob(f"{name}-*.?tf"))
        assert "SIL Open Font License" in (fonts / f"{name}-OFL.txt").read_text("utf-8")
    assert "ISC License" in (ICONS / "LICENSE-lucide.txt").read_text("utf-8")


@pytest.fixture
def posters(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    return runpy.run_path(str(ROOT / "packaging" / "make_posters.py"))


def test_every_open_film_has_a_poster_and_a_backdrop_drawn_here(
    catalogue: dict[str, Any], posters: dict[str, Any]
):
    films = {entry["content"]["id"]: entry["content"] for entry in catalogue["items"]}
    assert set(posters["SCENES"]) == set(films)
    for film, content in films.items():
        for kind, (wide, high) in posters["SIZES"].items():
            address = content[f"{kind}Url"]
            assert address == f"art/{film}-{kind}.jpg"
            image = QImage(str(ROOT / "resources" / "catalog" / address))
            assert (image.width(), image.height()) == (wide, high)


def test_a_poster_is_the_same_whenever_it_is_drawn(posters: dict[str, Any]):
    assert posters["picture"]("spring", "poster") == posters["picture"]("spring", "poster")
