"""The store against a dictionary, whatever is done to it in whatever order."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from novastream_desktop.models import WatchProgress
from novastream_desktop.progress import open_progress_store
from tests.fakes.day_clock import DayClock

T = TypeVar("T")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TICK = timedelta(milliseconds=1)
Key = tuple[str, str]

entries = st.builds(
    WatchProgress,
    content_id=st.sampled_from(["nova:a", "nova:b", "nova:Ä\n", ""]),
    episode_id=st.sampled_from([None, "s1e1", "s1e2"]),
    position=st.integers(0, 5400).map(float),
    duration=st.just(5400.0),
    updated_at=st.integers(-5, 5).map(lambda hours: NOON + timedelta(hours=hours)),
    finished=st.booleans(),
)
keys = st.tuples(st.sampled_from(["nova:a", "nova:b"]), st.sampled_from(["", "s1e1"]))


class StoreMachine(RuleBasedStateMachine):
    """Everything that can be done, beside the dictionary that says what has to come of it."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "progress.sqlite3"
        self.loop = asyncio.new_event_loop()
        self.clock = DayClock()
        self.there: dict[Key, WatchProgress] = {}
        self.facts: dict[str, str] = {}
        self.copies: dict[str, dict[Key, WatchProgress]] = {}
        self.changed = False
        self.store = self.wait(open_progress_store(self.path, clock=self.clock))

    def wait(self, work: Awaitable[T]) -> T:
        return self.loop.run_until_complete(asyncio.wait_for(work, 30))

    @rule(batch=st.lists(entries, max_size=4))
    def save(self, batch: list[WatchProgress]) -> None:
        for item in batch:
            before = self.there.get(item.key)
            if before is None or item.updated_at >= before.updated_at:
                self.there[item.key] = item
        stored = self.wait(self.store.save(batch))
        assert [item.key for item in stored] == [item.key for item in batch]
        self.changed |= bool(batch)

    @rule(item=entries)
    def beat(self, item: WatchProgress) -> None:
        before, expected = self.there.get(item.key), item
        if before is not None and before.updated_at >= item.updated_at:
            expected = item.with_(updated_at=before.updated_at + TICK)
        self.there[item.key] = expected
        assert self.wait(self.store.beat([item])) == (expected,)
        self.changed = True

    @rule(item=entries)
    def mark_and_take_it_back(self, item: WatchProgress) -> None:
        change = self.wait(self.store.library.mark([item]))
        assert self.wait(self.store.get(*item.key)) == item
        self.wait(self.store.library.put_back(change))
        self.changed = True

    @rule(key=keys, back=st.booleans())
    def forget(self, key: Key, back: bool) -> None:
        change = self.wait(self.store.library.forget([key]))
        if back:
            self.wait(self.store.library.put_back(change))
        else:
            self.there.pop(key, None)
        self.changed = True

    @rule(content_id=st.sampled_from(["nova:a", "nova:b"]), text=st.text(max_size=5))
    def remember(self, content_id: str, text: str) -> None:
        self.facts[content_id] = text
        self.wait(self.store.remember_content(text, content_id))
        self.changed = True

    @rule(days=st.integers(0, 1))
    def close_and_open(self, days: int) -> None:
        self.wait(self.store.close())
        if self.changed:
            self.copies[str(self.clock.now().date())] = dict(self.there)
        self.changed = False
        self.clock.moment += timedelta(days=days)
        self.store = self.wait(open_progress_store(self.path, clock=self.clock))
        assert self.store.problems == ()

    @rule(pick=st.integers(0, 6))
    def restore(self, pick: int) -> None:
        days = {str(copy.day): copy for copy in self.wait(self.store.copies.all())}
        assert set(days) == set(sorted(self.copies)[-7:])
        if days:
            day = sorted(days)[pick % len(days)]
            restored = self.wait(self.store.copies.restore(days[day].day))
            self.there = dict(self.copies[day])
            assert restored.entries == len(self.there)
            self.changed = True

    @invariant()
    def it_holds_what_the_dictionary_holds(self) -> None:
        def number(item: WatchProgress) -> tuple[datetime, str]:
            return item.updated_at, "\n".join(item.key)

        newest = sorted(self.there.values(), key=number, reverse=True)
        assert list(self.wait(self.store.recent())) == newest
        assert list(self.wait(self.store.recent(2))) == newest[:2]
        later = [item for item in reversed(newest) if item.updated_at > NOON]
        assert list(self.wait(self.store.since(NOON))) == later
        of_title = {item.key for item in newest if item.content_id == "nova:a"}
        assert {item.key for item in self.wait(self.store.of_content("nova:a"))} == of_title
        asked = ("nova:a", "nova:b", "nova:c")
        assert self.wait(self.store.remembered_contents(asked)) == self.facts

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.wait(self.store.close())
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()
            self.folder.cleanup()


def test_the_store_is_a_dictionary_that_lasts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    machine = StoreMachine.TestCase
    machine.settings = settings(
        max_examples=15,
        stateful_step_count=20,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking outlasts the timeout
    )
    machine().runTest()
