"""The learner: from files to skip ranges, with a fake and with the real fpcalc."""

from __future__ import annotations

import asyncio
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from novastream_desktop.models import Episode
from novastream_desktop.providers.base import SupportsSkips, WatchRequest
from novastream_desktop.skips import SkipService, ThemeLearner
from novastream_desktop.skips import _fingerprint_tool as tool
from novastream_desktop.skips._fingerprint import STEP
from tests.fakes.fingerprints import MINUTE, OP, noisy, sound
from tests.fakes.providers import FakeClock, series

DEMO = Path(__file__).parents[2] / "resources" / "demo"
HAS_FPCALC = pytest.mark.skipif(tool.find_fpcalc() is None, reason="fpcalc is not installed")
ONE, TWO, THREE = (
    Episode(id=f"s1e{n}", content_id=series().id, season=1, episode_number=n, title=f"Part {n}")
    for n in (1, 2, 3)
)
AT = {"1.mkv": 120, "2.mkv": 900, "3.mkv": 400}


class Files:
    """Files with an opening, and how often each was read."""

    def __init__(self, folder: Path) -> None:
        self.read: list[str] = []
        self.folder = folder
        for name in AT:
            (folder / name).write_text(name, encoding="utf-8")

    async def make(self, file: Path) -> tool.Fingerprint | None:
        self.read.append(file.name)
        numbers = sound(24 * MINUTE, file.name)
        numbers[AT[file.name] : AT[file.name] + OP] = noisy(sound(OP, "op"), 2, file.name)
        return tool.Fingerprint(tuple(numbers), len(numbers) * STEP)

    def learner(self, *, fpcalc: str | None = "fpcalc") -> ThemeLearner:
        return ThemeLearner(
            self.folder / "prints",
            find=lambda: fpcalc,
            make=self.make,
            worker=lambda: ThreadPoolExecutor(1),
        )

    def __truediv__(self, name: str) -> Path:
        return self.folder / name


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def request(episode: Episode | None) -> WatchRequest:
    return WatchRequest(series(), episode)


LENGTH = 24 * MINUTE * STEP


async def test_the_second_episode_teaches_both_and_a_third_needs_no_other_file(files: Files):
    learner = files.learner()
    assert isinstance(learner, SupportsSkips)
    assert not await learner.learn(request(ONE), files / "1.mkv")
    assert await learner.skips(request(ONE), LENGTH) == ()
    assert await learner.learn(request(TWO), files / "2.mkv")
    later = files.learner()  # as after a restart
    assert await later.learn(request(THREE), files / "3.mkv", [(ONE, files / "1.mkv")])
    for episode, name in ((ONE, "1.mkv"), (TWO, "2.mkv"), (THREE, "3.mkv")):
        (op,) = await later.skips(request(episode), LENGTH)
        assert op.start == pytest.approx(AT[name] * STEP, abs=1)
        assert op.end == pytest.approx((AT[name] + OP) * STEP, abs=1.5)
    assert files.read == ["1.mkv", "2.mkv", "3.mkv"]


async def test_files_beside_it_teach_the_first_episode(files: Files):
    beside = [(TWO, files / "2.mkv"), (THREE, files / "3.mkv")]
    assert await files.learner().learn(request(ONE), files / "1.mkv", beside)
    assert files.read == ["1.mkv", "2.mkv"]  # the third was not needed


async def test_the_rest_of_a_season_is_learned_file_by_file(files: Files):
    async def files_of(wanted: WatchRequest) -> list[Path]:
        assert wanted.episode is not None
        return [files / f"{wanted.episode.episode_number}.mkv"]

    service = SkipService(
        providers=[], clock=FakeClock(), learner=files.learner(), files_of=files_of
    )
    season = (ONE, TWO, THREE)
    assert await service.learn_next(request(ONE), season)
    assert await service.learn_next(request(ONE), season)
    assert not await service.learn_next(request(ONE), season)
    assert files.read == ["2.mkv", "3.mkv"]
    [found] = await service.ranges(request(THREE), LENGTH)
    assert (found.type, found.confidence, found.origin) == ("op", 0.9, "fingerprint")
    assert not await service.learn_next(request(None), season)


async def test_a_file_is_read_once_and_again_when_it_is_another(files: Files):
    learner = files.learner()
    await learner.learn(request(ONE), files / "1.mkv")
    await learner.learn(request(ONE), files / "1.mkv")
    assert files.read == ["1.mkv"]
    (files / "1.mkv").write_text("another", encoding="utf-8")
    await learner.learn(request(ONE), files / "1.mkv")
    assert files.read == ["1.mkv", "1.mkv"]


async def test_nothing_is_learned_of_films_gone_files_or_without_the_tool(files: Files):
    assert not await files.learner().learn(request(None), files / "1.mkv")
    assert not await files.learner(fpcalc=None).learn(request(ONE), files / "1.mkv")
    assert not await files.learner().learn(request(ONE), files / "gone.mkv", [])
    assert files.read == []
    assert await files.learner().skips(request(None), LENGTH) == ()


async def test_what_was_learned_comes_in_like_any_provider_at_once(files: Files):
    async def beside(asked: WatchRequest) -> list[Path]:
        return [files / f"{asked.episode.episode_number:g}.mkv"] if asked.episode else []

    service = SkipService(providers=[], clock=FakeClock(), learner=files.learner(), files_of=beside)
    assert await service.ranges(request(ONE), LENGTH) == ()
    assert await service.learn(request(ONE), files / "1.mkv", (ONE, TWO, THREE))
    (op,) = await service.ranges(request(ONE), LENGTH)
    assert (op.origin, op.confidence, op.automatic) == ("fingerprint", 0.9, True)
    assert not await SkipService(providers=[], clock=FakeClock()).learn(
        request(ONE), files / "1.mkv"
    )


@HAS_FPCALC
async def test_the_demos_opening_is_found_where_its_index_says(tmp_path: Path):
    items = json.loads((DEMO / "index.json").read_text(encoding="utf-8"))["items"]
    said = next(t for t in items if t["content"]["id"] == "moon-courier")["skipRanges"]
    videos = sorted((DEMO / "moon-courier").glob("*.mkv"))
    learner = ThemeLearner(tmp_path)
    assert not await learner.learn(request(ONE), videos[0])
    assert await learner.learn(request(TWO), videos[1])
    for episode, length in ((ONE, 80.0), (TWO, 84.0)):
        (op,) = await learner.skips(request(episode), length)
        index = next(s for s in said if s["episodeId"] == episode.id and s["type"] == "op")
        assert op.type == "op"
        assert op.start == pytest.approx(index["start"], abs=1)
        assert op.end == pytest.approx(index["end"], abs=1)


@HAS_FPCALC
async def test_a_file_without_sound_has_no_fingerprint(tmp_path: Path):
    file = tmp_path / "-raw text.mkv"
    file.write_bytes(b"no video" * 100)
    assert await tool.fingerprint(file) is None
    assert await tool.fingerprint(tmp_path / "gone.mkv") is None


async def test_no_tool_or_a_broken_one_has_no_fingerprint(tmp_path: Path):
    assert await tool.fingerprint(tmp_path, find=lambda: None) is None
    assert await tool.fingerprint(tmp_path, find=lambda: str(tmp_path / "missing")) is None


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
async def test_a_tool_that_hangs_is_ended(tmp_path: Path):
    script = tmp_path / "fpcalc"
    script.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    script.chmod(0o755)
    assert await tool.fingerprint(tmp_path, find=lambda: str(script), timeout=0.05) is None
    waiting = asyncio.ensure_future(tool.fingerprint(tmp_path, find=lambda: str(script)))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        (b'{"duration": 2.5, "fingerprint": [1, 4294967295]}', (1, 2**32 - 1)),
        (b'{"duration": 2.5, "fingerprint": [-1]}', (2**32 - 1,)),  # as signed numbers
        (b'{"duration": 2.5, "fingerprint": []}', None),
        (b'{"duration": 0, "fingerprint": [1]}', None),
        (b'{"duration": 2.5, "fingerprint": "AQAA"}', None),
        (b'{"duration": 2.5}', None),
        (b"ERROR: Could not open", None),
        (b"[1]", None),
        (b"", None),
    ],
)
def test_answers_of_the_tool(answer: bytes, numbers: tuple[int, ...] | None):
    read = tool.read_answer(answer)
    assert (read.numbers if read else None) == numbers


def test_the_tool_runs_at_the_lowest_priority():
    assert tool.command("/bin/fpcalc", Path("/a b.mkv"), "/bin/nice")[:4] == (
        *("/bin/nice", "-n", "19"),
        "/bin/fpcalc",
    )
    assert tool.command("/bin/fpcalc", Path("/a b.mkv"), None)[0] == "/bin/fpcalc"
    assert tool.command("/bin/fpcalc", Path("/a b.mkv"), None)[-1].endswith("a b.mkv")
