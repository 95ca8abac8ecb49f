"""The one line between the player page and the playback session on the service loop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from novastream_desktop.errors import UserFacingError
from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.playback.state import SessionState
from novastream_desktop.ui.backend import Backend
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.watching import Watching


class SessionLink(QObject):
    """Send commands to the session and hear its states, on the GUI thread.

    Commands given before the session is built wait for it, in order. States of before the last
    `begin` are not delivered: they tell of what played until then.

    Args:
        backend: where the session comes from.
        tasks: the bridge to the service loop.
        receive: called with each new state.
        failed: called with the sentence when there is no session.
    """

    _has_begun = Signal(int)

    def __init__(
        self,
        backend: Backend,
        tasks: Tasks,
        *,
        receive: Callable[[SessionState], object],
        failed: Callable[[UserFacingError], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._receive, self._failed = receive, failed
        self._begun = 0
        self._held: SessionState | None = None
        self._fresh = True
        self._has_begun.connect(self._release_held, Qt.ConnectionType.QueuedConnection)
        self._commands: PlaybackCommands | None = None
        self._waiting: list[Callable[[PlaybackCommands], object]] = []
        self._watching: Watching | None = None

    def connect_session(self) -> None:
        """Ask for the session unless it is here or on its way."""
        if self._commands is None and not self._tasks.running("player-session"):
            self._tasks.latest(
                "player-session", self._backend.playback(), self._arrived, self._missing
            )

    def run(self, command: Callable[[PlaybackCommands], object]) -> None:
        """Run a command on the service loop, now or once the session is built."""
        if self._commands is not None:
            self._backend.loop.post(command, self._commands)
            return
        self._waiting.append(command)
        self.connect_session()

    def begin(self, command: Callable[[PlaybackCommands], object]) -> None:
        """Run a command that makes everything known so far stale: open or close."""
        self._begun += 1
        number, self._fresh = self._begun, False

        def run_and_tell(commands: PlaybackCommands) -> None:
            command(commands)
            self._has_begun.emit(number)

        self.run(run_and_tell)

    @Slot()
    def stop(self) -> None:
        """Hear no more."""
        if self._watching is not None:
            self._watching.stop()
            self._watching = None

    def _arrived(self, commands: PlaybackCommands) -> None:
        self._commands = commands
        self._watching = Watching(self._backend.loop, commands.state, self._hear, self)
        waiting, self._waiting = self._waiting, []
        for command in waiting:
            self._backend.loop.post(command, commands)

    def _hear(self, state: SessionState) -> None:
        if self._fresh:
            self._receive(state)
        else:
            self._held = state

    @Slot(int)
    def _release_held(self, number: int) -> None:
        if number != self._begun:
            return
        self._fresh = True
        state, self._held = self._held, None
        if state is not None:
            self._receive(state)

    def _missing(self, error: UserFacingError) -> None:
        self._waiting.clear()
        self._failed(error)
