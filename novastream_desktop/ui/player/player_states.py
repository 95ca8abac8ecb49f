"""The half of the player's view model that turns the session's states into properties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import methodcaller
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from novastream_desktop.errors import UserFacingError
from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.player.base import PlayerState, RendersVideo
from novastream_desktop.ui.backend import Backend
from novastream_desktop.ui.player._page import OwnNotice, ViewState
from novastream_desktop.ui.player._props import derive, is_waiting, may_hide, open_panel
from novastream_desktop.ui.player._rows import PanelRow
from novastream_desktop.ui.player._ticks import is_tick
from novastream_desktop.ui.player._words import translate
from novastream_desktop.ui.player.key_book import KeyBook
from novastream_desktop.ui.player.panel_rows import ROWS_OF, PanelRowsModel
from novastream_desktop.ui.player.player_properties import PlayerProperties
from novastream_desktop.ui.player.session_link import SessionLink
from novastream_desktop.ui.player.stage import Stage
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.words import picture_url

#: Milliseconds: controls fade (ux 1), later while one has the focus; a reason is worth a line.
HIDE_AFTER, HIDE_AFTER_FOCUS, REASON_AFTER = 2500, 10_000, 2000
#: Milliseconds between two ticks of the time: with something to look at, and with bare video.
TICK_SHOWN, TICK_HIDDEN = 200, 1000
#: Milliseconds of play in which Esc asks before it leaves (ux 2b).
ASK_WITHIN = 5000
#: Panels that lie over the picture and take no keys.
OVERLAYS = frozenset({"info", "stats"})


class PlayerStates(PlayerProperties):
    """Follow the session while the page is open; see `PlayerViewModel`."""

    opened = Signal()
    """Something began to play, asked by this window or by somebody else."""
    closed = Signal()
    """The player page has nothing more to show."""
    focusReleased = Signal()
    """Keyboard focus goes back from a control to the video."""

    def __init__(self, backend: Backend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._state, self._shown, self._view = SessionState(), SessionState(), ViewState()
        self._is_open = self._control_focused = self._seen = self._closing = False
        self._measuring = self._asked = False
        self._since_picture = QElapsedTimer()
        self._art: dict[str, str] = {}
        self._rows = {name: PanelRowsModel(self) for name in (*ROWS_OF, "shortcuts")}
        self._keys = KeyBook(lambda: backend.settings.keys)
        self._link = SessionLink(
            backend, tasks, receive=self._receive, failed=self._fail, parent=self
        )
        self._stage = Stage(self)
        self._stage.failed.connect(self._show_failure)
        self._tick = self._timer(self._show_tick, TICK_SHOWN)
        self._hide = self._timer(self._hide_controls, HIDE_AFTER)
        self._reason = self._timer(self._waited_long, REASON_AFTER)

    def _timer(self, slot: Callable[[], object], interval: int) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval)
        timer.timeout.connect(slot)
        return timer

    # -- the page comes and goes ---------------------------------------------------------------

    def _open(self, command: Callable[[PlaybackCommands], object]) -> None:
        self._closing = False
        self._link.begin(command)
        self._enter(SessionState(phase=SessionPhase.RESOLVING))

    def _enter(self, state: SessionState) -> None:
        """Show the page for something new that plays."""
        self._view = ViewState(controls_shown=False, notice=self._view.notice)
        undo, start = self._keys.label("undo"), self._keys.label("seek_start")
        self._view = replace(self._view, undo_key=undo, start_key=start)
        self._since_picture.invalidate()
        self._asked = False
        self._seen = state is self._state
        self._stage.set_active(True)
        self._tasks.latest("player-video", self._backend.video(), self._video_ready, self._fail)
        self._show(state)
        self._wake()
        if not self._is_open:
            self._is_open = True
            self.opened.emit()

    def _leave(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        for timer in (self._tick, self._hide, self._reason):
            timer.stop()
        self._tasks.cancel("player-video")
        self._stage.set_active(False)
        self._view, self._shown = ViewState(notice=self._view.notice), SessionState()
        self._derive()
        self.closed.emit()

    def _video_ready(self, video: RendersVideo) -> None:
        self._stage.attach(video)

    def _fail(self, error: UserFacingError) -> None:
        self._show_failure(error.sentence())

    @Slot(str)
    def _show_failure(self, sentence: str) -> None:
        self._look(failure=sentence)

    # -- states --------------------------------------------------------------------------------

    def _receive(self, state: SessionState) -> None:
        self._state = state
        idle = state.phase is SessionPhase.IDLE
        if idle:
            self._closing = False
            if self._seen:
                self._leave()
        elif not self._is_open and not self._closing:
            self._enter(state)
        elif self._is_open:
            self._seen = True
            self._follow(state)

    def _follow(self, state: SessionState) -> None:
        if not is_tick(self._shown, state):
            self._show(state)
        elif not self._tick.isActive():
            view = self._view
            watched = view.controls_shown or view.panel or state.prompt or state.next_up
            self._tick.start(TICK_SHOWN if watched else TICK_HIDDEN)

    @Slot()
    def _show_tick(self) -> None:
        if self._is_open:
            self._show(self._state)

    def _show(self, state: SessionState) -> None:
        self._tick.stop()
        was_waiting, waits = is_waiting(self._shown), is_waiting(state)
        trouble = _trouble(self._shown.player, state.player)
        if state.question is not None and self._shown.question is None:
            self._stage.set_mini(False)  # it has no room there
        self._shown = state
        if state.player.has_picture and not self._since_picture.isValid():
            self._since_picture.start()
        if waits and not was_waiting:
            self._reason.start()
        elif not waits:
            self._reason.stop()
            self._view = replace(self._view, waited_long=False)
        self._view = replace(self._view, **self._pictures(state))
        self._derive()
        if trouble:
            self.say(trouble, 5.0)
        if not may_hide(state, self._view):
            self._set_controls(True)
        elif self._view.controls_shown and not self._hide.isActive():
            self._hide.start()

    def _look(self, **changes: Any) -> None:
        """Change what the page itself adds, and show it."""
        view = replace(self._view, **changes)
        if view != self._view:
            if bool(view.panel) != bool(self._view.panel):
                self._link.run(methodcaller("hold_next_episode", bool(view.panel)))
            self._view = view
            self._derive()

    def say(self, text: str, seconds: float = 2.5) -> None:
        """Show a short message of the page's own."""
        notice = self._shown.notice
        after, count = notice.number if notice else 0, self._view.notice.count + 1
        self._look(notice=OwnNotice(text, seconds, count, after))

    def _asks(self) -> bool:
        """Return whether Esc asks before it leaves: it has only just begun to play."""
        young = self._since_picture.isValid() and self._since_picture.elapsed() < ASK_WITHIN
        return young and not self._asked

    def _derive(self) -> None:
        measures = self._view.panel in OVERLAYS
        if measures is not self._measuring:
            self._measuring = measures
            self._link.run(methodcaller("watch_statistics", measures))
        panel = open_panel(self._shown, self._view)
        rows = ROWS_OF.get(panel)
        if rows is not None:
            self._rows[panel].set_items(rows(self._shown))
        elif panel == "shortcuts":
            lines = enumerate(self._keys.lines())
            self._rows["shortcuts"].set_items([PanelRow(str(i), *line) for i, line in lines])
        self._swap(derive(self._shown, self._view))

    @Slot()
    def _waited_long(self) -> None:
        self._look(waited_long=True)

    # -- controls that fade --------------------------------------------------------------------

    def _wake(self) -> None:
        """Show the controls and let them fade anew."""
        self._set_controls(True)
        self._hide.start(HIDE_AFTER_FOCUS if self._control_focused else HIDE_AFTER)

    @Slot()
    def _hide_controls(self) -> None:
        if may_hide(self._shown, self._view):
            self._set_controls(False)
            self.focusReleased.emit()

    def _set_controls(self, shown: bool) -> None:
        if shown == self._view.controls_shown:
            return
        if shown:  # the time stood still behind hidden controls
            self._shown = self._state if self._seen else self._shown
        self._look(controls_shown=shown)
        self._link.run(lambda commands: commands.show_controls(shown))

    # -- pictures ------------------------------------------------------------------------------

    def _pictures(self, state: SessionState) -> dict[str, Any]:
        content, card = state.content, state.next_up
        backdrop = (content.backdrop_url or content.poster_url) if content else ""
        thumbnail = (card.episode.thumbnail_url or "") if card else ""
        return {"backdrop": self._picture(backdrop), "thumbnail": self._picture(thumbnail)}

    def _picture(self, url: str) -> str:
        if not url or url in self._art:
            return self._art.get(url, "")
        self._art[url] = picture_url(url)
        if not self._art[url]:
            self._tasks.latest(
                ("player-art", url),
                self._backend.art(url),
                lambda path: self._drawn(url, path),
                lambda _: None,  # the page is whole without it
            )
        return self._art[url]

    def _drawn(self, url: str, path: str) -> None:
        self._art[url] = picture_url(path)
        self._look(**self._pictures(self._shown))


def _trouble(before: PlayerState, now: PlayerState) -> str:
    """Return what has failed and is got around: playing goes on, but a person should know."""
    if now.silent and not before.silent:
        return translate("Player", "No sound device answers. It plays on without sound")
    if before.hwdec and before.has_picture and now.has_picture and not now.hwdec:
        return translate("Player", "The video hardware gave up. The processor decodes now")
    return ""
