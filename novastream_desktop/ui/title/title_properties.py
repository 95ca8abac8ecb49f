"""What QML reads of a title's page: one property per field of `TitleProps`."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal

from novastream_desktop.ui.title._derive import TitleShown


class TitleProperties(QObject):
    """The base of the page's view model, which swaps what is shown."""

    contentIdChanged = Signal()
    stateChanged = Signal()
    problemChanged = Signal()
    titleChanged = Signal()
    factsChanged = Signal()
    ratingChanged = Signal()
    overviewChanged = Signal()
    noteChanged = Signal()
    creditChanged = Signal()
    backdropChanged = Signal()
    backdropUrlChanged = Signal()
    collectionChanged = Signal()
    playLabelChanged = Signal()
    playHopelessChanged = Signal()
    playEpisodeIdChanged = Signal()
    playProgressChanged = Signal()
    viewChanged = Signal()
    hasEpisodesChanged = Signal()
    seasonsChanged = Signal()
    seasonIndexChanged = Signal()
    sourcesStateChanged = Signal()
    sourcesTitleChanged = Signal()
    sourcesNoteChanged = Signal()
    sourcesAskingChanged = Signal()
    sourcesProblemsChanged = Signal()
    currentIndexChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = TitleShown()

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

    @Property(str, notify=creditChanged)
    def credit(self) -> str:
        """Whose it is and under which licence, or empty."""
        return self._shown.props.credit

    @Property(str, notify=noteChanged)
    def note(self) -> str:
        """What a curated list says about it, or empty."""
        return self._shown.props.note

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

    @Property(bool, notify=playHopelessChanged)
    def playHopeless(self) -> bool:
        """Whether everybody has answered, and nothing that was found works."""
        return self._shown.props.play_hopeless

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

    @Property(str, notify=sourcesAskingChanged)
    def sourcesAsking(self) -> str:
        """Who has not answered yet, in words."""
        return self._shown.props.sources_asking

    @Property("QStringList", notify=sourcesProblemsChanged)  # type: ignore[arg-type]
    def sourcesProblems(self) -> list[str]:
        """A sentence for each provider that failed."""
        return list(self._shown.props.sources_problems)

    @Property(int, notify=currentIndexChanged)
    def currentIndex(self) -> int:
        """The place of the episode to go on with among those shown, else 0."""
        return self._shown.props.current_index
