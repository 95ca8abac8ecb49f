"""The media player as others on the session bus see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusVariant,
    QDBusVirtualObject,
)

from novastream_desktop.ui.player._mpris import PLAYER, ROOT, ROOT_PROPERTIES

_PROPERTIES = "org.freedesktop.DBus.Properties"
_METHODS = frozenset(
    {"Next", "Previous", "Pause", "PlayPause", "Stop", "Play", "Seek", "SetPosition", "OpenUri"}
)
_SETTABLE = frozenset({"Volume", "Rate"})
_UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"
_REFUSED = "org.freedesktop.DBus.Error.InvalidArgs"


class MprisObject(QDBusVirtualObject):
    """Answer the interfaces `org.mpris.MediaPlayer2` and `.Player` from what it was told.

    Args:
        act: called with a method's name and arguments.
    """

    def __init__(self, act: Callable[[str, list[Any]], object]) -> None:
        super().__init__()
        self._act = act
        self._told: dict[str, Any] = {}
        self._player: dict[str, Any] = {}

    def take(
        self, properties: Mapping[str, Any], facts: Mapping[str, Any], track: str
    ) -> dict[str, Any]:
        """Keep what is so now; return what differs from before."""
        told = {**properties, "Metadata": {**facts, "mpris:trackid": track}}
        changed = {k for k, v in told.items() if self._told.get(k) != v}
        self._told = told
        with_path = {**facts, "mpris:trackid": QDBusObjectPath(track)}
        self._player = {**properties, "Metadata": with_path}
        return {name: self._player[name] for name in changed}

    def introspect(self, path: str) -> str:  # noqa: ARG002  (Qt)
        """Return the interfaces in D-Bus's own words."""
        methods = "".join(f'<method name="{name}"/>' for name in sorted(_METHODS))
        return f'<interface name="{ROOT}"/><interface name="{PLAYER}">{methods}</interface>'

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        """Answer one call; false leaves it to Qt."""
        reply = self._reply(message)
        if reply is None:
            return False
        connection.send(reply)
        return True

    def _reply(self, message: QDBusMessage) -> QDBusMessage | None:
        interface, name, arguments = message.interface(), message.member(), message.arguments()
        if interface == _PROPERTIES:
            return self._property(message, name, arguments)
        known = name in (_METHODS if interface == PLAYER else {"Raise"})
        if interface not in {ROOT, PLAYER, ""}:
            return None
        if not known:
            return message.createErrorReply(_UNKNOWN, f"There is no method {name}")
        self._act(name, arguments)
        return message.createReply()

    def _property(
        self, message: QDBusMessage, name: str, arguments: list[Any]
    ) -> QDBusMessage | None:
        if not arguments or arguments[0] not in {ROOT, PLAYER}:
            return message.createErrorReply(_REFUSED, "There is no such interface")
        known = ROOT_PROPERTIES if arguments[0] == ROOT else self._player
        if name == "GetAll":
            return message.createReply(dict(known))
        if len(arguments) > 1 and arguments[1] not in known:
            return message.createErrorReply(_REFUSED, f"There is no property {arguments[1]}")
        if name == "Get":
            return message.createReply(QDBusVariant(known[arguments[1]]))
        if name == "Set" and arguments[1] in _SETTABLE:
            value = arguments[2]
            plain = value.variant() if isinstance(value, QDBusVariant) else value
            self._act("Set", [arguments[1], plain])
            return message.createReply()
        return message.createErrorReply(_REFUSED, f"{arguments[1:2]} cannot be set")
