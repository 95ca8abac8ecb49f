"""Writing a whole file so that readers see the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path


def replace_file(target: Path, data: str | bytes) -> None:
    """Write a file in one atomic step, and its folder if there is none; blocks.

    It is not forced onto the disk: for what may be fetched or learned again.

    Raises:
        OSError: it cannot be written; nothing of it is left behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_native_id()}.part")
    try:
        part.write_bytes(data.encode() if isinstance(data, str) else data)
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
