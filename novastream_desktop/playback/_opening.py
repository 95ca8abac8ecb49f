"""From a source to something the player can load."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from novastream_desktop.models import Content, Episode, SourceType, StreamSource
from novastream_desktop.net import media_proxy
from novastream_desktop.playback.target import DIRECT
from novastream_desktop.player.base import LoadRequest
from novastream_desktop.settings import NetworkSettings
from novastream_desktop.torrents.base import (
    ServesWhatIsHere,
    TorrentEngine,
    TorrentProgress,
    TorrentStream,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A source made ready: what to load, and the torrent stream behind it, if any."""

    request: LoadRequest
    stream: TorrentStream | None = None
    unwatch: Callable[[], None] | None = None

    async def close(self) -> None:
        """End the torrent stream."""
        if self.unwatch is not None:
            self.unwatch()
        if self.stream is not None:
            await self.stream.close()


def window_title(content: Content, episode: Episode | None) -> str:
    """Return what the player calls the file."""
    if episode is None:
        return content.title
    number = f"{episode.episode_number:g}"
    return f"{content.title} · S{episode.season}E{number} {episode.title}".rstrip()


def episode_hint(episode: Episode | None) -> str:
    """Return `S01E02`, by which a file is found in a season's torrent."""
    return f"S{episode.season:02d}E{int(episode.episode_number):02d}" if episode else ""


def file_hint(content: Content, episode: Episode | None) -> str:
    """Return by what a file is found in a torrent: `S01E02`, or `film Sintel 2010`.

    Nothing for what was opened as it is: its title is only the torrent's own name.
    """
    if episode is not None or content.id.startswith(DIRECT):
        return episode_hint(episode)
    return f"film {content.title} {content.year or ''}".rstrip()


async def open_source(
    source: StreamSource,
    torrents: TorrentEngine,
    *,
    content: Content,
    episode: Episode | None,
    start: float,
    on_torrent: Callable[[TorrentProgress], None],
    network: NetworkSettings,
    file: int | None = None,
) -> Opened:
    """Make a source ready; a torrent is opened and its progress reported.

    `file`: the one of its torrent that a person chose.

    Raises:
        AmbiguousFile: a person has to choose.
        UserFacingError: the torrent has no peers, no metadata, or the engine is off; or the proxy
            of the settings is none.
    """
    title = window_title(content, episode)
    if source.type is not SourceType.TORRENT:
        headers = tuple((source.headers or {}).items())
        proxy = media_proxy(network, source.provider, source.url)
        return Opened(
            LoadRequest(source.url, start=start, headers=headers, title=title, proxy=proxy)
        )
    stream = await torrents.open(
        source.url,
        file_index=source.file_index if file is None else file,
        episode_hint=file_hint(content, episode),
        by_hand=file is not None,
    )
    unwatch = stream.progress.watch(on_torrent)
    look = stream.here_url if isinstance(stream, ServesWhatIsHere) else ""
    request = LoadRequest(stream.url, start=start, title=title, look_url=look)
    return Opened(request, stream, unwatch)
