"""Fitting a title's subtitles to its sound without playing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from novastream_desktop.errors import NotFound, SourceUnavailable
from novastream_desktop.models import HealthStatus, SourceType, StreamSource, SubtitleTrack
from novastream_desktop.playback._opening import episode_hint
from novastream_desktop.playback._subtitle_desk import SubtitleDesk, made_for
from novastream_desktop.playback._sync import fit_to_sound, lines_of
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.player.base import LoadRequest
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.subtitles import Timing


@dataclass(frozen=True, slots=True)
class FittedSubtitles:
    """A track, and the timing that it is remembered with for a release."""

    track: SubtitleTrack
    timing: Timing
    release: str


@dataclass(frozen=True, slots=True)
class FittedTitle:
    """What is watched: who knows its subtitles, and its sources, best first."""

    service: TitlePlaybackService
    request: WatchRequest
    sources: Sequence[StreamSource]


async def fit_subtitles(
    title: FittedTitle, desk: SubtitleDesk, wanted: str, progress: Callable[[float], None]
) -> FittedSubtitles:
    """Fit a track to the sound of the best source, and remember it as the window does.

    Torrents are passed over, for they are not all on this computer.

    Args:
        title: what the track belongs to.
        desk: reads the track and remembers.
        wanted: a track's address, or its place in the list, from 1.
        progress: is told the share that is done.

    Raises:
        NotFound: there is no such track.
        SourceUnavailable: no source can be listened to, or the sound does not tell.
        UserFacingError: the track cannot be read.
    """
    request = title.request
    track = _track(await title.service.subtitles(request, title.sources), wanted)
    source = next((s for s in title.sources if _heard(s)), None)
    if source is None:
        raise SourceUnavailable(
            "The subtitles cannot be fitted to the sound",
            why="no source of this title can be listened to from start to end",
            hint="Open it in the window and fit them there",
        )
    prepared = await desk.prepare(track, hint=episode_hint(request.episode))
    lines = await lines_of(prepared.path)
    loading = LoadRequest(source.url, headers=tuple((source.headers or {}).items()))
    timing = await fit_to_sound(loading, lines, progress)
    release = made_for(request, (source,))
    desk.memory.note_timing(prepared.digest, release, timing)
    return FittedSubtitles(track, timing, release)


def _track(tracks: Sequence[SubtitleTrack], wanted: str) -> SubtitleTrack:
    place = int(wanted) - 1 if wanted.isascii() and wanted.isdecimal() else -1
    if 0 <= place < len(tracks):
        return tracks[place]
    for track in tracks:
        if track.url == wanted:
            return track
    raise NotFound(
        f"There are no subtitles {wanted}",
        why=f"the list has {len(tracks)}",
        hint="Give a place in the list of `novastream-desktop subtitles`, or an address of it",
    )


def _heard(source: StreamSource) -> bool:
    return source.type is not SourceType.TORRENT and source.health.status is not HealthStatus.DEAD
