"""Settings: the model, and how it is loaded from file and environment and saved again."""

from novastream_desktop.settings._model import (
    InterfaceSettings,
    Settings,
    SkipMode,
    SkipSettings,
    SourcesSettings,
    SubtitlesSettings,
    Theme,
    TorrentsSettings,
)

__all__ = [
    "InterfaceSettings",
    "Settings",
    "SkipMode",
    "SkipSettings",
    "SourcesSettings",
    "SubtitlesSettings",
    "Theme",
    "TorrentsSettings",
]
