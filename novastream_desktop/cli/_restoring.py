"""`progress snapshots` and `progress restore`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from novastream_desktop.cli._output import Output, table
from novastream_desktop.errors import NotFound
from novastream_desktop.progress.base import Copies, Copy

UNDO = "undo"


def wanted_copy(text: str) -> date | str:
    """Return the day that was written as YYYY-MM-DD, or `undo`."""
    if text == UNDO:
        return UNDO
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is neither YYYY-MM-DD nor {UNDO}") from error


async def show_copies(copies: Copies, out: Output) -> None:
    """Print the daily copies, newest first."""
    found = await copies.all()
    out.answer([_wire(copy) for copy in found], _lines(found))


async def restore(copies: Copies, wanted: date | str | None, today: date, out: Output) -> None:
    """Go back to a day's copy (without one: the newest from before today), or undo that.

    Raises:
        NotFound: there is no such copy.
        StoreError: it is broken, or the disk refuses.
    """
    if wanted == UNDO:
        restored = await copies.undo_restore()
    else:
        day = wanted if isinstance(wanted, date) else _before(today, await copies.all())
        restored = await copies.restore(day)
    how = "as it was before the last restore" if restored.day is None else f"that of {restored.day}"
    undone = f"Take that back with `novastream-desktop progress restore {UNDO}`."
    lines = (f"The watch history is {how}: {restored.entries} entries.", undone)
    out.answer(_wire(restored), lines)


def _before(today: date, copies: Sequence[Copy]) -> date:
    days = (copy.day for copy in copies if copy.day is not None and copy.day < today)
    day = next(days, None)
    if day is None:
        raise NotFound(
            "There is no copy of the watch history from before today",
            why="one is kept for each of the last seven days on which something was watched",
            hint="See all of them with `novastream-desktop progress snapshots`",
        )
    return day


def _wire(copy: Copy) -> dict[str, object]:
    return {
        "date": copy.day.isoformat() if copy.day else None,
        "entries": copy.entries,
        "newest": f"{copy.newest:%Y-%m-%dT%H:%M:%SZ}" if copy.newest else None,
    }


def _lines(copies: Sequence[Copy]) -> list[str]:
    if not copies:
        return ["No copy was made yet; there is one for each day on which something is watched"]
    return table(
        [
            (
                copy.day,
                f"{copy.entries} entries",
                f"latest {copy.newest:%Y-%m-%d %H:%M}" if copy.newest else "",
            )
            for copy in copies
        ]
    )
