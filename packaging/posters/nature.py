"""Posters that happen outdoors."""

# ruff: noqa: PLR0917  (a drawing call names place, size, colour in one order)

from __future__ import annotations

import math

from posters.sheet import HEIGHT, Sheet


def _meadow(on: Sheet, far: str, near: str, dark: str) -> None:
    on.ridge(430, 90, far, near)
    on.ridge(500, 70, near, dark)


def _flower(on: Sheet, x: float, y: float, size: float, name: str, heart: str) -> None:
    with on.at(x, y, size):
        on.fill(name)
        for petal in range(6):
            angle = petal * math.tau / 6
            on.disc(math.cos(angle) * 6, math.sin(angle) * 6, 4.4)
        on.fill(heart)
        on.disc(0, 0, 4)


def _butterfly(on: Sheet, x: float, y: float, size: float, turn: float) -> None:
    with on.at(x, y, size, turn):
        for side in (-1, 1):
            on.fill("#C9A7FF")
            on.blob((0, 0), (side * 6, -34, side * 44, -44, side * 40, -12), (side * 34, 6, 0, 2))
            on.fill("#8B7CF6")
            on.blob((0, 0), (side * 34, 4, side * 34, 34, side * 18, 32), (side * 6, 26, 0, 4))
            on.fill("#FFFFFF", 0.75)
            on.disc(side * 27, -22, 4)
        on.fill("#1B1430")
        on.box(-2, -14, 4, 34, 2)


def bunny(on: Sheet) -> None:
    """Two long ears behind a hill, and a butterfly."""
    on.sky("#123A4A", "#2E7F7C", "#9CCB9A", "#F3E3A8")
    on.light(on.middle + 90, 170, 46, "#FFF1C4")
    on.cloud(on.middle - 110, 150, 120, "#FFFFFF", 0.20)
    on.cloud(on.middle + 200, 110, 150, "#FFFFFF", 0.16)
    on.ridge(400, 80, "#5FA57A", "#2E6E5C")
    for side in (-1, 1):
        with on.at(on.middle - 16 + side * 30, 440, 1.25, side * 12 - 3):
            on.shade(-210, 0, "#DDD7E6", "#8E86A6")
            on.blob((-24, 10), (-44, -90, -30, -196, 0, -204), (30, -196, 44, -90, 24, 10))
            on.fill("#E7A9B4", 0.85)
            on.blob((-11, 0), (-24, -84, -15, -160, 0, -172), (15, -160, 24, -84, 11, 0))
    _meadow(on, "#3E8A63", "#22594C", "#0E2E33")
    for _ in on.each(16):
        y = on.dice.uniform(470, 590)
        name = on.dice.choice(("#FFFFFF", "#FFD9E4", "#FFF1C4"))
        _flower(on, on.dice.uniform(0, on.width), y, (y - 420) / 120, name, "#F2C063")
    _butterfly(on, on.middle + 108, 270, 1.0, 18)


def sunflower(on: Sheet) -> None:
    """The same meadow in the evening, under a sunflower."""
    on.sky("#2B1B45", "#7C3B63", "#E28A5E", "#FFD28A")
    on.cloud(on.middle - 150, 140, 150, "#FFD9B0", 0.20)
    on.ridge(410, 70, "#8A5A52", "#4A3048")
    _meadow(on, "#5B5A3E", "#2E3A34", "#14171F")
    x, y = on.middle, 250
    on.stroke(on.curve((x + 20, 620), (x + 50, 460, x, y)), 13, "#3F6B3C")
    for side, foot in ((-1, 470), (1, 420)):
        on.fill("#4F8247")
        on.blob(
            (x + 26, foot),
            (x + 26 + side * 50, foot - 70, x + 26 + side * 110, foot - 30),
            (x + 26 + side * 60, foot + 16, x + 26, foot),
        )
    on.glow(x, y, 240, "#FFD27A", 0.4)
    for circle, (count, name) in enumerate(((18, "#E99A2C"), (18, "#FFC542"))):
        for petal in range(count):
            with on.at(x, y, 1.0, petal * 360 / count + circle * 10):
                on.fill(name)
                on.blob((0, -40), (24, -84, 0, -132 + circle * 14), (-24, -84, 0, -40))
    on.shade(y - 60, y + 60, "#6B3F24", "#3A2118")
    on.disc(x, y, 58)
    for seed in range(90):
        turn, out = seed * 2.39996, 5.4 * math.sqrt(seed)
        on.fill("#C98A45", 0.75)
        on.disc(x + math.cos(turn) * out, y + math.sin(turn) * out, 2.2)


def sintel(on: Sheet) -> None:
    """A dragon before a low sun, over ice and sand."""
    on.sky("#1A1326", "#55243A", "#B5503F", "#F0A55B")
    on.stars(30, 240)
    on.light(on.middle, 300, 96, "#FFD9A0")
    with on.at(on.middle - 4, 262, 1.15, -6):
        on.fill("#1A0F1C")
        for side in (-1, 1):
            on.blob(
                (0, -6),
                (side * 20, -70, side * 80, -96, side * 150, -66),
                (side * 118, -56, side * 112, -22),
                (side * 92, -40, side * 74, -4),
                (side * 56, -24, side * 40, 14),
                (side * 20, 0, 0, 16),
            )
        on.blob(
            (-8, -14),
            (0, -46, 8, -14),
            (14, 20, 6, 50),
            (14, 84, 40, 98),
            (4, 92, -4, 52),
            (-14, 20, -8, -14),
        )
        on.shape((-7, -36), (0, -58), (7, -36), (0, -22))
        on.shape((34, 92), (54, 94), (42, 106))
    on.peaks(420, 150, "#6E3A4A", "#3A2036", "#F3D9CF")
    on.peaks(480, 110, "#43233A", "#24142A", "#D9B7BE")
    on.ridge(540, 50, "#2B1728", "#0F0A14")
    on.traveller(on.middle - 70, 528)


def _llama(on: Sheet, x: float, foot: float, size: float, coat: str, dark: str) -> None:
    with on.at(x, foot, size):
        on.fill(dark)
        for leg in (-44, -26, 22, 40):
            on.box(leg, -52, 11, 52, 4)
        on.fill(coat)
        on.box(-58, -108, 118, 68, 32)
        on.blob((24, -70), (22, -150, 34, -196), (54, -206, 66, -190), (60, -120, 62, -66))
        on.disc(-58, -88, 15)
        on.box(36, -222, 56, 34, 15)
        on.fill(dark)
        for ear in (38, 52):
            on.blob((ear, -214), (ear - 5, -244, ear + 5, -250), (ear + 13, -236, ear + 11, -214))
        on.disc(70, -208, 4.6)
        on.fill("#FFFFFF", 0.9)
        on.disc(71.5, -209.5, 1.7)
        on.fill(dark, 0.35)
        on.box(80, -204, 12, 15, 6)


def caminandes_fence(on: Sheet) -> None:
    """A llama at an electric fence; the green is on the other side."""
    on.sky("#2A4A73", "#6FA3B8", "#F4C98E", "#F6A96B")
    on.light(on.middle + 96, 150, 40, "#FFF3D0")
    on.peaks(400, 170, "#8D7A9B", "#5F5478", "#FFFFFF")
    on.ridge(440, 50, "#D69A5A", "#9C6438")
    _llama(on, on.middle - 40, 512, 1.2, "#F2E4CC", "#5B3B2B")
    on.ground(508, "#A66B3C", "#4B2C22")
    for post in range(-1, round(on.width / 120) + 2):
        x = post * 120 + 34
        on.fill("#3A231C")
        on.box(x, 410, 13, 150, 3)
    for wire in (436, 474, 512):
        on.stroke(on.curve((0, wire), (on.width, wire)), 2.4, "#1E1A22")
    on.glow(on.middle + 66, 436, 70, "#9BE8FF", 0.9)
    bolt = ((0, -26), (-12, 4), (-1, 2), (-8, 30), (14, -6), (2, -4), (10, -26))
    on.fill("#EFFBFF")
    on.shape(*((on.middle + 66 + a, 436 + b) for a, b in bolt))


def caminandes_snow(on: Sheet) -> None:
    """A llama, a penguin, and the berries that both want."""
    on.sky("#16264A", "#3E6A9A", "#A9CBE0", "#F2E6EC")
    on.light(on.middle - 110, 130, 34, "#FFFFFF")
    on.peaks(390, 190, "#7D9BC0", "#5876A3", "#FFFFFF")
    on.ridge(450, 40, "#DCE8F4", "#B4C9E2")
    _llama(on, on.middle - 66, 520, 1.0, "#F0DFC4", "#57392B")
    on.ridge(534, 30, "#F4F8FD", "#A8C0DE")
    with on.at(on.middle + 96, 548, 1.15):
        on.fill("#1B2238")
        on.blob((-36, 0), (-46, -70, -26, -112, 0, -112), (26, -112, 46, -70, 36, 0))
        on.fill("#FFFFFF")
        on.blob((-24, 0), (-30, -52, -14, -78, 0, -78), (14, -78, 30, -52, 24, 0))
        on.fill("#FFFFFF")
        on.disc(-10, -90, 7)
        on.disc(10, -90, 7)
        on.fill("#111827")
        on.disc(-9, -90, 3)
        on.disc(9, -90, 3)
        on.fill("#F2A63B")
        on.shape((-7, -82), (7, -82), (0, -72))
    on.stroke(
        on.curve((on.middle + 20, 556), (on.middle + 24, 500, on.middle + 14, 470)), 4, "#4A3A2E"
    )
    for dx, y in ((14, 468), (30, 486), (2, 492), (24, 508)):
        on.fill("#D8364A")
        on.disc(on.middle + dx, y, 9)
        on.fill("#FFFFFF", 0.7)
        on.disc(on.middle + dx - 3, y - 3, 2.2)
    for _ in on.each(60):
        on.fill("#FFFFFF", on.dice.uniform(0.4, 0.9))
        on.disc(on.dice.uniform(0, on.width), on.dice.uniform(0, HEIGHT), on.dice.uniform(1, 3))


def _branch(on: Sheet, x: float, y: float, angle: float, length: float, thick: float) -> None:
    tip = (x + math.cos(angle) * length, y + math.sin(angle) * length)
    on.stroke(on.curve((x, y), tip), thick, "#2A1C2E")
    if thick > 2.2:
        for turn in (-0.46, 0.12, 0.5):
            lean = turn + on.dice.uniform(-0.14, 0.14)
            _branch(on, *tip, angle + lean, length * on.dice.uniform(0.66, 0.8), thick * 0.66)
        return
    for _ in range(3):
        name = on.dice.choice(("#FFC7DA", "#FFE3EC", "#F79BBE"))
        on.fill(name, 0.9)
        on.disc(
            tip[0] + on.dice.uniform(-9, 9), tip[1] + on.dice.uniform(-9, 9), on.dice.uniform(3, 7)
        )


def spring(on: Sheet) -> None:
    """A tree in blossom over mountains that are still white."""
    on.sky("#2B4E5E", "#5E9A93", "#C9DDB4", "#FBE6C2")
    on.light(on.middle - 84, 190, 54, "#FFF6DC")
    on.peaks(420, 200, "#7FA3A6", "#4F7A80", "#FFFFFF")
    on.ridge(470, 60, "#7FA86A", "#3F6E50")
    _branch(on, on.middle + 50, 530, -1.62, 96, 17)
    on.ridge(556, 50, "#40734F", "#16302D")
    on.traveller(on.middle - 92, 540)
    for _ in on.each(26):
        on.fill("#FFC7DA", on.dice.uniform(0.4, 0.9))
        on.disc(on.dice.uniform(0, on.width), on.dice.uniform(120, 590), on.dice.uniform(1.5, 3.6))


def mushrooms(on: Sheet) -> None:
    """Mushrooms that look back, in a wood at night."""
    on.sky("#0B1226", "#152B3E", "#1F4A4C", "#0C1E24")
    on.light(on.middle + 80, 120, 38, "#E8F3D6")
    for _ in on.each(7):
        x, wide = on.dice.uniform(0, on.width), on.dice.uniform(16, 34)
        on.fill("#0A1620", 0.85)
        on.shape((x, 0), (x + wide, 0), (x + wide * 1.5, HEIGHT), (x - wide * 0.5, HEIGHT))
    on.ridge(520, 46, "#12303A", "#060D14")
    for dx, foot, size, cap in (
        (-104, 540, 0.8, "#C2405B"),
        (104, 548, 0.95, "#8B5CF6"),
        (0, 566, 1.55, "#E0563F"),
    ):
        with on.at(on.middle + dx, foot, size):
            on.glow(0, -90, 130, cap, 0.5)
            on.shade(-90, 0, "#F5E9D4", "#A89A8C")
            on.blob((-24, 0), (-30, -50, -20, -92), (20, -92), (30, -50, 24, 0))
            on.fill(cap)
            on.blob((-78, -84), (-70, -168, 0, -172), (70, -168, 78, -84), (0, -64, -78, -84))
            on.fill("#FFF3E0", 0.92)
            for spot, y, radius in ((-40, -112, 10), (-4, -142, 12), (36, -116, 9), (58, -96, 5)):
                on.disc(spot, y, radius, 0.8)
            for eye in (-10, 10):
                on.fill("#1A1222")
                on.disc(eye, -52, 6.4, 1.2)
                on.fill("#FFFFFF")
                on.disc(eye + 2, -55, 2.2)
    for _ in on.each(24):
        x, y = on.dice.uniform(0, on.width), on.dice.uniform(200, 560)
        on.glow(x, y, 12, "#CFFF8A", 0.6)


def hero(on: Sheet) -> None:
    """A small figure on a ridge, and two eyes in the mountain."""
    on.sky("#F0E2C8", "#E9B78A", "#B9564B", "#3E1B33")
    on.light(on.middle, 200, 110, "#FFF6DF")
    on.fill("#24122B")
    on.blob(
        (on.middle - 320, 620),
        (on.middle - 190, 260, on.middle - 74, 168),
        (on.middle - 40, 128, on.middle, 176),
        (on.middle + 44, 124, on.middle + 78, 172),
        (on.middle + 200, 270, on.middle + 330, 620),
    )
    for side in (-1, 1):
        on.glow(on.middle + side * 38, 262, 50, "#FFB35C", 0.9)
        on.fill("#FFE9B8")
        on.blob(
            (on.middle + side * 16, 270),
            (on.middle + side * 40, 240, on.middle + side * 62, 252),
            (on.middle + side * 44, 280, on.middle + side * 16, 270),
        )
    on.ridge(520, 46, "#170B1D", "#08040C")
    x, foot = on.middle - 4, 500
    on.fill("#E0483F")
    on.blob(
        (x - 4, foot - 58),
        (x - 46, foot - 60, x - 74, foot - 30),
        (x - 46, foot - 30, x - 30, foot - 8),
        (x - 10, foot - 24, x + 4, foot - 50),
    )
    on.fill("#F0E2C8")
    on.blob(
        (x - 11, foot + 4), (x - 10, foot - 56, x, foot - 58), (x + 10, foot - 56, x + 12, foot + 4)
    )
    on.disc(x, foot - 66, 9)
    on.stroke(on.curve((x + 12, foot - 34), (x + 40, foot - 84)), 4, "#FFF6DF")
