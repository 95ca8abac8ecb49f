"""Writing small files so that a crash leaves the old one or the new one, never half of one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from novastream_desktop.errors import StoreError


def write_atomically(target: Path, text: str, *, mode: int = 0o600) -> None:
    """Replace a file's text in one step; an existing file keeps its own mode and symlink.

    Raises:
        StoreError: the folder or the disk does not take it.
    """
    real = target.resolve()  # a link into somebody's dotfiles stays a link
    part = real.with_name(f".{real.name}.{secrets.token_hex(4)}.part")
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        if real.exists():
            mode = real.stat().st_mode & 0o777
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(real)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(
            f"{target} could not be written",
            why=error.strerror or str(error),
            hint="Make its folder writable and free some space",
        ) from error
