"""A value that tells its watchers when it changes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)


class Observable(Generic[T]):
    """Hold a value and call each watcher with every new one.

    Set and watched on one thread (the service loop). A watcher only posts: it does no work
    and does not raise; one that raises is logged and does not spoil the others.
    """

    def __init__(self, value: T) -> None:
        self._value = value
        self._watchers: list[Callable[[T], object]] = []

    @property
    def value(self) -> T:
        """The newest value."""
        return self._value

    def set(self, value: T) -> None:
        """Replace the value; watchers are called only if it differs."""
        if value == self._value:
            return
        self._value = value
        for watcher in tuple(self._watchers):
            try:
                watcher(value)
            except Exception:
                log.exception("A watcher failed")

    def watch(self, watcher: Callable[[T], object], *, now: bool = True) -> Callable[[], None]:
        """Call `watcher` with each new value (and the present one if `now`); return its end."""
        self._watchers.append(watcher)
        if now:
            watcher(self._value)

        def unwatch() -> None:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

        return unwatch
