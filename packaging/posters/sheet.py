"""A sheet to draw a poster or a backdrop on, and the shapes that several of them share."""

# ruff: noqa: PLR0917  (a drawing call names place, size, colour in one order)

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QRadialGradient,
)

HEIGHT = 600.0
"""Every sheet is 600 units high; a poster is 400 wide, a backdrop 1067."""

Point = tuple[float, float]


class Sheet:
    """A painter in units of a 600 high picture.

    Args:
        painter: paints on the image, scaled to these units.
        width: in units.
        seed: of the stars and leaves, so that a picture is the same whenever it is made.
    """

    def __init__(self, painter: QPainter, width: float, seed: str) -> None:
        self.painter = painter
        self.width = width
        self.wide = width > HEIGHT
        self.middle = width * (0.70 if self.wide else 0.5)
        """Where the picture's subject stands: words stand at the left of a backdrop."""
        self.dice = random.Random(seed)  # noqa: S311  (a picture, not a secret)
        painter.setPen(Qt.PenStyle.NoPen)

    def sky(self, *stops: str) -> None:
        """Fill the sheet from top to bottom."""
        made = QLinearGradient(0, 0, 0, HEIGHT)
        for place, name in enumerate(stops):
            made.setColorAt(place / (len(stops) - 1), QColor(name))
        self.painter.fillRect(QRectF(0, 0, self.width, HEIGHT), QBrush(made))

    def fill(self, name: str, alpha: float = 1.0) -> None:
        """Take a colour for what is filled from here on."""
        made = QColor(name)
        made.setAlphaF(alpha)
        self.painter.setBrush(made)

    def shade(self, top: float, bottom: float, first: str, last: str) -> None:
        """Take a vertical gradient for what is filled from here on."""
        made = QLinearGradient(0, top, 0, bottom)
        made.setColorAt(0, QColor(first))
        made.setColorAt(1, QColor(last))
        self.painter.setBrush(QBrush(made))

    def disc(self, x: float, y: float, radius: float, tall: float = 1.0) -> None:
        """Fill a circle, or an ellipse `tall` times as high as wide."""
        self.painter.drawEllipse(QPointF(x, y), radius, radius * tall)

    def box(self, x: float, y: float, wide: float, high: float, corner: float = 0.0) -> None:
        """Fill a rectangle."""
        self.painter.drawRoundedRect(QRectF(x, y, wide, high), corner, corner)

    def shape(self, *points: Point) -> None:
        """Fill a polygon."""
        self.painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))

    def curve(self, start: Point, *parts: Sequence[float]) -> QPainterPath:
        """Return a path: two numbers are a line, four a quadratic, six a cubic."""
        path = QPainterPath(QPointF(*start))
        for part in parts:
            if len(part) == 2:
                path.lineTo(*part)
            elif len(part) == 4:
                path.quadTo(*part)
            else:
                path.cubicTo(*part)
        return path

    def blob(self, start: Point, *parts: Sequence[float]) -> None:
        """Fill a path."""
        self.painter.drawPath(self.curve(start, *parts))

    def stroke(self, path: QPainterPath, thick: float, name: str, alpha: float = 1.0) -> None:
        """Draw a path as a line with round ends."""
        made = QColor(name)
        made.setAlphaF(alpha)
        pen = QPen(made, thick)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.strokePath(path, pen)

    def ring(
        self,
        x: float,
        y: float,
        radius: float,
        thick: float,
        name: str,
        alpha: float = 1.0,
        tall: float = 1.0,
    ) -> None:
        """Draw a circle or an ellipse as a line."""
        path = QPainterPath()
        path.addEllipse(QPointF(x, y), radius, radius * tall)
        self.stroke(path, thick, name, alpha)

    def glow(self, x: float, y: float, radius: float, name: str, alpha: float = 0.5) -> None:
        """Draw a soft round light."""
        made = QRadialGradient(QPointF(x, y), radius)
        for place, share in ((0.0, 1.0), (0.25, 0.5), (0.55, 0.16), (1.0, 0.0)):
            light = QColor(name)
            light.setAlphaF(alpha * share)
            made.setColorAt(place, light)
        self.painter.setBrush(QBrush(made))
        self.disc(x, y, radius)

    def light(self, x: float, y: float, radius: float, name: str) -> None:
        """Draw a sun or a moon with its halo."""
        self.glow(x, y, radius * 3, name, 0.35)
        self.fill(name)
        self.disc(x, y, radius)

    def stars(self, count: int, bottom: float = 360.0) -> None:
        """Scatter stars; three times as many on a wide sheet."""
        for _ in range(count * (3 if self.wide else 1)):
            x, y = self.dice.uniform(0, self.width), self.dice.uniform(0, bottom)
            self.fill("#FFFFFF", self.dice.uniform(0.2, 0.8) * (1 - y / bottom))
            self.disc(x, y, self.dice.choice((0.8, 1.1, 1.7)))

    def ridge(self, base: float, high: float, first: str, last: str, step: float = 1.0) -> None:
        """Draw rolling hills across the sheet, their tops between `base - high` and `base`."""
        a, b, c = (self.dice.uniform(0, 6.28) for _ in range(3))
        path = QPainterPath(QPointF(-4, HEIGHT + 4))
        for x in range(-4, round(self.width) + 9, 4):
            u = x / step
            wave = math.sin(u / 96 + a) * 0.55 + math.sin(u / 47 + b) * 0.3
            path.lineTo(x, base - high * (0.5 + 0.5 * (wave + math.sin(u / 19 + c) * 0.08)))
        path.lineTo(self.width + 8, HEIGHT + 4)
        self.shade(base - high, HEIGHT, first, last)
        self.painter.drawPath(path)

    def peaks(self, base: float, high: float, first: str, last: str, snow: str = "") -> None:
        """Draw a range of mountains, with snow on them if that has a colour."""
        x = -self.dice.uniform(40, 120)
        while x < self.width + 80:
            wide, tall = self.dice.uniform(120, 220), high * self.dice.uniform(0.55, 1)
            top = (x + wide * self.dice.uniform(0.4, 0.6), base - tall)
            self.shade(base - high, base + 60, first, last)
            self.shape((x, HEIGHT), (x, base), top, (x + wide, base), (x + wide, HEIGHT))
            self.fill("#000000", 0.13)
            self.shape(top, (x + wide, base), (top[0] + wide * 0.06, base))
            if snow:
                self._snow(top, x, wide, tall, base, snow)
            x += wide * self.dice.uniform(0.5, 0.75)

    def _snow(self, top: Point, x: float, wide: float, tall: float, base: float, name: str) -> None:
        cut = 0.30
        left = (top[0] + (x - top[0]) * cut, top[1] + tall * cut)
        right = (top[0] + (x + wide - top[0]) * cut, top[1] + (base - top[1]) * cut)
        self.fill(name, 0.9)
        self.shape(
            top,
            right,
            (top[0] + 8, top[1] + tall * 0.22),
            (top[0] - 2, top[1] + tall * 0.34),
            (top[0] - 9, top[1] + tall * 0.21),
            left,
        )

    def ground(self, top: float, first: str, last: str) -> None:
        """Fill everything below `top`."""
        self.shade(top, HEIGHT, first, last)
        self.box(0, top, self.width, HEIGHT - top)

    def pine(self, x: float, foot: float, high: float, name: str) -> None:
        """Draw a fir of three storeys."""
        self.fill(name)
        for storey in range(3):
            top = foot - high + storey * high * 0.24
            half = high * (0.14 + storey * 0.06)
            self.shape((x, top), (x + half, top + high * 0.40), (x - half, top + high * 0.40))
        self.box(x - high * 0.03, foot - high * 0.14, high * 0.06, high * 0.14)

    def traveller(self, x: float, foot: float) -> None:
        """Draw somebody small with a staff."""
        self.fill("#0B0710")
        self.blob(
            (x - 12, foot + 6),
            (x - 10, foot - 40, x, foot - 44),
            (x + 10, foot - 40, x + 13, foot + 6),
        )
        self.disc(x, foot - 50, 8)
        self.stroke(self.curve((x + 18, foot + 6), (x + 16, foot - 62)), 3, "#0B0710")

    def cloud(self, x: float, y: float, size: float, name: str, alpha: float = 1.0) -> None:
        """Draw a cloud with a flat foot, `size` units long."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for dx, radius in ((-0.30, 0.16), (-0.06, 0.26), (0.22, 0.19)):
            path.addEllipse(
                QPointF(x + dx * size, y - radius * size * 0.7), radius * size, radius * size
            )
        path.addRoundedRect(
            QRectF(x - size / 2, y - size * 0.13, size, size * 0.18), size * 0.09, size * 0.09
        )
        self.fill(name, alpha)
        self.painter.drawPath(path)

    def at(self, x: float, y: float, size: float = 1.0, turn: float = 0.0) -> _Placed:
        """Draw what follows round a point, larger or turned, until the block ends."""
        return _Placed(self.painter, x, y, size, turn)

    def each(self, count: int) -> Iterable[int]:
        """Count so many things, three times as many on a wide sheet."""
        return range(count * (3 if self.wide else 1))


class _Placed:
    def __init__(self, painter: QPainter, x: float, y: float, size: float, turn: float) -> None:
        self._painter, self._place = painter, (x, y, size, turn)

    def __enter__(self) -> None:
        x, y, size, turn = self._place
        self._painter.save()
        self._painter.translate(x, y)
        self._painter.rotate(turn)
        self._painter.scale(size, size)

    def __exit__(self, *_: object) -> None:
        self._painter.restore()
