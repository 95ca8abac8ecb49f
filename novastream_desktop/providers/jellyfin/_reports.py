"""What a Jellyfin server is told of what plays, as JSON. Nothing here does I/O."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.providers.jellyfin._parse import TICKS
from novastream_desktop.providers.telling import PlaybackEvent

_ITEM = re.compile(r"/videos/([0-9a-f-]{32,36})/", re.IGNORECASE)
PATHS = {
    PlaybackEvent.BEGAN: "/Sessions/Playing",
    PlaybackEvent.GOES_ON: "/Sessions/Playing/Progress",
    PlaybackEvent.ENDED: "/Sessions/Playing/Stopped",
}


def item_of(source: StreamSource) -> str:
    """Return the server's id of what a source plays, '' if its address names none."""
    found = _ITEM.search(urlsplit(source.url).path)
    return found.group(1).replace("-", "").lower() if found else ""


def report_of(
    source: StreamSource, event: PlaybackEvent, position: float, *, paused: bool
) -> dict[str, object]:
    """Return the body of a report.

    The session's id ends the server's transcoding with the report that it was left.
    """
    query = {name.lower(): value for name, value in parse_qsl(urlsplit(source.url).query)}
    body: dict[str, object] = {
        "ItemId": item_of(source),
        "MediaSourceId": query.get("mediasourceid", item_of(source)),
        "PlaySessionId": query.get("playsessionid"),
        "PositionTicks": int(max(0.0, position) * TICKS),
    }
    if event is PlaybackEvent.ENDED:
        return {**body, "Failed": False}
    direct = source.type is not SourceType.HLS
    method = "DirectPlay" if direct else "Transcode"
    return {**body, "IsPaused": paused, "CanSeek": True, "PlayMethod": method}
