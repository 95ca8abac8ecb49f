"""The list models of the player's panels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtQml import QmlElement

from novastream_desktop.playback.state import SessionState
from novastream_desktop.ui.player._facts import info_rows, stats_rows
from novastream_desktop.ui.player._file_rows import FILES, file_rows, other_file_row
from novastream_desktop.ui.player._rows import (
    PanelRow,
    audio_rows,
    episode_rows,
    source_rows,
    speed_rows,
)
from novastream_desktop.ui.player._show_rows import SHOW, show_rows
from novastream_desktop.ui.player._subtitle_rows import (
    TOOLS,
    subtitle_panel_rows,
    subtitle_tool_rows,
)
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.steady_model import SteadyItemsModel

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1

#: What each panel lists, made anew only while that panel is open.
ROWS_OF: Mapping[str, Callable[[SessionState], tuple[PanelRow, ...]]] = {
    "subtitles": subtitle_panel_rows,
    TOOLS: subtitle_tool_rows,
    "audio": audio_rows,
    "sources": lambda state: (*source_rows(state), *other_file_row(state)),
    FILES: file_rows,
    "episodes": episode_rows,
    SHOW: show_rows,
    "speed": speed_rows,
    "info": info_rows,
    "stats": stats_rows,
}


@QmlElement
@QmlUncreatable("PlayerViewModel makes it")
class PanelRowsModel(SteadyItemsModel):
    """Rows of one panel, by the roles `key name note badge current share section`."""

    ITEM: ClassVar[type] = PanelRow
    KEY: ClassVar[str] = "key"
