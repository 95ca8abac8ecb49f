"""CPU of the idle home page. Run it on a display.

    python tests/benchmarks/bench_idle.py [SECONDS]

The whole process, its own start not counted, as a share of one core.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 0.01
SETTLE = 12.0
_TICKS = os.sysconf("SC_CLK_TCK")


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def measure(seconds: float = 30.0) -> dict[str, float]:
    """Return the share of a core that the home page takes while nobody touches it."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "NOVASTREAM_HOME": home, "QT_QPA_PLATFORM": "xcb"}
        words = [sys.executable, "-m", "novastream_desktop"]
        with subprocess.Popen(
            words, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
        ) as process:
            try:
                time.sleep(SETTLE)
                before = _cpu_seconds(process.pid)
                time.sleep(seconds)
                used = _cpu_seconds(process.pid) - before
            finally:
                process.terminate()
    return {"share": used / seconds, "limit": LIMIT}


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 30.0)))
