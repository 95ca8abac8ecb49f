"""What a stream's picture says of the future, told without leaps."""

from __future__ import annotations

from dataclasses import replace

from novastream_desktop.runtime import Clock
from novastream_desktop.torrents._estimate import best_rate, jump_seconds, smoothed
from novastream_desktop.torrents.base import TorrentPhase, TorrentProgress

#: Seconds until a rate is worth a long estimate, and what is not long.
_SETTLED, _SHORT = 2.0, 5.0


class Outlook:
    """Follows one stream from picture to picture.

    Attributes:
        rate: bytes per second, the best of the last seconds.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at = clock.monotonic()
        self.rate = 0.0
        self._seconds: float | None = None
        self._begun: float | None = None

    def follow(self, progress: TorrentProgress, jump: int, rate: float = 0.0) -> TorrentProgress:
        """Return the picture with steady estimates.

        Args:
            progress: with the estimate of this moment.
            jump: bytes that a jump has to fetch.
            rate: bytes per second of the last moment.
        """
        now = self._clock.monotonic()
        passed, self._at = now - self._at, now
        rate = max(rate, progress.download_rate)
        self.rate = best_rate(self.rate, rate, passed) if progress.peers else 0.0
        told = self._believed(progress.seconds_to_play, now)
        self._seconds = smoothed(self._seconds, told, passed)
        if progress.phase is TorrentPhase.COMPLETE:
            return progress
        return replace(
            progress,
            seconds_to_play=self._seconds,
            seconds_to_jump=jump_seconds(jump, self.rate),
        )

    def _believed(self, told: float | None, now: float) -> float | None:
        """Return the estimate, but no long one by the first bytes of a connection."""
        if not told:
            self._begun = None
            return told
        self._begun = now if self._begun is None else self._begun
        return told if told <= _SHORT or now - self._begun >= _SETTLED else None
