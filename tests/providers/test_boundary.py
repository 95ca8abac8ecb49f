"""What is remembered of providers that fail."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from novastream_desktop.errors import NotFound, ProviderUnavailable
from novastream_desktop.providers.boundary import Troubles, ask

DOWN = ProviderUnavailable("The mirror did not answer", why="no connection", hint="Try again")


@dataclass
class Provider:
    name: str


async def say(troubles: Troubles, provider: Provider, error: BaseException | None) -> None:
    async def question() -> str:
        if error is not None:
            raise error
        return "yes"

    await ask(provider.name, question, timeout=5, note=troubles.noting(provider))


async def test_the_last_failure_is_kept_until_the_next_success():
    troubles, tmdb = Troubles(), Provider("tmdb")
    assert troubles.of("tmdb") is None
    await say(troubles, tmdb, DOWN)
    assert troubles.of("tmdb") is DOWN
    assert troubles.of("anilist") is None
    await say(troubles, tmdb, KeyError("x"))
    assert "tmdb failed" in str(troubles.of("tmdb"))
    await say(troubles, tmdb, None)
    assert troubles.of("tmdb") is None


async def test_a_terminal_is_not_told_what_the_answer_says_already(
    caplog: pytest.LogCaptureFixture,
):
    with caplog.at_level(logging.INFO):
        await say(Troubles(), Provider("aniskip"), DOWN)
        await say(Troubles(), Provider("aniskip"), KeyError("a fault of ours"))
    levels = [record.levelno for record in caplog.records]
    assert levels == [logging.INFO, logging.ERROR]
    assert "aniskip: The mirror did not answer" in caplog.records[0].message


async def test_that_there_is_nothing_is_no_failure():
    troubles, tmdb = Troubles(), Provider("tmdb")
    await say(troubles, tmdb, DOWN)
    await say(troubles, tmdb, NotFound("There is no such film"))
    assert troubles.of("tmdb") is None


@pytest.mark.parametrize("order", [lambda pair: pair, lambda pair: pair[::-1]])
async def test_one_of_several_that_share_a_name_does_not_hide_another(
    order: Callable[[list[object]], list[object]],
):
    troubles, bad, good = Troubles(), Provider("mirrors"), Provider("mirrors")
    said: list[object] = [(bad, DOWN), (good, None)]
    for provider, error in order(said):  # type: ignore[misc]
        await say(troubles, provider, error)
    assert troubles.of("mirrors") is DOWN
    await say(troubles, bad, None)
    assert troubles.of("mirrors") is None
