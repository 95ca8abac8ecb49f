"""From what mpv reports to `PlayerState`: a pure reducer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from novastream_desktop.player.base import (
    Chapter,
    PlayerPhase,
    PlayerState,
    Statistics,
    Track,
    TrackKind,
)

EARLY_END_SECONDS = 60.0
EARLY_END_SHARE = 0.25
"""An end of file this much before the duration (60 s, or a quarter of what is shorter than
four minutes) is a broken stream, not an end."""

GROWS = 0.5
"""Seconds by which the end moves at once where more is still being made (a live playlist): what
mpv finds out late about a file's end is less."""


@dataclass(frozen=True, slots=True)
class PropertyChanged:
    """A property has a new value; None while it is unavailable."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class LoadAsked:
    """A new file was asked for: everything of the old one is void."""

    paused: bool = False
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class PlaybackRestarted:
    """The first frame after a load or a seek is ready."""


@dataclass(frozen=True, slots=True)
class StopAsked:
    """Nothing is to play any more."""


@dataclass(frozen=True, slots=True)
class FileEnded:
    """The file is unloaded. `reason`: eof, stop, quit, error or redirect.

    `stop` is also what a replaced file reports after its successor was asked for.
    """

    reason: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class StatisticsAsked:
    """Somebody looks at the statistics, or no more."""

    on: bool


PlayerEvent = (
    StatisticsAsked | PropertyChanged | LoadAsked | PlaybackRestarted | StopAsked | FileEnded
)


def reduce_player(state: PlayerState, event: PlayerEvent) -> PlayerState:
    """Return the state after an event."""
    match event:
        case LoadAsked(paused=paused, start=start):
            return PlayerState(
                phase=PlayerPhase.LOADING,
                position=start,
                paused=paused,
                volume=state.volume,
                muted=state.muted,
                speed=state.speed,
                buffering=not paused,
                silent=state.silent,
                statistics=state.statistics,
            )
        case PlaybackRestarted():
            return _restarted(state)
        case StopAsked():
            return PlayerState(
                volume=state.volume,
                muted=state.muted,
                speed=state.speed,
                silent=state.silent,
                statistics=state.statistics,
            )
        case FileEnded(reason=reason, error=error):
            return _ended(state, reason, error)
        case StatisticsAsked(on=on):
            return replace(state, statistics=(state.statistics or Statistics()) if on else None)
        case PropertyChanged(name=name, value=value):
            return _changed(state, name, value)


def _restarted(state: PlayerState) -> PlayerState:
    ready = PlayerPhase.PAUSED if state.paused else PlayerPhase.PLAYING
    phase = ready if state.phase is PlayerPhase.LOADING else state.phase
    return replace(state, phase=phase, has_picture=True, seeking=False, buffering=False)


def _ended(state: PlayerState, reason: str, error: str) -> PlayerState:
    if state.phase in {PlayerPhase.IDLE, PlayerPhase.FAILED}:
        return state
    if reason == "error":
        return replace(state, phase=PlayerPhase.FAILED, buffering=False, error=error or "error")
    if reason == "eof":
        missing = state.duration - state.position
        if missing > min(EARLY_END_SECONDS, EARLY_END_SHARE * state.duration) > 0:
            early = f"the stream broke off at {state.position:.0f} of {state.duration:.0f} s"
            return replace(state, phase=PlayerPhase.FAILED, buffering=False, error=early)
        end = state.duration or state.position
        return replace(state, phase=PlayerPhase.ENDED, buffering=False, position=end)
    return state


def _positive(value: Any) -> float:
    return max(0.0, float(value))


_FIELDS: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "time-pos": ("position", _positive),
    "duration": ("duration", _positive),
    "demuxer-cache-time": ("buffered_to", _positive),
    "volume": ("volume", _positive),
    "mute": ("muted", bool),
    "speed": ("speed", float),
    "sub-delay": ("subtitle_delay", float),
    "seeking": ("seeking", bool),
    "paused-for-cache": ("buffering", bool),
    "silent": ("silent", bool),
    "container-fps": ("fps", _positive),
    "hwdec-current": ("hwdec", lambda name: "" if name == "no" else str(name)),
    "dwidth": ("width", int),
    "dheight": ("height", int),
    "track-list": ("tracks", lambda entries: tuple(_tracks(entries))),
    "chapter-list": ("chapters", lambda entries: tuple(_chapters(entries))),
}
_LOOP_ENDS = {"ab-loop-a": "loop_from", "ab-loop-b": "loop_to"}
_STATISTICS: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "estimated-vf-fps": ("shown_fps", _positive),
    "frame-drop-count": ("dropped", int),
    "decoder-frame-drop-count": ("decoder_dropped", int),
    "video-bitrate": ("video_bitrate", _positive),
    "audio-bitrate": ("audio_bitrate", _positive),
    "video-params/pixelformat": ("pixel_format", str),
    "video-params/gamma": ("gamma", str),
}
_OF_THE_PLAYER = frozenset({"volume", "mute", "speed", "silent"})
_WITHOUT_FILE = frozenset({PlayerPhase.IDLE, PlayerPhase.ENDED, PlayerPhase.FAILED})


def _changed(state: PlayerState, name: str, value: Any) -> PlayerState:
    void = value is None or (state.phase in _WITHOUT_FILE and name not in _OF_THE_PLAYER)
    loading_waits_anyway = name == "paused-for-cache" and state.phase is PlayerPhase.LOADING
    if void or loading_waits_anyway:
        return state
    if name == "pause":
        return _paused(state, paused=bool(value))
    if name in _LOOP_ENDS:
        end: dict[str, Any] = {_LOOP_ENDS[name]: None if value == "no" else float(value)}
        return replace(state, **end)
    if name in _STATISTICS:
        return _measured(state, name, value)
    if name not in _FIELDS:
        return state
    field, convert = _FIELDS[name]
    changes: dict[str, Any] = {field: convert(value)}
    if name == "duration" and state.has_picture and state.duration > 0:
        changes["growing"] = state.growing or changes[field] - state.duration >= GROWS
    return replace(state, **changes)


def _measured(state: PlayerState, name: str, value: Any) -> PlayerState:
    if state.statistics is None:
        return state
    field, convert = _STATISTICS[name]
    measured: dict[str, Any] = {field: convert(value)}
    return replace(state, statistics=replace(state.statistics, **measured))


def _paused(state: PlayerState, *, paused: bool) -> PlayerState:
    phase = state.phase
    if phase in {PlayerPhase.PLAYING, PlayerPhase.PAUSED}:
        phase = PlayerPhase.PAUSED if paused else PlayerPhase.PLAYING
    return replace(state, phase=phase, paused=paused)


def _tracks(entries: Sequence[Mapping[str, Any]]) -> list[Track]:
    kinds = {kind.value: kind for kind in TrackKind}
    return [
        Track(
            kind=kinds[entry["type"]],
            id=int(entry["id"]),
            title=str(entry.get("title") or ""),
            lang=str(entry.get("lang") or ""),
            selected=bool(entry.get("selected")) and not entry.get("main-selection"),
            external=bool(entry.get("external")),
            codec=str(entry.get("codec") or ""),
            forced=bool(entry.get("forced")),
            hearing_impaired=bool(entry.get("hearing-impaired")),
            second=bool(entry.get("selected")) and bool(entry.get("main-selection")),
            source=str(entry.get("external-filename") or ""),
        )
        for entry in entries
        if entry.get("type") in kinds and not entry.get("albumart")
    ]


def _chapters(entries: Sequence[Mapping[str, Any]]) -> list[Chapter]:
    return [
        Chapter(start=float(entry.get("time") or 0.0), title=str(entry.get("title") or ""))
        for entry in entries
    ]
