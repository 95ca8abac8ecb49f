"""Seeds the bundled demo torrent from the program's own folder to its own engine."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from novastream_desktop.errors import InvalidInput
from novastream_desktop.torrents._port import Metadata, SessionOptions
from novastream_desktop.torrents._target import MAX_TORRENT_BYTES

if TYPE_CHECKING:
    from novastream_desktop.torrents._libtorrent import LtSession

log = logging.getLogger(__name__)

# The seeder has a loopback address of its own, so that the engine need not trust 127.0.0.1,
# where other services listen. Where only 127.0.0.1 exists (macOS) it is the last resort.
_HOSTS = (*(f"127.0.0.{last}" for last in range(77, 93)), "127.0.0.1")


class DemoSeeder:
    """One torrent, seeded on loopback from a folder that is never written to.

    Its methods block and may be called from any thread; the session is made when the torrent
    is first asked for.

    Args:
        torrent_file: the `.torrent`.
        payload_dir: holds the torrent's file or folder, or is that folder.
    """

    def __init__(self, torrent_file: Path, payload_dir: Path) -> None:
        self._torrent_file = torrent_file
        self._payload_dir = payload_dir
        self._lock = threading.Lock()
        self._session: LtSession | None = None
        self._endpoint: tuple[str, int] | None = None
        self._info_hash: str | None = None
        self._data = b""
        self._metadata: Metadata | None = None

    def endpoint(self, info_hash: str) -> Sequence[tuple[str, int]]:
        """Return where this torrent is seeded (host, port); empty if it is another torrent."""
        with self._lock:
            if self._info_hash is None:
                self._load()
            if not info_hash or info_hash != self._info_hash:
                return ()
            if self._session is None:
                self._start()
            return (self._endpoint,) if self._endpoint else ()

    def close(self) -> None:
        """Stop to seed; a later `endpoint` starts anew."""
        with self._lock:
            session, self._session, self._endpoint = self._session, None, None
            if session is not None:
                session.close()

    def _load(self) -> None:
        from novastream_desktop.torrents._libtorrent import read_torrent  # noqa: PLC0415  (heavy)

        self._info_hash = ""
        try:
            self._data = self._torrent_file.read_bytes()[:MAX_TORRENT_BYTES]
            self._info_hash, self._metadata = read_torrent(self._data)
        except (OSError, InvalidInput) as error:
            log.warning("The demo torrent cannot be seeded: %s", error)

    def _start(self) -> None:
        from novastream_desktop.torrents._libtorrent import LtSession  # noqa: PLC0415  (heavy)

        place = self._place()
        host = next(filter(_can_bind, _HOSTS), None)
        if place is None or host is None:
            log.warning("The demo torrent's files are missing in %s", self._payload_dir)
            return
        options = SessionOptions(
            listen=f"{host}:0", discovery=False, allow_local=True, seed_only=True
        )
        session = LtSession(options)
        session.seed(self._data, str(place[0]), place[1])
        port = session.listen_port()
        if not port:
            session.close()
            return
        self._session, self._endpoint = session, (host, port)

    def _place(self) -> tuple[Path, dict[int, str]] | None:
        """Return the save folder that makes the torrent's paths come out right, and renames."""
        assert self._metadata is not None
        files = [file for file in self._metadata.files if not file.hidden]
        for folder in (self._payload_dir, self._payload_dir.parent):
            if all((folder / file.path).is_file() for file in files):
                return folder.absolute(), {}
        inner = {file.index: file.path.partition("/")[2] for file in files}
        if all(path and (self._payload_dir / path).is_file() for path in inner.values()):
            return self._payload_dir.absolute(), inner
        return None


def _can_bind(host: str) -> bool:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((host, 0))
    except OSError:
        return False
    return True
