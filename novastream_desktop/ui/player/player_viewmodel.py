"""The player page's view model: states in, properties out, keys and clicks to commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import methodcaller

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickWindow

from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.ui.backend import Backend
from novastream_desktop.ui.player._words import translate
from novastream_desktop.ui.player.desktop_link import DesktopLink
from novastream_desktop.ui.player.key_table import MEANINGS
from novastream_desktop.ui.player.keys import (
    IGNORE,
    Action,
    KeyContext,
    KeyPress,
    action_for,
)
from novastream_desktop.ui.player.player_states import OVERLAYS
from novastream_desktop.ui.player.player_window import PlayerWindow
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.tasks import Tasks

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1

#: Jumps show the seek bar; louder or slower only says so.
_SHOWING = frozenset(
    {"toggle_pause", "seek_by", "seek_fraction", "seek_to_start", "seek_to_end", "step_chapter"}
)
_LAST_SECONDS = 10.0
#: Milliseconds after which a key or button is held rather than pressed (ux 2b).
HOLD_AFTER = 600
#: Milliseconds to a press that shows a release to be of the keyboard's own repeating: X11 does
#: not always mark it as such.
LET_GO_AFTER = 60


@QmlElement
@QmlUncreatable("Python makes it")
class PlayerViewModel(PlayerWindow):
    """What plays, and everything that can be asked of it.

    Args:
        backend: the program behind the window.
        tasks: the bridge to the service loop.
    """

    def __init__(self, backend: Backend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(backend, tasks, parent)
        self._again: Callable[[PlaybackCommands], object] | None = None
        self._typing = self._space_down = False
        self._desktop = DesktopLink(self._asked_by_desktop, self._media_keys_wanted, self)
        self._hold = self._timer(self._held_long, HOLD_AFTER)
        self._let_go = self._timer(self._held_enough, LET_GO_AFTER)
        self._own: Mapping[str, Callable[..., object]] = {
            IGNORE: lambda: None,
            "seek_to_start": lambda: self.seekTo(0.0),
            "seek_to_end": lambda: self.seekTo(self._shown.player.duration - _LAST_SECONDS),
            "screenshot": lambda subtitles: self._run("screenshot", subtitles=subtitles),
            "toggle_panel": self.togglePanel,
            "toggle_fullscreen": self.toggleFullscreen,
            "leave_fullscreen": self.toggleFullscreen,
            "close_panel": self.closePanel,
            "release_focus": self.focusReleased.emit,
            "show_controls": self.noteInput,
            "leave": self.close,
            "ask_leave": self._ask,
            "press_space": self._press_space,
            "toggle_mini": self.toggleMini,
            "leave_mini": self.toggleMini,
            "toggle_on_top": self.toggleOnTop,
        }

    # -- opening and closing -------------------------------------------------------------------

    @Slot(str, str)
    def playTitle(self, content_id: str, episode_id: str = "") -> None:
        """Play a title; without an episode its resume point or first unwatched one."""
        self._open_again(lambda c: c.open_title(content_id, episode_id=episode_id or None))

    @Slot(str, str)
    def playFromStart(self, content_id: str, episode_id: str = "") -> None:
        """Play a title from its first second, wherever it was left."""
        episode = episode_id or None
        self._open_again(lambda c: c.open_title(content_id, episode_id=episode, from_start=True))

    @Slot(str)
    def playTarget(self, target: str) -> None:
        """Play a file, URL, magnet, `.torrent` or content id."""
        self._open_again(lambda c: c.open_target(target))

    @Slot()
    def tryAgain(self) -> None:
        """Open once more what failed."""
        if self._again is not None:
            self._open(self._again)

    @Slot()
    def watchAgain(self) -> None:
        """Play what has ended once more, from its start."""
        content, episode = self._shown.content, self._shown.episode
        if content is None:
            self.tryAgain()
            return
        content_id, episode_id = content.id, episode.id if episode else None
        self._open(lambda c: c.open_title(content_id, episode_id=episode_id, from_start=True))

    @Slot()
    def close(self) -> None:
        """Stop, save the position and leave the page."""
        self._closing = self._state.phase is not SessionPhase.IDLE
        self._link.begin(methodcaller("close_title"))
        self._leave()

    @Slot()
    def connectSession(self) -> None:
        """Hear of what others (the HTTP API) play, too; to be called once services start."""
        self._link.connect_session()

    @Slot(QObject)
    def attachWindow(self, window: QObject) -> None:
        """Draw the video under this window's scene."""
        if isinstance(window, QQuickWindow):
            self._stage.set_window(window)

    @Slot()
    def release(self) -> None:
        """Free the renderer and hear no more; before the player closes and the window goes."""
        self._desktop.stop()
        self._link.stop()
        self._stage.release()

    @property
    def framesDrawn(self) -> int:
        """How many frames the surface has drawn."""
        return self._stage.frames_drawn

    def _open_again(self, command: Callable[[PlaybackCommands], object]) -> None:
        self._again = command
        self._open(command)

    # -- the desktop around it -----------------------------------------------------------------

    def _show(self, state: SessionState) -> None:
        super()._show(state)
        self._desktop.follow(state, self.props)

    def _leave(self) -> None:
        super()._leave()
        self._desktop.stop()

    def _media_keys_wanted(self) -> bool:
        return self._backend.settings.playback.media_keys

    def _asked_by_desktop(self, name: str, *arguments: object) -> None:
        own: Mapping[str, Callable[..., object]] = {
            "stop": self.close,
            "open": self.playTarget,
            "raise": self._stage.come_forward,
        }
        if name in own:
            own[name](*arguments)
        else:
            self._run(name, *arguments)

    # -- keys and other input ------------------------------------------------------------------

    @Slot(int, int, str, int, bool, result=bool)
    def pressKey(
        self,
        key: int,
        modifiers: int,
        text: str,
        scan_code: int,
        repeated: bool,
    ) -> bool:
        """Do what a key means here; false lets it pass on."""
        action = self._action(KeyPress(key, modifiers, text, scan_code, repeated))
        if action is None:
            if self._control_focused:
                self._wake()
            return False
        self._do(action)
        return True

    def perform(self, action: str) -> None:
        """Do one of the actions that keys are bound to, by its name in the settings."""
        meaning = MEANINGS[action]
        self._do(Action(meaning.command, meaning.args))

    def _do(self, action: Action) -> None:
        if action.name in _SHOWING:
            self._wake()
        own = self._own.get(action.name)
        if own is not None:
            own(*action.args)
        else:
            self._run(action.name, *action.args)

    @Slot(int, int, str, int, result=bool)
    def wantsKey(self, key: int, modifiers: int, text: str, scan_code: int) -> bool:
        """Say whether `pressKey` would use a key, so that no shortcut of the window takes it."""
        return self._action(KeyPress(key, modifiers, text, scan_code)) is not None

    def _action(self, press: KeyPress) -> Action | None:
        return action_for(press, self.key_context(), self._keys.table)

    def key_context(self) -> KeyContext:
        """Return what a key press depends on."""
        props = self.props
        return KeyContext(
            panel_open=bool(props.panel),
            prompt_visible=props.skipVisible or props.nextUpVisible,
            next_offered=props.nextUpVisible and not props.skipVisible,
            control_focused=self._control_focused,
            modal=bool(props.error) or props.ended,
            fullscreen=self._stage.fullscreen,
            seek_step=float(self._backend.settings.playback.seek_step),
            mini=self._stage.mini,
            overlay=props.panel in OVERLAYS,
            typing=self._typing,
            asks=self._asks(),
        )

    @Slot(str, result=str)
    def keyOf(self, action: str) -> str:
        """Return the first key of an action, as buttons tell it; empty if it has none."""
        return self._keys.label(action)

    @Slot(int, bool)
    def releaseKey(self, key: int, repeated: bool) -> None:
        """Tell of a key let go: Space pauses then, or ends what it did while held."""
        if key == Qt.Key.Key_Space and not repeated:
            self._release_space(pauses=True)

    @Slot()
    def releaseHeld(self) -> None:
        """The window lost the keyboard: nothing is held any more."""
        self._release_space(pauses=False)

    def _press_space(self) -> None:
        if self._let_go.isActive():
            self._let_go.stop()
        elif not self._space_down:
            self._space_down = True
            self._hold.start()

    def _release_space(self, *, pauses: bool) -> None:
        if not self._space_down:
            return
        if not self._hold.isActive():
            self._let_go.start()
            return
        self._space_down = False
        self._hold.stop()
        if pauses:
            self._wake()
            self.togglePause()

    @Slot()
    def _held_enough(self) -> None:
        self._space_down = False
        self.holdSpeed(False)

    @Slot()
    def _held_long(self) -> None:
        self.holdSpeed(True)

    def _ask(self) -> None:
        self._asked = True
        self.say(translate("Player", "Press Esc again to leave"))

    @Slot()
    def noteInput(self) -> None:
        """The mouse moved or a button was used: show the controls."""
        self._wake()

    @Slot(bool)
    def setControlFocused(self, focused: bool) -> None:
        """Tell whether a control, rather than the video, has the keyboard."""
        self._control_focused = focused
        if focused:
            self._wake()

    @Slot(bool)
    def setTyping(self, typing: bool) -> None:
        """Tell whether a text field has the keyboard: letters are its own then."""
        self._typing = typing
