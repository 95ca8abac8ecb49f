"""What a person keeps: titles to watch, what was watched, and how a change is taken back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from novastream_desktop.models._base import Model
from novastream_desktop.models.content import Content, Episode
from novastream_desktop.models.progress import WatchProgress


class LibraryState(StrEnum):
    """Where a title of the library stands."""

    WATCHING = "watching"
    PLANNED = "planned"
    FINISHED = "finished"


class LibraryEntry(Model):
    """A title that was added to the library."""

    content: Content
    added_at: datetime


class LibraryItem(Model):
    """A title of the library as its page shows it.

    Attributes:
        saved: it was added; a title that is only watched belongs to the page all the same.
        episode: what to play next, None for a film.
        progress: how far that is.
    """

    content: Content
    state: LibraryState
    saved: bool = False
    episode: Episode | None = None
    progress: WatchProgress | None = None


class HistoryItem(Model):
    """One film or episode that was watched, or begun."""

    content: Content
    episode: Episode | None = None
    progress: WatchProgress


class LibraryPage(Model):
    """Everything the library shows: titles by state, latest first, and the history."""

    items: tuple[LibraryItem, ...] = ()
    history: tuple[HistoryItem, ...] = ()


class TitleMarks(Model):
    """What is known of one title, or of one of its episodes.

    Attributes:
        saved: the title is in the library.
        watched: this film or episode was watched; of a whole series, every episode.
        begun: there is progress to forget or to start over from.
        going: the title stands in Continue watching.
    """

    saved: bool = False
    watched: bool = False
    begun: bool = False
    going: bool = False


class Change(Model):
    """How things were before a change, so that it can be taken back.

    Attributes:
        entries: library entries as they were; `unsaved` ids had none.
        progress: progress as it was; `absent` keys (content id, episode id) had none.
        shown: content ids that had not been taken out of Continue watching.
    """

    entries: tuple[LibraryEntry, ...] = ()
    unsaved: tuple[str, ...] = ()
    progress: tuple[WatchProgress, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()
    shown: tuple[str, ...] = ()
