"""Frames, fonts and the text that is burnt in: the timer, labels and title cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QImage, QPainter, QPen

WIDTH, HEIGHT, FPS = 1280, 720, 24
VIOLET = "#8B7CF6"
RESOURCES = Path(__file__).resolve().parent.parent.parent / "resources"

Scene = Callable[[QPainter, float], None]
"""Draws the picture at `t` seconds on a canvas of 1280x720 units."""


@cache
def family() -> str:
    """Load the interface's font files once and return their family name."""
    name = ""
    for file in sorted((RESOURCES / "fonts").glob("Inter-*.otf")):
        name = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))[0]
    return name


def font(size: float, weight: QFont.Weight = QFont.Weight.Medium, spacing: float = 0.0) -> QFont:
    """Return Inter at `size` pixels with tabular figures; `spacing` in pixels."""
    made = QFont(family())
    made.setPixelSize(round(size))
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def colour(name: str, alpha: float = 1.0) -> QColor:
    """Return a colour by `#RRGGBB`, `alpha` from 0 to 1."""
    made = QColor(name)
    made.setAlphaF(max(0.0, min(1.0, alpha)))
    return made


def fade(t: float, start: float, end: float, ramp: float = 1.0) -> float:
    """Return 0 outside `start`..`end`, 1 inside, with smooth ramps of `ramp` seconds."""
    x = max(0.0, min(1.0, min(t - start, end - t) / ramp))
    return x * x * (3 - 2 * x)


@contextmanager
def painting(image: QImage) -> Iterator[QPainter]:
    """Open a smooth painter on `image` in units of a 1280 px wide picture."""
    painter = QPainter(image)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
        | QPainter.RenderHint.TextAntialiasing
    )
    painter.setPen(Qt.PenStyle.NoPen)
    try:
        yield painter
    finally:
        painter.end()


def still(width: int, height: int, draw: Callable[[QPainter], None]) -> QImage:
    """Return an opaque picture of `width` x `height` drawn by `draw` in its own pixels."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    with painting(image) as painter:
        draw(painter)
    return image


def text(painter: QPainter, at: QRectF, words: str, made: QFont, ink: QColor) -> None:
    """Write `words` in the middle of `at`."""
    painter.setFont(made)
    painter.setPen(QPen(ink))
    painter.drawText(at, Qt.AlignmentFlag.AlignCenter, words)
    painter.setPen(Qt.PenStyle.NoPen)


def timer(painter: QPainter, t: float, label: str) -> None:
    """Burn in the label and `mm:ss.t` at the upper right, in figures of one width."""
    tenths = int(t * 10 + 1e-6)
    words = f"{tenths // 600:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"
    figures, small = font(30, QFont.Weight.DemiBold), font(17, QFont.Weight.DemiBold, 1.5)
    wide = QFontMetricsF(small).horizontalAdvance(label)
    box = QRectF(WIDTH - 40 - 176 - wide, 36, 176 + wide, 52)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("#0E0F13", 0.72))
    painter.drawRoundedRect(box, 14, 14)
    text(
        painter,
        QRectF(box.left() + 18, box.top(), wide, box.height()),
        label,
        small,
        colour("#B9AFFF"),
    )
    painter.setFont(figures)
    painter.setPen(QPen(colour("#F2F3F7")))
    painter.drawText(QPointF(box.left() + wide + 34, box.top() + 37), words)
    painter.setPen(Qt.PenStyle.NoPen)


def card(painter: QPainter, title: str, below: str, alpha: float, y: float = 300.0) -> None:
    """Draw a title card: the name in wide capitals, a short rule, one line below."""
    if alpha <= 0:
        return
    ink = colour("#F2F3F7", alpha)
    upper = font(76, QFont.Weight.DemiBold, 14)
    text(painter, QRectF(7, y - 60, WIDTH, 110), title.upper(), upper, ink)
    painter.setBrush(colour(VIOLET, alpha))
    painter.drawRoundedRect(QRectF(WIDTH / 2 - 44, y + 62, 88, 4), 2, 2)
    lower = font(24, QFont.Weight.Medium, 3)
    text(painter, QRectF(0, y + 78, WIDTH, 50), below, lower, colour("#D9DBE6", alpha))


def frames(scene: Scene, duration: float, label: str) -> Iterator[bytes]:
    """Yield every frame of `scene` with its timer, as BGRA bytes."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    for number in range(round(duration * FPS)):
        with painting(image) as painter:
            scene(painter, number / FPS)
            timer(painter, number / FPS, label)
        yield bytes(image.constBits())
