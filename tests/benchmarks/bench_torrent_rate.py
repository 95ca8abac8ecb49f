"""Rate through the stream server from an unlimited seeder on loopback, and serving from disk.

    python -m tests.benchmarks.bench_torrent_rate [RUNS]

`rate`: one reader takes 512 MiB (pieces of 1 MiB) through each engine's server; against
libtorrent alone writing the same torrent to disk with nobody reading.
`disk`: 1 GiB that is on disk already, fetched with curl from our server and from nginx
(`sendfile on`), with the server's CPU seconds.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.torrent_lab import lab

RATE_MIB = 512
DISK_MIB = 1024


def stream_rate(name: str, payload: lab.Payload) -> tuple[float, float]:
    """Return MB/s and CPU seconds per GB of one engine, read to the end."""
    with lab.engine(name, str(payload.torrent), f"127.0.0.1:{lab.SEED_PORT}") as running:
        before, start = running.child.cpu(), time.monotonic()
        download = lab.Download.begin(running.go())
        size = RATE_MIB * lab.MIB
        got = download.drain(size)
        seconds = time.monotonic() - start
        download.close()
        if got != size:
            raise EOFError(f"{name} gave {got} bytes")
        return size / seconds / 1e6, (running.child.cpu() - before) / (size / 1e9)


def disk_rate(payload: lab.Payload) -> tuple[float, float]:
    """Return MB/s and CPU seconds per GB of libtorrent alone."""
    folder = lab.LAB / "work" / "to_disk"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    child = lab.python("to_disk", payload.torrent, folder, f"127.0.0.1:{lab.SEED_PORT}")
    try:
        child.line("LISTEN")
        before = child.cpu()
        child.say()
        seconds = float(child.line("DONE"))
        size = RATE_MIB * lab.MIB
        return size / seconds / 1e6, (child.cpu() - before) / (size / 1e9)
    finally:
        child.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def nginx(folder: Path) -> Iterator[tuple[str, int]]:
    """Serve a folder with nginx; return its address and its worker's process id."""
    home = lab.LAB / "nginx"
    home.mkdir(parents=True, exist_ok=True)
    (home / "nginx.conf").write_text(
        "daemon off; worker_processes 1; error_log stderr; user root;\n"
        f"pid {home}/nginx.pid;\n"
        "events { worker_connections 64; }\n"
        "http { access_log off; sendfile on; tcp_nodelay on;\n"
        f"  client_body_temp_path {home}/a; proxy_temp_path {home}/b;\n"
        f"  fastcgi_temp_path {home}/c; uwsgi_temp_path {home}/d; scgi_temp_path {home}/e;\n"
        f"  server {{ listen 127.0.0.1:6880; root {folder}; }} }}\n",
        encoding="ascii",
    )
    child = lab.Child(["nginx", "-p", home, "-c", home / "nginx.conf"], "nginx")
    try:
        time.sleep(0.5)
        listing = Path(f"/proc/{child.pid}/task/{child.pid}/children")
        yield "http://127.0.0.1:6880", int(listing.read_text(encoding="ascii").split()[0])
    finally:
        child.stop()


def cpu_of(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
    return sum(int(word) for word in stat.split()[11:13]) / os.sysconf("SC_CLK_TCK")


def curl(url: str) -> float:
    """Return the bytes per second of a whole download."""
    done = subprocess.run(
        ["curl", "-s", "-o", "/dev/null", "-w", "%{speed_download} %{size_download}", url],
        check=True,
        capture_output=True,
        text=True,
    )
    speed, size = done.stdout.split()
    if int(size) != DISK_MIB * lab.MIB:
        raise EOFError(f"{url} gave {size} bytes")
    return float(speed)


def served_from_disk(runs: int) -> dict[str, float]:
    """Return MB/s and CPU seconds per GB of our server and of nginx, taken in turns."""
    file = lab.make_file("large.mkv", DISK_MIB * lab.MIB)
    payload = lab.make_torrent(file, 4 * lab.MIB)
    ours: list[float] = []
    theirs: list[float] = []
    spent = [0.0, 0.0]
    with (
        lab.seeders(1, payload),
        lab.engine("ours", str(payload.torrent), f"127.0.0.1:{lab.SEED_PORT}") as running,
        nginx(file.parent) as (base, worker),
    ):
        url = running.go()
        curl(url)  # fetches it
        curl(f"{base}/{file.name}")
        time.sleep(3)
        for _ in range(runs):
            for place, (address, pid, rates) in enumerate(
                ((url, running.child.pid, ours), (f"{base}/{file.name}", worker, theirs))
            ):
                before = cpu_of(pid)
                rates.append(curl(address) / 1e6)
                spent[place] += cpu_of(pid) - before
    gigabytes = runs * DISK_MIB * lab.MIB / 1e9
    return {
        "ours": lab.median(ours),
        "nginx": lab.median(theirs),
        "ours_cpu": spent[0] / gigabytes,
        "nginx_cpu": spent[1] / gigabytes,
    }


def measure(runs: int = 3) -> dict[str, object]:
    payload = lab.make_torrent(lab.make_file("movie.mkv", RATE_MIB * lab.MIB), lab.MIB)
    rates: dict[str, list[tuple[float, float]]] = {}
    with lab.seeders(1, payload):
        for _ in range(runs):
            rates.setdefault("libtorrent to disk", []).append(disk_rate(payload))
            for name in ("ours", "webtorrent", "peerflix"):
                rates.setdefault(name, []).append(stream_rate(name, payload))
    middle = {
        name: tuple(lab.median([run[part] for run in found]) for part in (0, 1))
        for name, found in rates.items()
    }
    return {"rate": middle, "disk": served_from_disk(runs)}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3), indent=1))
