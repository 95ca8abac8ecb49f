"""How closely events are followed."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator

import pytest

from novastream_desktop.torrents._gate import EventGate, needs_blocks

MIB = 1 << 20


@pytest.mark.parametrize(
    ("piece", "rate", "waited", "before", "wanted"),
    [
        (MIB, 0.0, 0.0, True, True),
        (MIB, 5e6, 0.0, True, True),  # a piece in 0.2 s
        (MIB, 200e6, 0.0, True, False),
        (MIB, 200e6, 0.5, True, True),  # somebody starves
        (16 * MIB, 100e6, 0.0, True, True),
        (MIB, 15e6, 0.0, True, True),
        (MIB, 15e6, 0.0, False, False),  # what was decided stays
        (MIB, 5e6, 0.0, False, True),
    ],
)
def test_blocks_are_told_of_where_pieces_are_too_slow(
    piece: int, rate: float, waited: float, before: bool, wanted: bool
):
    assert needs_blocks(piece, rate, waited, before=before) is wanted


class Source:
    """Stirs a socket, as the library does, and counts how often it is asked."""

    def __init__(self) -> None:
        self.here, self.there = socket.socketpair()
        self.here.setblocking(False)
        self.waiting = 0
        self.taken: list[int] = []

    def put(self, count: int) -> None:
        if not self.waiting:
            self.there.send(b"x")
        self.waiting += count

    def take(self) -> int:
        if self.waiting:
            self.here.recv(99)
        count, self.waiting = self.waiting, 0
        self.taken.append(count)
        return count


@pytest.fixture
def source() -> Iterator[Source]:
    source = Source()
    yield source
    source.here.close()
    source.there.close()


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not done():  # noqa: ASYNC110  (it tells nobody)
            await asyncio.sleep(0)


async def test_few_events_are_taken_one_by_one(source: Source):
    gate = EventGate(source.here.fileno(), source.take)
    for number in range(5):
        source.put(1)
        await until(lambda wanted=number + 1: len(source.taken) == wanted)
    gate.close()
    assert source.taken == [1] * 5
    source.put(1)
    await asyncio.sleep(0)
    assert source.waiting == 1


async def test_many_are_taken_in_batches_and_none_is_left(source: Source):
    gate = EventGate(source.here.fileno(), source.take)
    put = 0
    while put < 20_000:
        source.put(50)
        put += 50
        await asyncio.sleep(0)
    await until(lambda: sum(source.taken) == put)
    assert len([count for count in source.taken if count]) < put / 50 / 2
    await until(lambda: source.taken[-1] == 0)  # it went quiet: the descriptor is watched again
    source.put(1)
    await until(lambda: source.taken[-1] == 1)
    gate.close()


async def test_it_can_be_closed_while_it_rests(source: Source):
    gate = EventGate(source.here.fileno(), source.take)
    source.put(500)
    await until(lambda: bool(source.taken))
    gate.close()
    taken = len(source.taken)
    source.put(1)
    await asyncio.sleep(0.02)
    assert len(source.taken) == taken
