"""The service loop, observables, and the single instance."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.runtime import Observable, ServiceLoop, SingleInstance


def test_coroutines_run_on_the_loops_own_thread() -> None:
    loop = ServiceLoop()
    loop.start()

    async def where() -> str:
        return threading.current_thread().name

    assert loop.submit(where()).result(5) == "services"
    loop.stop()
    loop.post(print)  # after the end it is dropped


def test_stopping_cancels_what_still_runs() -> None:
    loop = ServiceLoop()
    loop.start()
    begun, cancelled = threading.Event(), threading.Event()

    async def wait() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    loop.submit(wait())
    assert begun.wait(5)
    loop.stop()
    assert cancelled.is_set()


@given(st.lists(st.integers(0, 3)))
def test_watchers_see_each_change_once(values: list[int]) -> None:
    observable = Observable(-1)
    seen: list[int] = []
    end = observable.watch(seen.append)
    for value in values:
        observable.set(value)
    end()
    observable.set(99)
    expected = [-1]
    for value in values:
        if value != expected[-1]:
            expected.append(value)
    assert seen == expected


def test_a_watcher_that_raises_does_not_spoil_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    observable = Observable(0)
    seen: list[int] = []

    def broken(_value: int) -> None:
        raise ValueError("broken")

    observable.watch(broken, now=False)
    observable.watch(seen.append, now=False)
    observable.set(1)
    assert seen == [1]
    assert "A watcher failed" in caplog.text


async def test_a_second_start_hands_its_target_to_the_first(tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    assert not second.claim()
    received: list[str | None] = []
    await first.listen(received.append)
    assert await asyncio.to_thread(second.hand_over, "magnet:?xt=urn:btih:ü")
    assert await asyncio.to_thread(second.hand_over, None)
    assert received == ["magnet:?xt=urn:btih:ü", None]
    await first.close()
    assert not await asyncio.to_thread(second.hand_over, "x", patience=0)
    first.release()
    assert second.claim()
    second.release()


async def test_rubbish_on_the_socket_changes_nothing(tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    first.claim()
    received: list[str | None] = []
    await first.listen(received.append)
    reader, writer = await asyncio.open_unix_connection(str(tmp_path / "instance.sock"))
    writer.write(b"\xff{not json\n")
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    assert received == []
    await first.close()
    first.release()
