"""Files as titles: films with their versions, series with their episodes. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from novastream_desktop.models import Content, ContentType, Episode, TitleDetails
from novastream_desktop.providers._likeness import plain_title
from novastream_desktop.providers.local._names import Named, read_name
from novastream_desktop.providers.local._scan import PICTURES, SUBTITLES, Entry, shown

_POSTERS = ("poster", "folder", "cover")
_BACKDROPS = ("fanart", "backdrop", "background")


@dataclass(frozen=True, slots=True)
class Video:
    """A file and what its name says."""

    entry: Entry
    named: Named


@dataclass(frozen=True, slots=True)
class Title:
    """A film or series with its files.

    Attributes:
        files: by episode id; a film's are under ''.
        added: when its newest file was changed.
    """

    details: TitleDetails
    files: dict[str, tuple[Video, ...]]
    added: float = 0.0


@dataclass(frozen=True, slots=True)
class Library:
    """All titles, the newest first.

    Attributes:
        subtitles: subtitle files by their folder.
    """

    titles: tuple[Title, ...] = ()
    subtitles: dict[tuple[Path, tuple[str, ...]], tuple[Entry, ...]] | None = None

    def find(self, content_id: str) -> Title | None:
        """Return the title with this id."""
        return next((t for t in self.titles if t.details.content.id == content_id), None)

    def beside(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the subtitle files that belong to a video, in its folder or one named `Subs`."""
        stem = entry.stem.casefold()
        found = []
        for folder in (entry.folder, *((*entry.folder, name) for name in ("Subs", "Subtitles"))):
            for other in (self.subtitles or {}).get((entry.root, folder), ()):
                name = other.stem.casefold()
                if name == stem or name.startswith(f"{stem}."):
                    found.append(other)
        return tuple(found)


def content_id(path: Path) -> str:
    """Return the id of what lies at a path, the same as for a file that is opened directly."""
    digest = hashlib.sha1(str(path).encode("utf-8", "surrogateescape"), usedforsecurity=False)
    return f"file:{digest.hexdigest()}"


def build_library(entries: Iterable[Entry], origin: str) -> Library:
    """Return the titles of all folders; versions of one film are one title."""
    known = tuple(entries)
    pictures = {
        (e.root, e.folder, e.stem.casefold()): e.path for e in known if e.suffix in PICTURES
    }
    groups: dict[tuple[str, str, int | None], list[Video]] = {}
    for entry in known:
        if entry.is_video:
            named = read_name(tuple(map(shown, entry.parts)), shown(entry.root.name))
            kind = "series" if named.is_episode else "film"
            year = None if named.is_episode else named.year
            groups.setdefault((kind, plain_title(named.title), year), []).append(
                Video(entry, named)
            )
    titles = []
    for (kind, _title, _year), videos in groups.items():
        make = _series if kind == "series" else _film
        titles.append(make(videos, pictures, origin))
    subtitles: dict[tuple[Path, tuple[str, ...]], list[Entry]] = {}
    for entry in known:
        if entry.suffix in SUBTITLES:
            subtitles.setdefault((entry.root, entry.folder), []).append(entry)
    return Library(
        tuple(sorted(titles, key=lambda t: (-t.added, t.details.content.title))),
        {place: tuple(found) for place, found in subtitles.items()},
    )


Pictures = dict[tuple[Path, tuple[str, ...], str], Path]


def _film(videos: list[Video], pictures: Pictures, origin: str) -> Title:
    ordered = sorted(videos, key=lambda v: (-(v.named.height or 0), v.entry.parts))
    first = min(videos, key=lambda v: v.entry.parts)
    own = first.entry.folder
    content = Content(
        id=content_id(first.entry.path),
        title=first.named.title,
        type=ContentType.MOVIE,
        year=first.named.year,
        poster_url=_picture(first.entry, own, _POSTERS, pictures),
        backdrop_url=_picture(first.entry, own, _BACKDROPS, pictures),
        origin=origin,
        aliases=tuple(content_id(v.entry.path) for v in videos if v is not first),
    )
    return Title(TitleDetails(content=content), {"": tuple(ordered)}, _newest(videos))


def _series(videos: list[Video], pictures: Pictures, origin: str) -> Title:
    first = min(videos, key=lambda v: (v.entry.root, v.entry.parts))
    folders = {(v.entry.root, v.named.series_parts) for v in videos}
    root, parts = next(iter(folders))
    at = root.joinpath(*parts) if len(folders) == 1 else first.entry.root / first.named.title
    if len(folders) == 1 and not parts and not _is_own_folder(root, first):
        at = root / first.named.title
    identity = content_id(at)
    by_number: dict[tuple[int, int], list[Video]] = {}
    for video in videos:
        for number in video.named.numbers:
            by_number.setdefault((video.named.season or 0, number), []).append(video)
    order = sorted(by_number, key=lambda at: (at[0] == 0, at))
    content = Content(
        id=identity,
        title=first.named.title,
        type=ContentType.SERIES,
        year=next((v.named.year for v in videos if v.named.year), None),
        poster_url=_picture(first.entry, first.named.series_parts, _POSTERS, pictures),
        backdrop_url=_picture(first.entry, first.named.series_parts, _BACKDROPS, pictures),
        origin=origin,
    )
    episodes = tuple(_episode(identity, at, by_number[at]) for at in order)
    files = {
        _episode_id(at): tuple(sorted(found, key=lambda v: -(v.named.height or 0)))
        for at, found in by_number.items()
    }
    return Title(TitleDetails(content=content, episodes=episodes), files, _newest(videos))


def _is_own_folder(root: Path, video: Video) -> bool:
    """Whether the folder in Settings is the series' own, not one that holds many."""
    return plain_title(root.name).startswith(plain_title(video.named.title))


def _episode(content: str, at: tuple[int, int], videos: list[Video]) -> Episode:
    season, number = at
    name = next((v.named.name for v in videos if v.named.name), "")
    return Episode(
        id=_episode_id(at),
        content_id=content,
        season=season,
        episode_number=number,
        title=name or f"Episode {number}",
    )


def _episode_id(at: tuple[int, int]) -> str:
    return f"s{at[0]}e{at[1]}"


def _newest(videos: list[Video]) -> float:
    return max(video.entry.changed for video in videos)


def _picture(
    entry: Entry, folder: tuple[str, ...], names: tuple[str, ...], pictures: Pictures
) -> str:
    """Return a picture of the title's own folder, or one that begins with the file's name."""
    stem = entry.stem.casefold()
    places = [(entry.root, entry.folder, f"{stem}-{name}") for name in names]
    if folder:
        places = [*((entry.root, folder, name) for name in names), *places]
    found = next((pictures[place] for place in places if place in pictures), None)
    return found.as_uri() if found is not None else ""
