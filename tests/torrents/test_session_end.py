"""The library's session: how it is set, and that its end holds nobody up."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest

from novastream_desktop.torrents._libtorrent import LtSession
from novastream_desktop.torrents._libtorrent_settings import (
    DISCOVERY,
    blocked_ranges,
    session_settings,
)
from novastream_desktop.torrents._port import SessionOptions
from tests.torrents.outside import HttpTracker
from tests.torrents.swarm import MakePayload

HERE = SessionOptions(listen="127.0.0.1:0", discovery=False, allow_local=True)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"download_limit": 5, "upload_limit": 7}, {"download_rate_limit": 5}),
        ({"upload_limit": 7}, {"upload_rate_limit": 7, "download_rate_limit": 0}),
        ({"max_connections": 33}, {"connections_limit": 33}),
        ({"discovery": False}, dict.fromkeys(DISCOVERY, False)),
        ({"discovery": True}, dict.fromkeys(DISCOVERY, True)),
        ({"outgoing": "vpn0"}, {"outgoing_interfaces": "vpn0", "enable_lsd": False}),
        ({}, {"webtorrent_stun_server": "", "ssrf_mitigation": True}),
        ({}, {"initial_picker_threshold": 0, "request_queue_time": 1}),
        ({"seed_only": True}, {"send_socket_buffer_size": 128 * 1024}),
    ],
)
def test_settings_follow_the_options(options: dict, expected: dict):
    found = session_settings(SessionOptions(listen="127.0.0.1:0", **options))
    assert {name: found[name] for name in expected} == expected


def test_the_library_takes_every_setting_and_range():
    """An unknown name or a wrong type would raise."""
    session = LtSession(HERE)
    assert session.listen_port()
    session.allow_peers(frozenset({"127.0.0.9"}), frozenset({"203.0.113.1"}))
    session.apply(SessionOptions(listen="127.0.0.1:0", discovery=False, max_connections=9))
    assert session._session.get_settings()["connections_limit"] == 9
    assert len(blocked_ranges()) > 5
    session.close()


async def test_the_goodbye_to_a_tracker_does_not_stop_the_program(
    payload_maker: MakePayload, tmp_path: Path
):
    """The tracker lives in this process: it can only answer while others may run."""
    tracker = HttpTracker([])
    film = payload_maker({"film.mkv": 1 << 20}, tracker=await tracker.start())
    session = LtSession(HERE)
    draft = session.from_torrent(film.torrent_file.read_bytes())
    session.add(draft, str(tmp_path / "save"))
    async with asyncio.timeout(30):
        while not tracker.heard:  # noqa: ASYNC110  (it tells nobody)
            await asyncio.sleep(0.01)
    await asyncio.to_thread(session.close)
    assert tracker.events == ["started", "stopped"]
    await tracker.close()


async def test_a_tracker_that_falls_silent_does_not_stop_the_program_either(
    payload_maker: MakePayload, tmp_path: Path
):
    tracker = HttpTracker([])
    film = payload_maker({"film.mkv": 1 << 20}, tracker=await tracker.start())
    session = LtSession(HERE)
    session.add(session.from_torrent(film.torrent_file.read_bytes()), str(tmp_path / "save"))
    async with asyncio.timeout(30):
        while not tracker.heard:  # noqa: ASYNC110  (it tells nobody)
            await asyncio.sleep(0.01)
    tracker.silent = True
    turns, over = 0, threading.Event()

    def others() -> None:
        nonlocal turns
        while not over.wait(0.01):
            turns += 1

    other = threading.Thread(target=others)
    other.start()
    begun = time.monotonic()
    await asyncio.to_thread(session.close)
    took = time.monotonic() - begun
    over.set()
    other.join()
    assert turns > took / 0.01 / 10  # it ran all the while
    await tracker.close()
