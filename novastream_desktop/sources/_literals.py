"""Which letters a text must hold for a pattern to be found in it at all.

Asking whether `french` is in a name costs a twentieth of searching it for a pattern around that
word. What a pattern cannot do without is read from its own structure, as the standard library's
parser of patterns tells it; of one that it does not understand nothing is known, and it is tried.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from typing import Any

Needs = tuple[str, ...]
"""At least one of these is in every text that has a match, folded; empty: nothing is known."""

_MOST = 12
_LEAST_LENGTH = 2
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})


def needs_of(pattern: str, *, ignores_case: bool) -> Needs:
    """Return what a text must have one of, in folded letters."""
    try:
        from re import _parser  # type: ignore[attr-defined]  # noqa: PLC0415  (may move away)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = _parser.parse(pattern, re.IGNORECASE if ignores_case else 0)
    except (ImportError, re.error, OverflowError, RecursionError):
        return ()
    return _of_sequence(tree)


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> Needs:
    """Return the most telling of what a sequence needs: each of its parts has to be there."""
    found: list[Needs] = []
    run = ""
    for kind, value in items:
        letter = _letter(str(kind), value)
        if letter is not None:
            run += letter
            continue
        found.append((run,))
        run = ""
        found.append(_of_item(str(kind), value))
    found.append((run,))
    return max((needs for needs in found if _tells(needs)), key=_worth, default=())


def _of_item(kind: str, value: Any) -> Needs:
    if kind == "SUBPATTERN":
        return _of_sequence(value[-1])
    if kind in _REPEATS and value[0] >= 1:
        return _of_sequence(value[2])
    if kind == "ATOMIC_GROUP":
        return _of_sequence(value)
    if kind == "BRANCH":
        branches = [_of_sequence(branch) for branch in value[1]]
        if all(branches):
            return tuple(dict.fromkeys(text for branch in branches for text in branch))
    return ()


def _letter(kind: str, value: Any) -> str | None:
    """Return the folded letter that an item is, whichever case it has."""
    if kind == "LITERAL":
        return chr(value).casefold()
    if kind == "IN" and all(str(one) == "LITERAL" for one, _ in value):
        letters = {chr(code).casefold() for _, code in value}
        return letters.pop() if len(letters) == 1 else None
    return None


def _tells(needs: Needs) -> bool:
    return bool(needs) and len(needs) <= _MOST and min(map(len, needs)) >= _LEAST_LENGTH


def _worth(needs: Needs) -> tuple[int, int]:
    return (min(map(len, needs)), -len(needs))
