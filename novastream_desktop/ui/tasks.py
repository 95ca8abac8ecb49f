"""From the window to the service loop: submit a coroutine, hear back on the GUI thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Coroutine, Hashable
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from novastream_desktop.errors import BugError, UserFacingError
from novastream_desktop.runtime import ServiceLoop

log = logging.getLogger(__name__)
T = TypeVar("T")
_Landed = tuple[
    Hashable, "Future[Any]", Callable[[Any], object], Callable[[UserFacingError], object]
]


class Tasks(QObject):
    """Run coroutines on the service loop; deliver on the GUI thread.

    Used on the GUI thread only. A newer call under a key replaces the older one, whose answer
    is dropped. A failure that nobody expected is logged here and reaches the caller as a
    sentence, never as a traceback.

    Answers come through one signal from the service thread. Its connection is automatic, which
    is queued from there: to name `Qt.QueuedConnection` would build every enumeration of the
    `Qt` namespace, a tenth of the time to the first frame. What ends on the GUI thread itself
    waits for the next turn of its loop.
    """

    _landed = Signal(object)

    def __init__(self, loop: ServiceLoop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loop = loop
        self._live: dict[Hashable, Future[Any]] = {}
        self._closed = False
        self._here = threading.get_ident()
        self._landed.connect(self._deliver)

    def latest(
        self,
        key: Hashable,
        coroutine: Coroutine[Any, Any, T],
        ok: Callable[[T], object],
        failed: Callable[[UserFacingError], object] | None = None,
    ) -> None:
        """Run a coroutine; call `ok` with its result or `failed` with its error, not both.

        Args:
            key: what it is about; a call that still runs under the same key is cancelled.
            coroutine: created here, run on the service loop.
            ok: called on the GUI thread.
            failed: called on the GUI thread; without it the failure is only logged.
        """
        self.cancel(key)
        if self._closed:
            coroutine.close()
            return
        future = self._loop.submit(coroutine)
        self._live[key] = future
        future.add_done_callback(lambda f: self._land((key, f, ok, failed or _log)))

    def running(self, key: Hashable) -> bool:
        """Say whether a call under this key has not been delivered yet."""
        return key in self._live

    def cancel(self, key: Hashable) -> None:
        """Forget the call under this key; nothing of it will be delivered."""
        if old := self._live.pop(key, None):
            old.cancel()

    def close(self) -> None:
        """Forget every call and take no more; before the service loop stops."""
        self._closed = True
        self.cancel_all()

    def cancel_all(self) -> None:
        """Forget every call; new ones are still taken."""
        for key in tuple(self._live):
            self.cancel(key)

    def _land(self, landed: _Landed) -> None:
        if threading.get_ident() == self._here:
            QTimer.singleShot(0, partial(self._deliver, landed))
        else:
            self._landed.emit(landed)

    @Slot(object)
    def _deliver(self, landed: _Landed) -> None:
        key, future, ok, failed = landed
        if self._live.get(key) is not future:
            return
        del self._live[key]
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            ok(future.result())
        else:
            failed(_as_sentence(error))


def _as_sentence(error: BaseException) -> UserFacingError:
    if isinstance(error, UserFacingError):
        return error
    kind = "A bug" if isinstance(error, BugError) else "Unexpected failure"
    log.error("%s in a task", kind, exc_info=error)
    return UserFacingError(
        "Something went wrong inside NovaStream",
        why=f"{type(error).__name__}",
        hint="The log file says more; Settings > Doctor checks the rest",
    )


def _log(error: UserFacingError) -> None:
    log.warning("%s", error.sentence())
