"""An observable of the service loop as a Qt signal on the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from novastream_desktop.runtime import Observable, ServiceLoop


class Watching(QObject):
    """Call `receive` on the GUI thread with the newest value of an observable.

    Values that come faster than the GUI's event loop turns are dropped save the newest, so a
    burst costs one delivery. Made, used and stopped on the GUI thread.
    """

    _changed = Signal()

    def __init__(
        self,
        loop: ServiceLoop,
        observable: Observable[Any],
        receive: Callable[[Any], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._loop = loop
        self._receive: Callable[[Any], object] | None = receive
        self._lock = threading.Lock()
        self._waiting: list[Any] = []
        self._unwatch: Callable[[], None] | None = None
        self._changed.connect(self._deliver)  # queued: `_hold` runs on the service thread only
        loop.post(self._begin, observable)

    def stop(self) -> None:
        """Deliver nothing more."""
        self._receive = None
        self._loop.post(self._end)

    def _begin(self, observable: Observable[Any]) -> None:
        if self._receive is not None:
            self._unwatch = observable.watch(self._hold)

    def _end(self) -> None:
        if self._unwatch is not None:
            self._unwatch()
            self._unwatch = None

    def _hold(self, value: object) -> None:
        with self._lock:
            told = bool(self._waiting)
            self._waiting[:] = [value]
        if not told:
            self._changed.emit()

    @Slot()
    def _deliver(self) -> None:
        with self._lock:
            values, self._waiting = self._waiting, []
        if values and self._receive is not None:
            self._receive(values[-1])
