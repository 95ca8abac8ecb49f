"""Which changes of the session's state are only the passing of time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from novastream_desktop.playback.state import SessionState


def is_tick(old: SessionState, new: SessionState) -> bool:
    """Return whether only the passing of time tells `new` from `old`, so that it may wait.

    Position, buffer, the prompt's line, the countdown and transfer rates are time; everything
    else a person must see at once. A jump of the position is no tick.
    """
    jumped = abs(new.player.position - old.player.position) > 2.0  # noqa: PLR2004 (s, no tick is)
    return not jumped and _timeless(old) == _timeless(new)


def _timeless(state: SessionState) -> SessionState:
    prompt, card, torrent = state.prompt, state.next_up, state.torrent
    return replace(
        state,
        player=replace(state.player, position=0.0, buffered_to=0.0, statistics=None),
        prompt=prompt and replace(prompt, remaining=0.0, auto_in=prompt.auto_in and 1.0),
        next_up=card and replace(card, countdown=card.countdown and 1.0),
        torrent=torrent and replace(torrent, **_TORRENT_TICKS),
    )


_TORRENT_TICKS: dict[str, Any] = {
    "fraction": 0.0,
    "download_rate": 0.0,
    "upload_rate": 0.0,
    "peers": 0,
    "seeds": 0,
    "availability": 0.0,
    "seconds_to_play": None,
    "pieces": "",
    "ready": 0.0,
    "seconds_to_jump": None,
    "limited_by": None,
    "swarm_seeds": None,
    "swarm_peers": None,
}
