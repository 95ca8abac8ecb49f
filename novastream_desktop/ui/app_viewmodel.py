"""The window as a whole: its pages, the player above them, and what is said above those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.ui.app_rooms import AppRooms
from novastream_desktop.ui.home.home_viewmodel import HomeViewModel
from novastream_desktop.ui.home.painted import PaintedPage, look_of
from novastream_desktop.ui.messages import Messages
from novastream_desktop.ui.navigation import (
    HOME,
    LIBRARY,
    SEARCH,
    SETTINGS,
    TITLE,
    TRANSFERS,
    Pages,
)
from novastream_desktop.ui.qml import QmlUncreatable

if TYPE_CHECKING:  # nothing of it is imported before the first frame
    from novastream_desktop.ui.backend import Backend
    from novastream_desktop.ui.tasks import Tasks

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("Python makes it")
class AppViewModel(AppRooms):
    """Navigation and the view models of every page.

    Only the home page's is made at once; the others are made when they are first asked for,
    so that the first frame does not wait for them. It does not wait for the program behind the
    window either: what a person asks for before that is there is done once it is.

    Args:
        page: what the first frame shows.
    """

    pageChanged = Signal()
    playerActiveChanged = Signal()
    overlayChanged = Signal()
    themeChanged = Signal()
    searchFocusRequested = Signal()
    quitRequested = Signal()

    def __init__(self, page: PaintedPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = page.look
        self._pages = Pages()
        self._player_active = False
        self._told: set[str] = set()
        self._messages = Messages(self)
        self._home = HomeViewModel(page.home, page.rows, self)

    @property
    def has_rows(self) -> bool:
        """Whether the home page shows titles."""
        return self._home.has_rows

    def attach(self, backend: Backend, tasks: Tasks) -> None:
        """Show what the program behind the window has, and do what was asked until now."""
        from novastream_desktop.ui.home.live import LiveHome  # noqa: PLC0415
        from novastream_desktop.ui.rooms import Rooms  # noqa: PLC0415

        self._rooms = Rooms(backend, tasks, self, home=self._home, messages=self._messages)
        self.showLook()
        live = LiveHome(backend, tasks, self._home.show, parent=self)
        live.failed.connect(self._messages.tell)
        self._home.follow(live)
        self._home.refreshingChanged.connect(self.tellProblems)
        self.tellProblems()
        self._grant_wishes()

    def services_started(self) -> None:
        """Fill the rows, and hear what others play; called once the services are on their way."""
        self._home.refresh()
        self._there.player.connectSession()

    def stop(self) -> None:
        """Hear nothing more and free the picture; before the services stop."""
        self._home.stop()
        self._messages.dismissNotice()
        if self._rooms is not None:
            self._rooms.stop()

    @Slot()
    def openHome(self) -> None:
        """Show the home page."""
        self.openRoom(HOME)

    @Slot()
    def openSettings(self) -> None:
        """Show the settings."""
        self.openRoom(SETTINGS)

    @Slot(str)
    def openRoom(self, room: str) -> None:
        """Show a room: home, search, library, transfers, settings or shortcuts."""
        if room == HOME:
            self._show(self._pages.opened(HOME))
        else:
            self._when_there(lambda: self._open_room(room))

    @Slot(str)
    def openTitle(self, content_id: str) -> None:
        """Show the page of a title."""
        self._when_there(lambda: self._open_title(content_id))

    @Slot()
    def back(self) -> None:
        """Go one page back; from the player, close it."""
        if self._player_active:
            self._there.player.close()
        else:
            self._show(self._pages.back())

    @Slot()
    @Slot(str)
    def refresh(self, row_id: str = "") -> None:
        """Ask again for what the page on top shows, or (if it is not empty) for one row of home."""
        if self._pages.top == HOME:
            self._home.refresh(row_id)
        elif self._rooms is not None and self._pages.top == TITLE:
            self._rooms.title.retry()
        elif self._rooms is not None and self._pages.top == SEARCH:
            self._rooms.search.retry()
        elif self._rooms is not None and self._pages.top == LIBRARY:
            self._rooms.library.open()

    @Slot(str, str)
    def play(self, content_id: str, episode_id: str) -> None:
        """Play a title, or one of its episodes when that is not empty."""
        self._when_there(lambda: self._there.player.playTitle(content_id, episode_id))

    @Slot(str, str)
    def playFromStart(self, content_id: str, episode_id: str) -> None:
        """Play the same from its start, wherever it was left."""
        self._when_there(lambda: self._there.player.playFromStart(content_id, episode_id))

    @Slot(str, str, str)
    def playFrom(self, content_id: str, episode_id: str, url: str) -> None:
        """Play the same from one of its sources, when the address is not empty."""
        self.play(content_id, episode_id)
        if url:
            room = self._there
            room.tasks.latest("app/source", _prefer(room.backend, content_id, url), lambda _: None)

    @Slot(str)
    def playTarget(self, target: str) -> None:
        """Play a file, URL, magnet, `.torrent` or content id; show what is in a folder."""
        self._when_there(lambda: self._play_target(target))

    @Slot(int, int, str, int, bool, bool, result=str)
    def keyAction(  # noqa: PLR0917  (Qt knows no keywords)
        self, key: int, modifiers: int, text: str, place: int, repeated: bool, typing: bool
    ) -> str:
        """Return what a key press means outside the player, see `browse_keys`."""
        from novastream_desktop.ui.browse_keys import browsing_action  # noqa: PLC0415
        from novastream_desktop.ui.player.keys import KeyPress  # noqa: PLC0415

        return browsing_action(KeyPress(key, modifiers, text, place, repeated), typing=typing)

    @Slot(str, str, str)
    def actOn(self, action: str, content_id: str, episode_id: str) -> None:
        """Do something with a title: preview, menu, library or watched."""
        self._when_there(lambda: self._act_on(action, content_id, episode_id))

    @Slot()
    def refreshMarks(self) -> None:
        """Look again at what was watched, as it may have changed."""
        if self._rooms is not None and self._rooms.made("title"):
            self._rooms.title.refreshProgress()

    @Slot()
    def showLook(self) -> None:
        """Look as the settings say."""
        look = look_of(self._there.backend.settings.interface)
        if look != self._look:
            self._look = look
            self.themeChanged.emit()

    @Slot()
    def playerOpened(self) -> None:
        """The player shows something."""
        self._set_player_active(True)

    @Slot()
    def playerClosed(self) -> None:
        """The player is gone again."""
        self._set_player_active(False)
        self.refreshMarks()

    @Slot()
    def quit(self) -> None:
        """End the application."""
        self.quitRequested.emit()

    def _play_target(self, target: str) -> None:
        from novastream_desktop.ui.folders import offer_if_folder  # noqa: PLC0415

        if not offer_if_folder(target, self, self._there, self._messages):
            self._there.player.playTarget(target)

    def _act_on(self, action: str, content_id: str, episode_id: str) -> None:
        self._there.browse.act(action, content_id, episode_id, self._there.content(content_id))

    def _open_title(self, content_id: str) -> None:
        self._there.title.open(content_id, self._there.content(content_id))
        self._show(self._pages.opened(TITLE))

    def _open_room(self, room: str) -> None:
        made = getattr(self._there, room)  # its type has to be known before its page is loaded
        if room in {LIBRARY, TRANSFERS}:
            made.open()
        again = self._pages.top == room
        self._show(self._pages.opened(room))
        if room == SEARCH and again:
            self.searchFocusRequested.emit()

    @Slot()
    def tellProblems(self) -> None:
        """Tell what is wrong; some of it is known once services run, or settings change."""
        problems = self._there.backend.problems
        self._told.intersection_update(problems)
        for sentence in problems:
            if sentence not in self._told:
                self._told.add(sentence)
                self._messages.tell(sentence)

    def _set_player_active(self, active: bool) -> None:
        if active != self._player_active:
            self._player_active = active
            self.playerActiveChanged.emit()

    def _show(self, pages: Pages) -> None:
        old, self._pages = self._pages, pages
        if old.room != pages.room:  # what was done elsewhere is not to cover what is here
            self._messages.dismissNotice()
        if old != pages:
            self.pageChanged.emit()

    @Property(HomeViewModel, constant=True)
    def home(self) -> HomeViewModel:
        """The home page."""
        return self._home

    @Property(Messages, constant=True)
    def messages(self) -> Messages:
        """What is said above the pages."""
        return self._messages

    @Property(str, notify=overlayChanged)
    def overlay(self) -> str:
        """What lies over the page: preview, menu or nothing."""
        made = self._rooms is not None and self._rooms.made("browse")
        return self._there.browse.overlay if made else ""

    @Property(bool, notify=themeChanged)
    def dark(self) -> bool:
        """Whether the dark theme is chosen."""
        return self._look.dark

    @Property(bool, notify=themeChanged)
    def reducedMotion(self) -> bool:
        """Whether nothing shall move."""
        return self._look.reduced_motion

    @Property(str, notify=pageChanged)
    def page(self) -> str:
        """The page on top: a room, or title."""
        return self._pages.top

    @Property(str, notify=pageChanged)
    def room(self) -> str:
        """The room that it belongs to."""
        return self._pages.room

    @Property("QStringList", notify=pageChanged)  # type: ignore[arg-type]
    def openPages(self) -> list[str]:
        """Every page that exists, shown or beneath another."""
        return list(self._pages.stack)

    @Property(bool, notify=playerActiveChanged)
    def playerActive(self) -> bool:
        """Whether the player page covers everything."""
        return self._player_active


async def _prefer(backend: Backend, content_id: str, url: str) -> bool:
    from novastream_desktop.ui.prefer_source import prefer_source  # noqa: PLC0415

    return await prefer_source(await backend.playback(), content_id, url)
