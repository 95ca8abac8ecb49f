"""The interface that torrents are bound to."""

from __future__ import annotations

import pytest

from novastream_desktop.torrents._guard import InterfaceGuard, interface_present


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
