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
from typing import Generic, TypeVar

from novastream_desktop.errors import ProviderUnavailable, UserFacingError

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


async def ask(name: str, question: Callable[[], Awaitable[T]], *, timeout: float) -> Answer[T]:
    """Ask one provider and never raise (other than when cancelled).

    Args:
        name: the provider's name, for the log and the sentence.
        question: makes the coroutine that asks.
        timeout: seconds it may take.
    """
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
        log.warning("%s", error)
    except UserFacingError as problem:
        error = problem
        log.warning("%s: %s", name, error)
    except Exception:
        error = ProviderUnavailable(
            f"{name} failed", why="its answer broke an assumption", hint="The log says where"
        )
        log.exception("%s failed", name)
    else:
        return Answer(name, value, None, time.monotonic() - begun)
    return Answer(name, None, error, time.monotonic() - begun)
