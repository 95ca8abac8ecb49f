"""What the page of a title shows and what can be asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import Content, TitleDetails, WatchProgress
from novastream_desktop.models.library import TitleMarks
from novastream_desktop.runtime import Observable
from novastream_desktop.ui.props import emit_changes
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.title._derive import TitleInputs, derive
from novastream_desktop.ui.title._sources import SourcesState, sources_state
from novastream_desktop.ui.title.models import TitleEpisodesModel, TitleSourcesModel
from novastream_desktop.ui.title.title_properties import TitleProperties
from novastream_desktop.ui.title.title_skips import TitleSkipsViewModel
from novastream_desktop.ui.watching import Watching

if TYPE_CHECKING:  # what it imports is not needed before the first frame
    from novastream_desktop.sources import Resolution
    from novastream_desktop.ui.backend import Backend

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("Python makes it")
class TitleViewModel(TitleProperties):
    """One title: facts, episodes with progress, and the sources with their reasons."""

    savedChanged = Signal()
    libraryRequested = Signal(str, str, str)
    playRequested = Signal(str, str, str)

    def __init__(self, backend: Backend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._inputs = TitleInputs()
        self._episodes = TitleEpisodesModel(self)
        self._sources = TitleSourcesModel(self)
        self._asked: set[str] = set()
        self._listening: Watching | None = None
        self._skips = TitleSkipsViewModel(backend, tasks, self)
        self._saved = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._update)

    def open(self, content_id: str, brief: Content | None = None) -> None:
        """Show a title: what is known of it at once, the rest as it comes."""
        self._tasks.cancel("title/sources")
        self._stop_listening()
        self._inputs = TitleInputs(
            content_id=content_id,
            brief=brief,
            art=dict(self._backend.home.value.art),
            spoilers=not self._backend.settings.interface.hide_spoilers,
        )
        self._asked.clear()
        self._update()
        self._skips.open(content_id)
        self.retry()

    @Slot()
    def retry(self) -> None:
        """Ask for the details again."""
        self._set(problem="")
        content_id = self._inputs.content_id
        self._tasks.latest(
            "title/details", self._backend.details(content_id), self._described, self._unknown
        )
        self.refreshProgress()

    @Slot()
    def refreshProgress(self) -> None:
        """Read again how far each part was watched, as after the player closed."""
        if self._inputs.content_id:
            self._tasks.latest(
                "title/progress",
                self._backend.progress_of(self._inputs.content_id),
                self._progressed,
            )
            self._tasks.latest(
                "title/marks",
                self._backend.library.marks(self._inputs.content_id),
                self._marked,
                lambda _: None,
            )

    @Slot()
    def toggleLibrary(self) -> None:
        """Add the title to the library, or take it out."""
        self.libraryRequested.emit("library", self._inputs.content_id, "")

    def stop(self) -> None:
        """Hear of no more sources."""
        self._stop_listening()

    @Slot(int)
    def chooseSeason(self, index: int) -> None:
        """Show the episodes of another season, by its place in `seasons`."""
        details = self._inputs.details
        seasons = tuple(dict.fromkeys(e.season for e in details.episodes)) if details else ()
        if 0 <= index < len(seasons):
            self._set(season=seasons[index])
            self._update()

    @Slot()
    def play(self) -> None:
        """Play the film, or the episode to go on with."""
        self.playEpisode(self._shown.props.play_episode_id)

    @Slot(str)
    def playEpisode(self, episode_id: str) -> None:
        """Play one episode; empty for a film."""
        self.playRequested.emit(self._inputs.content_id, episode_id, "")

    @Slot(str)
    def playSource(self, key: str) -> None:
        """Play from one source of the list."""
        url = key.rpartition("#")[0]
        self.playRequested.emit(self._inputs.content_id, self._inputs.sources.episode_id, url)

    @Slot(str)
    def showSources(self, episode_id: str) -> None:
        """Show the sources of an episode, or of the film when empty."""
        self._find_sources(episode_id)
        self._set(view="sources")
        self._update()

    @Slot()
    def showEpisodes(self) -> None:
        """Show the episodes again."""
        self._set(view="episodes")
        self._update()

    @Slot()
    def retrySources(self) -> None:
        """Look for sources again."""
        self._find_sources(self._inputs.sources.episode_id, again=True)

    @Slot(str)
    def wantArt(self, url: str) -> None:
        """Fetch a picture that became visible and is not on disk; once."""
        if url and url not in self._asked:
            self._asked.add(url)
            self._tasks.latest(
                ("title/art", url),
                self._backend.art(url),
                lambda path: self._set(art={**self._inputs.art, url: path}),
                lambda _: None,
            )

    def _find_sources(self, episode_id: str, *, again: bool = False) -> None:
        known = self._inputs.sources
        if not again and known.state == "ready" and known.episode_id == episode_id:
            return
        self._stop_listening()
        self._set(sources=SourcesState("loading", episode_id))
        found: Observable[Resolution | None] = Observable(None)
        self._listening = Watching(
            self._backend.loop, found, partial(self._found, episode_id), self
        )
        self._tasks.latest(
            "title/sources",
            self._backend.sources(self._inputs.content_id, episode_id or None, found),
            lambda _: None,
            self._not_found,
        )

    def _stop_listening(self) -> None:
        if self._listening is not None:
            self._listening.stop()
            self._listening = None

    def _set(self, **changes: object) -> None:
        self._inputs = replace(self._inputs, **changes)  # type: ignore[arg-type]
        if not self._later.isActive():
            self._later.start()

    @Slot()
    def _update(self) -> None:
        old, self._shown = self._shown, derive(self._inputs)
        self._episodes.set_items(self._shown.episodes)
        self._sources.set_items(self._shown.sources)
        emit_changes(self, old.props, self._shown.props)

    def _described(self, details: TitleDetails) -> None:
        self._set(details=details)
        if any(part.content_id != details.content.id for part in details.episodes):
            self.refreshProgress()  # its sequels keep some under their own entries
        if not details.episodes:
            self._find_sources("")

    def _unknown(self, error: UserFacingError) -> None:
        self._set(problem=error.sentence())

    def _progressed(self, progress: Sequence[WatchProgress]) -> None:
        self._set(progress=tuple(progress))

    def _marked(self, marks: TitleMarks) -> None:
        if marks.saved != self._saved:
            self._saved = marks.saved
            self.savedChanged.emit()

    def _found(self, episode_id: str, known: Resolution | None) -> None:
        if known is not None:
            self._set(sources=sources_state(episode_id, known))

    def _not_found(self, error: UserFacingError) -> None:
        self._set(sources=replace(self._inputs.sources, state="failed", note=error.sentence()))

    @Property(TitleEpisodesModel, constant=True)
    def episodes(self) -> TitleEpisodesModel:
        """The episodes of the chosen season."""
        return self._episodes

    @Property(TitleSourcesModel, constant=True)
    def sources(self) -> TitleSourcesModel:
        """The ranked sources of what would be played."""
        return self._sources

    @Property(TitleSkipsViewModel, constant=True)
    def skips(self) -> TitleSkipsViewModel:
        """What holds for its skips."""
        return self._skips

    @Property(bool, notify=savedChanged)
    def saved(self) -> bool:
        """Whether it is in the library."""
        return self._saved
