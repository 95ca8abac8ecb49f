"""The view models of all pages but the first, each imported and made when it is first wanted."""
# ruff: noqa: PLC0415

from __future__ import annotations

import weakref
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from novastream_desktop.models import Content
    from novastream_desktop.ui.app_viewmodel import AppViewModel
    from novastream_desktop.ui.backend import Backend
    from novastream_desktop.ui.browse.browse_viewmodel import BrowseViewModel
    from novastream_desktop.ui.home.home_viewmodel import HomeViewModel
    from novastream_desktop.ui.library.library_viewmodel import LibraryViewModel
    from novastream_desktop.ui.messages import Messages
    from novastream_desktop.ui.player.player_viewmodel import PlayerViewModel
    from novastream_desktop.ui.search.search_viewmodel import SearchViewModel
    from novastream_desktop.ui.settings.settings_viewmodel import SettingsViewModel
    from novastream_desktop.ui.shortcuts import ShortcutsViewModel
    from novastream_desktop.ui.tasks import Tasks
    from novastream_desktop.ui.title.title_viewmodel import TitleViewModel
    from novastream_desktop.ui.transfers.transfers_viewmodel import TransfersViewModel


class Rooms:
    """Makes view models and connects them with the window's."""

    def __init__(
        self,
        backend: Backend,
        tasks: Tasks,
        app: AppViewModel,
        *,
        home: HomeViewModel,
        messages: Messages,
    ) -> None:
        self.backend, self.tasks = backend, tasks
        self._window = weakref.ref(app)  # it holds this: both would outlive it, for any thread
        self._home, self._messages = home, messages

    @property
    def _app(self) -> AppViewModel:
        app = self._window()
        assert app is not None, "it holds this"
        return app

    def made(self, name: str) -> bool:
        """Say whether a page's view model is there already."""
        return name in self.__dict__

    def content(self, content_id: str) -> Content | None:
        """Return what any page already knows of a title."""
        found = self._home.content(content_id)
        if found is None and self.made("search"):
            found = self.search.content(content_id)
        if found is None and self.made("library"):
            found = self.library.content(content_id)
        return found

    def take_dropped(self, targets: Sequence[str]) -> None:
        """Play what was dropped onto the window, or let it join what plays."""
        target, sentence = self.player.take_dropped(targets, playing=self._is_playing())
        if target:
            self._app.playTarget(target)
        if sentence and self._is_playing():
            self.player.say(sentence, 6.0)
        elif sentence:
            self._messages.tell(sentence)

    def _is_playing(self) -> bool:
        return bool(self._app.property("playerActive"))

    def stop(self) -> None:
        """Hear nothing more."""
        if self.made("title"):
            self.title.stop()
        if self.made("library"):
            self.library.stop()
        if self.made("transfers"):
            self.transfers.stop()
        if self.made("player"):
            self.player.release()
        self.tasks.close()

    @cached_property
    def title(self) -> TitleViewModel:
        """The title's page."""
        from novastream_desktop.ui.title.title_viewmodel import TitleViewModel

        made = TitleViewModel(self.backend, self.tasks, self._app)
        made.playRequested.connect(self._app.playFrom)
        made.libraryRequested.connect(self._app.actOn)
        return made

    @cached_property
    def settings(self) -> SettingsViewModel:
        """The settings page."""
        from novastream_desktop.ui.settings.settings_viewmodel import SettingsViewModel

        made = SettingsViewModel(self.backend, self.tasks, self._app)
        made.saved.connect(self._app.showLook)
        made.saved.connect(self._app.tellProblems)
        made.saved.connect(self._show_keys)
        return made

    @cached_property
    def search(self) -> SearchViewModel:
        """The search page."""
        from novastream_desktop.ui.search.search_viewmodel import SearchViewModel

        return SearchViewModel(self.backend, self.tasks, self._app)

    @cached_property
    def library(self) -> LibraryViewModel:
        """The library page."""
        from novastream_desktop.ui.library.library_viewmodel import LibraryViewModel

        return LibraryViewModel(self.backend, self.tasks, self._messages, self._app)

    @cached_property
    def transfers(self) -> TransfersViewModel:
        """The transfers page."""
        from novastream_desktop.ui.transfers.transfers_viewmodel import TransfersViewModel

        return TransfersViewModel(self.backend, self.tasks, self._messages, self._app)

    @cached_property
    def shortcuts(self) -> ShortcutsViewModel:
        """The shortcuts page."""
        from novastream_desktop.ui.shortcuts import ShortcutsViewModel

        return ShortcutsViewModel(self.backend.settings.keys, self._app)

    def _show_keys(self) -> None:
        if self.made("shortcuts"):
            self.shortcuts.show(self.backend.settings.keys)

    @cached_property
    def browse(self) -> BrowseViewModel:
        """The preview and the context menu."""
        from novastream_desktop.ui.browse.browse_viewmodel import BrowseViewModel

        made = BrowseViewModel(self.backend, self.tasks, self._messages, self._app)
        made.overlayChanged.connect(self._app.overlayChanged)
        made.playRequested.connect(self._app.play)
        made.fromStartRequested.connect(self._app.playFromStart)
        made.openRequested.connect(self._app.openTitle)
        made.changed.connect(self._app.refreshMarks)
        return made

    @cached_property
    def player(self) -> PlayerViewModel:
        """The player page."""
        from novastream_desktop.ui.player.player_viewmodel import PlayerViewModel

        made = PlayerViewModel(self.backend, self.tasks, self._app)
        made.opened.connect(self._app.playerOpened)
        made.closed.connect(self._app.playerClosed)
        return made
