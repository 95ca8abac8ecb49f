"""From settings to the lines of their page: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from novastream_desktop.settings import Settings

_SKIP = (("Off", "off"), ("Ask", "ask"), ("Automatic", "auto"))
_MEGA = 1_000_000
_LIMITS = (
    ("None", 0),
    ("1 MB/s", _MEGA),
    ("5 MB/s", 5 * _MEGA),
    ("10 MB/s", 10 * _MEGA),
    ("20 MB/s", 20 * _MEGA),
)
_UPLOADS = (
    ("None", 0),
    ("100 KB/s", 100_000),
    ("500 KB/s", 500_000),
    ("1 MB/s", _MEGA),
    ("5 MB/s", 5 * _MEGA),
)
CHOICES: Mapping[str, tuple[tuple[str, object], ...]] = {
    "playback.skip.op": _SKIP,
    "playback.skip.ed": _SKIP,
    "playback.skip.recap": _SKIP,
    "playback.seek_step": (("3 s", 3), ("5 s", 5), ("10 s", 10), ("15 s", 15)),
    "interface.theme": (("Dark", "dark"), ("Light", "light")),
    "torrents.download_limit": _LIMITS,
    "torrents.upload_limit": _UPLOADS,
    "torrents.max_cache_gb": (("5 GB", 5.0), ("10 GB", 10.0), ("20 GB", 20.0), ("50 GB", 50.0)),
}
"""What each choice is called and what it stores."""


@dataclass(frozen=True, slots=True)
class SettingItem:
    """One line of the page.

    Attributes:
        id: the setting's dotted key.
        section: the heading it stands under.
        kind: choice, toggle, text, secret, list or info.
        options: the names of a choice, or the entries of a list.
        choice: which option is chosen, -1 for a value that is none of them.
        opens_section: it is the first under its heading; `closes_section`: the last.
    """

    id: str
    section: str
    label: str
    hint: str
    kind: str
    options: tuple[str, ...] = ()
    choice: int = -1
    checked: bool = False
    text: str = ""
    opens_section: bool = False
    closes_section: bool = False


def setting_items(settings: Settings) -> tuple[SettingItem, ...]:
    """Return the page's lines in order."""
    sections = (_playback, _interface, _sources, _torrents, _remote)
    return tuple(line for section in sections for line in _framed(section(settings)))


def _framed(lines: tuple[SettingItem, ...]) -> tuple[SettingItem, ...]:
    last = len(lines) - 1
    return tuple(
        replace(line, opens_section=place == 0, closes_section=place == last)
        for place, line in enumerate(lines)
    )


def _playback(settings: Settings) -> tuple[SettingItem, ...]:
    at = "Playback"
    skip = settings.playback.skip
    ask = "Ask shows a button; Automatic jumps when the times are certain."
    return (
        _choice(at, "playback.skip.op", "Skip openings", ask, skip.op.value),
        _choice(at, "playback.skip.ed", "Skip endings", "", skip.ed.value),
        _choice(at, "playback.skip.recap", "Skip recaps", "", skip.recap.value),
        _toggle(
            at,
            "playback.autoplay_next",
            "Play the next episode",
            "Starts by itself when one ends.",
            settings.playback.autoplay_next,
        ),
        _choice(
            at,
            "playback.seek_step",
            "Left and right keys jump",
            "Shift jumps 1 s, J and L always 10 s.",
            settings.playback.seek_step,
        ),
    )


def _interface(settings: Settings) -> tuple[SettingItem, ...]:
    at, interface = "Appearance", settings.interface
    return (
        _choice(at, "interface.theme", "Theme", "", interface.theme.value),
        _toggle(
            at,
            "interface.reduced_motion",
            "Reduce motion",
            "Nothing slides, grows or fades.",
            interface.reduced_motion,
        ),
    )


def _sources(settings: Settings) -> tuple[SettingItem, ...]:
    at = "Catalogues and sources"
    return (
        SettingItem(
            "tmdb.access_token",
            at,
            "TMDB access token",
            "Brings films and series with pictures. Free at themoviedb.org, Settings, API.",
            "secret",
            text=settings.tmdb.access_token,
        ),
        SettingItem(
            "sources.mirrors",
            at,
            "Mirrors",
            "Folders or web addresses with an index.json of your own files.",
            "list",
            options=settings.sources.mirrors,
        ),
    )


def _torrents(settings: Settings) -> tuple[SettingItem, ...]:
    at, torrents = "Torrents", settings.torrents
    return (
        _toggle(
            at,
            "torrents.enabled",
            "Torrents",
            "Off means that no peer is ever asked.",
            torrents.enabled,
        ),
        _choice(at, "torrents.download_limit", "Download limit", "", torrents.download_limit),
        _choice(at, "torrents.upload_limit", "Upload limit", "", torrents.upload_limit),
        _choice(
            at,
            "torrents.max_cache_gb",
            "Space on disk",
            "The oldest files go first.",
            torrents.max_cache_gb,
        ),
    )


def _remote(settings: Settings) -> tuple[SettingItem, ...]:
    at, api = "Remote control", settings.api
    lines = [
        _toggle(
            at,
            "api.enabled",
            "HTTP API",
            "Lets a phone or a script on your network see and steer this player.",
            api.enabled,
        )
    ]
    if api.enabled:
        address = f"http://{api.host}:{api.port}"
        token = api.token or "Made when the API starts"
        lines.append(SettingItem("api.address", at, "Address", "", "info", text=address))
        lines.append(SettingItem("api.token", at, "Token", "", "info", text=token))
    return tuple(lines)


def _choice(section: str, key: str, label: str, hint: str, value: object) -> SettingItem:
    values = [stored for _, stored in CHOICES[key]]
    names = tuple(name for name, _ in CHOICES[key])
    index = values.index(value) if value in values else -1
    return SettingItem(key, section, label, hint, "choice", names, index)


def _toggle(section: str, key: str, label: str, hint: str, on: bool) -> SettingItem:
    return SettingItem(key, section, label, hint, "toggle", checked=on)
