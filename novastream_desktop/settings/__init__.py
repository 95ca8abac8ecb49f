"""Settings: the model, and how it is loaded from file and environment and saved again."""

from novastream_desktop.settings._load import LoadedSettings, load_settings
from novastream_desktop.settings._model import (
    Ability,
    InterfaceSettings,
    NetworkSettings,
    ProviderNetwork,
    Settings,
    SkipMode,
    SkipSettings,
    SourcesSettings,
    SubtitlesSettings,
    Theme,
    TorrentsSettings,
)
from novastream_desktop.settings._save import save_settings
from novastream_desktop.settings._token import ensure_api_token

__all__ = [
    "Ability",
    "InterfaceSettings",
    "LoadedSettings",
    "NetworkSettings",
    "ProviderNetwork",
    "Settings",
    "SkipMode",
    "SkipSettings",
    "SourcesSettings",
    "SubtitlesSettings",
    "Theme",
    "TorrentsSettings",
    "ensure_api_token",
    "load_settings",
    "save_settings",
]
