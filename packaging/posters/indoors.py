"""Posters of rooms and of things in them."""

from __future__ import annotations

import math

from posters.sheet import HEIGHT, Sheet


def laundromat(on: Sheet) -> None:
    """A sheep on an island under a sky that turns."""
    on.sky("#141233", "#2B2A6B", "#3C6C9C", "#7FC5BE")
    names = ("#FF7A9A", "#FFB45E", "#FFE58A", "#7FE0B2", "#6FB7FF", "#A98BFF")
    x, y = on.middle, 200
    for turn in range(30, 0, -1):
        radius = turn * 9.4
        on.ring(
            x + math.sin(turn * 0.5) * 7, y, radius, 5.4, names[turn % 6], 0.75 - turn * 0.02, 0.66
        )
    on.glow(x, y, 120, "#FFFFFF", 0.9)
    on.ground(500, "#1F5A6B", "#0A1C30")
    on.fill("#173C35")
    on.blob((x - 240, 604), (x - 150, 432, x, 430), (x + 150, 432, x + 240, 604))
    on.fill("#2E6B4C")
    on.blob(
        (x - 200, 520), (x - 110, 428, x, 426), (x + 110, 428, x + 200, 520), (x, 470, x - 200, 520)
    )
    with on.at(x, 428, 1.25):
        on.fill("#1A1622")
        for leg in (-26, -10, 8, 24):
            on.box(leg - 3, -26, 7, 28, 3)
        on.fill("#F3EEE4")
        for puff in range(11):
            angle = puff * math.tau / 11
            on.disc(math.cos(angle) * 32, -48 + math.sin(angle) * 19, 15)
        on.disc(0, -48, 32, 0.7)
        on.fill("#1A1622")
        on.disc(42, -62, 15, 1.15)
        on.blob((30, -70), (16, -76, 18, -62), (26, -58, 34, -64))
        on.fill("#FFFFFF")
        on.disc(46, -66, 3)


def coffee(on: Sheet) -> None:
    """A cup whose steam is a road, and someone on it."""
    on.sky("#3A1F2B", "#7C3F43", "#C9795A", "#F3C79A")
    x = on.middle
    road = on.curve(
        (x - 6, 410),
        (x - 100, 350, x + 110, 300, x + 10, 230),
        (x - 66, 180, x + 60, 150, x + 30, 60),
    )
    on.stroke(road, 54, "#FBE9D2", 0.9)
    on.stroke(road, 3, "#C9795A", 0.7)
    with on.at(x + 22, 262, 1.0, 8):
        on.stroke(on.curve((0, -34), (0, -8)), 12, "#2A1420")
        for tip in ((-20, 16), (22, 10)):
            on.stroke(on.curve((0, -8), tip), 7, "#2A1420")
        for tip in ((-22, -20), (20, -32)):
            on.stroke(on.curve((0, -32), tip), 6, "#2A1420")
        on.fill("#E0563F")
        on.disc(-1, -50, 11)
        on.blob((-6, -58), (-36, -66, -40, -44), (-24, -50, -8, -44))
    on.fill("#2A1420", 0.35)
    on.disc(x, 566, 150, 0.16)
    on.ring(x + 104, 464, 38, 18, "#F7EFE4")
    on.shade(400, 570, "#FFFFFF", "#D9C4B4")
    on.blob(
        (x - 112, 408), (x - 108, 560, x - 50, 562), (x + 50, 562), (x + 108, 560, x + 112, 408)
    )
    on.fill("#F2E4D4")
    on.disc(x, 408, 112, 0.2)
    on.fill("#4A2418")
    on.disc(x, 410, 98, 0.17)
    on.fill("#E0563F")
    with on.at(x - 8, 480, 1.3):
        on.blob(
            (0, 26),
            (-34, 4, -30, -24, -12, -20),
            (-2, -18, 0, -8),
            (2, -18, 12, -20),
            (30, -24, 34, 4, 0, 26),
        )


def gallery(on: Sheet) -> None:
    """A glass in a frame, half of it full."""
    on.sky("#E9E4DC", "#E2DBD0", "#D5CBBE", "#C3B6A6")
    x = on.middle
    on.ground(520, "#9A7B5E", "#5E4634")
    on.fill("#FFFFFF", 0.35)
    on.shape((x - 30, 0), (x + 30, 0), (x + 190, 520), (x - 190, 520))
    on.fill("#000000", 0.16)
    on.box(x - 116, 104, 250, 330)
    on.fill("#2A2230")
    on.box(x - 126, 90, 252, 330)
    on.shade(104, 406, "#5B47D9", "#2B1F6B")
    on.box(x - 112, 104, 224, 302)
    on.fill("#FFFFFF", 0.22)
    on.shape((x - 58, 150), (x + 58, 150), (x + 42, 360), (x - 42, 360))
    on.fill("#FFB45E")
    on.shape((x - 50, 255), (x + 50, 255), (x + 40, 354), (x - 40, 354))
    on.fill("#FFD9A0")
    on.disc(x, 255, 50, 0.14)
    outline = on.curve((x - 58, 150), (x - 42, 360), (x + 42, 360), (x + 58, 150))
    on.stroke(outline, 4, "#F4F1FF", 0.9)
    on.ring(x, 150, 58, 4, "#F4F1FF", 0.9, 0.14)
    for side, coat in ((-1, "#C2405B"), (1, "#2E6E7C")):
        with on.at(x + side * 112, 560, 1.0):
            on.fill(coat)
            on.blob((-44, 50), (-42, -74, 0, -80), (42, -74, 44, 50))
            on.fill("#F0CDA8")
            on.disc(0, -98, 24)
            on.fill("#2A2230")
            on.blob((-25, -98), (-24, -130, 0, -128), (24, -130, 25, -98), (0, -116, -25, -98))
            on.stroke(on.curve((-side * 30, -40), (-side * 66, -84)), 13, coat)


def armchair(on: Sheet) -> None:
    """A dog in the morning, and a chair that cannot be trusted."""
    on.sky("#2E5A62", "#5E9A8E", "#A8CBA6", "#F2DFA8")
    x = on.middle
    on.fill("#FFF3C8", 0.30)
    on.shape((x - 40, 60), (x + 120, 60), (x + 330, 540), (x + 40, 540))
    on.fill("#FFFBE8", 0.85)
    on.box(x - 36, 60, 150, 170, 6)
    on.fill("#5E9A8E")
    on.box(x + 34, 60, 9, 170)
    on.box(x - 36, 140, 150, 9)
    on.ground(500, "#B0754A", "#5A3626")
    with on.at(x - 40, 520, 1.05, -9):
        on.fill("#4A2A20")
        for leg in (-92, 80):
            on.box(leg, -12, 15, 40, 4)
        on.shade(-230, 0, "#E2664A", "#A83B34")
        on.box(-96, -236, 190, 200, 44)
        on.fill("#C24C3C")
        on.box(-86, -96, 176, 74, 20)
        on.shade(-150, 0, "#EE7A58", "#B5443A")
        on.box(-122, -146, 52, 142, 24)
        on.box(70, -146, 52, 142, 24)
    with on.at(x + 104, 552, 1.15):
        on.fill("#F4E9D6")
        on.blob((-40, 0), (-46, -70, -8, -84), (30, -80, 36, 0))
        on.disc(-6, -104, 36, 0.92)
        on.stroke(on.curve((34, -12), (66, -22, 62, -56)), 11, "#F4E9D6")
        on.fill("#7A4A2E")
        on.blob((18, -128), (52, -126, 42, -74), (26, -76, 18, -128))
        on.blob((-30, -128), (-64, -126, -54, -74), (-38, -76, -30, -128))
        on.fill("#241820")
        on.disc(-19, -108, 4.6)
        on.disc(6, -108, 4.6)
        on.disc(-7, -92, 8, 0.75)


def barbershop(on: Sheet) -> None:
    """A barber's pole in the light of a torch."""
    on.sky("#0B0F22", "#15224A", "#23366E", "#0A0D1C")
    x = on.middle
    for row in range(14):
        for brick in range(-1, round(on.width / 56) + 1):
            on.fill("#FFFFFF", on.dice.uniform(0.012, 0.05))
            on.box(brick * 56 + (row % 2) * 28, row * 44, 52, 40, 3)
    on.fill("#FFE9A8", 0.16)
    on.shape((x - 330, 640), (x - 90, 60), (x + 130, 40), (x + 210, 560))
    on.glow(x + 20, 260, 260, "#FFE9A8", 0.45)
    on.painter.save()
    tube = on.curve((x - 44, 120), (x + 44, 120), (x + 44, 440), (x - 44, 440))
    on.painter.setClipPath(tube)
    on.fill("#F7F4EE")
    on.box(x - 44, 120, 88, 320)
    for stripe in range(-2, 8):
        y = 100 + stripe * 62
        on.fill("#D8364A" if stripe % 2 else "#2F55C8")
        on.shape((x - 44, y + 52), (x + 44, y), (x + 44, y + 30), (x - 44, y + 82))
    on.painter.restore()
    on.fill("#FFFFFF", 0.35)
    on.box(x - 32, 124, 14, 312, 7)
    on.fill("#000000", 0.22)
    on.box(x + 22, 120, 22, 320)
    on.shade(70, 130, "#F2D48A", "#9A7430")
    on.box(x - 58, 92, 116, 32, 10)
    on.disc(x, 78, 26)
    on.box(x - 58, 436, 116, 32, 10)
    on.disc(x, 482, 22)
    on.fill("#05070F")
    foot = x - 96
    on.blob(
        (foot - 54, HEIGHT),
        (foot - 52, 500, foot - 16, 490),
        (foot + 16, 490),
        (foot + 52, 500, foot + 54, HEIGHT),
    )
    on.disc(foot, 462, 27)
    on.box(foot - 46, 440, 92, 9, 4)
    on.box(foot - 28, 408, 56, 36, 10)
