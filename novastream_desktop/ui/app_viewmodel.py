"""The window as a whole: its pages, the player above them, and the banner."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.ui.home.home_viewmodel import HomeViewModel
from novastream_desktop.ui.home.painted import PaintedPage, look_of
from novastream_desktop.ui.navigation import HOME, SETTINGS, TITLE, Pages
from novastream_desktop.ui.qml import QmlUncreatable

if TYPE_CHECKING:  # the other pages are imported when they are first wanted
    from novastream_desktop.ui.backend import Backend
    from novastream_desktop.ui.player.player_viewmodel import PlayerViewModel
    from novastream_desktop.ui.settings.settings_viewmodel import SettingsViewModel
    from novastream_desktop.ui.tasks import Tasks
    from novastream_desktop.ui.title.title_viewmodel import TitleViewModel

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("Python makes it")
class AppViewModel(QObject):
    """Navigation and the view models of every page.

    Only the home page's is made at once; the others are made when they are first asked for,
    so that the first frame does not wait for them. It does not wait for the program behind the
    window either: what a person asks for before that is there is done once it is.

    Args:
        page: what the first frame shows.
    """

    pageChanged = Signal()
    titleOpenChanged = Signal()
    settingsOpenChanged = Signal()
    playerActiveChanged = Signal()
    bannerChanged = Signal()
    themeChanged = Signal()
    quitRequested = Signal()

    def __init__(self, page: PaintedPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._behind: tuple[Backend, Tasks] | None = None
        self._wishes: list[Callable[[], object]] = []
        self._look = page.look
        self._pages = Pages()
        self._player_active = False
        self._told: set[str] = set()
        self._banners: list[str] = []
        self._home = HomeViewModel(page.home, page.rows, self)
        self._title: TitleViewModel | None = None
        self._settings: SettingsViewModel | None = None
        self._player: PlayerViewModel | None = None

    @property
    def has_rows(self) -> bool:
        """Whether the home page shows titles."""
        return self._home.has_rows

    def attach(self, backend: Backend, tasks: Tasks) -> None:
        """Show what the program behind the window has, and do what was asked until now."""
        from novastream_desktop.ui.home.live import LiveHome  # noqa: PLC0415

        self._behind = backend, tasks
        self._show_look()
        live = LiveHome(backend, tasks, self._home.show, parent=self)
        live.failed.connect(self._tell)
        self._home.follow(live)
        self._home.refreshingChanged.connect(self._tell_problems)
        self._tell_problems()
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            wish()

    def services_started(self) -> None:
        """Fill the rows, and hear what others play; called once the services are on their way."""
        self._home.refresh()
        self._the_player().connectSession()

    def stop(self) -> None:
        """Hear nothing more and free the picture; before the services stop."""
        self._home.stop()
        if self._player is not None:
            self._player.release()
        if self._behind is not None:
            self._behind[1].close()

    @Slot()
    def openHome(self) -> None:
        """Show the home page."""
        self._show(self._pages.opened(HOME))

    @Slot(str)
    def openTitle(self, content_id: str) -> None:
        """Show the page of a title."""
        self._when_there(lambda: self._open_title(content_id))

    @Slot()
    def openSettings(self) -> None:
        """Show the settings."""
        self._when_there(self._open_settings)

    @Slot()
    def back(self) -> None:
        """Go one page back; from the player, close it."""
        if self._player_active:
            self._the_player().close()
        else:
            self._show(self._pages.back())

    @Slot()
    def refresh(self) -> None:
        """Ask again for what the page on top shows."""
        if self._pages.top == TITLE:
            self._the_title().retry()
        else:
            self._home.refresh()

    @Slot(str, str)
    def play(self, content_id: str, episode_id: str) -> None:
        """Play a title, or one of its episodes when that is not empty."""
        self._when_there(lambda: self._the_player().playTitle(content_id, episode_id))

    @Slot(str)
    def playTarget(self, target: str) -> None:
        """Play a file, URL, magnet, `.torrent` or content id."""
        self._when_there(lambda: self._the_player().playTarget(target))

    @Slot()
    def dismissBanner(self) -> None:
        """Show the next message, or none."""
        del self._banners[:1]
        self.bannerChanged.emit()

    @Slot()
    def quit(self) -> None:
        """End the application."""
        self.quitRequested.emit()

    def _when_there(self, wish: Callable[[], object]) -> None:
        if self._behind is None:
            self._wishes.append(wish)
        else:
            wish()

    def _open_title(self, content_id: str) -> None:
        self._the_title().open(content_id, self._home.content(content_id))
        self._show(self._pages.opened(TITLE))

    def _open_settings(self) -> None:
        self._the_settings()  # its type has to be known before its page is loaded
        self._show(self._pages.opened(SETTINGS))

    @Slot(str, str, str)
    def _play_from(self, content_id: str, episode_id: str, url: str) -> None:
        self.play(content_id, episode_id)
        if url:
            backend, tasks = self._there()
            tasks.latest("app/source", _prefer(backend, content_id, url), lambda _: None)

    @Slot()
    def _tell_problems(self) -> None:
        """Tell what was wrong at the start; some of it is known only once services run."""
        for sentence in self._there()[0].problems:
            if sentence not in self._told:
                self._told.add(sentence)
                self._tell(sentence)

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        if sentence not in self._banners:
            self._banners.append(sentence)
            self.bannerChanged.emit()

    @Slot()
    def _player_opened(self) -> None:
        self._set_player_active(True)

    @Slot()
    def _player_closed(self) -> None:
        self._set_player_active(False)
        if self._title is not None:
            self._title.refreshProgress()

    def _there(self) -> tuple[Backend, Tasks]:
        assert self._behind is not None, "nothing asks before `attach`"
        return self._behind

    @Slot()
    def _show_look(self) -> None:
        look = look_of(self._there()[0].settings.interface)
        if look != self._look:
            self._look = look
            self.themeChanged.emit()

    def _the_title(self) -> TitleViewModel:
        if self._title is None:
            from novastream_desktop.ui.title.title_viewmodel import (  # noqa: PLC0415
                TitleViewModel,
            )

            self._title = TitleViewModel(*self._there(), self)
            self._title.playRequested.connect(self._play_from)
        return self._title

    def _the_settings(self) -> SettingsViewModel:
        if self._settings is None:
            from novastream_desktop.ui.settings.settings_viewmodel import (  # noqa: PLC0415
                SettingsViewModel,
            )

            self._settings = SettingsViewModel(*self._there(), self)
            self._settings.saved.connect(self._show_look)
        return self._settings

    def _the_player(self) -> PlayerViewModel:
        if self._player is None:
            from novastream_desktop.ui.player.player_viewmodel import (  # noqa: PLC0415
                PlayerViewModel,
            )

            self._player = PlayerViewModel(*self._there(), self)
            self._player.opened.connect(self._player_opened)
            self._player.closed.connect(self._player_closed)
        return self._player

    def _set_player_active(self, active: bool) -> None:
        if active != self._player_active:
            self._player_active = active
            self.playerActiveChanged.emit()

    def _show(self, pages: Pages) -> None:
        old, self._pages = self._pages, pages
        if (TITLE in old.stack) != (TITLE in pages.stack):
            self.titleOpenChanged.emit()
        if (SETTINGS in old.stack) != (SETTINGS in pages.stack):
            self.settingsOpenChanged.emit()
        if old.top != pages.top:
            self.pageChanged.emit()

    @Property(HomeViewModel, constant=True)
    def home(self) -> HomeViewModel:
        """The home page."""
        return self._home

    @Property(QObject, constant=True)
    def title(self) -> TitleViewModel:
        """The title's page."""
        return self._the_title()

    @Property(QObject, constant=True)
    def settings(self) -> SettingsViewModel:
        """The settings page."""
        return self._the_settings()

    @Property(QObject, constant=True)
    def player(self) -> PlayerViewModel:
        """The player page."""
        return self._the_player()

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
        """The page on top: home, title or settings."""
        return self._pages.top

    @Property(bool, notify=titleOpenChanged)
    def titleOpen(self) -> bool:
        """Whether a title's page exists, shown or beneath another."""
        return TITLE in self._pages.stack

    @Property(bool, notify=settingsOpenChanged)
    def settingsOpen(self) -> bool:
        """Whether the settings page exists, shown or beneath another."""
        return SETTINGS in self._pages.stack

    @Property(bool, notify=playerActiveChanged)
    def playerActive(self) -> bool:
        """Whether the player page covers everything."""
        return self._player_active

    @Property(str, notify=bannerChanged)
    def banner(self) -> str:
        """The sentence on top of the page, or empty."""
        return self._banners[0] if self._banners else ""


async def _prefer(backend: Backend, content_id: str, url: str) -> bool:
    from novastream_desktop.ui.prefer_source import prefer_source  # noqa: PLC0415

    return await prefer_source(await backend.playback(), content_id, url)
