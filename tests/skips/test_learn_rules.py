"""What a season teaches, from synthetic fingerprints; and how it is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from novastream_desktop.skips._fingerprint import STEP
from novastream_desktop.skips._learn_rules import (
    MOST_EPISODES,
    MOST_THEMES,
    Found,
    Season,
    cut,
    ranges_of,
    told,
    with_print,
)
from novastream_desktop.skips._learn_store import SeasonStore
from tests.fakes.fingerprints import MINUTE, OP, noisy, sound

EPISODE = 24 * MINUTE


def numbers(
    op: int | None, ed: int | None, seed: object, song: object = "op", length: int = EPISODE
) -> list[int]:
    """An episode whose opening and ending begin at these numbers."""
    made = sound(length, seed)
    if op is not None:
        made[op : op + OP] = noisy(sound(OP, song), 2, seed)
    if ed is not None:
        made[ed : ed + OP] = noisy(sound(OP, "ed"), 2, seed)
    return made


def season(*episodes: list[int]) -> Season:
    known = Season()
    for number, made in enumerate(episodes, 1):
        known = with_print(known, f"e{number}", cut(str(number), made, len(made) * STEP))
    return known


def starts(known: Season, episode: str) -> dict[str, int]:
    found = known.found.get(episode)
    return {skip.type: round(skip.start) for skip in found.ranges} if found else {}


def at(number: int) -> int:
    return round(number * STEP)


def test_two_episodes_teach_both_of_them():
    one, two = 100, 1000
    known = season(
        numbers(one, EPISODE - 900, 1), numbers(two, EPISODE - 1500, 2), numbers(None, None, 3)
    )
    assert starts(known, "e1") == pytest.approx({"op": at(one), "ed": at(EPISODE - 900)}, abs=1)
    assert starts(known, "e2") == pytest.approx({"op": at(two), "ed": at(EPISODE - 1500)}, abs=1)
    assert starts(known, "e3") == {}
    (op, ed) = known.found["e1"].ranges
    assert (op.confidence, op.origin) == (ed.confidence, ed.origin) == (0.9, "fingerprint")
    assert op.end - op.start == pytest.approx(90, abs=1)


def test_one_episode_teaches_nothing():
    assert season(numbers(100, None, 1)).found == {}


@pytest.mark.parametrize(
    ("op", "ed"), [(13 * MINUTE, None), (None, EPISODE - 8 * MINUTE), (12 * MINUTE - 40, None)]
)
def test_nothing_is_looked_for_in_the_middle(op: int | None, ed: int | None):
    assert season(numbers(op, ed, 1), numbers(op, ed, 2)).found == {}


def test_a_new_song_in_the_middle_of_a_season_is_learned_beside_the_old_one():
    known = season(
        *(numbers(100 * n, None, n) for n in (1, 2, 3)),
        *(numbers(100 * n, None, n, song="new") for n in (4, 5)),
    )
    assert len(known.themes) == 2
    assert {n: starts(known, f"e{n}")["op"] for n in range(1, 6)} == pytest.approx(
        {n: at(100 * n) for n in range(1, 6)}, abs=1
    )
    names = [known.found[f"e{n}"].ranges[0].reference for n in range(1, 6)]
    assert names[0] == names[1] == names[2]
    assert names[3] == names[4] != names[0]


def test_a_season_stays_small_and_forgets_no_range():
    many = MOST_EPISODES + 2
    known = season(*(numbers(50, None, n, length=4 * OP) for n in range(many)))
    assert len(known.prints) == MOST_EPISODES
    assert len(known.found) == many
    songs = season(
        *(numbers(50, None, n, n // 2, length=4 * OP) for n in range(2 * MOST_THEMES + 2))
    )
    assert len(songs.themes) == MOST_THEMES


def test_another_file_of_an_episode_is_measured_anew():
    known = season(numbers(100, None, 1), numbers(300, None, 2))
    moved = with_print(known, "e2", cut("other", numbers(500, None, 4), EPISODE * STEP))
    assert starts(moved, "e2") == pytest.approx({"op": at(500)}, abs=1)
    gone = with_print(known, "e2", cut("other", numbers(None, None, 4), EPISODE * STEP))
    assert starts(gone, "e2") == {}


def test_it_is_told_for_a_file_of_that_length_only():
    found = Found(1440.0, ranges_of(season().prints.get("?") or cut("", [], 0.0), ()))
    known = season(numbers(100, None, 1), numbers(300, None, 2)).found["e1"]
    assert told(known, known.duration + 1.9) == known.ranges
    assert told(known, known.duration + 2.1) == told(known, None) == told(known, 0) == ()
    assert told(found, 1440.0) == told(None, 1440.0) == ()


def test_a_season_is_kept_as_it_is(tmp_path: Path):
    store = SeasonStore(tmp_path / "prints")
    known = season(numbers(100, None, 1), numbers(300, None, 2))
    assert store.load("show|1") == Season()
    store.save("show|1", known)
    assert store.load("show|1") == known
    assert store.load("show|2") == Season()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 2}', '{"format": 1}', "null", '{"format": 1, "themes": [[1, 2]]}'],
)
def test_a_damaged_file_begins_anew(tmp_path: Path, text: str):
    store = SeasonStore(tmp_path)
    store.save("show|1", season(numbers(100, None, 1)))
    (file,) = tmp_path.iterdir()
    file.write_text(text, encoding="utf-8")
    assert store.load("show|1") == Season()
    plain = {"format": 1, "themes": [["op", "%%%"]], "prints": {}, "found": {}}
    file.write_text(json.dumps(plain), encoding="utf-8")
    assert store.load("show|1") == Season()


def test_the_oldest_seasons_make_room(tmp_path: Path):
    store = SeasonStore(tmp_path, most=2)
    for name in ("a", "b", "c"):
        store.save(name, Season())
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cannot_be_written_only_loses_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    (tmp_path / "file").touch()
    SeasonStore(tmp_path / "file" / "in").save("a", Season())
    assert "was not kept" in caplog.text
