"""Icons from `resources/icons` in any colour, for `Icon.qml`."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtQuick import QQuickImageProvider

_STROKE = re.compile(rb'stroke="(?!none)[^"]*"')
_NAME = re.compile(r"[a-z0-9-]+")
_COLOR = re.compile(r"(?:[0-9a-f]{2})?([0-9a-f]{6})")


class IconProvider(QQuickImageProvider):
    """Answer `image://icon/NAME/RRGGBB[/filled]` with the icon drawn in that colour."""

    def __init__(self, folder: Path) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder

    def requestImage(self, id_: str, size: QSize, wanted: QSize) -> QImage:  # noqa: ARG002  (Qt)
        """Draw one icon; an unknown one is empty."""
        name, color, filled = (*id_.split("/"), "", "")[:3]
        svg = self._read(name)
        paint = _COLOR.fullmatch(color.lower())
        if svg is None or paint is None:
            return _empty()
        stroke = b'stroke="#' + paint[1].encode() + b'"'
        svg = _STROKE.sub(stroke, svg)
        if filled:
            svg = svg.replace(b'fill="none"', b'fill="#' + paint[1].encode() + b'"')
        return _draw(svg, wanted)

    def _read(self, name: str) -> bytes | None:
        if not _NAME.fullmatch(name):
            return None
        try:
            return (self._folder / f"{name}.svg").read_bytes()
        except OSError:
            return None


def _draw(svg: bytes, size: QSize) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(svg))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(size if size.isValid() else QSize(24, 24))
    image = reader.read()
    return _empty() if image.isNull() else image


def _empty() -> QImage:
    image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.setPixel(0, 0, 0)  # `fill` would import the whole `Qt` namespace, see `Tasks`
    return image
