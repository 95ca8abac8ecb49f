"""What the home page shows and what can be asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import Content, HomeSnapshot
from novastream_desktop.ui.home._derive import HomeInputs, derive
from novastream_desktop.ui.home.models import RowsModel
from novastream_desktop.ui.props import emit_changes
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.watching import Watching

if TYPE_CHECKING:  # what it imports is not needed before the first frame
    from novastream_desktop.ui.backend import Backend

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


def utc_now() -> datetime:
    """Return the wall clock."""
    return datetime.now(UTC)


@QmlElement
@QmlUncreatable("Python makes it")
class HomeViewModel(QObject):
    """The hero and the rows; painted first from what lies on disk."""

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
    failed = Signal(str)

    def __init__(
        self,
        backend: Backend,
        tasks: Tasks,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(parent)
        self._backend, self._tasks, self._now = backend, tasks, now
        self._rows = RowsModel(self)
        self._asked: set[str] = set()
        self._inputs = HomeInputs(now=now(), snapshot=backend.home.value)
        self._props, rows = derive(self._inputs)
        self._rows.show(rows)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._update)
        self._watching = Watching(backend.loop, backend.home, self._received, self)

    @property
    def has_rows(self) -> bool:
        """Whether there is a row with titles."""
        return self._props.state == "ready"

    def stop(self) -> None:
        """Watch no more."""
        self._watching.stop()

    def content(self, content_id: str) -> Content | None:
        """Return what the page already knows of a title, so that its own page opens at once."""
        snapshot = self._inputs.snapshot
        known = [item.content for item in snapshot.continue_watching]
        known += [content for row in snapshot.rows for content in row.items]
        return next((content for content in known if content.id == content_id), None)

    @Slot()
    def refresh(self) -> None:
        """Ask every provider again."""
        self._set(refreshing=True)
        self._tasks.latest(
            "home/refresh", self._backend.refresh_home(), self._refreshed, self._not_refreshed
        )

    @Slot(str)
    def wantArt(self, url: str) -> None:
        """Fetch a picture that became visible and is not on disk; once."""
        if url and url not in self._asked:
            self._asked.add(url)
            self._tasks.latest(
                ("home/art", url),
                self._backend.art(url),
                lambda path: self._set(art={**self._inputs.art, url: path}),
                lambda _: None,
            )

    @Slot()
    def _update(self) -> None:
        self._inputs = replace(self._inputs, now=self._now())
        props, rows = derive(self._inputs)
        self._rows.show(rows)
        old, self._props = self._props, props
        emit_changes(self, old, props)

    def _set(self, **changes: object) -> None:
        self._inputs = replace(self._inputs, **changes)  # type: ignore[arg-type]
        if not self._later.isActive():
            self._later.start()

    def _received(self, snapshot: HomeSnapshot) -> None:
        if snapshot != self._inputs.snapshot:
            self._set(snapshot=snapshot)

    def _refreshed(self, _: None) -> None:
        self._set(refreshing=False)

    def _not_refreshed(self, error: UserFacingError) -> None:
        self._set(refreshing=False)
        self.failed.emit(error.sentence())

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
