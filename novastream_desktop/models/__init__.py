"""Frozen models, camelCase on the wire; what they mean is fixed in the interface document."""

from novastream_desktop.models._base import Model
from novastream_desktop.models.content import (
    Content,
    ContentType,
    Episode,
    HomeRows,
    Row,
    TitleDetails,
    check_content_id,
)
from novastream_desktop.models.home import ContinueItem, HomeSnapshot
from novastream_desktop.models.progress import WatchProgress
from novastream_desktop.models.skip import SkipRange, SkipType
from novastream_desktop.models.source import (
    HealthStatus,
    SourceHealth,
    SourceType,
    StreamSource,
    Verdict,
)
from novastream_desktop.models.subtitle import SubtitleTrack
from novastream_desktop.models.watch import WatchInfo

__all__ = [
    "Content",
    "ContentType",
    "ContinueItem",
    "Episode",
    "HealthStatus",
    "HomeRows",
    "HomeSnapshot",
    "Model",
    "Row",
    "SkipRange",
    "SkipType",
    "SourceHealth",
    "SourceType",
    "StreamSource",
    "SubtitleTrack",
    "TitleDetails",
    "Verdict",
    "WatchInfo",
    "WatchProgress",
    "check_content_id",
]
