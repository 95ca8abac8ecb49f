"""The interface that torrents are bound to."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from novastream_desktop.torrents._guard import InterfaceGuard, interface_present
from tests.torrents.swarm import Payload


@pytest.mark.parametrize(
    ("name", "there"),
    [("", True), ("lo", True), ("127.0.0.1", True), ("nsvpn77", False), ("203.0.113.9", False)],
)
def test_what_is_there(name: str, there: bool):
    assert interface_present(name) is there


async def test_going_and_coming_back_are_told_once():
    there = True
    told: list[bool] = []
    guard = InterfaceGuard("vpn0", told.append, lambda _: there)
    guard.start()
    guard.look()
    there = False
    guard.look()
    guard.look()
    there = True
    guard.look()
    guard.stop()
    assert told == [False, True]


CHILD = """
import asyncio, os, subprocess, sys
from pathlib import Path
from novastream_desktop.net.media_server import MediaServer
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.engine import LibtorrentEngine

def ip(words):
    subprocess.run(["ip", *words.split()], check=True)

def addresses():
    found = subprocess.run(["ss", "-Hantup"], capture_output=True, text=True, check=True).stdout
    mine = [line.split()[4] for line in found.splitlines() if f"pid={os.getpid()}," in line]
    return {address.rpartition(":")[0].partition("%")[0] for address in mine}

async def main(home):
    ip("link set lo up")
    for name, address in (("vpn", "10.99.0.1/24"), ("wan", "10.98.0.1/24")):
        ip(f"link add {name} type bridge")
        ip(f"addr add {address} dev {name}")
        ip(f"link set {name} addrgenmode none up")
    server = MediaServer()
    await server.start()
    engine = LibtorrentEngine(
        settings=TorrentsSettings(bind_interface="vpn"), media_server=server,
        data_dir=home / "data", cache_dir=home / "cache", clock=SystemClock())
    stream = await engine.open((home / "show.torrent").read_bytes())
    while "10.99.0.1" not in addresses():
        await asyncio.sleep(0.05)
    assert addresses() == {"10.99.0.1", "127.0.0.1"}, addresses()
    held = asyncio.Event()
    stream.progress.watch(lambda p: held.set() if p.reason == "interface" else None)
    ip("link del vpn")
    await asyncio.wait_for(held.wait(), 5)
    while addresses() != {"127.0.0.1"}:  # the media server's own
        await asyncio.sleep(0.05)
    await engine.close()
    await server.close()
    print("closed")

asyncio.run(main(Path(sys.argv[1])))
"""


def test_every_socket_is_on_the_interface_and_gone_with_it(show: Payload, tmp_path: Path):
    """In a network of its own; skipped where this system gives none."""
    if not all(map(shutil.which, ("unshare", "ip", "ss"))):
        pytest.skip("needs unshare, ip and ss")
    alone = ["unshare", "-rn"]
    if subprocess.run(
        [*alone, "ip", "link", "add", "br0", "type", "bridge"], check=False
    ).returncode:
        pytest.skip("no network of its own")
    shutil.copy(show.torrent_file, tmp_path / "show.torrent")
    done = subprocess.run(
        [*alone, sys.executable, "-c", CHILD, str(tmp_path)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout == "closed\n", done.stderr
