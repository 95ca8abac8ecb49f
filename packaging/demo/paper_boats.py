"""The series: two paper boats, two episodes, two kinds of weather."""

from __future__ import annotations

import math

from demo import canvas, shapes
from demo.canvas import HEIGHT, WIDTH, Scene, colour, fade
from demo.shapes import Stops
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

DURATION = 48.0
OPENING, ENDING = (3.0, 15.0), (38.0, 48.0)
NAMES = ("Rain on Almond Street", "Under the Bridge")
HORIZON = 400.0

_RAIN_SKY: Stops = ((0.0, "#0C1A24"), (0.4, "#1D4450"), (0.57, "#5E9C98"), (1.0, "#5E9C98"))
_RAIN_WATER: Stops = ((0.0, "#3E7D80"), (0.3, "#1D4A55"), (1.0, "#0A1A24"))
_DUSK_SKY: Stops = ((0.0, "#1C1330"), (0.32, "#5A2B5C"), (0.5, "#D0706A"), (0.57, "#F4B27A"))
_DUSK_WATER: Stops = ((0.0, "#C97C6B"), (0.3, "#5C335F"), (1.0, "#170F28"))
_CREAM, _ROSE = "#F7EFE0", "#E98FA4"


def episode(number: int) -> Scene:
    """Return the scene of episode 1 or 2."""
    story = _rain if number == 1 else _dusk

    def scene(painter: QPainter, t: float) -> None:
        story(painter, t)
        if OPENING[0] <= t < OPENING[1]:
            _opening(painter, t - OPENING[0])
        name = fade(t, OPENING[1] + 0.4, OPENING[1] + 4.5)
        if name > 0:
            words = f"{number}  ·  {NAMES[number - 1]}"
            made = canvas.font(34, spacing=1)
            canvas.text(painter, QRectF(0, 96, WIDTH, 60), words, made, colour("#FFFFFF", name))
        ending = fade(t, ENDING[0], ENDING[1] + 2, 1.2)
        if ending > 0:
            painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), colour("#0A0C14", 0.66 * ending))
            below = "Next: Under the Bridge" if number == 1 else "The boats sail on"
            canvas.card(painter, "Paper Boats", below, ending, y=290)

    return scene


def _opening(painter: QPainter, t: float) -> None:
    """Draw the title sequence: a sheet of paper is folded into the two boats."""
    shade = fade(t, 0, OPENING[1] - OPENING[0], 0.7)
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), colour("#141226", shade))
    if shade < 0.5:
        return
    for ring in range(4):
        radius = (t * 46 + ring * 150) % 600
        pen = QPen(colour(canvas.VIOLET, 0.34 * (1 - radius / 600)), 3)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(WIDTH / 2, 470), radius, radius * 0.3)
    painter.setPen(Qt.PenStyle.NoPen)
    apart = 110 + 150 * min(1.0, t / 5)
    sway = math.sin(t * 1.5)
    shapes.paper_boat(painter, WIDTH / 2 - apart, 462 + sway * 5, 84, sway * 3, _CREAM)
    shapes.paper_boat(painter, WIDTH / 2 + apart, 462 - sway * 5, 84, -sway * 3, _ROSE)
    canvas.card(painter, "Paper Boats", "A story in two sheets", fade(t, 2.2, 11.6), y=220)


def _rain(painter: QPainter, t: float) -> None:
    painter.drawImage(0, 0, shapes.sky(_RAIN_SKY, 0, 1))
    for number in range(5):
        x = (number * 330 + 80 - t * 5) % 1600 - 160
        _cloud(painter, x, 92 + (number * 47) % 90, 1.0 + (number % 3) * 0.25, "#2C5661")
    _street(painter)
    shapes.water(painter, HORIZON, _RAIN_WATER)
    shapes.ripples(painter, HORIZON, t, "#BFE9E2", 4, 30)
    _drops(painter, t)
    _boats(painter, t)


def _dusk(painter: QPainter, t: float) -> None:
    painter.drawImage(0, 0, shapes.sky(_DUSK_SKY, 60, 9))
    shapes.moon(painter, 760, 300 + t * 1.2, 62, "#FFE0A6")
    shapes.hills(painter, HORIZON + 8, 90, 0, 8, ("#6B3660", "#4E2A55"))
    shapes.water(painter, HORIZON, _DUSK_WATER)
    shapes.glitter(painter, 760, HORIZON, t, "#FFE0A6", 0.6)
    shapes.ripples(painter, HORIZON, t, "#FFD3B0", 6, 26)
    _bridge(painter, 1500 - t * 22)
    _boats(painter, t)
    for number in range(4):
        x, y = (t * 58 + number * 44) % 1700 - 200, 132 + number * 17
        shapes.gull(painter, x, y, 17, math.sin(t * 5 + number), "#2A1836")


def _boats(painter: QPainter, t: float) -> None:
    x = 260 + t * 13
    for shift, drop, name in ((0.0, 0.0, _CREAM), (188.0, 46.0, _ROSE)):
        bob = math.sin(t * 1.7 + shift)
        at = QPointF(x + shift * 1.1 + math.sin(t * 0.3 + shift) * 26, 536 + drop + bob * 4)
        painter.setBrush(colour("#04070C", 0.26))
        painter.drawEllipse(QPointF(at.x(), at.y() + 28), 78, 9)
        shapes.paper_boat(painter, at.x(), at.y(), 78, bob * 3.2, name)


def _cloud(painter: QPainter, x: float, y: float, size: float, name: str) -> None:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for dx, dy, radius in ((-58, 8, 34), (-14, -14, 48), (40, 2, 40), (84, 12, 26)):
        path.addEllipse(QPointF(x + dx * size, y + dy * size), radius * size, radius * size * 0.8)
    painter.setBrush(colour(name, 0.75))
    painter.drawPath(path)


def _street(painter: QPainter) -> None:
    """Draw the row of houses with lit windows."""
    inks = ("#17343F", "#1C3D48", "#143038")
    for number in range(13):
        x, wide = number * 118.0 - 40, 119
        tall = 120 + (number * 61) % 92
        painter.setBrush(QColor(inks[number % 3]))
        painter.drawRect(QRectF(x, HORIZON - tall, wide, tall))
        for row in range(tall // 44):
            for column in range(3):
                lit = (number * 5 + row * 3 + column) % 4 == 0
                painter.setBrush(QColor("#FFD594") if lit else QColor("#23505A"))
                at = QRectF(x + 14 + column * 30, HORIZON - tall + 18 + row * 42, 15, 22)
                painter.drawRoundedRect(at, 2, 2)


def _drops(painter: QPainter, t: float) -> None:
    """Let rain fall, thinning out towards the end."""
    count = round(22 * max(0.0, min(1.0, (40 - t) / 14)))
    pen = QPen(colour("#CFF3EE", 0.42), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for number in range(count):
        x = (number * 0.618034) % 1.0 * (WIDTH + 80)
        y = ((number * 0.754878) % 1.0 * 640 + t * 420) % 640 - 60
        painter.drawLine(QPointF(x - y * 0.05, y), QPointF(x - y * 0.05 - 3, y + 30))
    painter.setPen(Qt.PenStyle.NoPen)


def _bridge(painter: QPainter, x: float) -> None:
    """Draw a stone bridge of three arches that drifts by at `x`."""
    outline = QPainterPath()
    outline.addRect(QRectF(x - 620, 236, 1240, 190))
    for arch in (-380, 0, 380):
        hole = QPainterPath()
        hole.addEllipse(QPointF(x + arch, 428), 150, 142)
        outline = outline.subtracted(hole)
    painter.setBrush(shapes.gradient(230, 430, ((0, "#3B2348"), (1, "#22152F"))))
    painter.drawPath(outline)
    painter.setBrush(QColor("#4A2D58"))
    painter.drawRect(QRectF(x - 636, 226, 1272, 16))
    for lamp in (-570, -190, 190, 570):
        painter.setBrush(QColor("#2A1836"))
        painter.drawRect(QRectF(x + lamp - 2, 168, 4, 60))
        shapes.glow(painter, x + lamp, 164, 46, "#FFD594", 0.6)
        painter.setBrush(QColor("#FFE9BF"))
        painter.drawEllipse(QPointF(x + lamp, 164), 7, 7)


def art(painter: QPainter, wide: int, high: int) -> None:
    """Draw the title's picture without words, filling `wide` x `high`."""
    scale = high / HEIGHT
    painter.save()
    painter.translate(wide / 2, 0)
    painter.scale(scale, scale)
    painter.translate(-(WIDTH / 2 if wide > high else 760), 0)
    painter.drawImage(0, 0, shapes.sky(_DUSK_SKY, 60, 9))
    shapes.moon(painter, 760, 296, 70, "#FFE0A6")
    shapes.hills(painter, HORIZON + 8, 110, 120, 8, ("#6B3660", "#4E2A55"))
    shapes.water(painter, HORIZON, _DUSK_WATER)
    shapes.glitter(painter, 760, HORIZON, 3, "#FFE0A6", 0.6)
    shapes.ripples(painter, HORIZON, 2, "#FFD3B0", 6, 26)
    shapes.paper_boat(painter, 706, 520, 104, -3, _CREAM)
    shapes.paper_boat(painter, 872, 604, 118, 4, _ROSE)
    painter.restore()
