"""What the home page shows and what can be asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.ui.home.models import RowsModel
from novastream_desktop.ui.home.shown import HomeProps, RowProps
from novastream_desktop.ui.props import emit_changes
from novastream_desktop.ui.qml import QmlUncreatable

if TYPE_CHECKING:  # nothing of it is imported before the first frame
    from novastream_desktop.models import Content
    from novastream_desktop.ui.home.live import LiveHome

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("Python makes it")
class HomeViewModel(QObject):
    """The hero and the rows: first as they were last painted, later as `LiveHome` has them."""

    stateChanged = Signal()
    refreshingChanged = Signal()
    heroIdChanged = Signal()
    heroEpisodeIdChanged = Signal()
    heroTitleChanged = Signal()
    heroKickerChanged = Signal()
    heroFactsChanged = Signal()
    heroRatingChanged = Signal()
    heroOverviewChanged = Signal()
    heroArtChanged = Signal()
    heroArtUrlChanged = Signal()
    heroPlayChanged = Signal()
    heroProgressChanged = Signal()

    def __init__(
        self, home: HomeProps, rows: Sequence[RowProps], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._props = home
        self._rows = RowsModel(self)
        self._rows.show(rows)
        self._live: LiveHome | None = None
        self._wanted: dict[str, None] = {}

    @property
    def has_rows(self) -> bool:
        """Whether there is a row with titles."""
        return self._props.state == "ready"

    def follow(self, live: LiveHome) -> None:
        """Ask for what was wanted until now, and everything from now on."""
        self._live = live
        for url in self._wanted:
            live.want_art(url)
        self._wanted.clear()

    def show(self, home: HomeProps, rows: Sequence[RowProps]) -> None:
        """Show this page; what is the same stays in place."""
        self._rows.show(rows)
        old, self._props = self._props, home
        emit_changes(self, old, home)

    def stop(self) -> None:
        """Watch no more."""
        if self._live is not None:
            self._live.stop()

    def content(self, content_id: str) -> Content | None:
        """Return what the page already knows of a title, so that its own page opens at once."""
        return self._live.content(content_id) if self._live is not None else None

    @Slot()
    @Slot(str)
    def refresh(self, row_id: str = "") -> None:
        """Ask every provider again, or those of one row."""
        if self._live is not None:
            self._live.refresh(row_id)

    @Slot(str)
    def more(self, row_id: str) -> None:
        """Let a row go on whose end comes near."""
        if self._live is not None:
            self._live.more(row_id)

    @Slot(str)
    def wantArt(self, url: str) -> None:
        """Fetch a picture that became visible and is not on disk; once."""
        if not url:
            return
        if self._live is None:
            self._wanted[url] = None
        else:
            self._live.want_art(url)

    @Property(RowsModel, constant=True)
    def rows(self) -> RowsModel:
        """The rows, the one to go on with first."""
        return self._rows

    @Property(str, notify=stateChanged)
    def state(self) -> str:
        """One of loading, ready, empty."""
        return self._props.state

    @Property(bool, notify=refreshingChanged)
    def refreshing(self) -> bool:
        """Whether providers are being asked."""
        return self._props.refreshing

    @Property(str, notify=heroIdChanged)
    def heroId(self) -> str:
        """The hero's content id."""
        return self._props.hero_id

    @Property(str, notify=heroEpisodeIdChanged)
    def heroEpisodeId(self) -> str:
        """The episode to play, or empty."""
        return self._props.hero_episode_id

    @Property(str, notify=heroTitleChanged)
    def heroTitle(self) -> str:
        """The hero's title."""
        return self._props.hero_title

    @Property(str, notify=heroKickerChanged)
    def heroKicker(self) -> str:
        """Why it is the hero, and where the person is in it."""
        return self._props.hero_kicker

    @Property(str, notify=heroFactsChanged)
    def heroFacts(self) -> str:
        """One line of facts."""
        return self._props.hero_facts

    @Property(str, notify=heroRatingChanged)
    def heroRating(self) -> str:
        """Its rating, or empty."""
        return self._props.hero_rating

    @Property(str, notify=heroOverviewChanged)
    def heroOverview(self) -> str:
        """What it is about."""
        return self._props.hero_overview

    @Property(str, notify=heroArtChanged)
    def heroArt(self) -> str:
        """The local address of its wide picture, or empty."""
        return self._props.hero_art

    @Property(str, notify=heroArtUrlChanged)
    def heroArtUrl(self) -> str:
        """What to fetch for `heroArt`."""
        return self._props.hero_art_url

    @Property(str, notify=heroPlayChanged)
    def heroPlay(self) -> str:
        """The label of the hero's first button."""
        return self._props.hero_play

    @Property(float, notify=heroProgressChanged)
    def heroProgress(self) -> float:
        """How much of it was watched, 0 to 1."""
        return self._props.hero_progress
