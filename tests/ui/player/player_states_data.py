"""States of a session that the player's tests share."""

from __future__ import annotations

from dataclasses import replace

from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    SkipRange,
    SkipType,
    SourceType,
    StreamSource,
)
from novastream_desktop.playback.state import SessionPhase, SessionState, SkipPrompt
from novastream_desktop.player.base import Chapter, PlayerPhase, PlayerState, Track, TrackKind

PANELS = (
    "subtitles",
    "audio",
    "sources",
    "episodes",
    "show",
    "speed",
    "info",
    "stats",
    "shortcuts",
)
SERIES = Content(id="nova:paper-moons", title="Paper Moons", type=ContentType.SERIES, year=2024)
EPISODES = tuple(
    Episode(id=f"s1e{n}", content_id=SERIES.id, season=1, episode_number=n, title=title)
    for n, title in enumerate(["Low Tide", "The Lamp Room", "Night Ferry"], 1)
)
SOURCES = (
    StreamSource(
        url="http://127.0.0.1/a.m3u8",
        quality="1080p",
        type=SourceType.HLS,
        provider="Home",
        reasons=("answers in 12 ms",),
    ),
    StreamSource(url="magnet:?xt=urn:btih:1", quality="720p", type=SourceType.TORRENT),
)
OPENING = SkipRange(type=SkipType.OP, start=60, end=150)
TRACKS = (
    Track(TrackKind.VIDEO, 1, codec="h264", selected=True),
    Track(TrackKind.AUDIO, 1, "Original", "ja", selected=True),
    Track(TrackKind.AUDIO, 2, "", "de"),
    Track(TrackKind.SUBTITLE, 1, "", "en", selected=True),
    Track(TrackKind.SUBTITLE, 2, "Signs", "en", external=True),
)
PLAYER = PlayerState(
    phase=PlayerPhase.PLAYING,
    position=372.0,
    duration=1440.0,
    has_picture=True,
    buffered_to=720.0,
    tracks=TRACKS,
    chapters=(Chapter(0, "Prologue"), Chapter(60, "Opening"), Chapter(720, "Part B")),
    width=1280,
    height=720,
)
PLAYING = SessionState(
    phase=SessionPhase.PLAYING,
    content=SERIES,
    episode=EPISODES[1],
    previous_episode=EPISODES[0],
    next_episode=EPISODES[2],
    episodes=EPISODES,
    sources=SOURCES,
    source_index=0,
    skip_ranges=(OPENING,),
    player=PLAYER,
)
PROMPTED = replace(PLAYING, prompt=SkipPrompt(OPENING, remaining=0.6))


def playing(**player: object) -> SessionState:
    """Return the playing state with some of the player's fields changed."""
    return replace(PLAYING, player=replace(PLAYER, **player))  # type: ignore[arg-type]
