"""The desktop's session bus: media keys (MPRIS) and the screen saver. Nothing where there is none.

QtDBus is imported when something plays, never before the first frame.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novastream_desktop import APP_NAME
from novastream_desktop.ui.player._mpris import PATH, PLAYER, ROOT

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

    from novastream_desktop.ui.player.mpris_object import MprisObject

log = logging.getLogger(__name__)

Act = Callable[[str, list[Any]], object]
"""Called with the method's name and arguments, or `Set` and a property's name and value."""


def bus_address() -> str:
    """Return the session bus's address, empty if there is none.

    Never left to the library: without an address it starts a bus of its own.
    """
    said = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if said:
        return said
    socket = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / "bus"
    return f"unix:path={socket}" if socket.exists() else ""


def _connect(name: str) -> QDBusConnection | None:
    address = bus_address()
    if not address:
        return None
    try:
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  (only once something plays)
    except ImportError:
        return None
    bus = QDBusConnection.connectToBus(address, name)
    if bus.isConnected():
        return bus
    log.info("No session bus: %s", bus.lastError().message())
    del bus
    _disconnect(name)  # a dead one would be given out again under its name
    return None


def _disconnect(name: str) -> None:
    from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415

    QDBusConnection.disconnectFromBus(name)


class KeepAwake:
    """Hold the screen saver off. It goes by its connection: with that the wish ends, too."""

    _NAME = "novastream-awake"

    def __init__(self) -> None:
        self._held = False

    def set(self, on: bool) -> None:
        """Hold it off, or no more."""
        if on is self._held:
            return
        self._held = on
        if not on:
            _disconnect(self._NAME)
            return
        bus = _connect(self._NAME)
        if bus is None:
            self._held = False
            return
        from PySide6.QtDBus import QDBusMessage  # noqa: PLC0415

        service = "org.freedesktop.ScreenSaver"
        call = QDBusMessage.createMethodCall(
            service, "/org/freedesktop/ScreenSaver", service, "Inhibit"
        )
        call.setArguments([APP_NAME, "A video plays"])
        call.setAutoStartService(False)
        bus.send(call)


class MediaKeys:
    """Be a media player on the bus, so that media keys and the desktop's panel reach it."""

    _NAME = "novastream-media"

    def __init__(self, act: Act) -> None:
        self._act = act
        self._bus: QDBusConnection | None = None
        self._object: MprisObject | None = None

    @property
    def claimed(self) -> bool:
        """Whether media keys come here."""
        return self._bus is not None

    def claim(self) -> None:
        """Take the media keys."""
        if self._bus is not None:
            return
        bus = _connect(self._NAME)
        if bus is None:
            return
        from novastream_desktop.ui.player.mpris_object import MprisObject  # noqa: PLC0415

        self._bus, self._object = bus, MprisObject(self._act)
        bus.registerVirtualObject(PATH, self._object)
        name = f"{ROOT}.novastream"
        if not bus.registerService(name):  # another one runs on other data
            bus.registerService(f"{name}.instance{os.getpid()}")

    def release(self) -> None:
        """Leave the media keys to others."""
        bus, self._bus, self._object = self._bus, None, None
        if bus is not None:
            bus.unregisterObject(PATH)
            _disconnect(self._NAME)

    def show(self, properties: Mapping[str, Any], facts: Mapping[str, Any], track: str) -> None:
        """Tell what plays; only what differs is announced, the position never."""
        if self._bus is None or self._object is None:
            return
        changed = self._object.take(properties, facts, track)
        changed.pop("Position", None)
        if changed:
            self._signal("org.freedesktop.DBus.Properties", "PropertiesChanged", PLAYER, changed)

    def _signal(self, interface: str, name: str, *arguments: object) -> None:
        from PySide6.QtDBus import QDBusMessage  # noqa: PLC0415

        signal = QDBusMessage.createSignal(PATH, interface, name)
        # The last one names what has to be asked for anew: empty, it would have no type.
        signal.setArguments([*arguments, ["Position"]])
        if self._bus is not None:
            self._bus.send(signal)
