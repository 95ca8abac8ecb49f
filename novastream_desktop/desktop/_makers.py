"""What the program behind the window is made from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from novastream_desktop.models.doctor import Finding
from novastream_desktop.player.base import Player, RendersVideo
from novastream_desktop.settings import Settings

if TYPE_CHECKING:
    from novastream_desktop.api.server import ApiServer
    from novastream_desktop.playback.program import Services
    from novastream_desktop.playback.session import PlaybackSession


class DrawingPlayer(Player, RendersVideo, Protocol):
    """A player that draws into the window."""


@dataclass(frozen=True, slots=True)
class Makers:
    """How the parts of the desktop are built; `bootstrap` knows.

    Attributes:
        services: builds and starts the services.
        player: makes the player; blocks, so it is called on a worker thread.
        session: makes the playback session.
        api: makes the HTTP API's server.
        examine: runs the doctor.
    """

    services: Callable[[Settings], AbstractAsyncContextManager[Services]]
    player: Callable[[Settings], DrawingPlayer]
    session: Callable[
        [Services, Callable[[], Awaitable[Player]], Callable[[], Settings]], PlaybackSession
    ]
    api: Callable[[Services, Settings], ApiServer]
    examine: Callable[[Services | None, Settings, Sequence[str]], Awaitable[Sequence[Finding]]]


def providers_of(settings: Settings) -> object:
    """Return the settings that only providers look at."""
    return settings.model_copy(
        update=dict.fromkeys(("playback", "interface", "api", "backend", "torrents"))
    )
