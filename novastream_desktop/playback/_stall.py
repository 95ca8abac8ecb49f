"""Whether playback has come to a stand that nobody asked for. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from novastream_desktop.player.base import PlayerPhase, PlayerState

STALL_SECONDS = 6.0
"""Nothing has moved for so long: the person would reach for the sources by now (ux 3, 5)."""
OPEN_SECONDS = 12.0
"""A source that has shown nothing after so long gives way, if another one is there."""
TORRENT_OPEN_SECONDS = 45.0
"""A swarm needs longer for its first piece."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when (monotonic seconds) the file stands at a position."""

    position: float = -1.0
    since: float = 0.0


def follow(standing: Standing, player: PlayerState, now: float) -> Standing:
    """Return the newest standing: time counts only while the picture ought to move."""
    waits = player.phase in (PlayerPhase.PLAYING, PlayerPhase.LOADING) and not player.paused
    if not waits or player.position != standing.position:
        return Standing(player.position, now)
    return standing


def stood_still(
    standing: Standing, player: PlayerState, now: float, *, torrent: bool = False
) -> bool:
    """Whether it has stood for too long."""
    if player.has_picture:
        longest = STALL_SECONDS
    else:
        longest = TORRENT_OPEN_SECONDS if torrent else OPEN_SECONDS
    current = follow(standing, player, now)
    return now - current.since >= longest
