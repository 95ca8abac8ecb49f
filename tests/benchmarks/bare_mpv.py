"""Bare mpv as the peer of the window's figures: one running process, driven by its socket."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

LOOKS = ("--no-config", "--vo=gpu", "--gpu-context=x11egl", "--hwdec=no", "--ytdl=no", "--ao=null")
"""As the issue asks of the peer; no sound device, as ours has none."""
WINDOW = "--geometry=1280x720"
_PATIENCE = 30.0
_TICKS = os.sysconf("SC_CLK_TCK")


class BareMpv:
    """A running mpv; a context manager.

    Args:
        words: more options, and what to play at once.
        environment: where its display is; that of this process if none.
    """

    def __init__(self, *words: str, environment: dict[str, str] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory()
        place = Path(self._folder.name) / "mpv.sock"
        options = [*LOOKS, WINDOW, "--msg-level=all=error", f"--input-ipc-server={place}"]
        self._process = subprocess.Popen(["mpv", *options, *words], env=environment)
        self._socket = socket.socket(socket.AF_UNIX)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                self._socket.connect(str(place))
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
        self._lines = self._socket.makefile("r", encoding="utf-8")
        self._asked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lines.close()
        self._socket.close()
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()

    def send(self, *command: object) -> int:
        """Send a command; return its number."""
        self._asked += 1
        message = {"command": command, "request_id": self._asked}
        self._socket.sendall(json.dumps(message).encode() + b"\n")
        return self._asked

    def ask(self, name: str) -> Any:
        """Return a property's value, None while there is none."""
        number = self.send("get_property", name)
        return self._until(lambda said: said.get("request_id") == number).get("data")

    def await_event(self, name: str) -> float:
        """Return when (`perf_counter`) the next event of that name came."""
        self._until(lambda said: said.get("event") == name)
        return time.perf_counter()

    def seconds_to(self, event: str, *command: object) -> float:
        """Return seconds from a command to an event."""
        begun = time.perf_counter()
        self.send(*command)
        return self.await_event(event) - begun

    @property
    def cpu(self) -> float:
        """CPU seconds that the process has taken."""
        return cpu_of(self._process.pid)

    def _until(self, fits: Any) -> dict[str, Any]:
        self._socket.settimeout(_PATIENCE)
        for line in self._lines:
            said: dict[str, Any] = json.loads(line)
            if fits(said):
                return said
        raise RuntimeError("mpv has ended")


def cpu_of(pid: int) -> float:
    """Return CPU seconds that a process has taken, with its own children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def make_film(path: Path, options: Sequence[str], *, seconds: int, codec: Sequence[str]) -> Path:
    """Write a film of ffmpeg's moving test picture with a tone.

    Args:
        path: where to.
        options: of `testsrc2`, such as `s=1280x720`.
        seconds: how long.
        codec: ffmpeg's options of the encoder.
    """
    picture = ":".join(("testsrc2=" + options[0], *options[1:], f"d={seconds}"))
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine=f=440:d={seconds}"]
    coded = ["-c:v", "libx264", "-pix_fmt", "yuv420p", *codec, "-c:a", "aac", "-b:a", "96k"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *inputs, *coded, str(path)], check=True)
    return path
