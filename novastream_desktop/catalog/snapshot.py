"""The home page on disk: painted before any service exists, so this module stays light."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from novastream_desktop.errors import StoreError
from novastream_desktop.models import Content, HomeSnapshot
from novastream_desktop.runtime.files import replace_file

FIRST_HOME = "catalog/first_home.json"
BUNDLED_ROWS = (("demo", "demo", "Demo"), ("open-films", "catalog", "Open films"))
"""Row id, folder inside the resources and row title of what ships with the program."""

_BUNDLED_FOLDERS = tuple(f"/{folder}/" for _, folder, _ in BUNDLED_ROWS)
_RESOURCES = "/resources"
_ART_KEYS = frozenset({"backdropUrl", "posterUrl", "thumbnailUrl"})


def load_snapshot(path: Path, resources: Path) -> HomeSnapshot:
    """Return the last good home page, or the first-run page when there is none to read.

    Art of what ships with the program points into `resources` wherever that is today, as
    `file:` addresses; `art` maps these too.

    Args:
        path: written by `save_snapshot`.
        resources: the program's resources.
    """
    for file in (path, resources / FIRST_HOME):
        try:
            data = json.loads(file.read_bytes())
            page = HomeSnapshot.model_validate(_rebased(data, resources))
            return _with_local_art(_without_problems(page))
        except (OSError, ValueError, RecursionError):
            continue
    return HomeSnapshot()


def save_snapshot(path: Path, snapshot: HomeSnapshot) -> None:
    """Write the home page in one atomic step.

    Raises:
        StoreError: the folder cannot be written.
    """
    try:
        replace_file(path, json.dumps(snapshot.to_wire(), ensure_ascii=False))
    except OSError as error:
        raise StoreError(
            "The home page could not be kept",
            why=f"{path}: {error.strerror or error}",
            hint="Make room on the disk or make the folder writable",
        ) from error


def art_urls(snapshot: HomeSnapshot) -> tuple[str, ...]:
    """Return the address of every picture on the page, each once."""
    return tuple(dict.fromkeys(url for url in _all_art(snapshot) if url))


def path_of_file_url(url: str) -> Path:
    """Return the path that a `file:` address names."""
    path = unquote(urlsplit(url).path)
    drive = os.name == "nt" and path[:1] == "/" and path[2:3] == ":"
    return Path(path[1:] if drive else path)


def _all_art(snapshot: HomeSnapshot) -> Iterator[str]:
    def of(content: Content) -> tuple[str, str]:
        return content.poster_url, content.backdrop_url

    for item in snapshot.continue_watching:
        yield from of(item.content)
        if item.episode is not None and item.episode.thumbnail_url:
            yield item.episode.thumbnail_url
    for row in snapshot.rows:
        for content in row.items:
            yield from of(content)


def _without_problems(snapshot: HomeSnapshot) -> HomeSnapshot:
    """Leave out what failed the last time: nobody has been asked today."""
    rows = tuple(row.with_(problem=None) for row in snapshot.rows if row.items)
    return snapshot.with_(rows=rows)


def _with_local_art(snapshot: HomeSnapshot) -> HomeSnapshot:
    local = {u: str(path_of_file_url(u)) for u in art_urls(snapshot) if u.startswith("file:")}
    return snapshot.with_(art={**snapshot.art, **local})


def _rebased(data: object, resources: Path) -> object:
    """Point art that ships with the program into today's resources."""
    if isinstance(data, Mapping):
        return {
            key: _art(value, resources)
            if key in _ART_KEYS and isinstance(value, str)
            else _rebased(value, resources)
            for key, value in data.items()
        }
    return [_rebased(value, resources) for value in data] if isinstance(data, list) else data


def _art(url: str, resources: Path) -> str:
    if url.startswith("file:"):
        for folder in _BUNDLED_FOLDERS:
            _, found, rest = url.rpartition(_RESOURCES + folder)
            if found:
                return (resources / folder.strip("/") / unquote(rest)).as_uri()
        return url
    if not url or "://" in url:
        return url
    return (resources / url).as_uri()
