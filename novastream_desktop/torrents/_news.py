"""What is told of a torrent now and then: its swarm, its trackers, its resume data, its rate."""

from __future__ import annotations

import asyncio

from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._census import Census
from novastream_desktop.torrents._pieces import BLOCK
from novastream_desktop.torrents._progress import Swarm

_MEASURE_SECONDS = 0.5


class News:
    """The last word on a torrent.

    Attributes:
        swarm: as libtorrent sees it.
        counted: that was told at least once.
        received: bytes of blocks that came; what libtorrent tells of them lags behind.
        tracker_problem: every tracker that answered so far refused.
        census: what trackers and the hash table counted.
        resume_requested: done when the resume data that was asked for is here.
        resume_lost: what was asked for last never came; it counts as told all the same.
    """

    def __init__(self) -> None:
        self.swarm = Swarm()
        self.counted = False
        self.received = 0
        self.tracker_problem = False
        self.census = Census()
        self.resume_requested: asyncio.Future[bytes | None] | None = None
        self.resume_lost = False
        self._tracker_ok = False

    def take(self, event: port.Event) -> None:
        """Take one event; those of other kinds are left alone."""
        match event:
            case port.StatusArrived(swarm=swarm):
                self.swarm, self.counted = swarm, True
            case port.TrackerAnswered(ok=ok):
                self._tracker_ok |= ok  # others fail over addresses that lead nowhere
                self.tracker_problem = not self._tracker_ok
            case port.Scraped(seeds=seeds, peers=number):
                self.census.take_scrape(seeds, number)
            case port.ResumeData(data=data):
                if self.resume_requested and not self.resume_requested.done():
                    self.resume_requested.set_result(data)

    def gave_back(self, ratio: float) -> bool:
        """Whether so many times what came was given to others; no while nothing is known."""
        came = max(self.swarm.downloaded, self.received)
        return self.counted and self.swarm.uploaded >= ratio * came


class RateMeter:
    """Bytes per second, smoothed over about a second.

    Attributes:
        blocks: those that arrived since the last measurement.
    """

    def __init__(self, now: float) -> None:
        self.blocks = 0
        self._rate = 0.0
        self._at = now

    def rate(self, now: float) -> float:
        """Return it, measured anew twice a second."""
        passed = now - self._at
        if passed >= _MEASURE_SECONDS:
            rate = self.blocks * BLOCK / passed
            self._rate = (self._rate + rate) / 2 if self._rate else rate
            self._at, self.blocks = now, 0
        return self._rate
