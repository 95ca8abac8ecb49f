from __future__ import annotations

import asyncio
import threading

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from novastream_desktop.errors import NotFound
from novastream_desktop.runtime import Observable
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.watching import Watching
from tests.fakes.backend import FakeBackend
from tests.ui.driving import until


async def value(result: object) -> object:
    return result


async def forever() -> None:
    await asyncio.Event().wait()


def test_a_result_arrives_on_the_gui_thread(tasks: Tasks):
    heard = []
    tasks.latest("a", value(7), lambda r: heard.append((r, threading.current_thread())))
    until(lambda: heard)
    assert heard == [(7, threading.main_thread())]
    assert not tasks.running("a")


def test_a_newer_call_replaces_the_older(tasks: Tasks):
    heard: list[object] = []
    tasks.latest("a", forever(), lambda _: heard.append("old"))
    tasks.latest("a", value("new"), heard.append)
    until(lambda: heard)
    assert heard == ["new"]


def test_an_answer_that_was_already_on_its_way_is_dropped_too(tasks: Tasks, backend: FakeBackend):
    heard: list[object] = []
    tasks.latest("a", value("old"), heard.append)
    backend.loop.submit(value(None)).result()  # the old answer waits in Qt's queue now
    tasks.latest("a", value("new"), heard.append)
    until(lambda: heard)
    assert heard == ["new"]


def test_a_failure_reaches_the_caller_as_its_own_error(tasks: Tasks):
    heard: list[object] = []

    async def fail() -> None:
        raise NotFound("No such title")

    tasks.latest("a", fail(), lambda _: heard.append("ok"), heard.append)
    until(lambda: heard)
    assert [str(error) for error in heard] == ["No such title."]


def test_a_bug_becomes_a_sentence_and_a_log_entry(tasks: Tasks, caplog: pytest.LogCaptureFixture):
    heard: list[object] = []

    async def fail() -> None:
        raise ZeroDivisionError

    tasks.latest("a", fail(), heard.append, lambda error: heard.append(error.sentence()))
    until(lambda: heard)
    assert str(heard[0]).startswith("Something went wrong inside NovaStream: ZeroDivisionError")
    assert "ZeroDivisionError" in caplog.text


def test_once_closed_nothing_is_delivered_and_nothing_taken(tasks: Tasks, backend: FakeBackend):
    heard: list[object] = []
    tasks.latest("a", value("gone"), heard.append)
    tasks.latest("b", forever(), heard.append)
    tasks.close()
    tasks.latest("c", value("c"), heard.append)
    assert not any(tasks.running(key) for key in "abc")
    other = Tasks(backend.loop)
    other.latest("d", value("d"), heard.append)
    until(lambda: heard)
    assert heard == ["d"]


def test_watching_delivers_the_newest_of_a_burst_once(tasks: Tasks, backend: FakeBackend):
    observable = Observable(0)
    heard: list[int] = []
    watching = Watching(backend.loop, observable, heard.append)
    until(lambda: heard == [0])

    async def burst() -> None:
        for number in range(1, 1001):
            observable.set(number)

    backend.loop.submit(burst()).result()
    until(lambda: heard[-1] == 1000)
    assert heard == [0, 1000]
    watching.stop()
    backend.loop.submit(burst()).result()
    tasks.latest("a", value(None), lambda _: heard.append(-1))
    until(lambda: heard[-1] == -1)
    assert heard == [0, 1000, -1]


class _Counter(QObject):
    ticked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.ticked.connect(self._tick)

    @Slot(bool)
    def _tick(self, on: bool) -> None:
        self.count += on


def test_one_signal_can_be_emitted_five_thousand_times(qapp: QGuiApplication):
    """PySide6 6.12.0 aborts the process here on Python 3.10 and 3.11."""
    counter = _Counter()
    for _ in range(5000):
        counter.ticked.emit(True)
    assert counter.count == 5000
