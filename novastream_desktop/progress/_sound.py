"""What the file looked like when SQLite last wrote to it.

Checking every page costs more the larger the file is, so that a start must not wait for it each
time. A file that looks as it was noted was written by nobody else since; what waits in the
write-ahead log beside it, after a kill, carries checksums of its own. Then only the head is looked
at. The daily copy reads all of it, and forgets the note when it comes upon damage.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path


def note_sound(path: Path) -> None:
    """Note how the file looks now, just after SQLite wrote to it or closed it."""
    with suppress(OSError):  # without a note the next start checks it, that is all
        _note_of(path).write_text(json.dumps(_looks(path)), encoding="utf-8")


def forget_sound(path: Path) -> None:
    """Have the next start check every page."""
    with suppress(OSError):
        _note_of(path).unlink(missing_ok=True)


def looks_sound(path: Path) -> bool:
    """Whether the file looks as it did when it was noted as sound."""
    try:
        noted = json.loads(_note_of(path).read_text(encoding="utf-8"))
        return bool(noted == _looks(path))
    except (OSError, ValueError):
        return False


def _note_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.sound")


def _looks(path: Path) -> list[int]:
    there = path.stat()
    return [there.st_size, there.st_mtime_ns, there.st_ino]
