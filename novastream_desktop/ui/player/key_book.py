"""The player's keys by the settings in force."""

from __future__ import annotations

from collections.abc import Callable

from novastream_desktop.settings import KeysSettings
from novastream_desktop.ui.player.key_table import bindings, keys_in_force
from novastream_desktop.ui.player.keys import KeyTable, chord_label, shortcut_lines, table_of


class KeyBook:
    """Looks keys up; made anew inside when the settings are others.

    Args:
        settings: answers with the settings in force.
    """

    def __init__(self, settings: Callable[[], KeysSettings]) -> None:
        self._settings = settings
        self._known = settings()
        self._table = table_of(bindings(self._known))

    @property
    def table(self) -> KeyTable:
        """What each key means."""
        settings = self._settings()
        if settings is not self._known:
            self._known, self._table = settings, table_of(bindings(settings))
        return self._table

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return the lines of the shortcut sheet."""
        return shortcut_lines(self.table.values())

    def label(self, action: str) -> str:
        """Return the first key of an action, empty if it has none."""
        return next(map(chord_label, keys_in_force(self._settings())[action]), "")
