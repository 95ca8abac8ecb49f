"""Whether there is a screen. Light: every start of the window asks, since Qt aborts without one."""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from novastream_desktop.models.doctor import Finding


def check_screen(environ: Mapping[str, str]) -> tuple[Finding, ...]:
    """Whether there is a screen, and what Qt needs to draw on it."""
    if not sys.platform.startswith("linux"):
        return (Finding(check="screen", ok=True, essential=True, detail="part of the system"),)
    if wayland := environ.get("WAYLAND_DISPLAY"):
        socket_file = str(Path(environ.get("XDG_RUNTIME_DIR", ""), wayland))
        if _answers(socket_file):
            detail = f"Wayland at {socket_file}"
            return (Finding(check="screen", ok=True, essential=True, detail=detail),)
    display = environ.get("DISPLAY", "")
    if not display:
        why = "neither DISPLAY nor WAYLAND_DISPLAY leads to a screen"
        return (_no_screen(why),)
    host, _, number = display.rpartition(":")
    path = f"/tmp/.X11-unix/X{number.partition('.')[0]}"  # noqa: S108  (where X has its socket)
    if not host and not (_answers(path) or _answers(f"\0{path}")):
        return (_no_screen(f"no X server answers at DISPLAY={display}"),)
    screen = Finding(check="screen", ok=True, essential=True, detail=f"X11 at {display}")
    return (screen, _check_xcb())


def _no_screen(why: str) -> Finding:
    return Finding(
        check="screen",
        ok=False,
        essential=True,
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


def _check_xcb() -> Finding:
    # Without it Qt aborts the process before anything can be said.
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as error:
        return Finding(
            check="X11 libraries",
            ok=False,
            essential=True,
            detail=str(error),
            mend="Install libxcb-cursor0 (Debian, Ubuntu: sudo apt-get install libxcb-cursor0)",
        )
    return Finding(check="X11 libraries", ok=True, essential=True, detail="libxcb-cursor loads")
