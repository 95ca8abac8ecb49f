"""Posters of machines, towns and space."""

from __future__ import annotations

from posters.sheet import HEIGHT, Sheet


def steel(on: Sheet) -> None:
    """A church under a machine's eye."""
    on.sky("#07121C", "#10303F", "#2B6A78", "#C8B48A")
    x, y = on.middle, 210
    on.glow(x, y, 300, "#4FD8E8", 0.35)
    for radius, thick, alpha in ((168, 2, 0.35), (140, 16, 0.25), (112, 3, 0.8), (84, 10, 0.5)):
        on.ring(x, y, radius, thick, "#7FEFFF", alpha)
    for tick in range(48):
        with on.at(x, y, 1.0, tick * 7.5):
            on.fill("#7FEFFF", 0.7 if tick % 4 == 0 else 0.3)
            on.box(-1.2, -164, 2.4, 14)
    on.fill("#06222C")
    on.disc(x, y, 62)
    on.light(x, y, 24, "#FF5A4F")
    on.fill("#FFD8CF")
    on.disc(x - 7, y - 7, 6)
    on.fill("#0A1A24")
    for block in range(-1, round(on.width / 46) + 1):
        high = 60 + (block * 37) % 50
        on.shape(
            (block * 46, 480 - high),
            (block * 46 + 22, 460 - high),
            (block * 46 + 44, 480 - high),
            (block * 46 + 44, HEIGHT),
            (block * 46, HEIGHT),
        )
    on.fill("#05101A")
    on.box(x - 70, 420, 140, 180)
    on.blob((x - 60, 424), (x - 54, 362, x, 358), (x + 54, 362, x + 60, 424))
    on.box(x - 10, 316, 20, 60)
    on.shape((x - 14, 320), (x, 276), (x + 14, 320))
    on.fill("#F2C063", 0.85)
    for window in (-42, -8, 26):
        on.box(x + window, 452, 16, 44, 8)
    on.ground(560, "#08202B", "#040A10")


def machine(on: Sheet) -> None:
    """Wheels within wheels, and a way through them for two."""
    on.sky("#15130F", "#3B2E1C", "#6E5527", "#1A140E")
    on.glow(on.middle, 300, 330, "#E8C069", 0.55)
    wheels = (
        (0, 290, 132, "#C79B4A"),
        (-150, 130, 92, "#7F6434"),
        (142, 120, 76, "#94763E"),
        (160, 430, 104, "#6C5530"),
        (-170, 440, 88, "#87692F"),
    )
    for dx, y, radius, name in wheels:
        _wheel(on, on.middle + dx, y, radius, name)
    if on.wide:
        for x, y, radius in ((90, 160, 110), (250, 420, 150), (430, 210, 80)):
            _wheel(on, x, y, radius, "#4D3D22")
    for start in range(6):
        y = 40 + start * 104
        on.stroke(
            on.curve((0, y), (on.width * 0.3, y + 70, on.width * 0.6, y - 80, on.width, y + 20)),
            3,
            "#0E0B07",
            0.8,
        )
    on.stroke(on.curve((0, 520), (on.middle, 470, on.width, 520)), 12, "#0B0906")
    for dx, high in ((-20, 44), (16, 58)):
        on.fill("#0B0906")
        on.box(on.middle + dx - 7, 500 - high, 15, high, 6)
        on.disc(on.middle + dx, 500 - high - 7, 8)


def _wheel(on: Sheet, x: float, y: float, radius: float, name: str) -> None:
    teeth = round(radius / 6)
    for tooth in range(teeth):
        with on.at(x, y, 1.0, tooth * 360 / teeth):
            on.fill(name)
            on.box(-radius * 0.07, -radius * 1.13, radius * 0.14, radius * 0.24, 2)
    on.ring(x, y, radius * 0.88, radius * 0.26, name)
    on.ring(x, y, radius * 0.88, 2, "#17110A", 0.6)
    for spoke in range(5):
        with on.at(x, y, 1.0, spoke * 72 + radius):
            on.fill(name, 0.85)
            on.box(-radius * 0.05, 0, radius * 0.10, radius * 0.8)
    on.disc(x, y, radius * 0.2)
    on.fill("#17110A")
    on.disc(x, y, radius * 0.08)


def battery(on: Sheet) -> None:
    """A lit battery at the end of a dark hall."""
    on.sky("#0A0508", "#2A0C10", "#571A14", "#12070A")
    x, y = on.middle, 250
    for depth in range(9, 0, -1):
        half = 26 + depth * depth * 6.4
        on.fill("#FF6A2B" if depth % 2 else "#12070A", 0.12 if depth % 2 else 0.4)
        on.box(x - half, y - half * 0.9, half * 2, half * 1.9, 4)
    for line in range(-9, 10):
        on.stroke(on.curve((x + line * 12, 330), (x + line * 90, HEIGHT)), 1.6, "#FF8A4A", 0.35)
    on.glow(x, y, 250, "#FF8A3C", 0.8)
    on.fill("#1A0B0C")
    on.box(x - 62, y - 100, 124, 210, 20)
    on.box(x - 24, y - 122, 48, 30, 8)
    for cell in range(4):
        on.shade(y - 100, y + 100, "#FFE2A0", "#FF6A2B")
        on.painter.setOpacity(1.0 if cell else 0.28)
        on.box(x - 46, y - 84 + cell * 46, 92, 36, 8)
    on.painter.setOpacity(1.0)
    on.fill("#060305")
    on.blob(
        (x - 34, HEIGHT), (x - 34, 470, x - 16, 462), (x + 16, 462), (x + 34, 470, x + 34, HEIGHT)
    )
    on.disc(x, 444, 19)
    on.stroke(on.curve((x - 30, 486), (x - 48, 540)), 14, "#060305")
    on.stroke(on.curve((x + 30, 486), (x + 48, 540)), 14, "#060305")


def spaceship(on: Sheet) -> None:
    """A ship of planks on its way up."""
    on.sky("#172A5C", "#3C6FC0", "#8CC6EC", "#FFE2B8")
    on.stars(26, 220)
    on.light(on.middle - 120, 110, 26, "#FFF4D6")
    for dx, y, size in ((-150, 360, 150), (160, 300, 170), (-60, 470, 190), (330, 420, 190)):
        on.cloud(on.middle + dx, y, size, "#FFFFFF", 0.55)
    with on.at(on.middle + 8, 276, 1.25, 14):
        on.fill("#FFB03B")
        on.blob((-30, 112), (-20, 190, 0, 214), (20, 190, 30, 112))
        on.fill("#FFF0B0")
        on.blob((-14, 112), (-8, 150, 0, 168), (8, 150, 14, 112))
        on.fill("#C8443F")
        for side in (-1, 1):
            on.shape((side * 36, 34), (side * 84, 116), (side * 34, 108))
        on.shade(-140, 110, "#D9A066", "#8A5A38")
        on.blob((-40, 112), (-58, 0, 0, -150), (58, 0, 40, 112))
        for plank in (-20, 0, 20):
            on.stroke(
                on.curve((plank, 110), (plank * 1.15, 0, plank * 0.3, -110)), 2, "#5B3820", 0.55
            )
        on.fill("#C8443F")
        on.blob((-23, -84), (-14, -122, 0, -150), (14, -122, 23, -84), (0, -94, -23, -84))
        on.fill("#F4E9D2")
        on.disc(0, -18, 29)
        on.fill("#1E3A6B")
        on.disc(0, -18, 22)
        on.fill("#F2C063")
        on.disc(0, -8, 12)
        on.shape((-11, -12), (-10, -30), (-2, -18))
        on.shape((11, -12), (10, -30), (2, -18))
    for dx, y, size in (
        (-150, 580, 260),
        (60, 596, 300),
        (220, 570, 220),
        (-380, 590, 300),
        (-600, 580, 280),
    ):
        on.cloud(on.middle + dx, y, size, "#FFFFFF", 0.9)


def singularity(on: Sheet) -> None:
    """A black disc, and light that falls into it."""
    on.sky("#05050B", "#0B0A1C", "#120D2B", "#05050B")
    on.stars(90, HEIGHT)
    x, y = on.middle, 290
    on.glow(x, y, 330, "#8B7CF6", 0.45)
    for turn in range(34, 0, -1):
        share = turn / 34
        name = "#FFD9A0" if share < 0.35 else "#FF8A6B" if share < 0.65 else "#8B5CF6"
        with on.at(x, y, 1.0, -16):
            on.ring(0, 0, 92 + turn * 5.6, 3.4, name, 0.75 * (1 - share) + 0.05, 0.24)
    on.glow(x, y, 150, "#FFE9C8", 0.8)
    on.fill("#020205")
    on.disc(x, y, 84)
    on.ring(x, y, 86, 3.4, "#FFF1DA", 0.95)
    with on.at(x, y, 1.0, -16):
        for turn in range(16):
            arc = on.curve(
                (-96 - turn * 6, 4), (-60, 34 + turn * 2.2, 60, 34 + turn * 2.2, 96 + turn * 6, 4)
            )
            on.stroke(arc, 2.6, "#FFE2B0", 0.75 - turn * 0.042)
    on.ridge(560, 34, "#0C0A1A", "#030308")
    on.fill("#020204")
    on.disc(x - 90, 514, 7)
    on.box(x - 96, 520, 12, 32, 5)
