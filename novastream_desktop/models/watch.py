"""Everything that is needed to watch one thing."""

from __future__ import annotations

from novastream_desktop.models._base import Model
from novastream_desktop.models.content import Content, Episode
from novastream_desktop.models.progress import WatchProgress
from novastream_desktop.models.skip import SkipRange
from novastream_desktop.models.source import StreamSource
from novastream_desktop.models.subtitle import SubtitleTrack


class WatchInfo(Model):
    """The body of `GET /api/content/{id}/watch`."""

    content: Content
    episode: Episode | None = None
    next_episode: Episode | None = None
    sources: tuple[StreamSource, ...] = ()
    subtitles: tuple[SubtitleTrack, ...] = ()
    skip_ranges: tuple[SkipRange, ...] = ()
    progress: WatchProgress | None = None
