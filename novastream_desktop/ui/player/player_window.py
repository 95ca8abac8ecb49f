"""The part of the player's view model that knows the window: panels, full screen, mini player."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot

from novastream_desktop.ui.backend import Backend
from novastream_desktop.ui.player._file_rows import FILES, OTHER_FILE
from novastream_desktop.ui.player._props import is_asked, open_panel
from novastream_desktop.ui.player._rows import source_key
from novastream_desktop.ui.player._show_rows import SHOW, STEP
from novastream_desktop.ui.player._words import translate
from novastream_desktop.ui.player.dropping import sorted_out
from novastream_desktop.ui.player.panel_rows import PanelRowsModel
from novastream_desktop.ui.player.player_preview import PlayerPreview
from novastream_desktop.ui.tasks import Tasks


class PlayerWindow(PlayerPreview):
    """The open panel and the window's size; see `PlayerViewModel`."""

    fullscreenChanged = Signal()
    miniChanged = Signal()

    def __init__(self, backend: Backend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(backend, tasks, parent)
        self._stage.fullscreenChanged.connect(self.fullscreenChanged)
        self._stage.miniChanged.connect(self.miniChanged)
        self._held: tuple[str, ...] = ()
        self.hasPictureChanged.connect(self._add_held)

    @Slot(str)
    def togglePanel(self, name: str) -> None:
        """Open a panel, or close it when it is the open one; a question comes first."""
        if is_asked(self._shown):  # Esc says that it is none of the files, no other key does
            return
        if self._shown.question is not None:
            self.closePanel()
            return
        self._stage.set_mini(False)  # no panel has room in it
        if name in self._rows:
            self._rows[name].point("", True)
        self._look(panel="" if self._view.panel == name else name)
        self._wake()

    @Slot()
    def closePanel(self) -> None:
        """Close the open panel; a question is answered with none of the files."""
        if self._shown.question is not None:
            self._run("choose_file", None)
            return
        self._look(panel="")
        self._wake()

    @Slot(str)
    def choose(self, key: str) -> None:
        """Take a row of the open panel; it closes unless the row leads on."""
        panel = open_panel(self._shown, self._view)
        if not self._leads_on(panel, key):
            self._take(panel, key)
            self.closePanel()

    def _leads_on(self, panel: str, key: str) -> bool:
        """Take a row that leaves the panel open, or return False."""
        if panel == FILES:
            self._run("choose_file", int(key))
        elif key.startswith("panel:"):
            self._look(panel=key.removeprefix("panel:"))
        elif panel == SHOW:
            self._choose_of_show(key)
        elif key == "sync:":  # the row then shows how far it is, and stops it
            self._run("sync_subtitles")
        else:
            return False
        return True

    def _take(self, panel: str, key: str) -> None:
        if panel in {"subtitles", "subtitle-tools"}:
            self._choose_subtitle(key)
        elif panel == "audio":
            self._run("select_audio", int(key))
        elif panel == "speed":
            self._run("set_speed", float(key))
        elif panel == "sources":
            keys = [source_key(source) for source in self._shown.sources]
            if key == OTHER_FILE:
                self._run("ask_file")
            elif key in keys:
                self._run("choose_source", keys.index(key))
        elif panel == "episodes":
            self._run("play_episode", key)

    def take_dropped(self, targets: Sequence[str], *, playing: bool) -> tuple[str, str]:
        """Take what was dropped; return what to play, and a sentence about what is not taken.

        Subtitles join what plays; those that come with a video wait for its picture.
        """
        drop = sorted_out(targets, playing=playing)
        if drop.play:
            self._held = drop.subtitles
        else:
            self._add_files(drop.subtitles)
        return drop.play, drop.sentence

    def _leave(self) -> None:
        self._held = ()  # the video that they came with did not play
        super()._leave()

    def _add_held(self) -> None:
        if self._props.hasPicture:
            held, self._held = self._held, ()
            self._add_files(held)

    def _add_files(self, urls: Sequence[str]) -> None:
        for url in urls:
            self._run("add_subtitle_file", QUrl(url).toLocalFile())

    @Slot()
    def stopFitting(self) -> None:
        """Stop fitting subtitles to the sound."""
        if self._props.subtitleFit >= 0:
            self._run("sync_subtitles")

    def _choose_of_show(self, key: str) -> None:
        what, _, rest = key.partition(":")
        if what == "stop":
            self._run("stop_after_episode", not self._shown.stop_after)
        elif what == "quiet":
            self._run("keep_skips_quiet", not self._shown.show_skips.quiet)
        elif what == "shift":
            self._run("change_skip_offset", int(rest) * STEP or None)
        else:
            kind, _, origin = rest.partition(":")
            self._run("report_skip", kind, origin, what == "wrong")

    def _choose_subtitle(self, key: str) -> None:
        what, _, value = key.partition(":")
        if not key or key.isdecimal():
            self._run("select_subtitle", int(key) if key else None)
        elif what == "second":
            self._run("select_second_subtitle", int(value) if value else None)
        elif what == "speed":
            self._run("set_subtitle_speed", float(value))
        elif what == "encoding":
            self._run("set_subtitle_encoding", value or None)
        elif what != "note":
            self._run("choose_subtitle", key)

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
        self._stage.set_mini(False)
        self._stage.set_fullscreen(not self._stage.fullscreen)

    @Property(bool, notify=miniChanged)
    def mini(self) -> bool:
        """Whether the window is the mini player."""
        return self._stage.mini

    @Property(bool, notify=miniChanged)
    def onTop(self) -> bool:
        """Whether the window stays above all others."""
        return self._stage.on_top

    @Slot()
    def toggleMini(self) -> None:
        """Make the window the mini player, or itself again."""
        player = self._shown.player
        aspect = player.width / player.height if player.width and player.height else 0.0
        self._look(panel="")
        self._stage.set_mini(not self._stage.mini, aspect)
        self._wake()

    @Slot()
    def toggleOnTop(self) -> None:
        """Keep the window above all others, or no more."""
        self._stage.set_on_top(not self._stage.on_top)
        on, off = translate("Player", "Stays on top"), translate("Player", "No longer on top")
        self.say(on if self._stage.on_top else off)

    @Slot(float)
    def resizeMini(self, width: float) -> None:
        """Give the mini player another width."""
        self._stage.resize_mini(width)
