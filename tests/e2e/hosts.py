"""Media servers that can be killed: listening socket and every connection, all at once."""

from __future__ import annotations

import queue
import re
import socket
import subprocess
import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

BURST = 16_000
"""Bytes of an answer that come at once, before the rate holds."""
PIECE = 4_000
FAST = 4_000_000
"""Bytes per second of those that live on."""
_TYPES = {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t", ".mp4": "video/mp4"}


class Host:
    """Serves a folder with byte ranges, slowly, so that a player cannot fetch all of it ahead.

    Args:
        folder: what is served.
        address: a loopback address; 127.0.0.2 counts as another host than 127.0.0.1.
        rate: bytes per second of each answer.
    """

    def __init__(self, folder: Path, address: str = "127.0.0.1", rate: int = 20_000) -> None:
        self.requests: list[str] = []
        self.rate = rate
        self.hangs = threading.Event()
        self._killed = False
        self._open: set[socket.socket] = set()
        self._server = _Server((address, 0), partial(_Files, self, folder))
        self._server.opened = self._open
        self.url = f"http://{address}:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def kill(self) -> None:
        """Close the listening socket and every connection; a second time does nothing."""
        if self._killed:
            return
        self._killed = True
        self._server.shutdown()
        self._server.server_close()
        for connection in tuple(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class Control:
    """Hears what a scenario asks for.

    `/kill?URL` kills the host of an address and lets the others send fast; `/at?SECONDS` says
    where the picture is.
    """

    def __init__(self, hosts: list[Host]) -> None:
        self._hosts = hosts
        self._places: queue.Queue[float] = queue.Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Orders, self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def obey(self, order: str, about: str) -> None:
        """Carry an order out."""
        if order == "/at":
            self._places.put(float(about))
            return
        for host in self._hosts:
            if about.startswith(host.url):
                host.kill()
            host.rate = FAST

    def wait_for_place(self, run: subprocess.Popen[str], patience: float = 100.0) -> float:
        """Return the next place that is told; fail with what the process printed if none is."""
        end = time.monotonic() + patience
        while time.monotonic() < end and run.poll() is None:
            try:
                return self._places.get(timeout=0.2)
            except queue.Empty:
                continue
        run.kill()
        out, errors = run.communicate()
        raise AssertionError(f"no place was told: {out[-3000:]} {errors[-2000:]}")

    def close(self) -> None:
        """Hear nothing more, and end every host."""
        self._server.shutdown()
        self._server.server_close()
        for host in self._hosts:
            host.kill()


class _Orders(BaseHTTPRequestHandler):
    def __init__(self, control: Control, *rest: Any) -> None:
        self._control = control
        super().__init__(*rest)

    def do_GET(self) -> None:
        order, _, about = self.path.partition("?")
        self._control.obey(order, about)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    opened: set[socket.socket]

    def process_request(self, request: Any, client_address: Any) -> None:
        self.opened.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.opened.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients go when they like."""


class _Files(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, host: Host, folder: Path, *rest: Any) -> None:
        self._host, self._folder = host, folder
        super().__init__(*rest)

    def do_GET(self) -> None:
        self._host.requests.append(self.path)
        path = self._folder / self.path.partition("?")[0].lstrip("/")
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first = int(asked.group(1)) if asked else 0
        last = int(asked.group(2)) if asked and asked.group(2) else len(data) - 1
        part = data[first : last + 1]
        self.send_response(206 if asked else 200)
        if asked:
            self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(data)}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Type", _TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self._send(part, slowly=not (asked and asked.group(2)))

    def _send(self, part: bytes, *, slowly: bool) -> None:
        if not slowly:  # a check of the first bytes
            self.wfile.write(part)
            return
        sent = 0
        while sent < len(part):
            while self._host.hangs.is_set():
                time.sleep(0.05)
            size = BURST if sent == 0 else PIECE
            self.wfile.write(part[sent : sent + size])
            sent += size
            if sent < len(part):
                time.sleep(PIECE / self._host.rate)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
