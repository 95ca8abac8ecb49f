"""Seed torrents from a folder with unlimited libtorrent sessions on 127.0.0.1.

python -m tests.benchmarks.torrent_lab.seeder COUNT FIRST_PORT FOLDER TORRENT...

Every session seeds every torrent. Prints READY, and ends with its standard input.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import libtorrent

lt: Any = libtorrent

SETTINGS = {
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "enable_outgoing_utp": False,
    "enable_incoming_utp": False,
    "webtorrent_stun_server": "",
    "allow_multiple_connections_per_ip": True,
    "unchoke_slots_limit": -1,
    "connections_limit": 500,
    "active_limit": 500,
    "active_seeds": 500,
    "send_socket_buffer_size": 128 * 1024,
    "alert_mask": 0,
}


def main(count: int, first_port: int, folder: Path, torrents: list[Path]) -> None:
    sessions = []
    for number in range(count):
        port = first_port + number
        session = lt.session({**SETTINGS, "listen_interfaces": f"127.0.0.1:{port}"})
        for torrent in torrents:
            params = lt.load_torrent_file(str(torrent))
            params.save_path = str(folder)
            params.flags = lt.torrent_flags.seed_mode
            session.add_torrent(params)
        sessions.append(session)
    while not all(h.status().is_seeding for s in sessions for h in s.get_torrents()):
        time.sleep(0.05)
    print("READY", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), [Path(a) for a in sys.argv[4:]])
