"""The pages of the window as QML reads them, and what waits until there is a program behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Slot

if TYPE_CHECKING:  # the other pages are imported when they are first wanted
    from novastream_desktop.ui.browse.browse_viewmodel import BrowseViewModel
    from novastream_desktop.ui.library.library_viewmodel import LibraryViewModel
    from novastream_desktop.ui.player.player_viewmodel import PlayerViewModel
    from novastream_desktop.ui.rooms import Rooms
    from novastream_desktop.ui.search.search_viewmodel import SearchViewModel
    from novastream_desktop.ui.settings.settings_viewmodel import SettingsViewModel
    from novastream_desktop.ui.shortcuts import ShortcutsViewModel
    from novastream_desktop.ui.title.title_viewmodel import TitleViewModel
    from novastream_desktop.ui.transfers.transfers_viewmodel import TransfersViewModel


class AppRooms(QObject):
    """The base of the window's view model: the other pages' view models."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rooms: Rooms | None = None
        self._wishes: list[Callable[[], object]] = []

    def _when_there(self, wish: Callable[[], object]) -> None:
        if self._rooms is None:
            self._wishes.append(wish)
        else:
            wish()

    @property
    def _there(self) -> Rooms:
        assert self._rooms is not None, "nothing asks before `attach`"
        return self._rooms

    def _grant_wishes(self) -> None:
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            wish()

    @Slot("QStringList")
    def dropTargets(self, targets: list[str]) -> None:
        """Play what is dropped onto the window, or let it join what plays."""
        self._when_there(lambda: self._there.take_dropped(targets))

    @Property(QObject, constant=True)
    def title(self) -> TitleViewModel:
        """The title's page."""
        return self._there.title

    @Property(QObject, constant=True)
    def search(self) -> SearchViewModel:
        """The search page."""
        return self._there.search

    @Property(QObject, constant=True)
    def library(self) -> LibraryViewModel:
        """The library page."""
        return self._there.library

    @Property(QObject, constant=True)
    def transfers(self) -> TransfersViewModel:
        """The transfers page."""
        return self._there.transfers

    @Property(QObject, constant=True)
    def settings(self) -> SettingsViewModel:
        """The settings page."""
        return self._there.settings

    @Property(QObject, constant=True)
    def shortcuts(self) -> ShortcutsViewModel:
        """The shortcuts page."""
        return self._there.shortcuts

    @Property(QObject, constant=True)
    def browse(self) -> BrowseViewModel:
        """The preview and the context menu."""
        return self._there.browse

    @Property(QObject, constant=True)
    def player(self) -> PlayerViewModel:
        """The player page."""
        return self._there.player
