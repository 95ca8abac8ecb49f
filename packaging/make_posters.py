"""Draw the art that ships: posters of the bundled catalogue, motifs for titles without a picture.

`resources/catalog/art` gets a poster and a backdrop of every open film, `resources/art` motifs.

They are drawn here, of flat shapes in the manner of the demo titles; nothing in them is taken
from the films. So the first start shows pictures without a network and asks nobody for them.
Run by hand with the project's interpreter; the result is committed:

    .venv/bin/python packaging/make_posters.py [NAME ...]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from posters import indoors, machines, motifs, nature
from posters.sheet import HEIGHT, Sheet
from PySide6.QtGui import QGuiApplication, QImage, QPainter

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
ART, MOTIFS = RESOURCES / "catalog" / "art", RESOURCES / "art"

SIZES = {"poster": (480, 720), "backdrop": (1280, 720)}

SCENES: Mapping[str, Callable[[Sheet], None]] = {
    "big-buck-bunny": nature.bunny,
    "big-buck-bunny-sunflower": nature.sunflower,
    "sintel": nature.sintel,
    "tears-of-steel": machines.steel,
    "elephants-dream": machines.machine,
    "cosmos-laundromat": indoors.laundromat,
    "caminandes-2": nature.caminandes_fence,
    "caminandes-3": nature.caminandes_snow,
    "spring": nature.spring,
    "sprite-fright": nature.mushrooms,
    "charge": machines.battery,
    "wing-it": machines.spaceship,
    "hero": nature.hero,
    "coffee-run": indoors.coffee,
    "glass-half": indoors.gallery,
    "the-daily-dweebs": indoors.armchair,
    "agent-327": indoors.barbershop,
    "singularity": machines.singularity,
}


def picture(name: str, kind: str) -> QImage:
    """Draw one film's poster or backdrop."""
    wide, high = SIZES[kind]
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = high / HEIGHT
    painter.scale(scale, scale)
    SCENES[name](Sheet(painter, wide / scale, name))
    painter.end()
    return image


def motif(number: int) -> QImage:
    """Draw one motif: light and shade on nothing."""
    side = 480
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / motifs.SIDE, side / motifs.SIDE)
    motifs.draw(painter, number)
    painter.end()
    return image


def main() -> None:
    """Draw those named, or all."""
    _app = QGuiApplication(sys.argv[:1])
    ART.mkdir(parents=True, exist_ok=True)
    MOTIFS.mkdir(exist_ok=True)
    for number in range(len(motifs.MOTIFS)):
        motif(number).save(str(MOTIFS / f"motif-{number}.png"))
    for name in sys.argv[1:] or SCENES:
        for kind in SIZES:
            target = ART / f"{name}-{kind}.jpg"
            if not picture(name, kind).save(str(target), "JPEG", 84):
                raise SystemExit(f"{target} cannot be written")
    size = sum(file.stat().st_size for at in (ART, MOTIFS) for file in at.iterdir())
    print(f"{size:,} bytes in all")


if __name__ == "__main__":
    main()
