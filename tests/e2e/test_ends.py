"""The program's end: nothing crashes, hangs or stays, whatever goes on when the window closes.

Two of them once; with NOVASTREAM_SLOW=1 all of them twenty times each.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.e2e.acting import facts_of, start
from tests.e2e.ends import SCENARIOS

SLOW = os.environ.get("NOVASTREAM_SLOW") == "1"
TIMES = 20 if SLOW else 1
MOMENTS = tuple(SCENARIOS) if SLOW else ("painted", "opening")
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(120 * TIMES),
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") and not os.environ.get("CI"),
        reason="needs an X display with OpenGL; packaging/dev.py test brings one",
    ),
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_window_closes_at_any_moment(moment: str, tmp_path: Path) -> None:
    for _time in range(TIMES):
        run = start(
            moment,
            tmp_path,
            module="tests.e2e.ends",
            PYTHONFAULTHANDLER="1",
            PYTHONWARNINGS="error",
        )
        assert facts_of(run) == {}
        assert run.returncode == 0
        assert not list(tmp_path.rglob("instance.sock"))
