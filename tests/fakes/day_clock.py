"""A clock that stands still until it is put to the next day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class DayClock:
    """Stands at noon of 1 March 2026."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def next_day(self) -> None:
        self.moment += timedelta(days=1)
