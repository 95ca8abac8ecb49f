"""Which episodes are filler or only look back: from files of the person, and from providers.

A file lies in the `marks` folder of the configuration (or of `resources/editorial/`):

```toml
[[show]]
mal_id = 20              # numbers count within this MyAnimeList entry ...
filler = "26, 97, 101-106"
[[show]]
title = "Some Show"      # ... or through the whole title
recap = "13"
```
"""

from __future__ import annotations

import asyncio
import logging
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from novastream_desktop.catalog._search import fold
from novastream_desktop.models import Content, ContentType, Episode, TitleDetails
from novastream_desktop.providers.base import having
from novastream_desktop.providers.boundary import ask
from novastream_desktop.providers.telling import SupportsMarks

log = logging.getLogger(__name__)

WAIT = 1.0
"""Seconds that a title page waits for marks; what comes later is there the next time."""
TIMEOUT = 10.0
MOST_ENTRIES = 8
BY_TITLE = 0.5
"""Confidence of a mark that only the episode's title speaks for: shown, never acted on."""
_MOST_KEPT = 200
_BIGGEST = 1_000_000
_LONGEST_SPAN = 5_000
_RECAP = re.compile(r"\b(recap|re-cap|summary episode|clip show)\b", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,4})(?:\s*[-\N{EN DASH}]\s*(\d{1,4}))?")


def numbers_of(text: object) -> frozenset[int]:
    """Return the numbers of `26, 97, 101-106`.

    Raises:
        ValueError: it is written otherwise.
    """
    numbers: set[int] = set()
    for part in str(text).split(","):
        span = _SPAN.fullmatch(part.strip())
        if part.strip() and span is None:
            raise ValueError(f"{part.strip()!r} is no number and no span such as 101-106")
        if span is not None:
            first, last = int(span[1]), int(span[2] or span[1])
            numbers.update(range(first, min(last, first + _LONGEST_SPAN) + 1))
    return frozenset(numbers)


Numbers = Annotated[frozenset[int], BeforeValidator(numbers_of)]


class Show(BaseModel):
    """One `[[show]]` of a file."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str = ""
    mal_id: int | None = None
    filler: Numbers = frozenset()
    recap: Numbers = frozenset()


class MarkFile(BaseModel):
    """A file."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    show: tuple[Show, ...] = ()


def load_marks(folders: Sequence[Path]) -> tuple[Show, ...]:
    """Return what the files of some folders say, read on this thread; broken ones are logged."""
    shows: list[Show] = []
    for folder in folders:
        for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            try:
                with file.open("rb") as opened:
                    text = opened.read(_BIGGEST).decode()
                shows += MarkFile.model_validate(tomllib.loads(text)).show
            except (OSError, ValueError, ValidationError) as error:
                log.warning("The marks in %s are left out: %s", file, error)
    return tuple(shows)


@dataclass(frozen=True, slots=True)
class Said:
    """What providers say of one entry: numbers within it."""

    filler: frozenset[float] = frozenset()
    recap: frozenset[float] = frozenset()


def marked_episodes(
    details: TitleDetails, shows: Iterable[Show], said: Mapping[str, Said]
) -> TitleDetails:
    """Return a title with its filler and recap episodes marked. Pure.

    Args:
        details: the title.
        shows: what files say; the person's word.
        said: what providers say, by catalogue entry.
    """
    of_entry = {show.mal_id: show for show in shows if show.mal_id is not None}
    name = fold(details.content.title)
    of_title = [show for show in shows if show.mal_id is None and fold(show.title) == name]
    marked = tuple(_marked(e, of_entry, of_title, said.get(e.content_id)) for e in details.episodes)
    return details.with_(episodes=marked) if marked != details.episodes else details


def _marked(
    episode: Episode,
    of_entry: Mapping[int, Show],
    of_title: Sequence[Show],
    said: Said | None,
) -> Episode:
    number = episode.episode_number if episode.mal_episode is None else episode.mal_episode
    show = of_entry.get(episode.mal_id) if episode.mal_id is not None else None
    through = episode.absolute_number or (episode.episode_number if episode.season == 1 else None)
    pairs = [(show, number), *((one, through) for one in of_title)]
    filler = any(one is not None and at in one.filler for one, at in pairs)
    recap = any(one is not None and at in one.recap for one, at in pairs)
    own = episode.content_id.startswith("anilist:") or episode.season == 1
    if said is not None and own:  # elsewhere nobody knows which entry was meant
        filler = filler or number in said.filler
        recap = recap or number in said.recap
    if filler or recap:
        return episode.with_(filler=filler, recap=recap, mark_confidence=None)
    if _RECAP.search(episode.title) and not (episode.filler or episode.recap):
        return episode.with_(recap=True, mark_confidence=BY_TITLE)
    return episode


class Marks:
    """Holds what files and providers have said.

    Args:
        providers: all; those with `SupportsMarks` are asked.
        folders: with files of marks.
    """

    def __init__(self, providers: Sequence[object], folders: Sequence[Path]) -> None:
        self._providers = having(providers, SupportsMarks)  # type: ignore[type-abstract]
        self._folders = tuple(folders)
        self._said: dict[str, Said] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}

    async def annotate(self, details: TitleDetails) -> TitleDetails:
        """Return a series with the marks that are known, after a short wait for providers."""
        if not details.episodes:
            return details
        shows = await asyncio.to_thread(load_marks, self._folders)  # edited while it runs
        if details.content.type is ContentType.ANIME and self._providers:
            await self._ask(details)
        return marked_episodes(details, shows, self._said)

    async def close(self) -> None:
        """Ask no more."""
        running = list(self._asking.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _ask(self, details: TitleDetails) -> None:
        wanted = dict.fromkeys(e.content_id for e in details.episodes)
        for entry in list(wanted)[:MOST_ENTRIES]:
            if entry not in self._said and entry not in self._asking:
                work = self._hear(details.content, entry)
                self._asking[entry] = asyncio.get_running_loop().create_task(work)
        tasks = [self._asking[entry] for entry in wanted if entry in self._asking]
        if tasks:
            await asyncio.wait(tasks, timeout=WAIT)

    async def _hear(self, content: Content, entry: str) -> None:
        try:
            for provider in self._providers:
                question = partial(provider.marks, content, entry)
                answer = await ask(provider.name, question, timeout=TIMEOUT)
                if answer.value is not None:
                    filler, recap = answer.value
                    self._keep(entry, Said(frozenset(filler), frozenset(recap)))
                    if filler or recap:
                        return
        finally:
            del self._asking[entry]

    def _keep(self, entry: str, said: Said) -> None:
        self._said[entry] = said
        while len(self._said) > _MOST_KEPT:
            del self._said[next(iter(self._said))]
