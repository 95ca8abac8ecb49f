"""Whether there is a screen. Light: every start of the window asks, since Qt aborts without one."""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from novastream_desktop.models.doctor import Finding


class Look(NamedTuple):
    """What was found in one place; a `Finding` without the weight of the models."""

    check: str
    ok: bool
    detail: str
    mend: str = ""


def check_screen(environ: Mapping[str, str]) -> tuple[Finding, ...]:
    """Whether there is a screen, and what Qt needs to draw on it."""
    from novastream_desktop.models.doctor import Finding  # noqa: PLC0415  (not at a start)

    return tuple(Finding(essential=True, **look._asdict()) for look in look_for_screen(environ))


def look_for_screen(environ: Mapping[str, str]) -> tuple[Look, ...]:
    """Return the same, light enough to be asked before the window opens."""
    if not sys.platform.startswith("linux"):
        return (Look("screen", ok=True, detail="part of the system"),)
    if wayland := environ.get("WAYLAND_DISPLAY"):
        socket_file = str(Path(environ.get("XDG_RUNTIME_DIR", ""), wayland))
        if _answers(socket_file):
            detail = f"Wayland at {socket_file}"
            return (Look("screen", ok=True, detail=detail),)
    display = environ.get("DISPLAY", "")
    if not display:
        why = "neither DISPLAY nor WAYLAND_DISPLAY leads to a screen"
        return (_no_screen(why),)
    host, _, number = display.rpartition(":")
    path = f"/tmp/.X11-unix/X{number.partition('.')[0]}"  # noqa: S108  (where X has its socket)
    if not host and not (_answers(path) or _answers(f"\0{path}")):
        return (_no_screen(f"no X server answers at DISPLAY={display}"),)
    screen = Look("screen", ok=True, detail=f"X11 at {display}")
    return (screen, _check_xcb())


def _no_screen(why: str) -> Look:
    return Look(
        "screen",
        ok=False,
        detail=why,
        mend="Start NovaStream in a graphical session; without one `serve` and `stream` work",
    )


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(2)
        try:
            client.connect(path)
        except OSError:
            return False
    return True


def _check_xcb() -> Look:
    # Without it Qt aborts the process before anything can be said.
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as error:
        return Look(
            "X11 libraries",
            ok=False,
            detail=str(error),
            mend="Install libxcb-cursor0 (Debian, Ubuntu: sudo apt-get install libxcb-cursor0)",
        )
    return Look("X11 libraries", ok=True, detail="libxcb-cursor loads")
