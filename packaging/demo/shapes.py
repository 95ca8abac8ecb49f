"""The things that the demo pictures are made of, in units of a 1280x720 canvas."""

# ruff: noqa: PLR0917  (a drawing call names place, size, colour in one order)

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from functools import cache

from demo.canvas import HEIGHT, WIDTH, colour
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QRadialGradient,
)

Stops = tuple[tuple[float, str], ...]


def gradient(top: float, bottom: float, stops: Stops) -> QLinearGradient:
    """Return a vertical gradient through `stops` (position 0..1, colour)."""
    made = QLinearGradient(0, top, 0, bottom)
    for position, name in stops:
        made.setColorAt(position, QColor(name))
    return made


def glow(painter: QPainter, x: float, y: float, radius: float, name: str, alpha: float) -> None:
    """Draw a soft round light."""
    made = QRadialGradient(QPointF(x, y), radius)
    for position, share in ((0.0, 1.0), (0.25, 0.5), (0.55, 0.16), (1.0, 0.0)):
        made.setColorAt(position, colour(name, alpha * share))
    painter.setBrush(QBrush(made))
    painter.drawEllipse(QPointF(x, y), radius, radius)


@cache
def sky(stops: Stops, stars: int, seed: int) -> QImage:
    """Return a whole picture of sky with fixed stars in its upper two thirds."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(0, 0, WIDTH, HEIGHT, gradient(0, HEIGHT, stops))
    dice = random.Random(seed)  # noqa: S311  (a picture, not a secret)
    for _ in range(stars):
        x, y = dice.uniform(0, WIDTH), dice.uniform(0, HEIGHT * 0.66)
        size, alpha = dice.choice((0.8, 1.0, 1.2, 1.9)), dice.uniform(0.2, 0.85)
        if size > 1.5:
            glow(painter, x, y, 12, "#CFC8FF", alpha * 0.4)
        painter.setBrush(colour("#F4F1FF", alpha * (1 - y / HEIGHT)))
        painter.drawEllipse(QPointF(x, y), size, size)
    painter.end()
    return image


def moon(painter: QPainter, x: float, y: float, radius: float, name: str = "#F3EBD8") -> None:
    """Draw a moon with a halo and a few seas."""
    glow(painter, x, y, radius * 3.4, name, 0.30)
    painter.setBrush(QColor(name))
    painter.drawEllipse(QPointF(x, y), radius, radius)
    for dx, dy, size in ((-0.35, -0.25, 0.22), (0.28, 0.1, 0.30), (-0.1, 0.48, 0.16)):
        painter.setBrush(colour("#B9A98F", 0.28))
        painter.drawEllipse(QPointF(x + dx * radius, y + dy * radius), size * radius, size * radius)


def hills(
    painter: QPainter, base: float, height: float, shift: float, seed: int, stops: Sequence[str]
) -> None:
    """Draw a ridge across the picture; `shift` moves it left by so many units."""
    a, b, c = (seed * 1.7) % 6.28, (seed * 2.9) % 6.28, (seed * 4.3) % 6.28
    path = QPainterPath(QPointF(-4, HEIGHT + 4))
    for x in range(-4, WIDTH + 13, 8):
        u = x + shift
        y = math.sin(u / 310 + a) * 0.5 + math.sin(u / 137 + b) * 0.32 + math.sin(u / 61 + c) * 0.1
        path.lineTo(x, base - height * (0.5 + 0.5 * y))
    path.lineTo(WIDTH + 12, HEIGHT + 4)
    painter.setBrush(gradient(base - height, base + 80, ((0.0, stops[0]), (1.0, stops[-1]))))
    painter.drawPath(path)


def water(painter: QPainter, horizon: float, stops: Stops) -> None:
    """Fill everything below `horizon`."""
    painter.setBrush(gradient(horizon, HEIGHT, stops))
    painter.drawRect(QRectF(0, horizon, WIDTH, HEIGHT - horizon))


def glitter(painter: QPainter, x: float, top: float, t: float, name: str, alpha: float) -> None:
    """Draw the broken reflection of a light at `x` on water that begins at `top`."""
    for row in range(11):
        y = top + 10 + row * (5 + row * 1.35)
        if y > HEIGHT:
            return
        half = (16 + row * 5.5) * (0.7 + 0.3 * math.sin(t * 0.9 + row * 1.9))
        shift = math.sin(t * 0.6 + row * 2.4) * (2 + row)
        painter.setBrush(colour(name, alpha * (1 - row / 13)))
        painter.drawRoundedRect(QRectF(x + shift - half, y, 2 * half, 2.4 + row * 0.22), 1.5, 1.5)


def ripples(painter: QPainter, top: float, t: float, name: str, seed: int, drift: float) -> None:
    """Draw a few long waves that drift to the left at `drift` units a second."""
    dice = random.Random(seed)  # noqa: S311  (a picture, not a secret)
    for _ in range(20):
        depth = dice.random()
        y = top + 14 + depth * (HEIGHT - top - 20)
        wide = 50 + 170 * depth
        x = (dice.uniform(0, WIDTH + 400) - t * drift * (0.3 + depth)) % (WIDTH + 400) - 200
        painter.setBrush(colour(name, 0.10 + 0.14 * dice.random()))
        painter.drawRoundedRect(QRectF(x - wide / 2, y, wide, 1.6 + 1.6 * depth), 1.5, 1.5)


def lantern(painter: QPainter, x: float, y: float, size: float, name: str = "#FFB45E") -> None:
    """Draw a lit paper lantern, `size` units high."""
    glow(painter, x, y, size * 2.6, name, 0.5)
    body = QRectF(x - size * 0.36, y - size * 0.5, size * 0.72, size)
    painter.setBrush(gradient(body.top(), body.bottom(), ((0, "#FFE2A8"), (1, name))))
    painter.drawRoundedRect(body, size * 0.24, size * 0.24)
    painter.setBrush(QColor("#7A3E1D"))
    for edge in (body.top() - size * 0.04, body.bottom() - size * 0.06):
        painter.drawRoundedRect(QRectF(x - size * 0.22, edge, size * 0.44, size * 0.1), 2, 2)


def boat(painter: QPainter, x: float, y: float, size: float, tilt: float) -> None:
    """Draw a rowing boat with a lantern at its bow; `size` is half its length."""
    painter.save()
    painter.translate(x, y)
    painter.rotate(tilt)
    painter.setPen(QPen(QColor("#15121F"), size * 0.035))
    painter.drawLine(QPointF(size * 0.62, -size * 0.1), QPointF(size * 0.70, -size * 0.98))
    painter.drawLine(QPointF(size * 0.70, -size * 0.98), QPointF(size * 0.94, -size * 0.90))
    painter.drawLine(QPointF(-size * 0.05, -size * 0.34), QPointF(-size * 0.5, size * 0.26))
    painter.setPen(Qt.PenStyle.NoPen)
    rower = QPainterPath(QPointF(-size * 0.34, -size * 0.05))
    rower.cubicTo(-size * 0.36, -size * 0.6, -size * 0.02, -size * 0.62, 0, -size * 0.05)
    painter.setBrush(QColor("#241D33"))
    painter.drawPath(rower)
    painter.setBrush(QColor("#E9C9A4"))
    painter.drawEllipse(QPointF(-size * 0.15, -size * 0.60), size * 0.11, size * 0.11)
    hat = QPolygonF([QPointF(-size * 0.38, -size * 0.63), QPointF(-size * 0.15, -size * 0.86)])
    hat.append(QPointF(size * 0.08, -size * 0.63))
    painter.setBrush(QColor("#5A4632"))
    painter.drawPolygon(hat)
    hull = QPainterPath(QPointF(-size, -size * 0.20))
    hull.quadTo(0, size * 0.06, size, -size * 0.26)
    hull.quadTo(size * 0.82, size * 0.24, size * 0.4, size * 0.26)
    hull.lineTo(-size * 0.5, size * 0.26)
    hull.quadTo(-size * 0.86, size * 0.2, -size, -size * 0.20)
    painter.setBrush(gradient(-size * 0.2, size * 0.26, ((0, "#4A3358"), (1, "#1A1426"))))
    painter.drawPath(hull)
    lantern(painter, size * 0.94, -size * 0.70, size * 0.30)
    painter.restore()


def paper_boat(painter: QPainter, x: float, y: float, size: float, tilt: float, name: str) -> None:
    """Draw a folded paper boat with shaded sides; `size` is half its length."""
    painter.save()
    painter.translate(x, y)
    painter.rotate(tilt)
    base = QColor(name)
    faces = (
        (((-0.42, 0.0), (0.0, -0.78), (0.0, 0.14)), 100),
        (((0.0, -0.78), (0.42, 0.0), (0.0, 0.14)), 122),
        (((-1.0, -0.30), (-0.42, 0.0), (-0.62, 0.34)), 112),
        (((1.0, -0.30), (0.42, 0.0), (0.62, 0.34)), 138),
        (((-0.70, -0.13), (0.0, 0.1), (0.70, -0.13), (0.62, 0.34), (-0.62, 0.34)), 106),
    )
    for corners, shade in faces:
        painter.setBrush(base.darker(shade))
        painter.drawPolygon(QPolygonF([QPointF(a * size, b * size) for a, b in corners]))
    painter.restore()


def gull(painter: QPainter, x: float, y: float, size: float, flap: float, name: str) -> None:
    """Draw a gull as two strokes; `flap` from -1 to 1 lifts its wings."""
    lift = size * (0.28 + 0.34 * flap)
    path = QPainterPath(QPointF(x - size, y - lift))
    path.quadTo(x - size * 0.45, y - lift - size * 0.22, x, y)
    path.quadTo(x + size * 0.45, y - lift - size * 0.22, x + size, y - lift)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(name), max(1.6, size * 0.11))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)


def letter(painter: QPainter, x: float, y: float, size: float, tilt: float) -> None:
    """Draw a sealed envelope, `size` units wide."""
    painter.save()
    painter.translate(x, y)
    painter.rotate(tilt)
    w, h = size / 2, size * 0.33
    painter.setBrush(QColor("#F6F0E4"))
    painter.drawRoundedRect(QRectF(-w, -h, 2 * w, 2 * h), size * 0.05, size * 0.05)
    painter.setBrush(QColor("#DDD2C2"))
    painter.drawPolygon(QPolygonF([QPointF(-w, -h), QPointF(0, h * 0.25), QPointF(w, -h)]))
    painter.setBrush(QColor("#8B7CF6"))
    painter.drawEllipse(QPointF(0, h * 0.12), size * 0.085, size * 0.085)
    painter.restore()
