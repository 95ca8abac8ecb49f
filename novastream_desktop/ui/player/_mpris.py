"""What media keys and desktops are told of what plays: MPRIS 2.2 as pure functions.

https://specifications.freedesktop.org/mpris-spec/2.2/ ; times there are microseconds.
"""

from __future__ import annotations

from typing import Any

from novastream_desktop import APP_ID, APP_NAME
from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.player.base import PlayerPhase
from novastream_desktop.ui.player._page import PlayerProps

ROOT = "org.mpris.MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
PATH = "/org/mpris/MediaPlayer2"
MICRO = 1_000_000

ROOT_PROPERTIES: dict[str, Any] = {
    "CanQuit": False,
    "CanRaise": True,
    "HasTrackList": False,
    "Identity": APP_NAME,
    "DesktopEntry": APP_ID,
    "SupportedUriSchemes": ["file", "http", "https", "magnet"],
    "SupportedMimeTypes": ["video/mp4", "video/x-matroska", "video/webm"],
}


def track_path(state: SessionState) -> str:
    """Return the D-Bus path that stands for what plays."""
    content, episode = state.content, state.episode
    name = f"{content.id if content else ''}/{episode.id if episode else ''}"
    return f"/tv/novastream/track/{name.encode().hex() or '0'}"


def metadata(state: SessionState, props: PlayerProps) -> dict[str, Any]:
    """Return what plays, by MPRIS's names; the track's path is left to the caller's type."""
    facts: dict[str, Any] = {"xesam:title": props.title or APP_NAME}
    if props.duration > 0:
        facts["mpris:length"] = round(props.duration * MICRO)
    if props.backdrop:
        facts["mpris:artUrl"] = props.backdrop
    if state.episode is not None:
        facts |= {"xesam:title": props.subtitle, "xesam:album": props.title}
        facts["xesam:trackNumber"] = round(state.episode.episode_number)
    return facts


def status(state: SessionState) -> str:
    """Return MPRIS's word for where playback stands."""
    if state.phase in {SessionPhase.IDLE, SessionPhase.ENDED, SessionPhase.FAILED}:
        return "Stopped"
    return "Paused" if state.player.paused else "Playing"


def player_properties(state: SessionState, props: PlayerProps) -> dict[str, Any]:
    """Return everything of the player interface but the metadata, as plain values."""
    there = state.phase.loaded
    return {
        "PlaybackStatus": status(state),
        "LoopStatus": "None",
        "Shuffle": False,
        "Rate": float(props.speed),
        "MinimumRate": 0.25,
        "MaximumRate": 4.0,
        "Volume": props.volume / 100,
        "Position": round(state.player.position * MICRO),
        "CanGoNext": props.hasNext,
        "CanGoPrevious": props.hasPrevious,
        "CanPlay": there,
        "CanPause": there,
        "CanSeek": there and props.duration > 0,
        "CanControl": True,
    }


def keeps_awake(state: SessionState) -> bool:
    """Return whether the screen must stay on: a picture moves, or is about to again."""
    player = state.player
    moving = player.phase in {PlayerPhase.PLAYING, PlayerPhase.LOADING} and not player.paused
    return state.phase.loaded and moving and player.has_picture
