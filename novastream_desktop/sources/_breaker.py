"""A provider that keeps failing is left alone for a while."""

from __future__ import annotations

from dataclasses import dataclass

FAILURES = 3
FIRST_REST = 60.0
LONGEST_REST = 600.0


@dataclass(frozen=True, slots=True)
class Breaker:
    """What is remembered of one provider. Times in seconds of a clock that never goes back.

    Attributes:
        failures: in a row.
        opened_at: when it was last found to fail too often, None while it may be asked.
        rest: how long it is left alone; doubles with each trial that fails.
    """

    failures: int = 0
    opened_at: float | None = None
    rest: float = FIRST_REST

    def allows(self, now: float) -> bool:
        """Whether it may be asked: always while closed, once its rest is over for a trial."""
        return self.opened_at is None or now - self.opened_at >= self.rest

    def trying(self, now: float) -> Breaker:
        """Return it as it is while a trial runs: open for everybody else."""
        return self if self.opened_at is None else Breaker(self.failures, now, self.rest)

    def after_success(self) -> Breaker:
        """Forget what was."""
        return Breaker()

    def after_failure(self, now: float) -> Breaker:
        """Count a failure; the third in a row opens, a failed trial opens for twice as long."""
        if self.opened_at is not None:
            return Breaker(self.failures + 1, now, min(LONGEST_REST, self.rest * 2))
        failures = self.failures + 1
        return Breaker(failures, now if failures >= FAILURES else None, self.rest)
