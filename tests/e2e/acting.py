"""Run a scenario in a process of its own and read the facts that it prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NO_NETWORK = {
    "NOVASTREAM_ANILIST__ENABLED": "false",
    "NOVASTREAM_ANISKIP__ENABLED": "false",
    "NOVASTREAM_ARCHIVE__ENABLED": "false",
    "NOVASTREAM_PEERTUBE__INSTANCES": "[]",
}


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the variables of a run that touches nothing of the person's own."""
    return {
        **os.environ,
        **NO_NETWORK,
        "NOVASTREAM_HOME": str(home),
        "NOVASTREAM_MPV_AO": "null",
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(home),
        **more,
    }


def start(
    scenario: str, home: Path, target: str | None = None, *, module: str, **more: str
) -> subprocess.Popen[str]:
    """Start a scenario in its own process."""
    words = [sys.executable, "-m", module, scenario]
    return subprocess.Popen(
        [*words, *(target or "").split()],
        cwd=ROOT,
        env=environment(home, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def facts_of(run: subprocess.Popen[str], timeout: float = 200) -> dict[str, Any]:
    """Wait for a scenario's end and return its facts."""
    try:
        out, errors = run.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        run.kill()
        out, errors = run.communicate()
    assert run.returncode == 0, f"{errors[-3000:]}"
    facts: dict[str, Any] = json.loads(out.splitlines()[-1])
    assert "error" not in facts, f"{facts['error']}\n{errors[-2000:]}"
    assert "qml:" not in errors.lower(), errors
    return facts


def act(
    scenario: str,
    home: Path,
    target: str | None = None,
    *,
    module: str = "tests.e2e.scenarios",
    **more: str,
) -> dict[str, Any]:
    """Run a scenario in its own process and return its facts."""
    return facts_of(start(scenario, home, target, module=module, **more))
