"""SAMI as cues. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from novastream_desktop.subtitles._cues import Cue
from novastream_desktop.subtitles._markup import of_srt

_SYNC = re.compile(r"<sync\b[^>]*?start\s*=\s*[\"']?(-?\d+)[^>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b(?:[^>]*?class\s*=\s*[\"']?([\w-]+))?[^>]*>", re.IGNORECASE)
_END = re.compile(r"</?(?:sync|p|body|sami)\b[^>]*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_SPACE = re.compile(r"\s+")


def sami(text: str) -> Iterator[Cue]:
    """Read SAMI: each text is shown until the next one of its language, the file's first."""
    syncs = list(_SYNC.finditer(text))
    first = _class(text, syncs[0].end()) if syncs else None
    own = [sync for sync in syncs if _class(text, sync.end()) in (first, None)]
    for sync, after in zip_longest(own, own[1:]):
        following = _SYNC.search(text, sync.end())
        said = text[sync.end() : following.start() if following else len(text)]
        said = _SPACE.sub(" ", _END.sub(" ", _PARAGRAPH.sub("", said)))
        markup, settings = of_srt(said.strip())
        if markup.replace("\u00a0", " ").strip():
            end = int(after.group(1)) if after else 0
            yield Cue(int(sync.group(1)), end, markup, settings)


def _class(text: str, at: int) -> str | None:
    """Return the class of the text at a place, None if it has none."""
    found = _PARAGRAPH.match(text, at) or _PARAGRAPH.search(text, at, at + 200)
    return found.group(1) if found else None
