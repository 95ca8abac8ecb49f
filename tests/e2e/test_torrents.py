"""Magnets from a loopback swarm show their picture: in the window, and by the command."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import libtorrent as lt
import pytest

from novastream_desktop.player._thumbnails import Thumbnailer
from novastream_desktop.player.base import LoadRequest
from novastream_desktop.torrents.demo_seeder import DemoSeeder
from tests.e2e.acting import ROOT, act, environment

MOON = ROOT / "resources" / "demo" / "moon-courier"
LOOPBACK = {"NOVASTREAM_TORRENTS__BIND_INTERFACE": "127.0.0.1"}
MODULE = "tests.e2e.torrents"
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]
on_a_screen = pytest.mark.skipif(
    not os.environ.get("DISPLAY") and not os.environ.get("CI"),
    reason="needs an X display with OpenGL; packaging/dev.py test brings one",
)
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Swarm:
    """A torrent of two films, seeded on loopback: the first one is purple, the other green."""

    magnet: str
    files: tuple[str, str] = ("Box/one moon.mkv", "Box/other moon.mkv")


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Swarm]:
    folder = tmp_path / "payload" / "Box"
    folder.mkdir(parents=True)
    for number, name in ((1, "one moon.mkv"), (2, "other moon.mkv")):
        film = next(MOON.glob(f"*E0{number}*.mkv"))
        shutil.copyfile(film, folder / name)
    creator = lt.create_torrent(lt.list_files(str(folder)), 64 * 1024, lt.create_torrent.v1_only)
    lt.set_piece_hashes(creator, str(folder.parent))
    data = lt.bencode(creator.generate())
    torrent = tmp_path / "box.torrent"
    torrent.write_bytes(data)
    info_hash = str(lt.load_torrent_buffer(data).ti.info_hashes().v1)
    seeder = DemoSeeder(torrent, folder)
    [(host, port)] = seeder.endpoint(info_hash)
    yield Swarm(f"magnet:?xt=urn:btih:{info_hash}&dn=Box&x.pe={host}:{port}")
    seeder.close()


def mean(colours: list[list[int]]) -> Colour:
    """Return the mean colour of the middle of a 4 x 4 grid: no controls lie there."""
    middle = [colours[4 * y + x] for y in (1, 2) for x in (1, 2)]
    red, green, blue = (sum(cell[i] for cell in middle) / 4 for i in range(3))
    return red, green, blue


def is_first(colour: Colour) -> bool:
    """Whether a picture is the purple film's; of the green one's it says no, of others neither."""
    red, green, blue = colour
    assert blue > 20, f"this is no picture: {colour}"
    assert abs(red - green) > 5, f"this is neither film: {colour}"
    return red > green


@on_a_screen
def test_a_magnet_in_the_window_asks_once_shows_its_picture_and_remembers(
    tmp_path: Path, box: Swarm
) -> None:
    home = tmp_path / "home"
    facts = act("asked", home, box.magnet, module=MODULE, **LOOPBACK)
    assert facts["names"] == list(box.files)
    assert facts["file"] == box.files[1]
    assert not is_first(mean(facts["colours"]))

    again = act("certain", home, box.magnet, module=MODULE, **LOOPBACK)
    assert again["file"] == box.files[1]
    assert not is_first(mean(again["colours"]))


PROGRAM = """
import runpy
import signal

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
runpy.run_module("novastream_desktop", run_name="__main__", alter_sys=True)
"""


def test_a_magnet_by_the_command_shows_its_picture(tmp_path: Path, box: Swarm) -> None:
    command = [sys.executable, "-c", PROGRAM, "stream", box.magnet]
    run = subprocess.run(
        [*command, "--json"],
        cwd=ROOT,
        env=environment(tmp_path / "home", **LOOPBACK),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert "--file NUMBER: 0 one moon.mkv, 1 other moon.mkv" in run.stderr
    served = subprocess.Popen(
        [*command, "--file", "0"],
        cwd=ROOT,
        env=environment(tmp_path / "home", **LOOPBACK),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert served.stdout is not None
        told = json.loads(served.stdout.readline())
        assert told["file"]["path"] == box.files[0]
        assert is_first(asyncio.run(picture_of(told["url"])))
        served.send_signal(signal.SIGINT)
        served.communicate(timeout=60)
        assert served.returncode == 130
    finally:
        served.kill()
        served.communicate()


async def picture_of(url: str) -> Colour:
    """Return the mean colour of the lower half of a frame, as libmpv draws it."""
    drawer = Thumbnailer()
    drawer.point_to(LoadRequest(url))
    frame = await drawer.draw(2.0)
    drawer.close()
    assert frame is not None
    ground = frame.data[len(frame.data) // 2 :]  # in the sky both are dark
    blue, green, red = (sum(ground[i::4]) / len(ground[i::4]) for i in range(3))
    return red, green, blue
