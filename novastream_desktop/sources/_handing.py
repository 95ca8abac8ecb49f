"""Handing a source over before everything is known: which to try, and that it stays listed."""

from __future__ import annotations

from novastream_desktop.models import StreamSource
from novastream_desktop.sources._identity import key_of
from novastream_desktop.sources._quality import height_of


def unlikely(source: StreamSource, max_height: int) -> tuple[float, str]:
    """Order sources by how unlikely they are the one to play, without reading their names."""
    height = source.height or height_of(source.quality) or 0
    return (0 if max_height and height > max_height else -height, source.url)


def holding(sources: tuple[StreamSource, ...], first: StreamSource) -> tuple[StreamSource, ...]:
    """Return the list with the source that was handed over in it, under the address it had."""
    if any(source.url == first.url for source in sources):
        return sources
    key = key_of(first)
    for at, source in enumerate(sources):
        if key_of(source) == key:  # its twin from another provider stands for it
            own = {"url": first.url, "headers": first.headers, "expires_at": first.expires_at}
            return (*sources[:at], source.with_(**own), *sources[at + 1 :])
    return tuple(sorted((*sources, first), key=lambda source: -source.score))
