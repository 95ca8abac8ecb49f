"""The same sound and subtitles after a change of source: by what they are, not by number. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from novastream_desktop.player.base import PlayerState, Track, TrackKind

KEPT_FOR = 15.0
"""Seconds after the first frame in which late subtitles may not switch themselves on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One kind's wish; `track` None: switched off."""

    kind: TrackKind
    track: Track | None


def keep(player: PlayerState) -> tuple[Wanted, ...]:
    """Return what is on, to be restored; nothing of a kind that the file does not have."""
    wishes = []
    for kind in (TrackKind.AUDIO, TrackKind.SUBTITLE):
        tracks = player.tracks_of(kind)
        chosen = next((t for t in tracks if t.selected), None)
        if chosen is not None or (tracks and kind is TrackKind.SUBTITLE):
            wishes.append(Wanted(kind, chosen))
    return tuple(wishes)


def restore(
    wishes: Iterable[Wanted], player: PlayerState
) -> tuple[tuple[TrackKind, int | None], ...]:
    """Return what to select so that it is as wished; a track that is not there yet has to wait."""
    selections: list[tuple[TrackKind, int | None]] = []
    for wish in wishes:
        tracks = player.tracks_of(wish.kind)
        on = next((t for t in tracks if t.selected), None)
        if wish.track is None:
            if on is not None:
                selections.append((wish.kind, None))
            continue
        same = _same(wish.track, tracks)
        if same is not None and (on is None or on.id != same.id):
            selections.append((wish.kind, same.id))
    return tuple(selections)


def _same(wanted: Track, tracks: Iterable[Track]) -> Track | None:
    """Return the track most like a wanted one: language, name and origin; then less of it."""
    there = [t for t in tracks if t.lang == wanted.lang]
    likenesses: tuple[Callable[[Track], bool], ...] = (
        lambda t: t.external == wanted.external and t.title == wanted.title,
        lambda t: t.title == wanted.title and bool(t.title),
        lambda t: t.external == wanted.external,
    )
    for alike in likenesses:
        found = next(filter(alike, there), None)
        if found is not None:
            return found
    return None
