"""Ways to play a title."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from novastream_desktop.models._base import Model
from novastream_desktop.models.subtitle import SubtitleTrack


class SourceType(StrEnum):
    """How a source is delivered; MP4 means any progressive file over HTTP or on disk."""

    HLS = "hls"
    MP4 = "mp4"
    TORRENT = "torrent"


class HealthStatus(StrEnum):
    """The verdict of the last check."""

    HEALTHY = "healthy"
    DEGRADED = "degraded"
    DEAD = "dead"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """Whether a source will play without stops, from its bitrate and what was measured."""

    PLAYS_THROUGH = "plays-through"
    WILL_STALL = "will-stall"
    DEAD = "dead"


class SourceHealth(Model):
    """What the last check found.

    Attributes:
        latency_ms: milliseconds until the first byte (of a playlist: of its first segment).
        throughput: bit/s.
        checked_at: when; a source that is checked again keeps its old health until then.
        detail: what is wrong, as half a sentence.
        verdict: None while the bitrate or the throughput is unknown.
        bitrate: bit/s that playing needs, where the check found it out.
    """

    status: HealthStatus = HealthStatus.UNKNOWN
    latency_ms: float | None = None
    throughput: float | None = None
    checked_at: datetime | None = None
    detail: str | None = None
    verdict: Verdict | None = None
    bitrate: float | None = None


class StreamSource(Model):
    """One way to play a film or an episode.

    Attributes:
        url: `https:`, `http:`, `file:` or `magnet:`.
        quality: as shown, such as `1080p`.
        bitrate: bit/s.
        file_index: the file inside a torrent.
        binge_group: what sources of one kind share across episodes, as add-ons name it.
        note: what its provider says limits it, as a clause without a full stop.
        score: higher is better; `reasons` says why.
        standby_for: the url of the source that this one stands by for.
        offered_by: every provider that offered it, `provider` first.
        audio: such as `Atmos`, `AAC`.
        expected_start: seconds until the first picture, as measured at the same place before.
        season_pack: it holds a whole season, of which one file is played.
        editorial: the curated collections in which its mirror carries the title.
    """

    url: str
    quality: str = ""
    type: SourceType
    provider: str = ""
    headers: dict[str, str] | None = None
    height: int | None = None
    bitrate: float | None = None
    size_bytes: int | None = None
    seeders: int | None = None
    codec: str | None = None
    hdr: str | None = None
    languages: tuple[str, ...] = ()
    release_name: str | None = None
    release_group: str | None = None
    file_index: int | None = None
    binge_group: str | None = None
    note: str | None = None
    expires_at: datetime | None = None
    health: SourceHealth = SourceHealth()
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    standby_for: str | None = None
    subtitles: tuple[SubtitleTrack, ...] = ()
    offered_by: tuple[str, ...] = ()
    audio: str | None = None
    expected_start: float | None = None
    season_pack: bool = False
    editorial: tuple[str, ...] = ()
