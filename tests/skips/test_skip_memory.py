"""What undoing skips teaches, and the shift of a show."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import SkipRange
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.skips import SkipMemory, SkipService
from novastream_desktop.skips._memory import LARGEST_OFFSET, MOST_SHOWS, ShowSkips, taught
from tests.fakes.providers import FakeClock, FakeSkips, episode, series

OP = SkipRange(type="op", start=60, end=150, confidence=0.9, origin="mirror", automatic=True)
CHAPTER = OP.with_(origin="chapters", confidence=0.95)
REQUEST = WatchRequest(series(), episode())


@pytest.mark.parametrize(
    ("skip", "show", "expected"),
    [
        (OP, ShowSkips(), OP),
        (OP, ShowSkips(offset=-0.5), OP.with_(start=59.5, end=149.5)),
        (CHAPTER, ShowSkips(offset=-0.5), CHAPTER),
        (OP, ShowSkips(undone={"op": 1}), OP),
        (OP, ShowSkips(undone={"op": 2}), OP.with_(automatic=False, confidence=0.5)),
        (OP, ShowSkips(undone={"ed": 2}), OP),
        (OP, ShowSkips(quiet=True), OP.with_(automatic=False)),
    ],
)
def test_what_a_show_has_taught(skip: SkipRange, show: ShowSkips, expected: SkipRange):
    assert taught([skip], show) == (expected,)


@given(st.floats(-LARGEST_OFFSET, LARGEST_OFFSET), st.floats(0, 100), st.floats(0, 100))
def test_a_shifted_range_stays_a_range(offset: float, start: float, length: float):
    [shifted] = taught([OP.with_(start=start, end=start + length)], ShowSkips(offset=offset))
    assert 0 <= shifted.start <= shifted.end


async def test_two_undos_demote_a_part_and_outlast_the_program(tmp_path: Path):
    file = tmp_path / "data" / "skips.json"
    memory = SkipMemory(file)
    service = SkipService(providers=[FakeSkips("m", [OP])], clock=FakeClock(), memory=memory)
    await service.note_undo(REQUEST, OP)
    assert (await service.ranges(REQUEST, 1400))[0].automatic
    await service.note_undo(REQUEST, OP)
    assert not (await service.ranges(REQUEST, 1400))[0].automatic
    assert await service.shift(REQUEST, -0.5) == -0.5
    assert await service.shift(REQUEST, -99.0) == -LARGEST_OFFSET
    await memory.keep_quiet(REQUEST.content.id, quiet=True)
    await memory.settle()
    again = await SkipMemory(file).of(REQUEST.content.id)
    assert again == ShowSkips(offset=-LARGEST_OFFSET, undone={"op": 2}, quiet=True)
    assert await service.shift(REQUEST, None) == 0.0
    await memory.settle()


@pytest.mark.parametrize("text", ["", "[1]", '{"a": {"offset": 99}}', "nonsense"])
async def test_a_file_that_cannot_be_read_begins_anew(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
):
    file = tmp_path / "skips.json"
    file.write_text(text)
    assert await SkipMemory(file).of("a") == ShowSkips()
    assert "begins anew" in caplog.text


async def test_a_disk_that_refuses_keeps_it_for_this_run(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    (tmp_path / "file").write_text("")
    memory = SkipMemory(tmp_path / "file" / "skips.json")
    await memory.note_undo("a", "op")
    await memory.settle()
    assert (await memory.of("a")).undone == {"op": 1}
    assert "was not kept" in caplog.text


async def test_the_oldest_make_room():
    memory = SkipMemory()
    for number in range(MOST_SHOWS + 1):
        await memory.note_undo(str(number), "op")
    assert (await memory.of("0")).undone == {}
    assert (await memory.of(str(MOST_SHOWS))).undone == {"op": 1}


class Voting(FakeSkips):
    """Takes reports."""

    def __init__(self, name: str, ranges: list[SkipRange]) -> None:
        super().__init__(name, ranges)
        self.reported: list[SkipRange] = []

    async def report_skip(self, skip: SkipRange) -> None:
        self.reported.append(skip)


async def test_a_wrong_range_leaves_its_place_to_another_origin_until_it_is_taken_back(
    tmp_path: Path,
):
    mine = OP.with_(origin="votes", confidence=0.95, reference="id-1")
    other = OP.with_(start=70, end=160, origin="b", confidence=0.6)
    votes, memory = Voting("votes", [mine]), SkipMemory(tmp_path / "skips.json")
    service = SkipService(
        providers=[votes, FakeSkips("b", [other])], clock=FakeClock(), memory=memory
    )
    assert [r.origin for r in await service.ranges(REQUEST, 1400)] == ["votes"]
    assert await service.report(REQUEST, "op", "votes", wrong=True, ranges=[mine])
    assert votes.reported == [mine]
    assert [r.origin for r in await service.ranges(REQUEST, 1400)] == ["b"]
    elsewhere = WatchRequest(series(), episode(9))
    assert [r.origin for r in await service.ranges(elsewhere, 1400)] == ["votes"]
    await memory.settle()
    again = await SkipMemory(tmp_path / "skips.json").of(REQUEST.content.id)
    assert again.wrong_in(REQUEST.episode.id if REQUEST.episode else "") == (("op", "votes"),)
    assert not await service.report(REQUEST, "op", "votes", wrong=True, ranges=[mine])
    assert not await service.report(REQUEST, "op", "votes", wrong=False, ranges=[mine])
    assert votes.reported == [mine]  # told once, and never without being asked to
    assert [r.origin for r in await service.ranges(REQUEST, 1400)] == ["votes"]
    await memory.settle()


async def test_themes_that_were_heard_are_kept(tmp_path: Path):
    memory = SkipMemory(tmp_path / "skips.json")
    service = SkipService(providers=[], clock=FakeClock(), memory=memory)
    await service.note_heard(REQUEST, "song")
    await service.note_heard(REQUEST, "song")
    assert (await service.show(REQUEST)).heard == ("song",)
    await memory.settle()
    assert (await SkipMemory(tmp_path / "skips.json").of(REQUEST.content.id)).heard == ("song",)
