"""What a piece of work leaves open when its event loop ends."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import Awaitable, Callable


def leftovers(work: Callable[[], Awaitable[object]]) -> list[str]:
    """Run `work` on a loop of its own; return what was not closed by its end, [] for all is well.

    Call it from a test that is no coroutine.
    """
    gc.collect()
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        with asyncio.Runner() as runner:

            async def whole() -> None:
                await work()

            runner.run(whole())
        gc.collect()
    return [str(one.message) for one in heard if issubclass(one.category, ResourceWarning)]
