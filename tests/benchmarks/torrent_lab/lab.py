"""The parts of the torrent benchmarks: payloads, a swarm on loopback, engines, and a client."""

from __future__ import annotations

import contextlib
import os
import random
import select
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import libtorrent

lt: Any = libtorrent
ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
LAB = Path(os.environ.get("TORRENT_LAB", Path(tempfile.gettempdir()) / "novastream-torrent-lab"))
SEED_PORT = 6901
MIB = 1 << 20

# Links (round trip in ms, KiB/s) of one peer each.
LINKS: dict[str, list[tuple[int, int]]] = {
    "one4": [(0, 4096)],
    "one4rtt": [(60, 4096)],
    "five1": [(60, 1024)] * 5,
    "mixed": [(80, 2048), (120, 512), (60, 256), (200, 128), (250, 64), (40, 1024)],
    "many": [(100 + 10 * number, 256) for number in range(20)],
    # not tuned on:
    "three": [(30, 700), (150, 1500), (90, 300)],
    "twelve": [(50 + 25 * number, 400) for number in range(12)],
    # for faults:
    "pair": [(60, 2048)] * 2,
    "trio": [(60, 1400)] * 3,
}


class Child:
    """A process that prints lines, fed on its standard input; ended with it."""

    def __init__(self, command: Sequence[str | Path], log: str) -> None:
        LAB.mkdir(parents=True, exist_ok=True)
        self.log = (LAB / f"{log}.log").open("wb")
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            cwd=ROOT,
        )
        self._buffer = b""

    @property
    def pid(self) -> int:
        return self.process.pid

    def line(self, prefix: str, seconds: float = 60.0) -> str:
        """Return what follows `prefix` on the next line that starts with it."""
        assert self.process.stdout is not None
        end = time.monotonic() + seconds
        while True:
            while b"\n" in self._buffer:
                line, self._buffer = self._buffer.split(b"\n", 1)
                text = line.decode("utf-8", "replace")
                if text.startswith(prefix):
                    return text[len(prefix) :].strip()
            left = max(0.0, end - time.monotonic())
            if not select.select([self.process.stdout], [], [], left)[0]:
                raise TimeoutError(f"no line {prefix!r}")
            data = os.read(self.process.stdout.fileno(), 65536)
            if not data:
                raise EOFError(f"it ended before {prefix!r}; see {self.log.name}")
            self._buffer += data

    def say(self, text: str = "") -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()

    def cpu(self) -> float:
        """Return the CPU seconds that it used."""
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
        ticks = [int(word) for word in stat.split()[11:13]]
        return sum(ticks) / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        """Return its peak resident memory in MB."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
        return 0.0

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.log):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


def python(module: str, *arguments: str | Path, log: str = "") -> Child:
    """Start one of the lab's own programs."""
    name = f"tests.benchmarks.torrent_lab.{module}"
    return Child([sys.executable, "-m", name, *arguments], log or module)


# -- payloads ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Payload:
    """Files under `folder`, and their torrent."""

    folder: Path
    torrent: Path
    info_hash: str

    @property
    def magnet(self) -> str:
        return f"magnet:?xt=urn:btih:{self.info_hash}"


def make_file(name: str, size: int) -> Path:
    """Return an incompressible file, made at the first call."""
    path = LAB / "seed" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.stat().st_size != size:
        source = random.Random(name)
        with path.open("wb") as file:
            for start in range(0, size, 8 * MIB):
                file.write(source.randbytes(min(8 * MIB, size - start)))
    return path


def make_torrent(path: Path, piece: int) -> Payload:
    """Return the torrent of a file or folder."""
    torrent = LAB / f"{path.name}-{piece}.torrent"
    if not torrent.is_file():
        creator = lt.create_torrent(lt.list_files(str(path)), piece, lt.create_torrent.v1_only)
        lt.set_piece_hashes(creator, str(path.parent))
        torrent.write_bytes(lt.bencode(creator.generate()))
    info_hash = str(lt.load_torrent_file(str(torrent)).ti.info_hashes().v1)
    return Payload(path.parent, torrent, info_hash)


# -- the swarm ---------------------------------------------------------------------------------


@contextlib.contextmanager
def seeders(count: int, *payloads: Payload) -> Iterator[None]:
    """Seed payloads of one folder with a number of sessions."""
    torrents = [payload.torrent for payload in payloads]
    child = python("seeder", str(count), str(SEED_PORT), payloads[0].folder, *torrents)
    try:
        child.line("READY")
        yield
    finally:
        child.stop()


@contextlib.contextmanager
def links(name: str) -> Iterator[tuple[Child, str]]:
    """Put the links of a set in front of the seeders; return the relay and its peers."""
    lines = LINKS[name]
    specs = [
        f"127.0.1.{number + 1}:7001>127.0.0.1:{SEED_PORT + number},{rtt},{rate}"
        for number, (rtt, rate) in enumerate(lines)
    ]
    relay = python("relay", *specs)
    try:
        relay.line("READY")
        yield relay, ",".join(f"127.0.1.{number + 1}:7001" for number in range(len(lines)))
    finally:
        relay.stop()


# -- engines -----------------------------------------------------------------------------------


def install_peers() -> Path:
    """Install WebTorrent and peerflix from npm at the first call; return their modules."""
    folder = LAB / "npm"
    modules = folder / "node_modules"
    if not (modules / "webtorrent").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HERE / "peers_package.json", folder / "package.json")
        shutil.copytree(HERE / "stub_webrtc", folder / "stub_webrtc", dirs_exist_ok=True)
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return modules


class Engine:
    """A streaming engine in a process of its own, told to open a target by `go`."""

    def __init__(self, name: str, target: str, peers: str) -> None:
        self.name = name
        self.folder = LAB / "work" / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if name.startswith("ours"):
            extra = ["verify"] if name == "ours-whole" else []
            self.child = python("ours", target, self.folder, peers, *extra, log=name)
        else:
            script = HERE / {"webtorrent": "webtorrent.mjs", "peerflix": "peerflix.cjs"}[name]
            command = ["node", script, install_peers(), target, self.folder, peers]
            self.child = Child(command, name)
        self.port = int(self.child.line("LISTEN"))

    def go(self) -> str:
        """Open the target; return the address to stream from."""
        self.child.say()
        found = self.child.line("PATH")
        path = urlsplit(found).path or "/"
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        self.child.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def engine(name: str, target: str, peers: str) -> Iterator[Engine]:
    """Run an engine."""
    running = Engine(name, target, peers)
    try:
        yield running
    finally:
        running.stop()


# -- a client ----------------------------------------------------------------------------------


@dataclass
class Download:
    """A range while it is read. Times in seconds since the request."""

    connection: socket.socket
    started: float
    received: int = 0
    first: float = 0.0
    curve: list[tuple[float, int]] = field(default_factory=list)
    rest: bytes = b""

    @classmethod
    def begin(cls, url: str, start: int = 0, timeout: float = 120.0) -> Download:
        parts = urlsplit(url)
        started = time.monotonic()
        connection = socket.create_connection((parts.hostname, parts.port), timeout)
        head = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n"
        connection.sendall(f"{head}Range: bytes={start}-\r\n\r\n".encode())
        got = b""
        while b"\r\n\r\n" not in got:
            data = connection.recv(65536)
            if not data:
                raise EOFError("no answer")
            got += data
        return cls(connection, started, rest=got.partition(b"\r\n\r\n")[2])

    def read(self, count: int) -> bytes:
        """Return the next bytes of the body, fewer at its end."""
        parts: list[bytes] = []
        got = 0
        while got < count:
            data, self.rest = self.rest, b""
            data = data or self.connection.recv(min(1 << 18, count - got))
            if not data:
                break
            data, self.rest = data[: count - got], data[count - got :]
            now = time.monotonic() - self.started
            self.first = self.first or now
            parts.append(data)
            got += len(data)
            self.received += len(data)
            self.curve.append((now, self.received))
        return b"".join(parts)

    def drain(self, size: int) -> int:
        """Read so many bytes as quickly as they come and keep none; return how many came."""
        buffer = bytearray(MIB)
        got, self.rest = len(self.rest), b""
        while got < size and (count := self.connection.recv_into(buffer)):
            got += count
        return got

    def close(self) -> None:
        self.connection.close()


def safe_start(curve: Sequence[tuple[float, int]], rate: float) -> float:
    """Return when playback at `rate` may start so that it never runs dry."""
    before = 0
    latest = 0.0
    for at, received in curve:
        latest = max(latest, at - before / rate)
        before = received
    return latest


def median(values: Sequence[float]) -> float:
    return statistics.median(values)
