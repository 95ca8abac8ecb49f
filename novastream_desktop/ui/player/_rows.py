"""The rows of the player's panels, made of the session's state by pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from novastream_desktop.models import HealthStatus, SourceType, StreamSource
from novastream_desktop.playback.state import SessionState
from novastream_desktop.player.base import Track, TrackKind
from novastream_desktop.ui.player._words import (
    TIMES,
    clock,
    episode_code,
    number,
    size,
    track_name,
    translate,
)
from novastream_desktop.ui.provider_names import provider_title
from novastream_desktop.ui.words import mark_text

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One line of a panel.

    Attributes:
        key: what is chosen with it: a track id, source, episode id or speed.
        name: the line itself.
        note: the dimmed line below it.
        badge: a short word at the right.
        current: what plays now.
        share: how much of it is done, shown as a bar; -1: nothing is under way.
        section: the heading that it stands under.
    """

    key: str
    name: str
    note: str = ""
    badge: str = ""
    current: bool = False
    share: float = -1.0
    section: str = ""


def _track_row(track: Track) -> PanelRow:
    origin = translate("Player", "added") if track.external else translate("Player", "in the file")
    note = " · ".join(p for p in (origin, track.codec) if p)
    return PanelRow(str(track.id), track_name(track), note, current=track.selected)


def subtitle_rows(state: SessionState) -> tuple[PanelRow, ...]:
    """Return "Off", then the subtitle tracks of the player."""
    tracks = state.player.tracks_of(TrackKind.SUBTITLE)
    off = PanelRow("", translate("Player", "Off"), current=not any(t.selected for t in tracks))
    return (off, *map(_track_row, tracks))


def audio_rows(state: SessionState) -> tuple[PanelRow, ...]:
    """Return the audio tracks of the player."""
    return tuple(map(_track_row, state.player.tracks_of(TrackKind.AUDIO)))


def speed_rows(state: SessionState) -> tuple[PanelRow, ...]:
    """Return the speeds to choose from, with the present one among them."""
    now = round(state.player.speed, 2)
    speeds = sorted({*SPEEDS, now})
    normal = translate("Player", "Normal")
    return tuple(
        PanelRow(str(s), f"{number(s)}{TIMES}", normal if s == 1.0 else "", current=s == now)
        for s in speeds
    )


def _file_name(url: str) -> str:
    return unquote(url.rstrip("/").rpartition("/")[2]) or url


def source_key(source: StreamSource) -> str:
    """Return what tells a source from the others in the list, wherever it stands."""
    return f"{source.url}#{'' if source.file_index is None else source.file_index}"


def _source_row(source: StreamSource, current: bool) -> PanelRow:
    facts = [source.quality, source.hdr or "", source.codec or ""]
    if source.size_bytes:
        facts.append(size(source.size_bytes))
    dead = source.health.status is HealthStatus.DEAD
    badge = translate("Player", "not answering") if dead else source.type.value.upper()
    if source.type is SourceType.MP4 and not dead:
        badge = translate("Player", "File")
    title = " · ".join(f for f in facts if f) or source.release_name or _file_name(source.url)
    why = " · ".join(part for part in (provider_title(source.provider), *source.reasons) if part)
    return PanelRow(source_key(source), title, why, badge, current)


def source_rows(state: SessionState) -> tuple[PanelRow, ...]:
    """Return the sources, best first, each with the reasons for its place."""
    rows = (_source_row(s, i == state.source_index) for i, s in enumerate(state.sources))
    return tuple({row.key: row for row in rows}.values())


def episode_rows(state: SessionState) -> tuple[PanelRow, ...]:
    """Return the title's episodes in watching order."""
    kind = state.content.type if state.content else None
    now = state.episode.id if state.episode else None
    return tuple(
        PanelRow(
            e.id,
            e.title or translate("Player", "Episode {0}").format(number(e.episode_number)),
            " · ".join(p for p in (episode_code(e, kind), clock(e.runtime or 0)) if p != "0:00"),
            mark_text(e),
            current=e.id == now,
        )
        for e in state.episodes
    )
