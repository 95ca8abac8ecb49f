from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQml import QQmlComponent

from novastream_desktop.ui.app import make_engine

HOLD_THEME = b"import NovaStream.Theme; import QtQml; QtObject { readonly property var it: Theme }"
PAIRS = [
    *((ink, ground, 4.5) for ink in ("text", "textDim") for ground in
      ("background", "surface", "surfaceRaised")),
    ("text", "surfaceHover", 4.5),
    ("accentText", "accent", 4.5),
    ("accentText", "accentHover", 4.5),
    ("accentInk", "background", 4.5),
    ("accentInk", "accentSoft", 4.5),
    ("danger", "background", 4.5),
    ("scrimText", "scrim", 4.5),
    ("scrimTextDim", "scrim", 4.5),
    ("focus", "background", 3.0),
    ("focus", "surface", 3.0),
    ("focus", "surfaceRaised", 3.0),
    ("success", "surface", 3.0),
    ("warning", "surface", 3.0),
    ("danger", "surface", 3.0),
]  # fmt: skip


@pytest.fixture
def theme(qapp: QGuiApplication):
    engine = make_engine()
    component = QQmlComponent(engine)
    component.setData(HOLD_THEME, QUrl())
    holder = component.create()
    assert holder is not None, component.errorString()
    yield holder.property("it")
    holder.deleteLater()
    engine.deleteLater()


def luminance(color: QColor) -> float:
    """Return WCAG 2's relative luminance."""
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_contrast(theme: QObject, ink: str, ground: str, least: float, dark: bool):
    theme.setProperty("dark", dark)
    light, dim = sorted(
        (luminance(theme.property(ink)), luminance(theme.property(ground))), reverse=True
    )
    assert (light + 0.05) / (dim + 0.05) >= least


def test_nothing_moves_with_reduced_motion(theme: QObject):
    assert theme.property("durationPage") == 180
    theme.setProperty("reducedMotion", True)
    assert [theme.property(n) for n in ("durationFocus", "durationPage", "slide")] == [0, 0, 0]
