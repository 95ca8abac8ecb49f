"""The fonts that come with the program: every script has one, and libmpv can find them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QRawFont

from novastream_desktop.paths import resources_dir
from novastream_desktop.runtime import offer_fonts

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))

from make_subtitle_corpus import texts

FONTS = resources_dir() / "fonts"
MORE = {
    "hi": "आज रात चाँद बहुत सुंदर है", "bn": "আজ রাতে চাঁদ খুব সুন্দর", "ta": "இன்று இரவு நிலா அழகு",
    "te": "ఈ రాత్రి చంద్రుడు అందం", "ka": "ამაღამ მთვარე ლამაზია", "hy": "Այս գիշեր լուսինը գեղեցիկ է",
    "am": "ዛሬ ማታ ጨረቃ ቆንጆ ናት", "km": "យប់នេះព្រះច័ន្ទស្អាត", "my": "ဒီည လ လှတယ်", "si": "අද රෑ හඳ ලස්සනයි",
    "signs": "♪ ♫ … “ ” ¿ ¡ € ★ ♥ →",
}  # fmt: skip


@pytest.fixture(scope="module")
def fonts(qapp: QGuiApplication) -> list[QRawFont]:
    files = [f for f in sorted(FONTS.rglob("*.[ot]t[cf]")) if not f.name.startswith("Inter")]
    return [QRawFont(str(file), 20) for file in files]


@pytest.mark.parametrize("lang", [*texts(), *MORE])
def test_no_script_shows_boxes(lang: str, fonts: list[QRawFont]):
    said = MORE.get(lang) or "".join(texts()[lang])
    lacking = {
        c for c in said if not c.isspace() and not any(f.supportsCharacter(ord(c)) for f in fonts)
    }
    assert not lacking


CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{}<cachedir>{}</cachedir></fontconfig>"""


def drawn(folder: Path, texts: dict[str, str], fonts: Path | None) -> list[str]:
    """Draw texts with libmpv on a machine without other fonts; return what it lacks letters for."""
    folder.mkdir()
    config = folder / "fonts.conf"
    there = f"<dir>{fonts}</dir>" if fonts is not None else ""
    config.write_text(CONFIG.format(there, folder / "cache"), encoding="utf-8")
    script = Path(__file__).with_name("draw_scripts.py")
    done = subprocess.run(
        [sys.executable, str(script), str(folder)],
        input=json.dumps(texts), env={**os.environ, "FONTCONFIG_FILE": str(config)},
        capture_output=True, text=True, timeout=100, check=True,
    )  # fmt: skip
    lacking: list[str] = json.loads(done.stdout)
    return lacking


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fontconfig is Linux's")
def test_libmpv_draws_every_script_without_the_systems_fonts(tmp_path: Path):
    pytest.importorskip("mpv")
    scripts = ("ar", "fa", "he", "th", "ja", "zh", "zh-Hant", "ko", "vi", "ru", "el")
    said = {**{lang: texts()[lang][0] for lang in scripts}, **MORE}
    assert drawn(tmp_path / "ours", said, FONTS) == []
    few = {lang: said[lang] for lang in ("ar", "hi", "ja")}
    assert drawn(tmp_path / "none", few, None) == sorted(few)


def test_each_font_has_its_licence_beside_it():
    for folder in {file.parent for file in FONTS.rglob("*.[ot]t[cf]")}:
        licences = "".join(file.name for file in folder.glob("*.txt"))
        families = {file.name[:4] for file in folder.glob("*.[ot]t[cf]")}
        assert all(family in licences for family in families)


@pytest.mark.parametrize(
    ("system", "before", "set_by_us"),
    [("linux", {}, True), ("win32", {}, False), ("linux", {"FONTCONFIG_FILE": "x"}, False)],
)
def test_libmpv_is_told_of_them(system: str, before: dict[str, str], set_by_us: bool):
    environ = dict(before)
    offer_fonts(environ, system)
    told = environ.get("FONTCONFIG_FILE", "")
    assert (told == str(FONTS / "fonts.conf")) is set_by_us
    assert environ.items() >= before.items()
