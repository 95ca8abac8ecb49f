"""libtorrent alone, downloading to disk with nobody reading: the rate that there is.

python -m tests.benchmarks.torrent_lab.to_disk TORRENT FOLDER host:port,...

Waits for a line, then prints DONE and the seconds it took.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import libtorrent

from tests.benchmarks.torrent_lab.seeder import SETTINGS

lt: Any = libtorrent


def main(torrent: str, folder: str, peers: list[str]) -> None:
    session = lt.session({**SETTINGS, "listen_interfaces": "127.0.0.1:0"})
    print("LISTEN", session.listen_port(), flush=True)
    sys.stdin.readline()
    start = time.monotonic()
    params = lt.load_torrent_file(torrent)
    params.save_path = folder
    params.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
    handle = session.add_torrent(params)
    for peer in peers:
        host, port = peer.rsplit(":", 1)
        handle.connect_peer((host, int(port)))
    while not handle.status().is_seeding:
        time.sleep(0.005)
    print("DONE", time.monotonic() - start, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3].split(","))
