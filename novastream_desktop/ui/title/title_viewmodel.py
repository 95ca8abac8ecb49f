"""What the page of a title shows and what can be asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import Content, StreamSource, TitleDetails, WatchProgress
from novastream_desktop.ui.props import emit_changes
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.title._derive import TitleInputs, TitleShown, derive
from novastream_desktop.ui.title._sources import SourcesState
from novastream_desktop.ui.title.models import TitleEpisodesModel, TitleSourcesModel

if TYPE_CHECKING:  # what it imports is not needed before the first frame
    from novastream_desktop.ui.backend import Backend

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("Python makes it")
class TitleViewModel(QObject):
    """One title: facts, episodes with progress, and the sources with their reasons."""

    contentIdChanged = Signal()
    stateChanged = Signal()
    problemChanged = Signal()
    titleChanged = Signal()
    factsChanged = Signal()
    ratingChanged = Signal()
    overviewChanged = Signal()
    backdropChanged = Signal()
    backdropUrlChanged = Signal()
    collectionChanged = Signal()
    playLabelChanged = Signal()
    playEpisodeIdChanged = Signal()
    playProgressChanged = Signal()
    viewChanged = Signal()
    hasEpisodesChanged = Signal()
    seasonsChanged = Signal()
    seasonIndexChanged = Signal()
    sourcesStateChanged = Signal()
    sourcesTitleChanged = Signal()
    sourcesNoteChanged = Signal()
    playRequested = Signal(str, str, str)

    def __init__(self, backend: Backend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._inputs = TitleInputs()
        self._shown = TitleShown()
        self._episodes = TitleEpisodesModel(self)
        self._sources = TitleSourcesModel(self)
        self._asked: set[str] = set()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._update)

    def open(self, content_id: str, brief: Content | None = None) -> None:
        """Show a title: what is known of it at once, the rest as it comes."""
        self._tasks.cancel("title/sources")
        self._inputs = TitleInputs(
            content_id=content_id, brief=brief, art=dict(self._backend.home.value.art)
        )
        self._asked.clear()
        self._update()
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
        self._set(sources=SourcesState("loading", episode_id))
        self._tasks.latest(
            "title/sources",
            self._backend.sources(self._inputs.content_id, episode_id or None),
            self._found,
            self._not_found,
        )

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
        if not details.episodes:
            self._find_sources("")

    def _unknown(self, error: UserFacingError) -> None:
        self._set(problem=error.sentence())

    def _progressed(self, progress: Sequence[WatchProgress]) -> None:
        self._set(progress=tuple(progress))

    def _found(self, sources: Sequence[StreamSource]) -> None:
        note = "" if sources else "No source was found. Add mirrors or servers in Settings."
        self._set(
            sources=replace(self._inputs.sources, state="ready", found=tuple(sources), note=note)
        )

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

    @Property(str, notify=contentIdChanged)
    def contentId(self) -> str:
        """The title's id."""
        return self._shown.props.content_id

    @Property(str, notify=stateChanged)
    def state(self) -> str:
        """One of loading, ready, failed."""
        return self._shown.props.state

    @Property(str, notify=problemChanged)
    def problem(self) -> str:
        """Why it failed."""
        return self._shown.props.problem

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        """Its name."""
        return self._shown.props.title

    @Property(str, notify=factsChanged)
    def facts(self) -> str:
        """One line of facts."""
        return self._shown.props.facts

    @Property(str, notify=ratingChanged)
    def rating(self) -> str:
        """Its rating, or empty."""
        return self._shown.props.rating

    @Property(str, notify=overviewChanged)
    def overview(self) -> str:
        """What it is about."""
        return self._shown.props.overview

    @Property(str, notify=backdropChanged)
    def backdrop(self) -> str:
        """The local address of its wide picture, or empty."""
        return self._shown.props.backdrop

    @Property(str, notify=backdropUrlChanged)
    def backdropUrl(self) -> str:
        """What to fetch for `backdrop`."""
        return self._shown.props.backdrop_url

    @Property(str, notify=collectionChanged)
    def collection(self) -> str:
        """The collections it belongs to."""
        return self._shown.props.collection

    @Property(str, notify=playLabelChanged)
    def playLabel(self) -> str:
        """`Resume S1E3 · 24 min left`."""
        return self._shown.props.play_label

    @Property(str, notify=playEpisodeIdChanged)
    def playEpisodeId(self) -> str:
        """The episode that Play plays, or empty."""
        return self._shown.props.play_episode_id

    @Property(float, notify=playProgressChanged)
    def playProgress(self) -> float:
        """How much of that was watched, 0 to 1."""
        return self._shown.props.play_progress

    @Property(str, notify=viewChanged)
    def view(self) -> str:
        """One of episodes, sources."""
        return self._shown.props.view

    @Property(bool, notify=hasEpisodesChanged)
    def hasEpisodes(self) -> bool:
        """Whether there are any."""
        return self._shown.props.has_episodes

    @Property("QStringList", notify=seasonsChanged)  # type: ignore[arg-type]
    def seasons(self) -> list[str]:
        """The seasons' names."""
        return list(self._shown.props.seasons)

    @Property(int, notify=seasonIndexChanged)
    def seasonIndex(self) -> int:
        """Which one is shown, -1 for none."""
        return self._shown.props.season_index

    @Property(str, notify=sourcesStateChanged)
    def sourcesState(self) -> str:
        """One of loading, ready, failed."""
        return self._shown.props.sources_state

    @Property(str, notify=sourcesTitleChanged)
    def sourcesTitle(self) -> str:
        """What the sources are for."""
        return self._shown.props.sources_title

    @Property(str, notify=sourcesNoteChanged)
    def sourcesNote(self) -> str:
        """Why there are none."""
        return self._shown.props.sources_note
