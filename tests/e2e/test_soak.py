"""Two hundred loads, seeks and switches in the real window: nothing is left open behind them.

`tests/benchmarks/bench_soak.py` does ten thousand.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.benchmarks.bench_soak import run_soak

STEPS, EVERY = 200, 20
FEW_FILES, FEW_THREADS = 4, 2
"""What may be open at one moment and not at another: a connection, a timer."""
MOST_GROWTH = 1.3
"""Of memory in the second half; caches still fill. What ten thousand steps hold is flat."""
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(180),
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") and not os.environ.get("CI"),
        reason="needs an X display with OpenGL; packaging/dev.py test brings one",
    ),
]


def test_what_was_played_leaves_nothing_open(tmp_path: Path):
    facts = run_soak(STEPS, EVERY, tmp_path)

    assert sum(facts["done"].values()) == STEPS
    samples = facts["samples"]
    middle, last = samples[len(samples) // 2], samples[-1]
    assert last["fds"] <= middle["fds"] + FEW_FILES, samples
    assert last["threads"] <= middle["threads"] + FEW_THREADS, samples
    assert last["rss"] <= middle["rss"] * MOST_GROWTH, samples
