"""Child processes: output, an end by force, and nothing left open."""

from __future__ import annotations

import sys

import pytest

from novastream_desktop.runtime.children import Ended, output_of
from tests.fakes.leftovers import leftovers

OUTLIVED = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3)"])
print("started", flush=True)
if len(sys.argv) > 1: time.sleep(600)
"""
"""A program whose child holds its output open when it has ended itself, or was killed."""


async def test_what_a_program_wrote_and_how_it_ended():
    code = "import sys; print('so'); print('aside', file=sys.stderr); sys.exit(3)"
    assert await output_of([sys.executable, "-c", code], 60) == Ended(b"so\n", 3)


async def test_a_program_that_is_not_there():
    with pytest.raises(OSError, match="no-such-program"):
        await output_of(["/no-such-program"], 60)


@pytest.mark.parametrize("more", [["stay"], []], ids=["stays", "ends itself"])
def test_a_program_that_takes_too_long_is_killed_and_leaves_nothing_open(more: list[str]):
    async def work() -> None:
        with pytest.raises(TimeoutError):
            await output_of([sys.executable, "-c", OUTLIVED, *more], 0.5)

    assert leftovers(work) == []
