"""The film: one minute in a harbour at night."""

from __future__ import annotations

import math

from demo import canvas, shapes
from demo.canvas import HEIGHT, WIDTH, colour, fade
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPolygonF

DURATION = 60.0
HORIZON = 430.0
CHAPTERS = (
    (0.0, "Dusk"),
    (7.0, "The last boat"),
    (22.0, "Gulls"),
    (34.0, "A hundred lights"),
    (50.0, "Harbour asleep"),
)
_SKY = ((0.0, "#0A0B14"), (0.34, "#1B1838"), (0.52, "#3D2F6B"), (0.62, "#7A4F8F"), (1.0, "#7A4F8F"))
_WATER = ((0.0, "#4A3A78"), (0.25, "#241F47"), (1.0, "#0B0C16"))


def scene(painter: QPainter, t: float) -> None:
    """Draw the film at `t` seconds."""
    landscape(painter, t)
    _lanterns(painter, t)
    _ferry(painter, t)
    _gulls(painter, t)
    canvas.card(painter, "Lantern Bay", "A harbour in one minute", fade(t, 0.6, 6.4), y=300)
    ending = fade(t, 53.5, 61.0, 1.5)
    if ending > 0:
        painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), colour("#08080F", 0.62 * ending))
        canvas.card(painter, "Good night", "Drawn for NovaStream", ending, y=290)


def landscape(painter: QPainter, t: float) -> None:
    """Draw sky, moon, hills, water, the lighthouse and the town."""
    painter.drawImage(0, 0, shapes.sky(_SKY, 150, 7))
    shapes.moon(painter, 930, 168, 54)
    shapes.hills(painter, HORIZON + 6, 130, 0, 3, ("#3A2E63", "#2C244F"))
    shapes.hills(painter, HORIZON + 14, 72, 400, 5, ("#251E45", "#1A1633"))
    shapes.water(painter, HORIZON, _WATER)
    shapes.ripples(painter, HORIZON, t, "#A79CF0", 11, 9)
    shapes.glitter(painter, 930, HORIZON, t, "#F3EBD8", 0.55)
    _lighthouse(painter, t)
    _town(painter, t)


def _lighthouse(painter: QPainter, t: float) -> None:
    x, y = 196.0, 268.0
    swing = math.sin(t * 0.55)
    beam = QLinearGradient(x, 0, x + 620 * swing + (1 if swing > 0 else -1), 0)
    beam.setColorAt(0, colour("#FFE7B0", 0.42))
    beam.setColorAt(1, colour("#FFE7B0", 0.0))
    reach = 620 * swing
    painter.setBrush(beam)
    points = ((x, y - 3), (x + reach, y - 46), (x + reach, y + 40), (x, y + 3))
    painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
    rock = QPainterPath(QPointF(-10, HORIZON + 34))
    rock.cubicTo(60, HORIZON - 60, 200, HORIZON - 92, 300, HORIZON - 24)
    rock.quadTo(350, HORIZON + 14, 420, HORIZON + 30)
    rock.lineTo(-10, HORIZON + 34)
    painter.setBrush(QColor("#120F22"))
    painter.drawPath(rock)
    tower = ((x - 17, HORIZON - 60), (x - 11, y + 14), (x + 11, y + 14), (x + 17, HORIZON - 60))
    painter.setBrush(QColor("#D8CFE8"))
    painter.drawPolygon(QPolygonF([QPointF(*point) for point in tower]))
    painter.setBrush(QColor("#8B7CF6"))
    for band in (0.30, 0.66):
        top = y + 14 + (HORIZON - 74 - y) * band
        painter.drawRect(QRectF(x - 12 - band * 5, top, 24 + band * 10, 15))
    painter.setBrush(QColor("#15121F"))
    painter.drawRect(QRectF(x - 15, y + 9, 30, 6))
    painter.drawPolygon(
        QPolygonF([QPointF(x - 13, y - 9), QPointF(x, y - 27), QPointF(x + 13, y - 9)])
    )
    painter.setBrush(QColor("#FFE9B8"))
    painter.drawRect(QRectF(x - 8, y - 9, 16, 18))
    shapes.glow(painter, x, y, 60, "#FFDFA0", 0.35 + 0.3 * (1 - abs(swing)))


def _town(painter: QPainter, t: float) -> None:
    """Draw the houses on the right shore; a window goes dark now and then."""
    painter.setBrush(QColor("#110F20"))
    shore = QPainterPath(QPointF(WIDTH + 4, HORIZON + 30))
    shore.lineTo(900, HORIZON + 26)
    shore.cubicTo(1000, HORIZON + 2, 1080, HORIZON - 26, WIDTH + 4, HORIZON - 40)
    painter.drawPath(shore)
    for number in range(9):
        x, wide = 960 + number * 37.0, 31 + (number * 7) % 11
        tall = 34 + (number * 23) % 38
        foot = HORIZON + 14 - number * 3.4
        painter.setBrush(QColor("#15122A"))
        painter.drawRect(QRectF(x, foot - tall, wide, tall + 12))
        roof = ((x - 3, foot - tall), (x + wide / 2, foot - tall - 16), (x + wide + 3, foot - tall))
        painter.drawPolygon(QPolygonF([QPointF(*point) for point in roof]))
        for row in range(2):
            lit = t < 50 + number * 0.9 + row * 0.4 or number == 4
            painter.setBrush(QColor("#FFC979") if lit else QColor("#241F3C"))
            painter.drawRect(QRectF(x + 6 + row * (wide - 20), foot - tall + 10 + row * 15, 7, 9))


def _ferry(painter: QPainter, t: float) -> None:
    if t < 6:
        return
    x = 1420 - (t - 6) * 27
    y = 552 + math.sin(t * 1.3) * 3
    shapes.glitter(painter, x - 80, y + 14, t, "#FFB45E", 0.5)
    painter.save()
    painter.translate(x, y)
    painter.scale(-1, 1)
    shapes.boat(painter, 0, 0, 88, math.sin(t * 1.1) * 1.6)
    painter.restore()


def _gulls(painter: QPainter, t: float) -> None:
    if not 19 < t < 36:
        return
    for number in range(7):
        x = -120 + (t - 19) * 92 - number * 52 - (number % 3) * 26
        y = 150 + (number % 4) * 30 + math.sin(t * 0.8 + number) * 12 + number * 4
        flap = math.sin(t * 6.2 + number * 1.3)
        shapes.gull(painter, x, y, 20 + (number % 3) * 5, flap, "#E9E4F7")


def _lanterns(painter: QPainter, t: float) -> None:
    """Let lanterns rise from the water, each in its own time."""
    for number in range(26):
        age = t - 34 - number * 0.42
        if age <= 0:
            continue
        depth = 0.45 + (number * 37 % 55) / 100
        x = 90 + (number * 197) % 1110 + math.sin(age * 0.5 + number) * 14
        y = 590 - age * (17 + 14 * depth)
        shapes.lantern(painter, x, y, 34 * depth * min(1.0, 0.4 + age / 3))


def art(painter: QPainter, wide: int, high: int) -> None:
    """Draw the title's picture without words, filling `wide` x `high`."""
    scale = high / HEIGHT
    painter.save()
    painter.translate(wide / 2, 0)
    painter.scale(scale, scale)
    painter.translate(-(WIDTH / 2 if wide > high else 830), 0)
    landscape(painter, 24.0)
    _lanterns(painter, 46.0)
    shapes.glitter(painter, 816, 574, 8.0, "#FFB45E", 0.55)
    shapes.boat(painter, 750, 560, 112, -1.2)
    painter.restore()
