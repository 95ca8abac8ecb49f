"""What is remembered about subtitles: encodings chosen, timings, tracks wanted for a show."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from novastream_desktop.runtime.files import replace_file
from novastream_desktop.subtitles._timing import Timing

log = logging.getLogger(__name__)

MOST = 2000
"""Entries of each kind; the oldest are forgotten first."""
VERSION = 1
_KINDS = ("encodings", "texts", "timings", "shows")


class SubtitleMemory:
    """A small file of what people chose. Used on the service loop; written behind it.

    A file that cannot be read is set aside, one of a newer version is left alone: then nothing
    is remembered beyond this run.

    Args:
        file: JSON; None remembers for this run only.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._kinds: dict[str, dict[str, Any]] | None = None
        self._writing: asyncio.Task[None] | None = None
        self._changed = False

    async def load(self) -> None:
        """Read the file, the first time."""
        if self._kinds is None:
            kinds = await asyncio.to_thread(self._read)
            if self._kinds is None:
                self._kinds = kinds

    def encoding_of(self, url: str) -> str | None:
        """Return the encoding that a person chose for a file."""
        found = self._of("encodings").get(url)
        return found if isinstance(found, str) else None

    def note_encoding(self, url: str, encoding: str | None) -> None:
        """Remember a chosen encoding, or forget it."""
        self._note("encodings", url, encoding)

    @property
    def texts(self) -> Mapping[str, str]:
        """By address what tells texts apart."""
        return self._of("texts")

    def note_text(self, url: str, digest: str) -> None:
        """Remember which text an address had."""
        if self._of("texts").get(url) != digest:
            self._note("texts", url, digest)

    def timing_of(self, digest: str, release: str) -> Timing | None:
        """Return how a text is timed for a release, None if nobody changed it."""
        found = self._of("timings").get(f"{digest}|{release}")
        try:
            return Timing(float(found["delay"]), float(found["speed"])) if found else None
        except (TypeError, ValueError, LookupError):
            return None

    def note_timing(self, digest: str, release: str, timing: Timing) -> None:
        """Remember how a text is timed for a release; the default is forgotten."""
        given = {"delay": timing.delay, "speed": timing.speed}
        self._note("timings", f"{digest}|{release}", None if timing == Timing() else given)

    def show(self, content_id: str) -> Mapping[str, Any]:
        """Return what is wanted for a show, as it was noted."""
        found = self._of("shows").get(content_id)
        return found if isinstance(found, dict) else {}

    def note_show(self, content_id: str, wanted: Mapping[str, Any]) -> None:
        """Remember what is wanted for a show."""
        self._note("shows", content_id, dict(wanted) or None)

    async def settle(self) -> None:
        """Wait until everything is on the disk."""
        while self._writing is not None and not self._writing.done():
            await asyncio.shield(self._writing)

    def _of(self, kind: str) -> dict[str, Any]:
        if self._kinds is None:
            self._kinds = {name: {} for name in _KINDS}
        return self._kinds[kind]

    def _note(self, kind: str, key: str, value: object) -> None:
        entries = self._of(kind)
        entries.pop(key, None)
        if value is not None:
            entries[key] = value
        while len(entries) > MOST:
            entries.pop(next(iter(entries)))
        self._changed = True
        if self._file is not None and (self._writing is None or self._writing.done()):
            self._writing = asyncio.get_running_loop().create_task(self._write_behind())

    async def _write_behind(self) -> None:
        while self._changed:
            self._changed = False
            text = json.dumps({"version": VERSION, **(self._kinds or {})}, ensure_ascii=False)
            await asyncio.to_thread(self._write, text)

    def _write(self, text: str) -> None:
        assert self._file is not None
        try:
            replace_file(self._file, text)
        except OSError as error:
            log.warning("What you chose about subtitles is not kept: %s", error)

    def _read(self) -> dict[str, dict[str, Any]]:
        empty: dict[str, dict[str, Any]] = {name: {} for name in _KINDS}
        if self._file is None:
            return empty
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            version = int(found["version"])
        except FileNotFoundError:
            return empty
        except (OSError, ValueError, TypeError, LookupError) as error:
            log.warning("What was remembered about subtitles cannot be read: %s", error)
            self._set_aside()
            return empty
        if version > VERSION:
            log.warning("What was remembered about subtitles is of a newer NovaStream")
            self._file = None
            return empty
        return {n: found[n] if isinstance(found.get(n), dict) else {} for n in _KINDS}

    def _set_aside(self) -> None:
        assert self._file is not None
        try:
            self._file.replace(self._file.with_suffix(".broken"))
        except OSError:
            self._file = None
