"""Start to first rows painted, against a bare PySide6 Quick window. Run it on a display.

    python tests/benchmarks/bench_start.py [RUNS]

Both are whole processes, in turn, in one run; times are from the start of the process to the
first frame on the screen (with rows, for the application).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 2.0
BARE = """
import os, sys
os.environ["QSG_RENDER_LOOP"] = "basic"
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow, QSGRendererInterface
QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.OpenGL)
app = QGuiApplication(sys.argv)
engine = QQmlApplicationEngine()
engine.loadData(b'import QtQuick; Window { width: 1280; height: 720; visible: true }')
window = engine.rootObjects()[0]
def painted():
    print("painted", flush=True)
    QTimer.singleShot(0, app.quit)
window.frameSwapped.connect(painted)
app.exec()
"""
OURS = """
import functools, sys
from novastream_desktop.cli import run
def run_window(paths, prepare, target):
    from novastream_desktop.bootstrap.window import run_window
    def painted():
        print("painted", flush=True)
        from PySide6.QtCore import QCoreApplication, QTimer
        QTimer.singleShot(0, QCoreApplication.quit)
    return run_window(paths, prepare, target, painted=painted)
sys.exit(run([], open_services=None, run_window=run_window, stdout=sys.stdout, stderr=sys.stderr))
"""


def _painted_after(code: str, environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        elapsed = time.perf_counter() - begun
        process.stdout.read()
    if line.strip() != "painted":
        raise RuntimeError("the window was not painted")
    return elapsed


def measure(runs: int = 7) -> dict[str, float]:
    """Return medians in seconds and their ratio; the first pair warms up and is not counted."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "NOVASTREAM_HOME": home}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # both are compiled, as installed ones are
        environment.pop("QT_QPA_PLATFORM", None)  # which would spare ours its look for a screen
        pairs = [
            (_painted_after(BARE, environment), _painted_after(OURS, environment))
            for _ in range(runs + 1)
        ][1:]
    bare = statistics.median(pair[0] for pair in pairs)
    ours = statistics.median(pair[1] for pair in pairs)
    return {"bare": bare, "ours": ours, "ratio": ours / bare, "limit": LIMIT}


if __name__ == "__main__":
    print(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
