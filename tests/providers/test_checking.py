from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from novastream_desktop.errors import ProviderRefused
from novastream_desktop.models import Row
from novastream_desktop.providers.boundary import Troubles
from novastream_desktop.providers.checking import check_all


@dataclass
class Rows:
    name: str
    error: Exception | None = None
    asked: int = 0

    async def rows(self) -> Sequence[Row]:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return ()


@dataclass
class Checked(Rows):
    checks: int = 0

    async def check(self) -> None:
        self.checks += 1


@dataclass
class Silent:
    name: str = "silent"

    async def check(self) -> None:
        await asyncio.Event().wait()


@dataclass
class Mute:
    name: str = "mute"


async def test_each_is_asked_once_and_only_failures_are_taken_down():
    troubles = Troubles()
    good, bad, own = (
        Rows("good"),
        Rows("bad", ProviderRefused("bad refused the key")),
        Checked("own"),
    )
    await check_all((good, bad, own, Silent(), Mute()), troubles, timeout=0.05)
    assert [good.asked, bad.asked, own.asked, own.checks] == [1, 1, 0, 1]
    told = {name: troubles.of(name) for name in ("good", "bad", "own", "silent", "mute")}
    assert {name for name, error in told.items() if error} == {"bad", "silent"}
    assert "refused the key" in str(told["bad"])
    assert "did not answer" in str(told["silent"])


async def test_one_that_answers_again_is_forgiven():
    troubles = Troubles()
    provider = Rows("peertube", ProviderRefused("no"))
    await check_all((provider,), troubles, timeout=1)
    assert troubles.of("peertube")
    provider.error = None
    await check_all((provider,), troubles, timeout=1)
    assert troubles.of("peertube") is None
