"""Which file of a torrent is meant: certain, or a question for a person. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from statistics import median

from novastream_desktop.errors import NotFound, TorrentError
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._correction import shifted
from novastream_desktop.torrents._episodes import Told, parse_hint, season_of_pack, told_by
from novastream_desktop.torrents._files import is_extra, is_playable, is_video
from novastream_desktop.torrents._films import Film, films_of, parse_film
from novastream_desktop.torrents._natural import natural
from novastream_desktop.torrents.base import AmbiguousFile, TorrentFile

_ARCHIVE = re.compile(r"(?i)\.(?:rar|r\d\d|zip|7z|tar|gz|bz2|xz|iso|001)$")
_PROGRAM = re.compile(r"(?i)\.(?:exe|scr|lnk|bat|cmd|msi|vbs|js|apk)$")
_FORM = re.compile(r"(?i)(?:_512kb|\.ia)$")  # what the Internet Archive adds to what it converts
_FAKE_SHARE = 0.2  # an episode a fifth as large as its neighbours is none
_MAIN_SHARE = 0.5  # what is half as large as the largest video may be the one that is meant


@dataclass(frozen=True, slots=True)
class Choice:
    """The file that is meant, or the ones among which a person has to choose."""

    file: TorrentFile | None = None
    candidates: tuple[TorrentFile, ...] = ()


def as_file(entry: port.FileEntry) -> TorrentFile:
    """Return a listed file as the program sees it."""
    playable = not entry.hidden and is_playable(entry.path) and not is_extra(entry.path)
    return TorrentFile(entry.index, entry.path, entry.size, playable)


def pick_file(
    metadata: port.Metadata,
    index: int | None,
    hint: str,
    choices: Mapping[str, int],
    *,
    firm: bool = False,
) -> port.FileEntry:
    """Return the file to play.

    Args:
        metadata: the torrent.
        index: the file if it is known.
        hint: what is meant, see `choose_file`.
        choices: what a person chose before, by hint; it counts more than the number, and for
            other episodes of its season too.
        firm: the number counts more than that.

    Raises:
        NotFound: there is no file of that number.
        TorrentError: it holds nothing to play.
        AmbiguousFile: a person has to choose.
    """
    if not (firm and index is not None):
        chosen = _chosen_before(metadata, hint, choices)
        index = index if chosen is None else chosen
    if index is not None:
        if 0 <= index < len(metadata.files) and not metadata.files[index].hidden:
            return metadata.files[index]
        raise NotFound(
            f"The torrent has no file number {index}",
            why=f"it has {len(metadata.files)} files, counted from 0",
        )
    files = [as_file(file) for file in metadata.files]
    choice = choose_file(files, hint, metadata.name)
    if choice.file is not None:
        return metadata.files[choice.file.index]
    meant = f" for {_spoken(hint)}" if hint else ""
    if choice.candidates:
        files = sorted(choice.candidates, key=lambda file: natural(file.path))
        number = "1 file" if len(files) == 1 else f"{len(files)} files"
        raise AmbiguousFile(
            f"Which file of {metadata.name} is meant{meant}?",
            with_episodes(files),
            why=f"its names do not settle it; {number} may be it",
            hint="Choose one by its number: "
            + ", ".join(f"{f.index} {PurePosixPath(f.path).name}" for f in files[:8]),
            name=metadata.name,
            meant=_spoken(hint),
        )
    raise TorrentError(
        f"The torrent {metadata.name} has nothing to play{meant}",
        why=_why_nothing(files, hint),
        hint="Choose another source",
    )


def _chosen_before(metadata: port.Metadata, hint: str, choices: Mapping[str, int]) -> int | None:
    wanted = parse_hint(hint)
    if hint in choices or wanted is None or not choices:
        return choices.get(hint)
    found = shifted(_pool([as_file(file) for file in metadata.files]), wanted, choices)
    return None if found is None else found.index


def playable_files(files: Sequence[TorrentFile]) -> tuple[TorrentFile, ...]:
    """Return what can be played, in order, each with the episode that its name tells."""
    return with_episodes(sorted(_pool(files), key=lambda file: natural(file.path)))


def with_episodes(files: Sequence[TorrentFile]) -> tuple[TorrentFile, ...]:
    """Return the files with the episode that each one's name tells; the first time 100 ms."""
    return tuple(replace(file, episode=_code(told_by(file.path))) for file in files)


def _code(told: Told | None) -> str:
    if told is None or not told.episodes:
        return ""
    season = f"S{told.season:02d}" if told.season is not None else ""
    first, last = told.episodes[0], told.episodes[-1]
    return f"{season}E{first:02d}" + (f"-E{last:02d}" if last > first else "")


def _spoken(hint: str) -> str:
    film = parse_film(hint)
    return hint if film is None else film.spoken


def _why_nothing(files: Sequence[TorrentFile], hint: str) -> str:
    if any(file.playable and file.size for file in files):
        return f"none of its files is {_spoken(hint)}"
    for pattern, words in ((_ARCHIVE, "archives, which cannot be streamed"),
                           (_PROGRAM, "programs, which are never opened")):  # fmt: skip
        found = next((file.path for file in files if pattern.search(file.path)), None)
        if found is not None:
            return f"it holds {words}: {PurePosixPath(found).name}"
    return "none of its files is a video"


def choose_file(files: Sequence[TorrentFile], hint: str = "", pack: str = "") -> Choice:
    """Return the file that is meant.

    With a hint such as `S01E02` (or `E02`, `2`): the file whose name says so, the largest if
    several do; names without any number are counted in their order. With one such as
    `film TITLE 1999`: the video that is called so. Else a pack's first episode if every video
    is another one, or the one video that is at least twice as large as any other and no sample
    or extra. Where names and sizes do not settle it, those that may be meant are the candidates.

    Args:
        files: what the torrent lists.
        hint: the episode or the film.
        pack: the torrent's own name, which may tell the season of all.
    """
    pool = _pool(files)
    if not pool:
        return Choice()
    told = {file.index: told_by(file.path) for file in pool} if len(pool) > 1 or hint else {}
    wanted = parse_hint(hint)
    if wanted is not None:
        return _choose_episode(pool, told, wanted, pack)
    film = parse_film(hint)
    if film is not None:
        return _choose_film(pool, film)
    first = _first_episode(pool, told)
    return Choice(first) if first is not None else _main_of(pool)


def _pool(files: Sequence[TorrentFile]) -> list[TorrentFile]:
    """Return the files that may be meant at all: videos, or sound where there is no video."""
    playable = [file for file in files if file.playable and file.size > 0]
    return [file for file in playable if is_video(file.path)] or playable


def _choose_film(pool: list[TorrentFile], film: Film) -> Choice:
    return _main_of(films_of(pool, film) or pool)


def _main_of(pool: list[TorrentFile]) -> Choice:
    """Return the one that stands out by its size; else all that do not fall behind."""
    largest = max(pool, key=lambda file: (file.size, -file.index))
    equals = [file for file in pool if file.size > _MAIN_SHARE * largest.size]
    forms = {_FORM.sub("", str(PurePosixPath(file.path).with_suffix(""))) for file in equals}
    if len(forms) == 1 or not is_video(largest.path):  # one film in several forms is no choice
        return Choice(largest)
    return Choice(candidates=tuple(equals))


def _choose_episode(
    pool: list[TorrentFile],
    told: Mapping[int, Told | None],
    wanted: tuple[int | None, int],
    pack: str,
) -> Choice:
    season, episode = wanted
    if len(pool) == 1:
        said = told[pool[0].index]
        wrong = said is not None and said.season is not None and not said.fits(season, episode)
        return Choice() if wrong else Choice(pool[0])
    hits = [file for file in pool if _fits(told[file.index], season, episode)]
    if hits:
        sure = [file for file in hits if _season_said(told[file.index], season, pack)]
        hits = _without_fakes(sure or hits, pool)
        if sure or len({_place(file) for file in hits}) == 1:
            return Choice(_shortest(hits, told))
        return Choice(candidates=tuple(hits))
    if any(told.values()):
        odd = tuple(file for file in pool if _may_be_counted_through(told[file.index], season))
        return Choice(candidates=odd)
    if not 0 < episode <= len(pool):
        return Choice()
    return Choice(sorted(pool, key=lambda file: natural(file.path))[episode - 1])


def _may_be_counted_through(told: Told | None, season: int | None) -> bool:
    """Whether a name leaves open which one it is: no number, or one that leaves seasons out."""
    return told is None or (told.season is None and season is not None and season > 1)


def _fits(told: Told | None, season: int | None, episode: int) -> bool:
    return told is not None and told.fits(season, episode)


def _season_said(told: Told | None, season: int | None, pack: str) -> bool:
    """Whether the season is right for certain: names often leave the first one out."""
    if told is None or season is None or season <= 1 or told.season is not None:
        return True
    return season_of_pack(pack) == season


def _place(file: TorrentFile) -> str:
    return str(PurePosixPath(file.path).parent)


def _without_fakes(hits: list[TorrentFile], pool: list[TorrentFile]) -> list[TorrentFile]:
    usual = median(file.size for file in pool)
    return [file for file in hits if file.size >= _FAKE_SHARE * usual] or hits


def _shortest(hits: list[TorrentFile], told: Mapping[int, Told | None]) -> TorrentFile:
    """Return the largest of the files that hold the fewest other episodes."""

    def order(file: TorrentFile) -> tuple[int, int, int]:
        said = told[file.index]
        return (len(said.episodes) if said else 1, -file.size, file.index)

    return min(hits, key=order)


def _first_episode(pool: list[TorrentFile], told: Mapping[int, Told | None]) -> TorrentFile | None:
    """Return the first episode of a pack in which every video is another one."""
    numbered = [(said.season or 1, said.episodes, file) for file in pool
                if (said := told.get(file.index)) is not None]  # fmt: skip
    places = {(season, episodes) for season, episodes, _ in numbered}
    if len(numbered) < len(pool) or len(pool) < 2 or len(places) < len(pool):  # noqa: PLR2004
        return None
    ordered = sorted(numbered, key=lambda item: (item[0] == 0, item[0], item[1]))
    return ordered[0][2]
