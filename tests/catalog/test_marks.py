"""Filler and recap marks: what files say, what providers say, what a title alone says."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest

from novastream_desktop.catalog import _marks
from novastream_desktop.catalog._marks import (
    BY_TITLE,
    Marks,
    Said,
    load_marks,
    marked_episodes,
    numbers_of,
)
from novastream_desktop.models import Content, ContentType, Episode, TitleDetails
from novastream_desktop.playback.plan import is_aside

SHOW = Content(id="anilist:1", title="Long Show", type=ContentType.ANIME, mal_id=20)


def details(count: int = 6, **more: object) -> TitleDetails:
    parts = (
        Episode(
            id=f"anilist:1:{n}",
            content_id="anilist:1",
            episode_number=n,
            absolute_number=n,
            mal_id=20,
            mal_episode=n,
        ).with_(**more)
        for n in range(1, count + 1)
    )
    return TitleDetails(content=SHOW, episodes=tuple(parts))


def marks_in(found: TitleDetails) -> tuple[list[float], list[float]]:
    fillers = [e.episode_number for e in found.episodes if e.filler]
    return fillers, [e.episode_number for e in found.episodes if e.recap]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("26, 97, 101-103", {26, 97, 101, 102, 103}), ("", set()), ("7", {7}), ("5-3", set())],
)
def test_spans(text: str, numbers: set[int]):
    assert numbers_of(text) == numbers


@pytest.mark.parametrize("text", ["a", "1-", "1;2", "-4"])
def test_what_is_no_span(text: str):
    with pytest.raises(ValueError, match="no number"):
        numbers_of(text)


def test_files_by_entry_and_by_title(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / "mine.toml").write_text(
        '[[show]]\nmal_id = 20\nfiller = "2-3"\n[[show]]\ntitle = "long show!"\nrecap = "5"\n'
    )
    (tmp_path / "broken.toml").write_text('[[show]]\nmal_id = 20\nfiller = "x"\n')
    shows = load_marks([tmp_path, tmp_path / "nowhere"])
    assert "broken.toml" in caplog.text
    found = marked_episodes(details(), shows, {})
    assert marks_in(found) == ([2, 3], [5])
    assert all(is_aside(e) is (e.filler or e.recap) for e in found.episodes)


def test_a_sequel_s_episodes_are_those_of_its_own_entry():
    sequel = details(2, content_id="anilist:2", mal_id=21, season=2)
    found = marked_episodes(sequel, (), {"anilist:2": Said(filler=frozenset({2.0}))})
    assert marks_in(found) == ([2], [])
    assert marked_episodes(sequel, (), {"anilist:1": Said(filler=frozenset({2.0}))}) is sequel
    other = details(2, content_id="tmdb:tv:1", season=2)
    assert marked_episodes(other, (), {"tmdb:tv:1": Said(filler=frozenset({2.0}))}) is other


def test_a_title_alone_marks_but_nothing_is_left_out_for_it():
    found = marked_episodes(details(1, title="Recap: how it began"), (), {})
    [episode] = found.episodes
    assert (episode.recap, episode.mark_confidence) == (True, BY_TITLE)
    assert not is_aside(episode)
    assert not marked_episodes(details(1, title="The summary"), (), {}).episodes[0].recap


class Knows:
    """A provider that knows fillers."""

    name = "knows"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gate: asyncio.Event | None = None

    async def marks(self, content: Content, entry: str) -> tuple[Iterable[float], Iterable[float]]:
        self.asked.append(entry)
        if self.gate is not None:
            await self.gate.wait()
        return [4.0], [6.0]


async def test_providers_are_asked_once_and_a_slow_one_holds_no_page_up(
    monkeypatch: pytest.MonkeyPatch,
):
    provider = Knows()
    marks = Marks([provider, object()], [])
    assert marks_in(await marks.annotate(details())) == ([4], [6])
    assert marks_in(await marks.annotate(details())) == ([4], [6])
    assert provider.asked == ["anilist:1"]
    monkeypatch.setattr(_marks, "WAIT", 0.0)
    slow = Knows()
    slow.gate = asyncio.Event()
    marks = Marks([slow], [])
    assert marks_in(await marks.annotate(details())) == ([], [])
    monkeypatch.setattr(_marks, "WAIT", 5.0)
    slow.gate.set()
    assert marks_in(await marks.annotate(details())) == ([4], [6])
    slow.gate = asyncio.Event()
    other = details(1, content_id="anilist:9")
    monkeypatch.setattr(_marks, "WAIT", 0.0)
    await marks.annotate(other)
    await marks.close()
    assert marks_in(await marks.annotate(TitleDetails(content=SHOW))) == ([], [])
