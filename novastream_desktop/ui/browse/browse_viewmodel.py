"""What can be done with a title wherever it shows: preview, menu, library, watched."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import Content, TitleDetails, WatchProgress
from novastream_desktop.models.library import Change, TitleMarks
from novastream_desktop.ui.browse._menu import MenuItem, menu_items
from novastream_desktop.ui.list_model import ItemsModel
from novastream_desktop.ui.messages import Messages
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.title._derive import TitleInputs, TitleProps, derive

if TYPE_CHECKING:  # what it imports is not needed before the first frame
    from novastream_desktop.ui.backend import Backend

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("Python makes it")
class MenuModel(ItemsModel):
    """The lines of the context menu."""

    ITEM = MenuItem


class Subject(NamedTuple):
    """The title that it is about, or one of its episodes."""

    content_id: str = ""
    episode_id: str = ""


@QmlElement
@QmlUncreatable("Python makes it")
class BrowseViewModel(QObject):
    """The quick preview, the context menu, and the changes that both and the keys make."""

    overlayChanged = Signal()
    shownChanged = Signal()
    marksChanged = Signal()
    changed = Signal()
    playRequested = Signal(str, str)
    fromStartRequested = Signal(str, str)
    openRequested = Signal(str)

    def __init__(
        self, backend: Backend, tasks: Tasks, messages: Messages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._backend, self._tasks, self._messages = backend, tasks, messages
        self._subject = Subject()
        self._inputs = TitleInputs()
        self._shown = TitleProps()
        self._marks = TitleMarks()
        self._menu = MenuModel(self)
        self._overlay = ""

    def act(self, action: str, content_id: str, episode_id: str, brief: Content | None) -> None:
        """Preview it, open its menu, or change it.

        Args:
            action: preview, menu, library, watched or aside.
            content_id: the title.
            episode_id: one of its episodes, or empty.
            brief: what is known of it already.
        """
        self._subject = Subject(content_id, episode_id)
        self._inputs = TitleInputs(
            content_id=content_id, brief=brief, art=dict(self._backend.home.value.art)
        )
        self._set_marks(TitleMarks())
        if action == "preview":
            self._open_preview()
        self._tasks.latest(
            "browse/marks",
            self._backend.library.marks(content_id, episode_id),
            lambda marks: self._marked(action, marks),
            self._tell,
        )

    @Slot()
    def close(self) -> None:
        """Put the preview or menu away."""
        self._tasks.cancel("browse/details")
        self._set_overlay("")

    @Slot(str)
    def choose(self, action: str) -> None:
        """Do what a line of the menu, or a button of the preview, says."""
        content_id, episode_id = self._subject
        if self._overlay == "preview":  # its button names the episode
            episode_id = self._shown.play_episode_id or episode_id
        if action in {"library", "watched", "aside"}:
            self._change(action)
            if self._overlay == "preview":
                return
        self.close()
        if action == "play":
            self.playRequested.emit(content_id, episode_id)
        elif action == "start":
            self.fromStartRequested.emit(content_id, episode_id)
        elif action == "open":
            self.openRequested.emit(content_id)

    def _open_preview(self) -> None:
        self._update()
        self._set_overlay("preview")
        content_id = self._subject.content_id
        self._tasks.latest(
            "browse/details", self._details(content_id), self._described, lambda _: None
        )

    async def _details(self, content_id: str) -> tuple[TitleDetails, Sequence[WatchProgress]]:
        details = await self._backend.details(content_id)
        return details, await self._backend.progress_of(content_id)

    def _described(self, found: tuple[TitleDetails, Sequence[WatchProgress]]) -> None:
        details, progress = found
        self._set(details=details, progress=tuple(progress))

    def _set(self, **changes: Any) -> None:
        self._inputs = replace(self._inputs, **changes)
        self._update()

    def _update(self) -> None:
        self._shown = derive(self._inputs).props
        self.shownChanged.emit()
        url = self._shown.backdrop_url
        if url and not self._shown.backdrop:
            self._tasks.latest(
                "browse/art",
                self._backend.art(url),
                lambda path: self._pictured(url, path),
                lambda _: None,
            )

    def _pictured(self, url: str, path: str) -> None:
        if self._inputs.art.get(url) != path:
            self._set(art={**self._inputs.art, url: path})

    def _marked(self, action: str, marks: TitleMarks) -> None:
        self._set_marks(marks)
        if action == "menu":
            self._menu.set_items(menu_items(marks, of_episode=bool(self._subject.episode_id)))
            self._set_overlay("menu")
        elif action != "preview":
            self._change(action)

    def _change(self, action: str) -> None:
        content_id, episode_id = self._subject
        library, marks = self._backend.library, self._marks
        name = self._inputs.brief.title if self._inputs.brief else "It"
        if action == "library":
            on = not marks.saved
            done = f"{name} is in your library" if on else f"{name} was taken out of your library"
            wish = library.keep(content_id, on, self._inputs.brief)
            marks = marks.with_(saved=on)
        elif action == "watched":
            on = not marks.watched
            done = f"{name} is marked as {'watched' if on else 'not watched'}"
            wish = library.mark_watched(content_id, episode_id, on)
            marks = marks.with_(watched=on)
        else:
            done = f"{name} was taken out of Continue watching"
            wish = library.put_aside(content_id)
            marks = marks.with_(going=False)
        self._run(wish, done, lambda: self._set_marks(marks))

    def _run(
        self, wish: Coroutine[Any, Any, Change], done: str, then: Callable[[], object]
    ) -> None:
        def changed(change: Change) -> None:
            then()
            self._messages.notify(done, lambda: self._put_back(change))
            self.changed.emit()

        self._tasks.latest(("browse/change", done), wish, changed, self._tell)

    def _put_back(self, change: Change) -> None:
        self._tasks.latest(
            ("browse/undo", id(change)),
            self._backend.library.put_back(change),
            lambda _: self.changed.emit(),
            self._tell,
        )

    def _tell(self, error: UserFacingError) -> None:
        self._messages.tell(error.sentence())

    def _set_marks(self, marks: TitleMarks) -> None:
        if marks != self._marks:
            self._marks = marks
            self.marksChanged.emit()

    def _set_overlay(self, overlay: str) -> None:
        if overlay != self._overlay:
            self._overlay = overlay
            self.overlayChanged.emit()

    @property
    def overlay(self) -> str:
        """What is shown: preview, menu or nothing."""
        return self._overlay

    @Property(MenuModel, constant=True)
    def menu(self) -> MenuModel:
        """The lines of the context menu."""
        return self._menu

    @Property(str, notify=shownChanged)
    def title(self) -> str:
        """The previewed title."""
        return self._shown.title

    @Property(str, notify=shownChanged)
    def facts(self) -> str:
        """One line of facts."""
        return self._shown.facts

    @Property(str, notify=shownChanged)
    def rating(self) -> str:
        """Its rating, or empty."""
        return self._shown.rating

    @Property(str, notify=shownChanged)
    def overview(self) -> str:
        """What it is about."""
        return self._shown.overview

    @Property(str, notify=shownChanged)
    def note(self) -> str:
        """What a curated list says about it, or empty."""
        return self._shown.note

    @Property(str, notify=shownChanged)
    def backdrop(self) -> str:
        """The local address of its wide picture, or empty."""
        return self._shown.backdrop

    @Property(str, notify=shownChanged)
    def playLabel(self) -> str:
        """`Resume S1E3 · 24 min left`."""
        return self._shown.play_label

    @Property(float, notify=shownChanged)
    def playProgress(self) -> float:
        """How much of that was watched, 0 to 1."""
        return self._shown.play_progress

    @Property(bool, notify=marksChanged)
    def saved(self) -> bool:
        """Whether it is in the library."""
        return self._marks.saved

    @Property(bool, notify=marksChanged)
    def watched(self) -> bool:
        """Whether it was watched."""
        return self._marks.watched
