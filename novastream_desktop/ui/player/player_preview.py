"""The part of the player's view model that shows what lies elsewhere on the seek bar."""

from __future__ import annotations

import base64
from collections import OrderedDict

from PySide6.QtCore import Property, QBuffer, QIODevice, QObject, Signal, Slot
from PySide6.QtGui import QImage

from novastream_desktop.playback.state import SessionState
from novastream_desktop.player.base import DrawsThumbnails, RendersVideo, Thumbnail
from novastream_desktop.ui.backend import Backend
from novastream_desktop.ui.player._bar import is_here, wait_text
from novastream_desktop.ui.player.player_actions import PlayerActions
from novastream_desktop.ui.tasks import Tasks

#: At most this many pictures along one bar, and kept in memory.
STEPS, KEPT = 150, 200
LEAST_STEP = 2.0  # s
_QUALITY = 80
_KEY = "player-thumbnail"


def may_preview(state: SessionState, share: float) -> bool:
    """Return whether a second look at a place costs nothing: a torrent's is on disk.

    What plays over the network is refused by the player itself.
    """
    player = state.player
    there = is_here(state.torrent, share)
    return there and player.has_picture and player.duration > 0 and player.width > 0


def preview_position(share: float, duration: float) -> float:
    """Return the position in seconds that stands for a place on the seek bar."""
    step = max(LEAST_STEP, duration / STEPS)
    return round(min(1.0, max(0.0, share)) * duration / step) * step


def data_url(picture: Thumbnail) -> str:
    """Return a picture as an address that QML shows without a file."""
    image = QImage(
        picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
    )
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", _QUALITY)  # type: ignore[call-overload]  # the stub wants bytes
    return "data:image/jpeg;base64," + base64.b64encode(buffer.data().data()).decode()


class PlayerPreview(PlayerActions):
    """The small picture over the seek bar; see `PlayerViewModel`."""

    previewChanged = Signal()

    def __init__(self, backend: Backend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(backend, tasks, parent)
        self._drawer: DrawsThumbnails | None = None
        self._previews: OrderedDict[float, str] = OrderedDict()
        self._previews_of: object = None
        self._preview = ""
        self._pointed: float | None = None

    def _video_ready(self, video: RendersVideo) -> None:
        super()._video_ready(video)
        self._drawer = video if isinstance(video, DrawsThumbnails) else None

    def _leave(self) -> None:
        self.pointAway()
        self._previews.clear()
        super()._leave()

    @Property(str, notify=previewChanged)
    def preview(self) -> str:
        """A picture of the place that is pointed at, as an address; empty for none."""
        return self._preview

    @Slot(float)
    def pointAt(self, share: float) -> None:
        """The pointer is at this place of the seek bar: look what is there."""
        state = self._shown
        if self._drawer is None or not may_preview(state, share):
            self.pointAway()
            return
        shown_now = (state.content, state.episode, state.sources[state.source_index :][:1])
        if shown_now != self._previews_of:
            self._previews.clear()
            self._previews_of = shown_now
        position = preview_position(share, state.player.duration)
        if position == self._pointed:
            return
        self._pointed = position
        if position in self._previews:
            self._tasks.cancel(_KEY)
            self._show_preview(self._previews[position])
            return
        self._tasks.latest(
            _KEY,
            self._drawer.thumbnail(position),
            lambda picture: self._keep(position, picture),
            lambda _: self._show_preview(""),
        )

    @Slot(float, result=str)
    def waitAt(self, share: float) -> str:
        """Return how long a jump to a place of the seek bar would wait; empty if not at all."""
        return wait_text(self._shown.torrent, share)

    @Slot()
    def pointAway(self) -> None:
        """The pointer has left the seek bar."""
        self._pointed = None
        self._tasks.cancel(_KEY)
        self._show_preview("")

    def _keep(self, position: float, picture: Thumbnail | None) -> None:
        if picture is None and self._shown.torrent is not None:
            self._show_preview("")  # it may be on disk the next time
            return
        self._previews[position] = data_url(picture) if picture is not None else ""
        if len(self._previews) > KEPT:
            self._previews.popitem(last=False)
        if position == self._pointed:
            self._show_preview(self._previews[position])

    def _show_preview(self, url: str) -> None:
        if url != self._preview:
            self._preview = url
            self.previewChanged.emit()
