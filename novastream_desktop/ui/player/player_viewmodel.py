"""The player page's view model: states in, properties out, keys and clicks to commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import methodcaller

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickWindow

from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.playback.state import SessionPhase
from novastream_desktop.ui.backend import Backend
from novastream_desktop.ui.player.keys import (
    IGNORE,
    Action,
    KeyContext,
    KeyPress,
    action_for,
)
from novastream_desktop.ui.player.panel_rows import PanelRowsModel
from novastream_desktop.ui.player.player_states import PlayerStates
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.tasks import Tasks

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1

#: Jumps show the seek bar; louder or slower only says so.
_SHOWING = frozenset(
    {"toggle_pause", "seek_by", "seek_fraction", "seek_to_start", "seek_to_end", "step_chapter"}
)
_LAST_SECONDS = 10.0


@QmlElement
@QmlUncreatable("Python makes it")
class PlayerViewModel(PlayerStates):
    """What plays, and everything that can be asked of it.

    Args:
        backend: the program behind the window.
        tasks: the bridge to the service loop.
    """

    fullscreenChanged = Signal()

    def __init__(self, backend: Backend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(backend, tasks, parent)
        self._again: Callable[[PlaybackCommands], object] | None = None
        self._stage.fullscreenChanged.connect(self.fullscreenChanged)
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
        }

    # -- opening and closing -------------------------------------------------------------------

    @Slot(str, str)
    def playTitle(self, content_id: str, episode_id: str = "") -> None:
        """Play a title; without an episode its resume point or first unwatched one."""
        self._open_again(lambda c: c.open_title(content_id, episode_id=episode_id or None))

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
        self._link.stop()
        self._stage.release()

    @property
    def framesDrawn(self) -> int:
        """How many frames the surface has drawn."""
        return self._stage.frames_drawn

    def _open_again(self, command: Callable[[PlaybackCommands], object]) -> None:
        self._again = command
        self._open(command)

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
        if action.name in _SHOWING:
            self._wake()
        own = self._own.get(action.name)
        if own is not None:
            own(*action.args)
        else:
            self._run(action.name, *action.args)
        return True

    @Slot(int, int, str, int, result=bool)
    def wantsKey(self, key: int, modifiers: int, text: str, scan_code: int) -> bool:
        """Say whether `pressKey` would use a key, so that no shortcut of the window takes it."""
        return self._action(KeyPress(key, modifiers, text, scan_code)) is not None

    def _action(self, press: KeyPress) -> Action | None:
        props = self.props
        context = KeyContext(
            panel_open=bool(props.panel),
            prompt_visible=props.skipVisible or props.nextUpVisible,
            control_focused=self._control_focused,
            modal=bool(props.error) or props.ended,
            fullscreen=self._stage.fullscreen,
            seek_step=float(self._backend.settings.playback.seek_step),
        )
        return action_for(press, context)

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

    # -- panels and the window -----------------------------------------------------------------

    @Slot(str)
    def togglePanel(self, name: str) -> None:
        """Open a panel, or close it when it is the open one."""
        self._look(panel="" if self._view.panel == name else name)
        self._wake()

    @Slot()
    def closePanel(self) -> None:
        """Close the open panel."""
        self._look(panel="")
        self._wake()

    @Slot(str)
    def choose(self, key: str) -> None:
        """Take a row of the open panel."""
        panel = self._view.panel
        if panel == "subtitles":
            self._run("select_subtitle", int(key) if key else None)
        elif panel == "audio":
            self._run("select_audio", int(key))
        elif panel == "speed":
            self._run("set_speed", float(key))
        elif panel == "sources":
            self._run("choose_source", int(key))
        elif panel == "episodes":
            self._run("play_episode", key)
        self.closePanel()

    @Slot(str, result=PanelRowsModel)
    def rowsOf(self, panel: str) -> PanelRowsModel | None:
        """Return the rows of a panel."""
        return self._rows.get(panel)

    @Slot(str, result=int)
    def currentRow(self, panel: str) -> int:
        """Return the place of what plays now among a panel's rows, 0 if nothing does."""
        items = self._rows[panel].items
        return next((i for i, row in enumerate(items) if row.current), 0)

    @Property(bool, notify=fullscreenChanged)
    def fullscreen(self) -> bool:
        """Whether the window fills the screen."""
        return self._stage.fullscreen

    @Slot()
    def toggleFullscreen(self) -> None:
        """Fill the screen, or go back to a window."""
        self._stage.set_fullscreen(not self._stage.fullscreen)

    # -- commands ------------------------------------------------------------------------------

    def _run(self, name: str, *args: object, **named: object) -> None:
        self._link.run(methodcaller(name, *args, **named))

    @Slot()
    def togglePause(self) -> None:
        """Pause or go on."""
        self._run("toggle_pause")

    @Slot(float)
    def seekBy(self, seconds: float) -> None:
        """Jump relative."""
        self._run("seek_by", seconds)

    @Slot(float)
    def seekTo(self, position: float) -> None:
        """Jump to a position in seconds."""
        self._run("seek_to", max(0.0, position))

    @Slot(float)
    def seekFraction(self, fraction: float) -> None:
        """Jump to a share of the duration."""
        self._run("seek_fraction", min(1.0, max(0.0, fraction)))

    @Slot(float)
    def changeVolume(self, by: float) -> None:
        """Make it louder or quieter, in per cent."""
        self._run("change_volume", by)

    @Slot(float)
    def setVolume(self, volume: float) -> None:
        """Set the volume, 0 to 100."""
        self._run("set_volume", volume)

    @Slot()
    def toggleMute(self) -> None:
        """Switch sound off or on."""
        self._run("toggle_mute")

    @Slot()
    def skipSegment(self) -> None:
        """Jump over the range that the button names."""
        self._run("skip_segment")

    @Slot()
    def dismissPrompt(self) -> None:
        """Hide the skip button or the next-episode card."""
        self._run("dismiss_prompt")

    @Slot()
    def undo(self) -> None:
        """Go back to before the last jump."""
        self._run("undo")

    @Slot()
    def nextEpisode(self) -> None:
        """Play the next episode."""
        self._run("next_episode")

    @Slot()
    def previousEpisode(self) -> None:
        """Play the previous episode."""
        self._run("previous_episode")
