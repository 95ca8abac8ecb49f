"""The only module that imports libtorrent. Import it late, and in a thread.

Calls with a return value wait for libtorrent's own thread; those used here on the loop do not.
"""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Any, cast

import libtorrent

from novastream_desktop.errors import InvalidInput
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._alerts import to_events
from novastream_desktop.torrents._libtorrent_handle import LtHandle, read_metadata
from novastream_desktop.torrents._libtorrent_settings import (
    DISCOVERY,
    blocked_ranges,
    session_settings,
)
from novastream_desktop.torrents._target import MAX_TORRENT_BYTES

lt: Any = libtorrent  # its stubs leave out enumerations and many fields

_GOODBYE_SECONDS = 1.3  # a little more than `stop_tracker_timeout`
_GOODBYE_LOOK_MS = 50
_LOAD_LIMITS = {
    "max_buffer_size": MAX_TORRENT_BYTES,
    "max_pieces": 1 << 20,
    "max_decode_depth": 100,
    "max_decode_tokens": 3_000_000,
}


def _mask(*, blocks: bool = True) -> int:
    kinds = lt.alert_category
    return int(
        kinds.status
        | kinds.error
        | kinds.storage
        | kinds.tracker
        | kinds.piece_progress
        | kinds.dht_operation
        | (kinds.block_progress if blocks else 0)
    )


def _hex(hashes: Any) -> str:
    return str(hashes.v1) if hashes.has_v1() else str(hashes.v2)


def read_torrent(data: bytes) -> tuple[str, port.Metadata]:
    """Return info-hash and info dictionary of a `.torrent`.

    Raises:
        InvalidInput: it is damaged or larger than allowed.
    """
    info = _load(data).ti
    return _hex(info.info_hashes()), read_metadata(info)


def read_resume(data: bytes) -> port.Metadata | None:
    """Return the info dictionary in resume data; None if it is damaged or has none."""
    try:
        return LtDraft(lt.read_resume_data(data, _LOAD_LIMITS)).metadata
    except RuntimeError:
        return None


def _load(data: bytes) -> Any:
    try:
        return lt.load_torrent_buffer(data, _LOAD_LIMITS)
    except RuntimeError as error:
        raise InvalidInput(
            "This .torrent file cannot be used", why=str(error), hint="Get the file again"
        ) from error


class LtDraft:
    """`add_torrent_params` with the fields that the engine decides on."""

    def __init__(self, params: Any) -> None:
        self.params = params
        self.info_hash = _hex(params.ti.info_hashes() if params.ti else params.info_hashes)
        self.metadata = read_metadata(params.ti) if params.ti else None
        self.trackers: list[str] = list(params.trackers)
        self.web_seeds: list[str] = list(params.url_seeds)
        self.peers: list[port.Endpoint] = list(params.peers)
        self.file_priorities: list[int] = []
        self.piece_priorities: list[int] = []
        self.renames: dict[int, str] = {}

    def finish(self, save_path: str, *, asleep: bool) -> Any:
        """Return the parameters as decided."""
        params, flags = self.params, lt.torrent_flags
        params.save_path = save_path
        params.trackers = self.trackers
        params.tracker_tiers = list(range(len(self.trackers)))
        params.url_seeds = self.web_seeds
        params.http_seeds = []
        params.peers = []  # see LtHandle.connect
        params.banned_peers = []  # see Revival
        params.renamed_files = self.renames
        params.file_priorities = self.file_priorities
        params.piece_priorities = self.piece_priorities
        params.flags = flags.update_subscribe | flags.apply_ip_filter | flags.override_trackers
        params.flags |= flags.override_web_seeds
        if self.metadata is None:  # else all files would start before one is chosen
            params.flags |= flags.default_dont_download
        if asleep:
            params.flags |= flags.paused
        return params


def _kept_state(state: bytes) -> Any:
    """Return session parameters that know the hash table's nodes of last time."""
    if state:
        with contextlib.suppress(RuntimeError):
            return lt.read_session_params(state, lt.save_state_flags_t.save_dht_state)
    return lt.session_params()


class LtSession:
    """One libtorrent session. Building and closing it block."""

    def __init__(self, options: port.SessionOptions) -> None:
        params = _kept_state(options.state)
        params.settings = session_settings(options) | {"alert_mask": _mask()}
        # Blocks are in the file when their alert comes, and so are pieces: this backend hashes
        # what it reads back. The default one holds blocks until the piece is complete, and
        # tells of pieces that it has not written yet.
        params.disk_io_constructor = "posix_disk_io_constructor"
        self._allow_local = options.allow_local
        self._session = lt.session(params)
        self._session.set_peer_class_filter(self._everybody_limited())
        self.allow_peers(frozenset())
        self._ours, self._theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._theirs.setblocking(False)
        self._session.set_alert_fd(self._theirs.fileno())

    def _everybody_limited(self) -> Any:
        """Return the class filter that exempts no peer from limits.

        libtorrent's own puts the local network in a class without any.
        """
        rules = lt.ip_filter()
        limited = 1 << self._session.global_peer_class_id
        rules.add_rule("0.0.0.0", "255.255.255.255", limited)  # noqa: S104  (a range, not bound)
        rules.add_rule("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", limited)
        return rules

    def fileno(self) -> int:
        """Become readable when alerts wait."""
        return self._ours.fileno()

    def take_events(self) -> list[port.Event]:
        """Return what happened; drains the socket first, for one byte stands for many alerts."""
        with contextlib.suppress(BlockingIOError):
            self._ours.recv(4096)
        events: list[port.Event] = []
        for alert in self._session.pop_alerts():
            if isinstance(alert, lt.save_resume_data_alert):
                data = bytes(lt.write_resume_data_buf(alert.params))
                events.append(port.ResumeData(hash(alert.handle), data))
            else:
                events += to_events(alert)
        return events

    def from_magnet(self, uri: str) -> LtDraft:
        """Read a clean magnet URI."""
        try:
            return LtDraft(lt.parse_magnet_uri(uri))
        except RuntimeError as error:
            raise InvalidInput("This magnet link cannot be used", why=str(error)) from error

    def from_torrent(self, data: bytes) -> LtDraft:
        """Read a `.torrent` within limits."""
        return LtDraft(_load(data))

    def from_resume(self, data: bytes) -> LtDraft | None:
        """Read what was kept."""
        try:
            return LtDraft(lt.read_resume_data(data, _LOAD_LIMITS))
        except RuntimeError:
            return None

    def add(self, draft: port.Draft, save_path: str, *, asleep: bool = False) -> LtHandle:
        """Start a torrent."""
        params = cast("LtDraft", draft).finish(save_path, asleep=asleep)
        return LtHandle(self._session.add_torrent(params), lt.torrent_flags.upload_mode)

    def add_anew(self, handle: port.Handle, draft: port.Draft, save_path: str) -> None:
        """Forget a torrent and start it again; its handle stays, with another key."""
        self.remove(handle)
        cast("LtHandle", handle).follow(self.add(draft, save_path).raw)

    def seed(self, data: bytes, save_path: str, renames: dict[int, str]) -> None:
        """Seed what lies complete under `save_path`; nothing is ever written there."""
        params, flags = _load(data), lt.torrent_flags
        params.save_path = save_path
        params.renamed_files = renames
        params.trackers, params.url_seeds, params.http_seeds = [], [], []
        params.flags = flags.seed_mode | flags.upload_mode
        self._session.add_torrent(params)

    def listen_port(self) -> int:
        """Return the TCP port, 0 if it could not listen; blocks."""
        return int(self._session.listen_port())

    def remove(self, handle: port.Handle) -> None:
        """Forget a torrent; its files stay."""
        self._session.remove_torrent(cast("LtHandle", handle).raw)

    def allow_peers(self, hosts: frozenset[str], cut: frozenset[str] = frozenset()) -> None:
        """Call `hosts` although they are on this machine, and have nothing to do with `cut`."""
        rules = lt.ip_filter()
        if not self._allow_local:
            for first, last in blocked_ranges():
                rules.add_rule(first, last, 1)
        for host in hosts:
            rules.add_rule(host, host, 0)
        for host in cut:
            rules.add_rule(host, host, 1)
        self._session.set_ip_filter(rules)

    def apply(self, options: port.SessionOptions) -> None:
        """Heed other options."""
        self._session.apply_settings(session_settings(options))

    def set_online(self, online: bool, options: port.SessionOptions) -> None:
        """Close every socket and pause everything, or open them again."""
        if online:
            self._session.apply_settings(session_settings(options))
            self._session.resume()
        else:
            nothing = dict.fromkeys(DISCOVERY, False)
            self._session.pause()
            self._session.apply_settings({**nothing, "listen_interfaces": ""})

    def ask_dht(self, info_hash: str) -> None:
        """Ask the distributed hash table how many peers it knows."""
        self._session.dht_get_peers(lt.sha1_hash(bytes.fromhex(info_hash)))

    def state(self) -> bytes:
        """Return the hash table's nodes; blocks."""
        params = self._session.session_state(lt.save_state_flags_t.save_dht_state)
        return bytes(lt.write_session_params_buf(params, lt.save_state_flags_t.save_dht_state))

    def tell_blocks(self, wanted: bool) -> None:
        """Tell of every block, or of whole pieces only."""
        self._session.apply_settings({"alert_mask": _mask(blocks=wanted)})

    def set_outgoing_utp(self, allowed: bool) -> None:
        """Call peers by uTP too."""
        self._session.apply_settings({"enable_outgoing_utp": allowed})

    def ask_status(self) -> None:
        """Ask for news of the torrents that changed."""
        self._session.post_torrent_updates(lt.status_flags_t.query_distributed_copies)

    def close(self) -> None:
        """Say goodbye to trackers, end the session and wait for its threads.

        The library's destructor waits for the answers to these goodbyes, and holds the
        interpreter's lock meanwhile: the whole program stood still for up to five seconds.
        """
        self._session.pause()
        self._await_goodbyes()
        self._session = None
        self._ours.close()
        self._theirs.close()

    def _await_goodbyes(self) -> None:
        self._session.is_paused()  # it answers when the pause is through
        owed: set[tuple[str, str]] = set()
        end = time.monotonic() + _GOODBYE_SECONDS
        while time.monotonic() < end:
            for alert in self._session.pop_alerts():
                match type(alert).__name__:
                    case "tracker_announce_alert" if alert.event == lt.event_t.stopped:
                        owed.add((alert.tracker_url(), str(alert.local_endpoint)))
                    case "tracker_reply_alert" | "tracker_error_alert":
                        owed.discard((alert.tracker_url(), str(alert.local_endpoint)))
            if not owed:
                return
            self._session.wait_for_alert(_GOODBYE_LOOK_MS)
