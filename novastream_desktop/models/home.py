"""The home page as it is painted first, from disk."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from novastream_desktop.models._base import Model
from novastream_desktop.models.content import Content, Episode, Row
from novastream_desktop.models.progress import WatchProgress


class ContinueItem(Model):
    """A title to go on with: the episode to play, and how far it is (None: not begun)."""

    content: Content
    episode: Episode | None = None
    progress: WatchProgress | None = None


class HomeSnapshot(Model):
    """All that the home page shows. `art` maps picture urls to files on disk."""

    continue_watching: tuple[ContinueItem, ...] = ()
    rows: tuple[Row, ...] = ()
    art: dict[str, str] = Field(default_factory=dict)
    generated_at: datetime | None = None
