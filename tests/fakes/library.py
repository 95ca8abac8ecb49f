"""A library and transfers of values in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import Content
from novastream_desktop.models.library import Change, LibraryPage, TitleMarks
from novastream_desktop.runtime import Observable
from novastream_desktop.torrents.base import Transfer, TransferFile


class FakeLibrary:
    """Answer from public attributes; `calls` records (name, arguments)."""

    def __init__(self) -> None:
        self.page: Observable[LibraryPage | None] = Observable(None)
        self.kept = LibraryPage()
        self.marked: dict[tuple[str, str], TitleMarks] = {}
        self.found: dict[str, Sequence[Content]] = {}
        self.first: Sequence[Sequence[Content]] = ()
        self.gate: asyncio.Event | None = None
        self.queries: tuple[str, ...] = ()
        self.failures: dict[str, UserFacingError] = {}
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def called(self, name: str) -> list[tuple[Any, ...]]:
        """Return the arguments of each call of one method."""
        return [arguments for called, arguments in self.calls if called == name]

    def _note(self, name: str, *arguments: object) -> None:
        self.calls.append((name, arguments))
        if name in self.failures:
            raise self.failures[name]

    async def open(self) -> None:
        self._note("open")
        self.page.set(self.kept)

    async def marks(self, content_id: str, episode_id: str = "") -> TitleMarks:
        self._note("marks", content_id, episode_id)
        return self.marked.get((content_id, episode_id), TitleMarks())

    async def keep(self, content_id: str, on: bool, brief: Content | None = None) -> Change:
        self._note("keep", content_id, on)
        return self._change(content_id, "", saved=on)

    async def mark_watched(self, content_id: str, episode_id: str, on: bool) -> Change:
        self._note("mark_watched", content_id, episode_id, on)
        return self._change(content_id, episode_id, watched=on)

    async def forget(self, content_id: str, episode_id: str = "") -> Change:
        self._note("forget", content_id, episode_id)
        rest = tuple(h for h in self.kept.history if h.progress.key != (content_id, episode_id))
        self.kept = self.kept.with_(history=rest)
        self.page.set(self.kept)
        return Change(absent=((content_id, episode_id),))

    async def put_aside(self, content_id: str) -> Change:
        self._note("put_aside", content_id)
        return self._change(content_id, "", going=False)

    async def put_back(self, change: Change) -> None:
        self._note("put_back", change)

    async def search(self, query: str, into: Observable[tuple[Content, ...]]) -> Sequence[Content]:
        self._note("search", query)
        for found in self.first:
            into.set(tuple(found))
        if self.gate is not None:
            await self.gate.wait()
        return self.found.get(query, ())

    async def searches(self) -> Sequence[str]:
        return self.queries

    async def remember_search(self, text: str) -> None:
        self._note("remember_search", text)
        self.queries = (text, *(q for q in self.queries if q != text))

    async def forget_searches(self) -> None:
        self._note("forget_searches")
        self.queries = ()

    def _change(self, content_id: str, episode_id: str, **marks: bool) -> Change:
        key = (content_id, episode_id)
        self.marked[key] = self.marked.get(key, TitleMarks()).with_(**marks)
        return Change(unsaved=(content_id,))


class FakeTransfers:
    """Transfers that are as they are set."""

    def __init__(self) -> None:
        self.all: Observable[tuple[Transfer, ...] | None] = Observable(None)
        self.there: tuple[Transfer, ...] = ()
        self.calls: list[tuple[Any, ...]] = []
        self.failure: UserFacingError | None = None
        self.listed: dict[str, tuple[TransferFile, ...]] = {}

    async def open(self) -> None:
        if self.failure is not None:
            raise self.failure
        self.all.set(self.there)

    async def files(self, transfer_id: str) -> tuple[TransferFile, ...]:
        return self.listed.get(transfer_id, ())

    async def fetch(self, transfer_id: str, file_index: int, *, on: bool) -> None:
        self.calls.append(("fetch", transfer_id, file_index, on))
        self.listed[transfer_id] = tuple(
            replace(file, wanted=on) if file.index == file_index else file
            for file in self.listed[transfer_id]
        )

    async def pause(self, transfer_id: str) -> None:
        self.calls.append(("pause", transfer_id))

    async def resume(self, transfer_id: str) -> None:
        self.calls.append(("resume", transfer_id))

    async def remove(self, transfer_id: str, *, delete_data: bool) -> None:
        self.calls.append(("remove", transfer_id, delete_data))
        self.there = tuple(t for t in self.there if t.id != transfer_id)
        self.all.set(self.there)
