"""The home page as it is painted first: kept ready to show, so that nothing is computed for it.

The file holds what `derive` made of the last good page, cut to what a large window shows. The
page itself takes its place, id by id, once the program behind the window is there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_origin

from novastream_desktop.runtime.files import replace_file
from novastream_desktop.ui.home.shown import CardItem, HomeProps, Look, RowProps

if TYPE_CHECKING:
    from datetime import datetime

    from novastream_desktop.models import HomeSnapshot
    from novastream_desktop.settings import InterfaceSettings

log = logging.getLogger(__name__)
FIRST_PAINTED = "catalog/first_painted.json"
"""The page of the very first start, within the resources."""
LARGEST = 300_000
"""Bytes that a file may have."""
_VERSION = 1
_ROWS, _CARDS = 8, 24  # a window of 3840 x 2160 shows 6 rows of 23 cards
_OURS = "resources:"
_LOCAL = frozenset({"art", "hero_art"})
_ART = _LOCAL | {"art_url", "hero_art_url"}
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
_T = TypeVar("_T", CardItem, HomeProps, Look, RowProps)


class PaintedPage(NamedTuple):
    """Everything that the first frame shows."""

    look: Look = Look()
    home: HomeProps = HomeProps()
    rows: tuple[RowProps, ...] = ()


def painted_page(
    snapshot: HomeSnapshot, interface: InterfaceSettings, now: datetime
) -> PaintedPage:
    """Return the page as it will be painted first at the next start."""
    from novastream_desktop.ui.home._derive import HomeInputs, derive  # noqa: PLC0415  (heavy)

    home, rows = derive(HomeInputs(now=now, snapshot=snapshot))
    shown = tuple(row._replace(cards=row.cards[:_CARDS]) for row in rows[:_ROWS])
    return PaintedPage(look_of(interface), home, shown)


def look_of(interface: InterfaceSettings) -> Look:
    """Return what of the settings the first frame depends on."""
    return Look(interface.theme.value == "dark", interface.reduced_motion)


def load_painted(file: Path, resources: Path) -> PaintedPage:
    """Return the page that was kept, or the one that ships with the program.

    A file that cannot be read, or that another version wrote, is as good as none.

    Args:
        file: written by `keep_painted`.
        resources: the program's resources.
    """
    for place in (file, resources / FIRST_PAINTED):
        try:
            return page_from(place.read_bytes(), resources)
        except (OSError, *_UNREADABLE):
            continue
    return PaintedPage()


def keep_painted(file: Path, page: PaintedPage, resources: Path) -> None:
    """Write the page in one atomic step, unless it is there already.

    A failure is logged: without the file the next start paints the page that ships.
    """
    text = text_of(page, resources)
    try:
        if file.exists() and file.read_bytes() == text:
            return
        replace_file(file, text)
    except OSError as error:
        log.warning("The first page could not be kept: %s", error)


def text_of(page: PaintedPage, resources: Path) -> bytes:
    """Return the page as JSON; it names pictures of the program by their place in `resources`."""
    base = f"{resources.as_uri()}/"
    rows = [
        {**row._asdict(), "cards": [_stored(card, base) for card in row.cards]} for row in page.rows
    ]
    while True:
        data = {
            "version": _VERSION,
            "look": page.look._asdict(),
            "home": _stored(page.home, base),
            "rows": rows,
        }
        text = f"{json.dumps(data, indent=1)}\n".encode()
        if len(text) <= LARGEST or not rows:
            return text
        rows.pop()


def page_from(text: bytes, resources: Path) -> PaintedPage:
    """Return the page that `text_of` wrote.

    Raises:
        ValueError, TypeError, LookupError, AttributeError, RecursionError: it is no such page.
    """
    if len(text) > LARGEST:
        raise ValueError("too large")
    data = json.loads(text)
    if data["version"] != _VERSION:
        raise ValueError("of another version")
    base = f"{resources.as_uri()}/"
    rows = [
        {**row, "cards": tuple(_read(CardItem, _found(card, base)) for card in row["cards"])}
        for row in data["rows"]
    ]
    return PaintedPage(
        _read(Look, data["look"]),
        _read(HomeProps, _found(data["home"], base)),
        tuple(_read(RowProps, row) for row in rows),
    )


def _stored(shown: CardItem | HomeProps, base: str) -> dict[str, Any]:
    values = shown._asdict()
    for key in values.keys() & _ART:
        if values[key].startswith(base):
            values[key] = _OURS + values[key].removeprefix(base)
    return values


def _found(values: Mapping[str, Any], base: str) -> dict[str, Any]:
    found = dict(values)
    for key in found.keys() & _ART:
        if found[key].startswith(_OURS):
            found[key] = base + found[key].removeprefix(_OURS)
        if found[key] and key in _LOCAL and not found[key].startswith("file:"):
            raise ValueError(found[key])
    return found


def _read(kind: type[_T], values: Mapping[str, Any]) -> _T:
    wanted: Mapping[str, Any] = kind.__annotations__
    for name, type_ in wanted.items():
        if not isinstance(values[name], get_origin(type_) or type_):
            raise TypeError(name)
    return kind(**values)
