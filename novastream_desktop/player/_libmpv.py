"""Find libmpv and import python-mpv, with a message that a person can act on."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from novastream_desktop.errors import PlayerUnavailable

_NAMES = {
    "linux": ("libmpv.so.2", "libmpv.so.1"),
    "darwin": ("libmpv.2.dylib", "libmpv.dylib"),
    "win32": ("libmpv-2.dll", "mpv-2.dll"),
}
_ASKED = frozenset({"mpv", "mpv-1", "mpv-2", "libmpv-2"})
INSTALL_HINT = (
    "Install it (Debian, Ubuntu: sudo apt-get install libmpv2; Fedora: sudo dnf install mpv-libs; "
    "Arch: sudo pacman -S mpv), or set NOVASTREAM_LIBMPV to the library's path"
)


def _candidates() -> Iterator[str]:
    chosen = os.environ.get("NOVASTREAM_LIBMPV")
    if chosen:
        yield chosen
        return
    names = _NAMES.get(sys.platform, _NAMES["linux"])
    folders = [Path(sys.executable).resolve().parent]
    if bundled := getattr(sys, "_MEIPASS", None):
        folders.insert(0, Path(bundled))
    if sys.platform == "darwin":
        folders += [Path("/opt/homebrew/lib"), Path("/usr/local/lib")]
    for folder in folders:
        yield from (str(folder / name) for name in names if (folder / name).is_file())
    if sys.platform.startswith("linux"):
        yield from names


def find_libmpv() -> str:
    """Return the name or path with which libmpv loads.

    Raises:
        PlayerUnavailable: none loads; the sentence says how to install it.
    """
    tried = []
    for candidate in _candidates():
        try:
            ctypes.CDLL(candidate)
        except OSError as error:
            tried.append(str(error))
        else:
            return candidate
    raise PlayerUnavailable(
        "libmpv was not found, so nothing can be played",
        why="; ".join(tried) or "no such library is installed",
        hint=INSTALL_HINT,
    )


def import_mpv() -> ModuleType:
    """Import python-mpv bound to the libmpv that `find_libmpv` chose.

    python-mpv asks `ctypes.util.find_library`, which knows neither our own variable nor (without
    binutils) the linker's search path; so that one import sees our answer instead.
    """
    library = find_libmpv()
    original = ctypes.util.find_library

    def find(name: str) -> str | None:
        return library if name.removesuffix(".dll") in _ASKED else original(name)

    ctypes.util.find_library = find
    try:
        return importlib.import_module("mpv")
    except (OSError, AttributeError) as error:
        raise PlayerUnavailable(
            "libmpv cannot be used", why=f"{library}: {error}", hint=INSTALL_HINT
        ) from error
    finally:
        ctypes.util.find_library = original
