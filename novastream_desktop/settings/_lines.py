"""In which line of a TOML file a key stands.

A TOML file cut after a whole statement is still TOML. So the statement that sets a key ends in
the first line up to which the file parses and has the key, and begins after the last line up
to which it parsed before. This needs no second TOML grammar.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

Path = tuple[str | int, ...]


def line_of(text: str, path: Path) -> int | None:
    """Return the line (from 1) in which the key at `path` is set, None if it is nowhere.

    Args:
        text: the whole file, which parses.
        path: keys and list positions, such as `("sources", "torznab", 0, "url")`.
    """
    lines = [line + "\n" for line in text.split("\n")]
    low, high = 0, len(lines)  # absent after `low` lines, there after `high`; both parse
    if not _has(_parsed(lines, high), path):
        return None
    while True:
        middle = (low + high) // 2
        cut = next(n for n in range(middle, low - 1, -1) if _parsed(lines, n) is not None)
        if cut == low:
            after = range(middle + 1, high + 1)
            cut = next(n for n in after if _parsed(lines, n) is not None)
        if cut == high:
            return _first_of_statement(lines, low)
        if _has(_parsed(lines, cut), path):
            high = cut
        else:
            low = cut


def _first_of_statement(lines: Sequence[str], start: int) -> int:
    while not lines[start].strip() or lines[start].lstrip().startswith("#"):
        start += 1
    return start + 1


def _parsed(lines: Sequence[str], count: int) -> dict[str, Any] | None:
    try:
        return tomllib.loads("".join(lines[:count]))
    except tomllib.TOMLDecodeError:
        return None


def _has(data: Any, path: Path) -> bool:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True
