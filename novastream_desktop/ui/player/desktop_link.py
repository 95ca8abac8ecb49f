"""The desktop around the window: media keys, and a screen that stays on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from novastream_desktop.playback.state import SessionState
from novastream_desktop.ui.player._mpris import (
    MICRO,
    keeps_awake,
    metadata,
    player_properties,
    status,
    track_path,
)
from novastream_desktop.ui.player._page import PlayerProps
from novastream_desktop.ui.player.desktop_bus import KeepAwake, MediaKeys

#: Milliseconds of pause after which media keys are left to others (ux 2b).
RELEASE_AFTER = 600_000


class DesktopLink(QObject):
    """Follow the session on the desktop's bus.

    Args:
        act: called with one of the player page's slots and its arguments.
        wanted: returns whether media keys are wanted (a setting).
    """

    def __init__(
        self,
        act: Callable[..., object],
        wanted: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._do, self._wanted = act, wanted
        self._state = SessionState()
        self._awake, self._keys = KeepAwake(), MediaKeys(self._asked)
        self._paused = QTimer(self, singleShot=True, interval=RELEASE_AFTER)
        self._paused.timeout.connect(self._keys.release)

    def follow(self, state: SessionState, props: PlayerProps) -> None:
        """Tell the desktop of a new state."""
        self._state = state
        self._awake.set(keeps_awake(state))
        if status(state) != "Playing":
            if not self._paused.isActive():
                self._paused.start()
        else:
            self._paused.stop()
            if self._wanted():
                self._keys.claim()
        if self._keys.claimed:
            facts = metadata(state, props)
            self._keys.show(player_properties(state, props), facts, track_path(state))

    def stop(self) -> None:
        """Nothing plays any more."""
        self._state = SessionState()
        self._paused.stop()
        self._awake.set(False)
        self._keys.release()

    def _asked(self, name: str, arguments: list[Any]) -> None:
        """Do what somebody on the bus asks for; what makes no sense now is left."""
        numbers = [float(a) for a in arguments if isinstance(a, (int, float))]
        if name == "Set" and numbers and arguments[0] == "Volume":
            self._do("set_volume", numbers[-1] * 100)
        elif name == "Set" and numbers and arguments[0] == "Rate":
            self._do("set_speed", numbers[-1])
        elif name == "Seek" and numbers:
            self._do("seek_by", numbers[0] / MICRO)
        elif name == "SetPosition" and numbers:
            self._go_to(numbers[-1] / MICRO)
        elif name == "OpenUri" and arguments:
            self._do("open", str(arguments[0]))
        elif name in _FROM:
            if status(self._state) in _FROM[name]:
                self._do("toggle_pause")
        elif name in _PLAIN:
            self._do(_PLAIN[name])

    def _go_to(self, position: float) -> None:
        if 0 <= position <= self._state.player.duration:  # beyond it nothing happens, says MPRIS
            self._do("seek_to", position)


#: From where each of them changes between playing and paused.
_FROM = {
    "PlayPause": frozenset({"Playing", "Paused"}),
    "Play": frozenset({"Paused"}),
    "Pause": frozenset({"Playing"}),
}
_PLAIN = {
    "Next": "next_episode",
    "Previous": "previous_episode",
    "Stop": "stop",
    "Raise": "raise",
}
