"""The one thread that uses the file."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job(Generic[T]):
    work: Callable[[], T]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[T]

    def do(self) -> None:
        try:
            result = self.work()
        except BaseException as error:  # noqa: BLE001  (it is raised again where it is awaited)
            self._tell(self._failed, error)
        else:
            self._tell(self._done, result)

    def _tell(self, told: Callable[..., None], outcome: object) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self.loop.call_soon_threadsafe(told, outcome)

    def _done(self, result: T) -> None:
        if not self.answer.done():
            self.answer.set_result(result)

    def _failed(self, error: BaseException) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


class StoreThread:
    """Runs work in the order in which it comes.

    A thread pool's own bookkeeping cost a heartbeat twice what this does (70 us against 40).
    Work that was begun is finished, whether or not somebody still waits for it. The thread ends
    with the process: what it has not acknowledged by then is as after a kill.
    """

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        threading.Thread(target=self._serve, name=name, daemon=True).start()

    def run(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Run work; the answer comes on the running loop."""
        loop = asyncio.get_running_loop()
        job = _Job(work, loop, loop.create_future())
        self._jobs.put(job)
        return job.answer

    def close(self) -> None:
        """End the thread after the work that it was given."""
        self._jobs.put(None)

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            job.do()
            del job  # else it is kept, with its result, until the next one comes
