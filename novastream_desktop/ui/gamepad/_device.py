"""A gamepad's device file."""

from __future__ import annotations

import array
import fcntl
import os
from pathlib import Path

from novastream_desktop.ui.gamepad._pad import EVENT, Layout

# linux/joystick.h
_GET_AXES, _GET_BUTTONS = 0x80016A11, 0x80016A12
_GET_AXIS_MAP, _GET_BUTTON_MAP = 0x80406A32, 0x84006A34
_MOST_AXES, _MOST_BUTTONS = 64, 512


def devices(folder: Path) -> set[Path]:
    """Return the gamepads that are plugged in."""
    return set(folder.glob("js*"))


def open_device(path: Path) -> int:
    """Open a device without waiting on it.

    Raises:
        OSError: it is gone, or not allowed yet.
    """
    return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)


def read_events(device: int) -> bytes | None:
    """Return what there is to read, None when the device is gone."""
    try:
        return os.read(device, 64 * EVENT.size) or None
    except BlockingIOError:
        return b""
    except OSError:
        return None


def layout_of(device: int) -> Layout:
    """Return what the driver says of its buttons and axes, the usual layout if it says nothing."""
    counts, axes = array.array("B", [0]), array.array("B", bytes(_MOST_AXES))
    buttons = array.array("H", bytes(2 * _MOST_BUTTONS))
    try:
        fcntl.ioctl(device, _GET_AXES, counts)
        axis_count = counts[0]
        fcntl.ioctl(device, _GET_BUTTONS, counts)
        fcntl.ioctl(device, _GET_AXIS_MAP, axes)
        fcntl.ioctl(device, _GET_BUTTON_MAP, buttons)
    except OSError:
        return Layout()
    return Layout(tuple(buttons[: counts[0]]), tuple(axes[:axis_count]))
