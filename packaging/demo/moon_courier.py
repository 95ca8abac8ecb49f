"""The anime: a courier who rides the post round the moon."""

from __future__ import annotations

import math
import random

from demo import canvas, shapes
from demo.canvas import HEIGHT, WIDTH, Scene, colour, fade
from demo.shapes import Stops
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QRadialGradient

NAMES = ("The Unaddressed Letter", "The Far Side")
OPENING_LENGTH = 18.0
OPENING_START = (6.0, 10.0)
DURATIONS = (80.0, 84.0)
ENDING_LENGTH = 14.0
GROUND = 566.0

_VIOLET_SKY: Stops = ((0.0, "#07070F"), (0.45, "#151233"), (0.8, "#3A2C78"), (1.0, "#3A2C78"))
_FAR_SKY: Stops = ((0.0, "#04060C"), (0.5, "#0B1A2E"), (0.8, "#14505E"), (1.0, "#14505E"))
_SONG_SKY: Stops = ((0.0, "#0E0A24"), (0.5, "#43278A"), (0.85, "#E0709B"), (1.0, "#FFB38A"))


def opening(number: int) -> tuple[float, float]:
    """Return start and end of the opening of episode 1 or 2."""
    start = OPENING_START[number - 1]
    return start, start + OPENING_LENGTH


def ending(number: int) -> tuple[float, float]:
    """Return start and end of the ending of episode 1 or 2."""
    return DURATIONS[number - 1] - ENDING_LENGTH, DURATIONS[number - 1]


def episode(number: int) -> Scene:
    """Return the scene of episode 1 or 2."""
    story = _near_side if number == 1 else _far_side
    (op, op_end), (ed, ed_end) = opening(number), ending(number)

    def scene(painter: QPainter, t: float) -> None:
        if op <= t < op_end:
            song(painter, t - op)
        elif t >= ed:
            _credits(painter, t - ed, number)
        else:
            story(painter, t)
            name = fade(t, op_end + 0.4, op_end + 5)
            words, made = f"{number}  ·  {NAMES[number - 1]}", canvas.font(34, spacing=1)
            canvas.text(painter, QRectF(0, 96, WIDTH, 60), words, made, colour("#FFFFFF", name))
            dark = max(fade(t, op - 0.6, op + 1, 0.6), fade(t, ed - 0.8, ed + 1, 0.8))
            painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), colour("#07070F", dark))
        painter.fillRect(
            QRectF(0, 0, WIDTH, HEIGHT), colour("#07070F", fade(t, ed_end - 1.5, ed_end + 2, 1.4))
        )

    return scene


def song(painter: QPainter, t: float) -> None:
    """Draw the opening, the same in every episode: `t` from 0 to 18."""
    painter.drawImage(0, 0, shapes.sky(_SONG_SKY, 120, 21))
    shapes.moon(painter, WIDTH / 2, 580 - min(1.0, t / 6) * 126, 176, "#FFF1D6")
    for number in range(6):
        age = (t * 0.2 + number / 6) % 1.0
        x = 1380 - age * 1560
        y = 262 + (number * 83) % 190 + math.sin(age * 7 + number) * 22
        shapes.letter(painter, x, y, 46, math.sin(age * 9 + number) * 14)
    shapes.hills(painter, GROUND + 26, 84, t * 14, 6, ("#2E1C5C", "#20143F"))
    _surface(painter, t, 150, "#140D2B", 5)
    hop = abs(math.sin(t * math.pi / 1.5)) * 16
    courier(painter, -120 + min(t, 7.0) * 108, GROUND - hop, 1.15, t * 9)
    canvas.card(painter, "Moon Courier", "Every letter arrives", fade(t, 7.0, 17.4), y=132)
    flash = fade(t, -0.5, 0.5, 0.5) + fade(t, OPENING_LENGTH - 0.5, OPENING_LENGTH + 0.5, 0.5)
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), colour("#FFF6E6", 0.7 * flash))


def courier(painter: QPainter, x: float, y: float, size: float, turn: float) -> None:
    """Draw the rider; `y` is where the wheels touch, `turn` the wheels' angle in radians."""
    painter.save()
    painter.translate(x, y)
    painter.scale(size, size)
    shapes.glow(painter, 92, -58, 90, "#FFF2C4", 0.30)
    scarf = QPainterPath(QPointF(4, -142))
    wave = math.sin(turn * 0.7) * 9
    scarf.cubicTo(-34, -150 + wave, -62, -126 - wave, -112, -146 + wave)
    scarf.lineTo(-108, -130 + wave)
    scarf.cubicTo(-64, -112 - wave, -32, -132 + wave, 6, -128)
    painter.setBrush(QColor("#E9566F"))
    painter.drawPath(scarf)
    body = QPainterPath(QPointF(-74, -34))
    body.cubicTo(-84, -74, -40, -78, -18, -66)
    body.lineTo(34, -40)
    body.lineTo(62, -92)
    body.lineTo(76, -88)
    body.quadTo(88, -46, 72, -22)
    body.lineTo(-60, -22)
    painter.setBrush(shapes.gradient(-92, -22, ((0, "#A99DFF"), (1, "#6353D8"))))
    painter.drawPath(body)
    painter.setBrush(QColor("#3B2A52"))
    painter.drawRoundedRect(QRectF(-98, -116, 58, 48), 8, 8)
    shapes.letter(painter, -69, -93, 38, 0)
    jacket = QPainterPath(QPointF(-30, -68))
    jacket.cubicTo(-32, -124, -14, -140, 8, -136)
    jacket.cubicTo(26, -128, 28, -96, 22, -62)
    painter.setBrush(QColor("#F2C14E"))
    painter.drawPath(jacket)
    pen = QPen(QColor("#D9A63A"), 13)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(6, -118), QPointF(58, -94))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#F4F1FF"))
    painter.drawEllipse(QPointF(8, -160), 29, 29)
    painter.setBrush(QColor("#2A2347"))
    painter.drawRoundedRect(QRectF(6, -172, 31, 22), 11, 11)
    painter.setBrush(colour("#A9E4FF", 0.8))
    painter.drawRoundedRect(QRectF(20, -168, 12, 6), 3, 3)
    for wheel in (-50.0, 66.0):
        _wheel(painter, wheel, turn)
    painter.restore()


def _wheel(painter: QPainter, x: float, turn: float) -> None:
    painter.setBrush(QColor("#191430"))
    painter.drawEllipse(QPointF(x, -24), 25, 25)
    painter.setBrush(QColor("#CFC8EE"))
    painter.drawEllipse(QPointF(x, -24), 13, 13)
    painter.setPen(QPen(QColor("#191430"), 3))
    for spoke in range(3):
        angle = turn + spoke * math.pi / 3
        dx, dy = math.cos(angle) * 12, math.sin(angle) * 12
        painter.drawLine(QPointF(x - dx, -24 - dy), QPointF(x + dx, -24 + dy))
    painter.setPen(Qt.PenStyle.NoPen)


def _surface(painter: QPainter, t: float, speed: float, name: str, seed: int) -> None:
    """Draw the ground with craters that pass at `speed` units a second."""
    painter.setBrush(QColor(name))
    painter.drawRect(QRectF(0, GROUND - 4, WIDTH, HEIGHT - GROUND + 4))
    dice = random.Random(seed)  # noqa: S311  (a picture, not a secret)
    for _ in range(9):
        depth = dice.random()
        x = (dice.uniform(0, 1700) - t * speed * (0.6 + 0.6 * depth)) % 1700 - 200
        y = GROUND + 18 + depth * 124
        wide = 34 + 70 * depth
        painter.setBrush(QColor(name).lighter(142))
        painter.drawEllipse(QPointF(x, y), wide, wide * 0.17)
        painter.setBrush(QColor(name).darker(128))
        painter.drawEllipse(QPointF(x + 2, y + wide * 0.035), wide * 0.86, wide * 0.125)


def _earth(painter: QPainter, x: float, y: float, radius: float) -> None:
    shapes.glow(painter, x, y, radius * 2.3, "#7FC8FF", 0.4)
    made = QRadialGradient(QPointF(x - radius * 0.35, y - radius * 0.35), radius * 1.5)
    made.setColorAt(0, QColor("#8FD6FF"))
    made.setColorAt(0.6, QColor("#2F6FC4"))
    made.setColorAt(1, QColor("#0E1F4A"))
    painter.setBrush(made)
    painter.drawEllipse(QPointF(x, y), radius, radius)
    disc = QPainterPath()
    disc.addEllipse(QPointF(x, y), radius, radius)
    land = QPainterPath()
    for dx, dy, a, b in ((-0.4, -0.3, 0.4, 0.3), (0.3, 0.2, 0.34, 0.46), (-0.25, 0.6, 0.3, 0.2)):
        land.addEllipse(QPointF(x + dx * radius, y + dy * radius), a * radius, b * radius)
    painter.setBrush(colour("#7DC79A", 0.8))
    painter.drawPath(land.intersected(disc))


def _near_side(painter: QPainter, t: float) -> None:
    painter.drawImage(0, 0, shapes.sky(_VIOLET_SKY, 170, 31))
    _earth(painter, 960 - t * 1.6, 276, 92)
    shapes.hills(painter, GROUND + 8, 190, 0, 2, ("#4A3F86", "#2B2456"))
    shapes.hills(painter, GROUND + 14, 92, 300 + t * 20, 9, ("#2F2862", "#211B47"))
    _surface(painter, t, 150, "#1B1638", 3)
    courier(painter, 430 + math.sin(t * 0.35) * 90, GROUND + 30, 1.0, t * 8)
    if t > 40:
        x = 470 + math.sin(t * 0.35) * 90 - 30
        shapes.letter(painter, x - 40 + (t - 40) * 4, 300 - math.sin(t) * 16, 54, math.sin(t) * 12)


def _far_side(painter: QPainter, t: float) -> None:
    painter.drawImage(0, 0, shapes.sky(_FAR_SKY, 190, 47))
    for number in range(3):
        age = (t * 0.11 + number * 0.37) % 1.0
        x, y = 1300 - age * 1500, 60 + number * 54 + age * 150
        trail = QPen(colour("#C7F7FF", 0.5 * (1 - age)), 2.4)
        painter.setPen(trail)
        painter.drawLine(QPointF(x, y), QPointF(x + 92, y - 14))
        painter.setPen(Qt.PenStyle.NoPen)
    shapes.hills(painter, GROUND + 8, 220, 0, 4, ("#1C5560", "#123842"))
    _station(painter, 1080 - t * 6)
    shapes.hills(painter, GROUND + 14, 70, 500 + t * 20, 1, ("#123C48", "#0C2A35"))
    _surface(painter, t, 150, "#0A202A", 8)
    courier(painter, 560 + math.sin(t * 0.3) * 110, GROUND + 30, 1.0, t * 8)


def _station(painter: QPainter, x: float) -> None:
    """Draw the post office of the far side: domes and one tall aerial."""
    painter.setBrush(QColor("#0E2F3A"))
    painter.drawRect(QRectF(x + 66, 240, 5, 260))
    shapes.glow(painter, x + 68, 238, 42, "#FF8A7A", 0.7)
    for dx, radius in ((-70, 64), (60, 96), (176, 54)):
        painter.setBrush(shapes.gradient(400, 520, ((0, "#3E8E97"), (1, "#123842"))))
        painter.drawEllipse(QPointF(x + dx, 512), radius, radius)
        painter.setBrush(QColor("#FFE3A6"))
        painter.drawRoundedRect(QRectF(x + dx - 14, 512 - radius * 0.62, 28, 12), 6, 6)


def _credits(painter: QPainter, t: float, number: int) -> None:
    painter.drawImage(0, 0, shapes.sky(_VIOLET_SKY if number == 1 else _FAR_SKY, 170, 31))
    shapes.moon(painter, 250, 250, 96, "#EFE4FF")
    _surface(painter, t, 40, "#14102A" if number == 1 else "#0A202A", 3)
    courier(painter, 300 + t * 62, GROUND + 30, 0.62, t * 8)
    lines = ("Moon Courier", "Drawn and scored by a script", "for NovaStream", "No rights reserved")
    for row, words in enumerate(lines):
        weight = canvas.font(38 if row == 0 else 25, spacing=1)
        ink = colour("#F2F3F7", fade(t, 0.8 + row * 0.7, ENDING_LENGTH + 3))
        canvas.text(painter, QRectF(480, 190 + row * 58, 760, 56), words, weight, ink)


def art(painter: QPainter, wide: int, high: int) -> None:
    """Draw the title's picture without words, filling `wide` x `high`."""
    scale = high / HEIGHT
    painter.save()
    painter.translate(wide / 2, 0)
    painter.scale(scale, scale)
    painter.translate(-(WIDTH / 2 if wide > high else 652), 0)
    painter.drawImage(0, 0, shapes.sky(_SONG_SKY, 120, 21))
    shapes.moon(painter, 700, 300, 190, "#FFF1D6")
    shapes.hills(painter, GROUND + 26, 84, 90, 6, ("#2E1C5C", "#20143F"))
    _surface(painter, 2, 190, "#140D2B", 5)
    for x, y, size, tilt in ((470, 130, 60, -14), (860, 210, 44, 18), (930, 96, 32, 8)):
        shapes.letter(painter, x, y, size, tilt)
    courier(painter, 640, GROUND + 12, 1.5, 1.0)
    painter.restore()
