"""From settings to the lines of their page, and from what was entered to a value: pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from novastream_desktop.settings import Settings
from novastream_desktop.ui.settings._key_lines import KEYS, PREFIX, labels
from novastream_desktop.ui.settings._line import Category, Choices, Line
from novastream_desktop.ui.settings._lines_sources import CATALOGUES, NETWORK, SOURCES, TORRENTS
from novastream_desktop.ui.settings._lines_watching import APPEARANCE, PLAYBACK, SUBTITLES
from novastream_desktop.ui.settings._more import more_categories
from novastream_desktop.ui.words import size_text

_OWN = (PLAYBACK, SUBTITLES, KEYS, APPEARANCE, CATALOGUES, SOURCES, TORRENTS, NETWORK)
NOT_HERE = frozenset({"network.providers"})
"""Tables that only the file has: by provider."""


def _by_key(categories: Sequence[Category]) -> dict[str, Line]:
    sections = (section for category in categories for section in category.sections)
    return {line.key: line for section in sections for line in section.lines}


CATEGORIES: tuple[Category, ...] = (
    *_OWN,
    *more_categories({*_by_key(_OWN), *NOT_HERE}),
    Category("Doctor", "heart-pulse"),
)
LINES: Mapping[str, Line] = _by_key(CATEGORIES)
CHOICES: Mapping[str, Choices] = {k: line.choices for k, line in LINES.items() if line.choices}
"""What each choice is called and what it stores."""


@dataclass(frozen=True, slots=True)
class SettingItem:
    """One line of the page.

    Attributes:
        id: the setting's dotted key.
        section: the heading it stands under.
        kind: choice, toggle, text, secret, number, list, servers, keys, reset or info.
        options: the names of a choice, the entries of a list, or an action's keys.
        checked: a toggle is on; an action's keys are not the preset's.
        choice: which option is chosen, -1 for a value that is none of them.
        problem: why what was entered was not saved, or empty.
        offered: the key that was pressed belongs to another action, which can give it away.
        fixed: the environment sets it, so that nothing here can change it.
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
    example: str = ""
    problem: str = ""
    offered: bool = False
    fixed: bool = False
    opens_section: bool = False
    closes_section: bool = False


def setting_items(
    settings: Settings,
    category: int,
    problems: Mapping[str, str] | None = None,
    environ: Collection[str] = (),
    token: str = "",
    *,
    offered: str = "",
) -> tuple[SettingItem, ...]:
    """Return the lines of one category in order.

    Args:
        settings: what is in force.
        category: its place in `CATEGORIES`.
        problems: by key, why what was entered was not saved.
        environ: the names of the environment's variables.
        token: that of the HTTP API, once it is known.
        offered: the line whose new key another action would have to give away.
    """
    items: list[SettingItem] = []
    for section in CATEGORIES[category].sections:
        lines = [_item(settings, section.title, line, environ) for line in section.lines]
        if any(line.id == "api.enabled" for line in lines) and settings.api.enabled:
            lines += _access(settings, section.title, token)
        if lines[0].id == "keys.preset" and settings.keys.player:
            lines.append(SettingItem("keys.reset", section.title, "Changed keys", "", "reset"))
        lines[0] = replace(lines[0], opens_section=True)
        lines[-1] = replace(lines[-1], closes_section=True)
        items += lines
    told = problems or {}
    return tuple(
        replace(item, problem=told.get(item.id, ""), offered=item.id == offered) for item in items
    )


def variable(key: str) -> str:
    """Return the environment's name of a setting."""
    return f"NOVASTREAM_{key.upper().replace('.', '__')}"


def value_of(settings: Settings, key: str) -> object:
    """Return a setting's value."""
    value: object = settings
    for part in key.split("."):
        value = getattr(value, part)
    return value


def entered(key: str, text: str) -> object:
    """Return what a text stores under a key.

    Raises:
        ValueError: a number is wanted, and this is none.
    """
    text = text.strip()
    if LINES[key].kind != "number":
        return text
    try:
        return int(text)
    except ValueError:
        return float(text.replace(",", "."))


def added(settings: Settings, key: str, text: str) -> tuple[object, ...] | None:
    """Return a list with one more entry, None when there is nothing to add."""
    there = value_of(settings, key)
    assert isinstance(there, tuple)
    words = text.split()
    if not words or text.strip() in _entries(there):
        return None
    entry: object = text.strip()
    if LINES[key].kind == "servers":
        entry = {"url": words[0], "apiKey": words[1] if len(words) > 1 else ""}
    return (*there, entry)


def removed(settings: Settings, key: str, place: int) -> tuple[object, ...]:
    """Return a list without one of its entries."""
    there = value_of(settings, key)
    assert isinstance(there, tuple)
    return (*there[:place], *there[place + 1 :])


def refusal(why: str) -> str:
    """Return why a value was not taken, as a sentence for the line it was entered in."""
    words = why.removeprefix("Value error, ").replace("Input should", "It should")
    return f"Not saved. {words[:1].upper()}{words[1:]}.".replace("..", ".")


def _item(settings: Settings, section: str, line: Line, environ: Collection[str]) -> SettingItem:
    fixed = variable(line.key) in environ
    hint = f"Set by {variable(line.key)} in the environment." if fixed else line.hint
    item = SettingItem(
        line.key, section, line.label, hint, line.kind, example=line.example, fixed=fixed
    )
    if line.kind == "keys":
        action = line.key.removeprefix(PREFIX)
        changed = action in settings.keys.player
        return replace(item, options=labels(settings.keys, action), checked=changed)
    value = value_of(settings, line.key)
    if line.kind == "toggle":
        return replace(item, checked=bool(value))
    if line.kind == "choice":
        names, stored = [n for n, _ in line.choices], [v for _, v in line.choices]
        index = stored.index(value) if value in stored else -1
        if index < 0:  # written by hand: it is shown as well
            names, index = [*names, _odd(line.key, value)], len(names)
        return replace(item, options=tuple(names), choice=index)
    if isinstance(value, tuple):
        return replace(item, options=_entries(value))
    return replace(item, text=f"{value:g}" if isinstance(value, (int, float)) else str(value))


def _access(settings: Settings, section: str, token: str) -> list[SettingItem]:
    """Return what a phone has to be told."""
    address = f"http://{settings.api.host}:{settings.api.port}"
    lines = [
        SettingItem("api.address", section, "Address to enter there", "", "info", text=address)
    ]
    if known := settings.api.token or token:
        lines.append(
            SettingItem("api.access", section, "Token to enter there", "", "info", text=known)
        )
    return lines


def _odd(key: str, value: object) -> str:
    if key.endswith("_limit") and isinstance(value, int):
        return f"{size_text(value)}/s"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _entries(values: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(_entry(value) for value in values)


def _entry(value: object) -> str:
    url, key = getattr(value, "url", None), getattr(value, "api_key", "")
    if url is None:
        return str(value)
    return f"{url}  (with a key)" if key else str(url)
