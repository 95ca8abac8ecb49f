"""What one correction says of the other episodes of its pack. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from novastream_desktop.torrents._episodes import Told, parse_hint, told_by
from novastream_desktop.torrents._natural import natural
from novastream_desktop.torrents.base import TorrentFile


def shifted(
    pool: Sequence[TorrentFile], wanted: tuple[int | None, int], choices: Mapping[str, int]
) -> TorrentFile | None:
    """Return the file of an episode, counted on from the nearest one that a person settled.

    If `S02E01` is the file that tells 13, `S02E03` is the one beside it that tells 15. Where no
    name tells a number, the files are counted in their order. None where that leads nowhere.

    Args:
        pool: the files that may be meant.
        wanted: season (None if unsaid) and episode.
        choices: file index by hint, as a person chose; only those of the same season count.
    """
    season, episode = wanted
    by_index = {file.index: file for file in pool}
    known = [
        (place[1], by_index[index])
        for hint, index in choices.items()
        if (place := parse_hint(hint)) and place[0] == season and index in by_index
    ]
    if not known:
        return None
    at, anchor = min(known, key=lambda item: (abs(item[0] - episode), item[0]))
    told = {file.index: told_by(file.path) for file in pool}
    said = told[anchor.index]
    if said is None:
        return None if any(told.values()) else _by_order(pool, anchor, episode - at)
    if episode in said.episodes and at in said.episodes:
        return anchor
    shift = 0 if at in said.episodes else said.episodes[0] - at
    number = episode + shift
    return _alike([file for file in pool if _tells(told[file.index], said, number)], anchor)


def _tells(told: Told | None, like: Told, episode: int) -> bool:
    return told is not None and told.season == like.season and episode in told.episodes


def _alike(hits: Sequence[TorrentFile], anchor: TorrentFile) -> TorrentFile | None:
    """Return the one hit that lies beside the anchor and, of several, is named like it."""
    beside = [f for f in hits if _folder(f) == _folder(anchor)] or list(hits)
    named = [f for f in beside if _shape(f) == _shape(anchor)] or beside
    return named[0] if len(named) == 1 else None


def _by_order(pool: Sequence[TorrentFile], anchor: TorrentFile, steps: int) -> TorrentFile | None:
    ordered = sorted(pool, key=lambda file: natural(file.path))
    place = ordered.index(anchor) + steps
    return ordered[place] if 0 <= place < len(ordered) else None


def _folder(file: TorrentFile) -> str:
    return str(PurePosixPath(file.path).parent)


def _shape(file: TorrentFile) -> str:
    return re.sub(r"\d+", "#", PurePosixPath(file.path).name.casefold())
