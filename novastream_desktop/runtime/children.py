"""Short-lived child processes whose output is read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import NamedTuple


class Ended(NamedTuple):
    """How a child process ended.

    Attributes:
        output: what it wrote to its standard output.
        code: its exit status, negative for a signal.
    """

    output: bytes
    code: int


async def output_of(command: Sequence[str], time_limit: float) -> Ended:
    """Run a program without input and return what it wrote.

    Args:
        command: the program and its arguments.
        time_limit: seconds after which it is killed.

    Raises:
        OSError: it cannot be started.
        TimeoutError: it took longer.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(time_limit):
            output, _ = await process.communicate()
    except BaseException:
        # Kills it, and lets go of its output, which a child of its own may hold open still.
        # What is public does only the first.
        process._transport.close()  # type: ignore[attr-defined]  # noqa: SLF001
        await process.wait()
        raise
    return Ended(output, process.returncode or 0)
