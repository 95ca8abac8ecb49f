"""What is drawn over the two colours of a title that has no picture: light and shade only."""

from __future__ import annotations

import math
from collections.abc import Callable

from posters.sheet import HEIGHT, Sheet
from PySide6.QtGui import QColor, QPainter

SIDE = HEIGHT
"""A motif is square; posters show its middle, wide pictures its middle rows."""

_X = SIDE / 2


def sunrise(on: Sheet) -> None:
    """A low sun behind two ridges."""
    on.glow(_X, 250, 300, "#FFFFFF", 0.35)
    on.fill("#FFFFFF", 0.30)
    on.disc(_X, 250, 104)
    _ridge(on, 330, 70, 0.22)
    _ridge(on, 400, 60, 0.32)


def rings(on: Sheet) -> None:
    """Rings of light from one point."""
    for turn in range(9):
        on.ring(_X + 60, 210, 34 + turn * 42, 12, "#FFFFFF", 0.26 - turn * 0.026)
    on.fill("#FFFFFF", 0.42)
    on.disc(_X + 60, 210, 15)


def waves(on: Sheet) -> None:
    """A sea with a moon over it."""
    on.glow(_X - 50, 160, 190, "#FFFFFF", 0.4)
    on.fill("#FFFFFF", 0.5)
    on.disc(_X - 50, 160, 44)
    for row in range(8):
        path = on.curve((-20, 250 + row * 32))
        for x in range(-20, 640, 20):
            path.lineTo(x, 250 + row * 32 + math.sin(x / 46 + row * 1.3) * (6 + row))
        on.stroke(path, 5 + row * 0.7, "#FFFFFF", 0.20 - row * 0.016)


def beam(on: Sheet) -> None:
    """Light from a projector, and dust in it."""
    for half, alpha in ((300, 0.09), (210, 0.10), (120, 0.14)):
        on.fill("#FFFFFF", alpha)
        on.shape((_X + 150, -30), (_X - 60 + half, 640), (_X - 60 - half, 640))
    for _ in range(70):
        on.fill("#FFFFFF", on.dice.uniform(0.1, 0.5))
        on.disc(_X + on.dice.gauss(20, 90), on.dice.uniform(30, 420), on.dice.uniform(1, 3.4))


def town(on: Sheet) -> None:
    """Roofs against the sky, and windows still lit."""
    on.glow(_X + 70, 170, 260, "#FFFFFF", 0.30)
    on.fill("#FFFFFF", 0.36)
    on.disc(_X + 70, 170, 52)
    x = -10.0
    while x < SIDE:
        wide, high = on.dice.uniform(44, 84), on.dice.uniform(170, 330)
        on.fill("#000000", on.dice.uniform(0.24, 0.38))
        on.box(x, SIDE - high, wide, high)
        for row in range(round(high / 34) - 4):
            for column in range(round(wide / 20) - 1):
                if on.dice.random() < 0.4:
                    on.fill("#FFFFFF", 0.34)
                    on.box(x + 10 + column * 20, SIDE - high + 16 + row * 34, 8, 13, 1)
        x += wide * on.dice.uniform(0.75, 1.0)


def discs(on: Sheet) -> None:
    """Three discs that overlap."""
    for x, y, radius in ((-80, 170, 130), (70, 250, 150), (-20, 370, 96)):
        on.fill("#FFFFFF", 0.14)
        on.disc(_X + x, y, radius)
        on.ring(_X + x, y, radius, 2, "#FFFFFF", 0.3)


def range_(on: Sheet) -> None:
    """Mountains under stars."""
    on.stars(90, 300)
    on.fill("#FFFFFF", 0.5)
    on.disc(_X - 90, 130, 26)
    for base, alpha in ((330, 0.14), (410, 0.24), (490, 0.3)):
        x = -60.0 - on.dice.uniform(0, 60)
        path = on.curve((x, SIDE + 10))
        while x < SIDE + 120:
            wide = on.dice.uniform(90, 170)
            path.lineTo(x + wide * 0.5, base - on.dice.uniform(60, 130))
            path.lineTo(x + wide, base)
            x += wide
        path.lineTo(x, SIDE + 10)
        on.fill("#000000" if base > 330 else "#FFFFFF", alpha)
        on.painter.drawPath(path)


def reel(on: Sheet) -> None:
    """A reel of film, half out of the picture."""
    x, y = _X + 70, 190
    on.ring(x, y, 160, 26, "#FFFFFF", 0.24)
    on.ring(x, y, 190, 2, "#FFFFFF", 0.3)
    for hole in range(5):
        turn = hole * math.tau / 5 + 0.3
        on.fill("#FFFFFF", 0.24)
        on.disc(x + math.cos(turn) * 88, y + math.sin(turn) * 88, 38)
    on.disc(x, y, 26)
    path = on.curve((x - 160, y + 40), (x - 150, 420, x - 20, 380, x - 130, 640))
    on.stroke(path, 34, "#FFFFFF", 0.12)


def _ridge(on: Sheet, base: float, high: float, alpha: float) -> None:
    a, b = on.dice.uniform(0, 6), on.dice.uniform(0, 6)
    path = on.curve((-10, SIDE + 10))
    for x in range(-10, 620, 6):
        path.lineTo(
            x, base - high * (0.5 + 0.35 * math.sin(x / 84 + a) + 0.2 * math.sin(x / 37 + b))
        )
    path.lineTo(620, SIDE + 10)
    made = QColor("#000000")
    made.setAlphaF(alpha)
    on.painter.fillPath(path, made)


MOTIFS: tuple[Callable[[Sheet], None], ...] = (
    sunrise, rings, waves, beam, town, discs, range_, reel,
)  # fmt: skip


def draw(painter: QPainter, number: int) -> None:
    """Draw one of them."""
    MOTIFS[number](Sheet(painter, SIDE, f"motif {number}"))
