"""The order in which people count file names: `part 2` before `part 10`. Pure."""

from __future__ import annotations

import re


def natural(path: str) -> list[tuple[int, str]]:
    """Return the key by which a path is sorted."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part.casefold())
        for part in re.split(r"(\d+)", path)
    ]
