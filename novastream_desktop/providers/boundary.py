"""The provider boundary: the one place where a provider's failure becomes an answer.

Whatever a provider raises ends here, is logged once, and comes back as a sentence, so that
one bad provider never spoils what the others say.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol, TypeAlias, TypeVar

from novastream_desktop.errors import NotFound, ProviderUnavailable, UserFacingError
from novastream_desktop.models.doctor import ProviderState, ProviderStatus

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What one provider said.

    Attributes:
        value: its answer, None when it failed.
        error: why it failed, None when it answered.
        elapsed: seconds it took.
    """

    provider: str
    value: T | None
    error: UserFacingError | None
    elapsed: float


Note: TypeAlias = Callable[[UserFacingError | None], None]
"""Takes down why a provider failed, or None when it answered."""


class Named(Protocol):
    """A provider, as far as this matters here."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...


class Troubles:
    """What failed last at each provider, until it answers again. Used on the service loop."""

    def __init__(self) -> None:
        self._last: dict[int, tuple[Named, UserFacingError]] = {}

    def noting(self, provider: Named) -> Note:
        """Return what takes down how this provider does; one spec may have several."""
        return partial(self._note, provider)

    def of(self, name: str) -> UserFacingError | None:
        """Return the last failure at a provider of this name, None while all of them answer."""
        found = (error for provider, error in self._last.values() if provider.name == name)
        return next(found, None)

    def added_to(self, state: ProviderState) -> ProviderState:
        """Return a provider's state with what failed last at it."""
        error = self.of(state.name)
        if error is None:
            return state
        return state.with_(status=ProviderStatus.FAILING, detail=error.sentence(), hint=error.hint)

    def _note(self, provider: Named, error: UserFacingError | None) -> None:
        if error is None or isinstance(error, NotFound):  # that there is nothing is an answer
            self._last.pop(id(provider), None)
        else:
            self._last[id(provider)] = (provider, error)


async def ask(
    name: str,
    question: Callable[[], Awaitable[T]],
    *,
    timeout: float,
    note: Note | None = None,
) -> Answer[T]:
    """Ask one provider and never raise (other than when cancelled).

    Args:
        name: the provider's name, for the log and the sentence.
        question: makes the coroutine that asks.
        timeout: seconds it may take.
        note: is told how it went.
    """
    answer = await _asked(name, question, timeout)
    if note is not None:
        note(answer.error)
    return answer


async def _asked(name: str, question: Callable[[], Awaitable[T]], timeout: float) -> Answer[T]:
    begun = time.monotonic()
    error: UserFacingError
    try:
        async with asyncio.timeout(timeout):
            value = await question()
    except TimeoutError:
        error = ProviderUnavailable(
            f"{name} did not answer",
            why=f"nothing came within {timeout:g} s",
            hint="Try again, or check its address in Settings",
        )
        log.info("%s", error)  # whoever asked is told: no second line on a terminal
    except UserFacingError as problem:
        error = problem
        log.info("%s: %s", name, error)
    except Exception:
        error = ProviderUnavailable(
            f"{name} failed", why="its answer broke an assumption", hint="The log says where"
        )
        log.exception("%s failed", name)
    else:
        return Answer(name, value, None, time.monotonic() - begun)
    return Answer(name, None, error, time.monotonic() - begun)
