"""A list that gets better while a person points at it: what is pointed at stays where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def steady(
    shown: Sequence[T],
    better: Sequence[T],
    pointed: object | None,
    key: Callable[[T], object],
) -> tuple[T, ...]:
    """Return the newer list with the row that is pointed at on the place where it is shown.

    All others are in the newer order around it. Without a row that is pointed at, or when it is
    gone, the newer list is returned as it is.

    Args:
        shown: the rows on the screen.
        better: the same and further rows in their newer order.
        pointed: key of the row under the pointer or with the focus, None if there is none.
        key: tells rows apart, and is the same for one row in both lists.
    """
    place = next((at for at, row in enumerate(shown) if key(row) == pointed), None)
    held = next((row for row in better if key(row) == pointed), None)
    if pointed is None or place is None or held is None:
        return tuple(better)
    rest = [row for row in better if row is not held]
    return (*rest[:place], held, *rest[place:])
