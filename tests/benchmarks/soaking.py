"""The application's side of `bench_soak`: load, seek and switch in a running window, and measure.

    python -m tests.benchmarks.soaking STEPS EVERY TITLE

One line of JSON at the end: what the process held after each EVERY steps.
"""

from __future__ import annotations

import asyncio
import gc
import re
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.e2e.stage import Stage, play_scenario

if TYPE_CHECKING:
    from novastream_desktop.playback.session import PlaybackSession
    from novastream_desktop.playback.state import SessionState

SIZE = (480, 270)
"""Of the window: drawing in software is not what is looked at."""
PATIENCE = 30.0
LEAVE_EVERY = 12
"""Rounds after which the player page is left for the home page."""
_PROCESS = Path("/proc/self")


def held() -> dict[str, float]:
    """Return what this process holds: MiB of memory, open files, threads."""
    rollup = _PROCESS.joinpath("smaps_rollup").read_text("ascii")
    private = re.findall(r"^Private_(?:Clean|Dirty):\s+(\d+)", rollup, re.MULTILINE)
    rss = re.search(r"^Rss:\s+(\d+)", rollup, re.MULTILINE)
    threads = re.search(r"^Threads:\s+(\d+)", _PROCESS.joinpath("status").read_text(), re.MULTILINE)
    assert rss is not None
    assert threads is not None
    return {
        "rss": int(rss[1]) / 1024,
        "uss": sum(map(int, private)) / 1024,
        "fds": sum(1 for _ in (_PROCESS / "fd").iterdir()) - 1,
        "threads": int(threads[1]),
    }


class Soak:
    """Plays on the service loop; each step waits until what it asked for is on."""

    def __init__(self, session: PlaybackSession, title: str) -> None:
        self._session = session
        self._title = title
        self.done = dict.fromkeys(("load", "seek", "switch", "track", "pause"), 0)
        self.slowest = ("", 0.0)

    async def until(self, what: str, holds: Callable[[SessionState], object]) -> None:
        """Wait until the session's state is as wanted."""
        reached = asyncio.Event()
        unwatch = self._session.state.watch(lambda s: reached.set() if holds(s) else None)
        begun = time.monotonic()
        try:
            await asyncio.wait_for(reached.wait(), PATIENCE)
        except TimeoutError as error:
            raise TimeoutError(f"{what} did not come: {self._session.state.value}") from error
        finally:
            unwatch()
        self.slowest = max(self.slowest, (what, time.monotonic() - begun), key=lambda one: one[1])

    def steps(self) -> Iterator[tuple[str, Awaitable[None]]]:
        """Yield steps without end: each loads, seeks, switches or changes a track."""
        number = 0
        while True:
            number += 1
            yield "load", self._load(1 + number % 3)
            yield "seek", self._seek(6.0)
            yield "track", self._next_audio()
            yield "seek", self._seek(11.0)
            yield "switch", self._other_source()
            yield "seek", self._seek(2.0)
            yield "pause", self._pause_and_go_on()
            yield "seek", self._seek(14.0)
            yield "switch", self._other_source()
            yield "seek", self._seek(4.0)

    async def close_title(self) -> None:
        """Leave what plays."""
        self._session.close_title()
        await self.until("the end", lambda s: s.phase == "idle")

    async def _load(self, episode: int) -> None:
        self._session.open_title(self._title, episode_id=f"e{episode}", from_start=True)
        await self.until(
            f"episode {episode}",
            lambda s: (
                s.episode is not None
                and s.episode.episode_number == episode
                and s.player.has_picture
                and s.player.phase == "playing"
            ),
        )

    async def _seek(self, position: float) -> None:
        self._session.seek_to(position)
        await self.until(
            f"{position:g} s",
            lambda s: not s.player.seeking and abs(s.player.position - position) < 1.0,
        )

    async def _other_source(self) -> None:
        state = self._session.state.value
        wanted = (state.source_index + 1) % len(state.sources)
        self._session.choose_source(wanted)
        await self.until(
            f"source {wanted}",
            lambda s: (
                s.source_index == wanted
                and s.player.has_picture
                and s.phase == "playing"
                and bool(s.trace)
                and s.trace[-1].first_frame is not None
            ),
        )

    async def _next_audio(self) -> None:
        self._session.cycle_audio()
        self._session.cycle_subtitle()
        await asyncio.sleep(0)

    async def _pause_and_go_on(self) -> None:
        self._session.toggle_pause()
        await self.until("the pause", lambda s: s.player.paused)
        self._session.toggle_pause()
        await self.until("play", lambda s: not s.player.paused)


def soaking(steps: int, every: int, title: str) -> Callable[[Stage], dict[str, object]]:
    """Return a scenario of so many steps, measured after each `every`."""

    def scenario(stage: Stage) -> dict[str, object]:
        stage.wait("the services", lambda: stage.desktop.session)
        stage.wait("rows", lambda: stage.on_loop(lambda: stage.desktop.home.value.rows))
        stage.on_gui(lambda: _make_small(stage))
        session = stage.desktop.session
        assert session is not None
        soak = Soak(session, title)
        samples: list[dict[str, float]] = []
        begun = time.monotonic()

        async def run() -> None:
            walk = soak.steps()
            for number in range(1, steps + 1):
                kind, step = next(walk)
                if kind == "load" and number % (10 * LEAVE_EVERY) == 1 and number > 1:
                    await soak.close_title()
                await step
                soak.done[kind] += 1
                if number % every == 0:
                    gc.collect()
                    samples.append({"step": number, **held()})
                    _say(samples[-1])
            await soak.close_title()

        stage.desktop.loop.submit(run()).result()
        return {
            "samples": samples,
            "done": soak.done,
            "seconds": round(time.monotonic() - begun, 1),
            "slowest": soak.slowest,
        }

    return scenario


def _say(sample: dict[str, float]) -> None:
    print(" ".join(f"{name} {value:.0f}" for name, value in sample.items()), file=sys.stderr)


def _make_small(stage: Stage) -> None:
    from PySide6.QtCore import QSize

    stage.window.setMinimumSize(QSize(*SIZE))
    stage.window.resize(*SIZE)


if __name__ == "__main__":
    count, every, title = sys.argv[1:4]
    sys.exit(play_scenario(soaking(int(count), int(every), title), None, hangs=7200.0))
