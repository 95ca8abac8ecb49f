"""The video on a real screen: libmpv below, the controls above."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
ROOT = HERE.parents[3]
WIDTH, HEIGHT, RATE, SECONDS = 160, 90, 10, 6
RED, GREEN = (81, 90, 240), (145, 54, 34)  # Y, Cb, Cr


def write_media(path: Path) -> Path:
    """Write three seconds of red, then three of green, as uncompressed YUV4MPEG2."""
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for number in range(RATE * SECONDS):
            y, cb, cr = RED if number < RATE * SECONDS / 2 else GREEN
            quarter = WIDTH * HEIGHT // 4
            file.write(b"FRAME\n" + bytes([y]) * (4 * quarter))
            file.write(bytes([cb]) * quarter + bytes([cr]) * quarter)
    return path


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


def channels(colour: object) -> tuple[int, int, int]:
    text = str(colour)
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


@pytest.mark.e2e
def test_the_video_moves_below_the_controls(tmp_path: Path, display: str):
    pytest.importorskip("mpv")
    media = write_media(tmp_path / "colours.y4m")
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(ROOT),
        "QT_SCALE_FACTOR": "1",
    }
    scenario = HERE.with_name("video_scenario.py")
    done = subprocess.run(
        [sys.executable, str(scenario), str(media), str(tmp_path)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])

    red, green, _ = channels(seen["early"])
    assert red > 120 > green, seen
    red, green, _ = channels(seen["late"])
    assert green > 90 > red, seen
    assert min(channels(seen["button"])) > 200, seen
    red, green, _ = channels(seen["bare"])
    assert green > 90 > red, seen
    size, colour = seen["mini"]
    assert size == [420, 236], seen
    red, green, _ = channels(colour)
    assert green > 40 > red, seen
    size, colour = seen["back"]
    assert size == seen["window"], seen
    red, green, _ = channels(colour)
    assert green > 90 > red, seen
    assert max(channels(seen["fit"])) < 16, seen  # the bar above the picture
    for filled in ("fill", "stretch"):
        red, green, _ = channels(seen[filled])
        assert green > 30 > red, seen
    assert seen["frames_before"] == 0
    assert seen["frames_after_close"] == 0
    assert channels(seen["closed"]) != channels(seen["late"])
