"""A sound server that goes in mid-play and comes back: a real PulseAudio, where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from novastream_desktop.paths import resources_dir
from novastream_desktop.player.base import LoadRequest, TrackKind
from tests.fakes.real_player import RealPlayer

pytest.importorskip("mpv")
pytestmark = pytest.mark.skipif(
    shutil.which("pulseaudio") is None, reason="needs the program pulseaudio"
)
FILM = next(resources_dir().glob("demo/lantern-bay/*720p.mp4"))


class SoundServer:
    """PulseAudio with a sink that leads nowhere, on a socket of its own."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "native"
        self._environment = {
            **os.environ,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        native = f"module-native-protocol-unix socket={self.socket} auth-anonymous=1"
        words = ["-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"]
        words += ["--disable-shm=yes", "-L", "module-null-sink", "-L", native]
        self._process = subprocess.Popen(
            ["pulseaudio", *words], env=self._environment, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + 10
        while not self.socket.exists():
            assert time.monotonic() < end, "PulseAudio does not start"
            time.sleep(0.02)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None
            self.socket.unlink(missing_ok=True)


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    server = SoundServer(tmp_path)
    monkeypatch.setenv("PULSE_SERVER", f"unix:{server.socket}")
    server.start()
    yield server
    server.kill()


def test_a_lost_sound_device_is_told_and_comes_back_after_a_pause(sound: SoundServer):
    film = RealPlayer(ao="pulse")
    try:
        film.do(film.player.load, LoadRequest(str(FILM)))
        first = film.until(lambda s: s.position > 0.3)
        assert not first.silent

        sound.kill()
        lost = film.until(lambda s: s.silent)
        film.until(lambda s: s.position > lost.position + 0.5)
        assert lost.phase == "playing"
        assert any(t.selected for t in lost.tracks_of(TrackKind.AUDIO))

        sound.start()
        film.do(film.player.set_paused, True)
        film.until(lambda s: s.paused)
        film.do(film.player.set_paused, False)
        film.until(lambda s: not s.silent)
    finally:
        film.close()
