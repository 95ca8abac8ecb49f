"""Settings: the model, and how it is loaded from file and environment and saved again."""

from novastream_desktop.settings._load import LoadedSettings, load_settings
from novastream_desktop.settings._model import (
    Ability,
    AnimeSound,
    ApiSettings,
    InterfaceSettings,
    KeysSettings,
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
from novastream_desktop.settings._player_keys import (
    ACTIONS,
    DIGITS,
    PERCENT,
    RESERVED,
    Chord,
    KeyPreset,
    Mod,
    parse_chord,
    preset_keys,
)
from novastream_desktop.settings._save import save_settings
from novastream_desktop.settings._token import ensure_api_token

__all__ = [
    "ACTIONS",
    "DIGITS",
    "PERCENT",
    "RESERVED",
    "Ability",
    "AnimeSound",
    "ApiSettings",
    "Chord",
    "InterfaceSettings",
    "KeyPreset",
    "KeysSettings",
    "LoadedSettings",
    "Mod",
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
    "parse_chord",
    "preset_keys",
    "save_settings",
]
