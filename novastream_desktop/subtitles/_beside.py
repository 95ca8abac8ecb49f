"""Subtitle files that lie beside a video on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from novastream_desktop.models import SubtitleTrack
from novastream_desktop.subtitles._merge import tag_of
from novastream_desktop.subtitles._names import facts_of

SUFFIXES = frozenset(
    {".srt", ".ass", ".ssa", ".vtt", ".sub", ".ttml", ".dfxp", ".smi", ".sami", ".mpl", ".idx",
     ".sup"}
)  # fmt: skip
PICTURES = frozenset({".idx", ".sup"})
"""Formats of pictures: mpv reads them itself."""
FOLDERS = frozenset({"sub", "subs", "subtitle", "subtitles", "untertitel", "sous-titres"})
VIDEOS = frozenset({".mkv", ".mp4", ".avi", ".webm", ".m4v", ".mov", ".ts", ".mpg", ".wmv", ".ogv"})
_MOST = 200


def beside(video: Path) -> list[SubtitleTrack]:
    """Return the subtitle files that belong to a video; reads the folder.

    Those named after it, in its folder or in one called `Subs`; all of them where it is the
    only video.
    """
    try:
        here = sorted(video.parent.iterdir())[: _MOST * 10]
        folders = [f for f in here if f.name.lower() in FOLDERS and f.is_dir()]
        inner = [file for folder in folders for file in sorted(folder.rglob("*"))[: _MOST * 10]]
    except OSError:
        return []
    alone = sum(file.suffix.lower() in VIDEOS for file in here) <= 1
    return belonging(video, [*here, *inner], alone=alone)


def belonging(video: Path, files: Iterable[Path], *, alone: bool) -> list[SubtitleTrack]:
    """Return those files that are subtitles of a video. Pure."""
    stem = video.stem.casefold()
    paired = {file.with_suffix("") for file in files if file.suffix.lower() == ".idx"}
    tracks = []
    for file in files:
        suffix = file.suffix.lower()
        if suffix not in SUFFIXES or (suffix == ".sub" and file.with_suffix("") in paired):
            continue
        name = file.stem
        named = name.casefold() == stem or name.casefold().startswith(
            (f"{stem}.", f"{stem} ", f"{stem}-", f"{stem}_")
        )
        inside = file.parent != video.parent and file.parent.name.casefold() == stem
        if named or inside or alone:
            tracks.append(_track(file, name[len(stem) :] if named else name, exact=named))
    return tracks[:_MOST]


def _track(file: Path, rest: str, *, exact: bool) -> SubtitleTrack:
    facts = facts_of(rest)
    return SubtitleTrack(
        lang=tag_of(facts.lang),
        url=file.as_uri(),
        label=file.name,
        format=file.suffix[1:].lower(),
        hearing_impaired=facts.hearing_impaired,
        forced=facts.forced,
        origin="local",
        exact=exact or None,
    )
