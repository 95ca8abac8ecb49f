"""The player. `MpvPlayer` is made by `create_mpv_player`: importing libmpv takes 0.1 s."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from novastream_desktop.player._libmpv import find_libmpv
from novastream_desktop.runtime import offer_fonts

if TYPE_CHECKING:
    from novastream_desktop.player._mpv import MpvPlayer
    from novastream_desktop.runtime import ServiceLoop

__all__ = ["create_mpv_player", "find_libmpv"]


def create_mpv_player(loop: ServiceLoop, options: Mapping[str, str] | None = None) -> MpvPlayer:
    """Create the libmpv player; blocks for its start (call it off the GUI thread).

    Raises:
        PlayerUnavailable: libmpv is missing or refuses to start.
    """
    from novastream_desktop.player._mpv import MpvPlayer  # noqa: PLC0415  (heavy)

    offer_fonts()
    return MpvPlayer(loop, options)
