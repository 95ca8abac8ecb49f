"""Make `resources/icons`: Lucide icons in our stroke, and the application icon's PNGs.

Run by hand when the set changes; the result is committed:

    npm pack lucide-static && tar xzf lucide-static-*.tgz
    .venv/bin/python packaging/make_icons.py package
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
STROKE = "#F2F3F7"
STROKE_WIDTH = "1.75"
APP_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
NAMES = (
    *("house", "search", "library", "download", "settings", "play", "pause", "skip-forward"),
    *("skip-back", "rotate-ccw", "rotate-cw", "captions", "audio-lines", "layers", "gauge"),
    *("maximize", "minimize", "volume-2", "volume-1", "volume-x", "chevron-left"),
    *("chevron-right", "chevron-down", "chevron-up", "x", "check", "info", "list", "star"),
    *("clock", "circle-alert", "refresh-cw", "plus", "picture-in-picture-2", "keyboard", "sun"),
    *("moon", "film", "tv", "sparkles", "fast-forward", "undo-2", "heart-pulse"),
    *("folder-open", "loader", "bookmark", "bookmark-check", "eye", "eye-off", "history"),
    *("trash-2", "search-x", "circle-check", "ellipsis", "inbox", "users", "arrow-down"),
    *("arrow-up", "popcorn"),
)


def restyle(svg: str) -> str:
    """Return a Lucide icon in our stroke colour and width, on one line for its root tag."""
    root = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" '
        f'fill="none" stroke="{STROKE}" stroke-width="{STROKE_WIDTH}" '
        'stroke-linecap="round" stroke-linejoin="round">'
    )
    return re.sub(r"<svg\b[^>]*>", root, svg, count=1)


def lucide(package: Path) -> None:
    """Write the icons that the interface uses from an unpacked `lucide-static`."""
    for name in NAMES:
        svg = (package / "icons" / f"{name}.svg").read_text("utf-8")
        (ICONS / f"{name}.svg").write_text(restyle(svg), "utf-8")
    shutil.copyfile(package / "LICENSE", ICONS / "LICENSE-lucide.txt")


def application() -> None:
    """Draw `app/novastream.svg` at every size that a desktop asks for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt  # noqa: PLC0415  (the platform is chosen above)
    from PySide6.QtGui import QGuiApplication, QImage, QPainter  # noqa: PLC0415
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415

    _app = QGuiApplication([])
    renderer = QSvgRenderer(str(ICONS / "app" / "novastream.svg"))
    if not renderer.isValid():
        sys.exit("resources/icons/app/novastream.svg cannot be read")
    for size in APP_SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(ICONS / "app" / f"novastream-{size}.png"))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        lucide(Path(sys.argv[1]))
    application()
