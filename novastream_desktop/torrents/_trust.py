"""Whether a torrent's bytes are handed out before the hash of their piece is known."""

from __future__ import annotations

from novastream_desktop.runtime import Clock

_DISTRUST_SECONDS = 600.0
_EARLY_PIECE = 512 * 1024  # smaller ones are whole nearly as soon


class Trust:
    """Trust in a torrent's peers.

    Attributes:
        verify_first: never trust them.
    """

    def __init__(self, clock: Clock, *, verify_first: bool) -> None:
        self.verify_first = verify_first
        self._clock = clock
        self._lost_until = 0.0

    def lose(self) -> None:
        """Trust nobody for ten minutes: somebody sent wrong bytes."""
        self._lost_until = self._clock.monotonic() + _DISTRUST_SECONDS

    @property
    def lost(self) -> bool:
        """Whether somebody sent wrong bytes in the last ten minutes."""
        return self._clock.monotonic() < self._lost_until

    def given(self, piece_length: int) -> bool:
        """Whether blocks of pieces of that length are handed out unverified."""
        return not self.verify_first and piece_length >= _EARLY_PIECE and not self.lost
