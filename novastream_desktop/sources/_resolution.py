"""What the service answers with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import StreamSource


class ProviderOutcome(StrEnum):
    """What became of asking one provider."""

    ASKED = "asked"
    FOUND = "found"
    NOTHING = "nothing"
    FAILED = "failed"
    RESTING = "resting"


@dataclass(frozen=True, slots=True)
class ProviderStatus:
    """How one provider did.

    Attributes:
        count: of the sources it gave.
        elapsed: seconds.
        problem: a sentence, empty if none; a provider that found something may have one, too.
    """

    provider: str
    outcome: ProviderOutcome = ProviderOutcome.ASKED
    count: int = 0
    elapsed: float = 0.0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is known so far.

    Attributes:
        sources: best first; the first one's standby is marked.
        statuses: every provider's, in registry order.
        complete: whether that is all.
        failures: of the providers that failed or rest, in registry order; when complete.
        first: the first source that was checked and plays, to begin with; it stays the same, and
            is among `sources`, while better ones may come.
        stale_since: when the sources were found, if they are those of an earlier answer because
            the providers are slow or down; None for sources of now.
    """

    sources: tuple[StreamSource, ...] = ()
    statuses: tuple[ProviderStatus, ...] = ()
    complete: bool = False
    failures: tuple[UserFacingError, ...] = ()
    first: StreamSource | None = None
    stale_since: datetime | None = None
