"""Relays in front of seeders: lines that are cut, fall silent, or spoil what they carry."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable

from novastream_desktop.torrents.demo_seeder import DemoSeeder
from tests.benchmarks.torrent_lab.relay import Link, obey, serve


class Lines:
    """Relays, each in front of a seeder of its own."""

    def __init__(self, seeders: list[DemoSeeder], info_hash: str, rate: int) -> None:
        self.links = []
        self.tasks = []
        for number, seeder in enumerate(seeders):
            target = seeder.endpoint(info_hash)[0]
            at = (f"127.0.9.{number + 1}", 20_000 + os.getpid() % 10_000)
            link = Link(at, target, one_way=0.005, rate=rate * 1024.0)
            link.moving.set()
            self.links.append(link)
            self.tasks.append(asyncio.get_running_loop().create_task(serve(link)))

    def peers(self, _: str) -> list[tuple[str, int]]:
        return [link.listen for link in self.links]

    def do(self, command: str) -> None:
        obey(self.links, command.split())

    async def close(self) -> None:
        self.do("kill all")
        for task in self.tasks:
            task.cancel()
        await asyncio.wait(self.tasks)


MakeLines = Callable[..., Awaitable[Lines]]
