"""Asking a person which file of a torrent is meant."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from novastream_desktop.errors import TorrentError
from novastream_desktop.playback.state import FileQuestion
from novastream_desktop.torrents.base import AmbiguousFile

Made_co = TypeVar("Made_co", covariant=True)


class Opens(Protocol[Made_co]):
    """Opens a torrent with the file that a person chose, if one was."""

    def __call__(self, *, file: int | None) -> Awaitable[Made_co]:
        """Open it, or raise `AmbiguousFile`."""
        ...


class NoFileChosen(TorrentError):
    """A person wanted none of the files."""


class FileAsking:
    """Holds the question that is open, at most one, until it is answered.

    Args:
        show: shows the question, or None once it is over.
    """

    def __init__(self, show: Callable[[FileQuestion | None], None]) -> None:
        self._show = show
        self._answer: asyncio.Future[int | None] | None = None

    async def ask(self, question: FileQuestion) -> int | None:
        """Return the index of the file that was chosen, None for none of them."""
        self.answer(None)
        answer: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._answer = answer
        self._show(question)
        try:
            return await answer
        finally:
            if self._answer is answer:
                self._answer = None
                self._show(None)

    def answer(self, index: int | None) -> None:
        """Answer the question that is open, if one is."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(index)

    async def until_certain(self, opens: Opens[Made_co], file: int | None) -> Made_co:
        """Open something, and ask which file is meant if that is not certain.

        Raises:
            NoFileChosen: none of them.
            UserFacingError: it cannot be opened.
        """
        while True:
            try:
                return await opens(file=file)
            except AmbiguousFile as doubt:
                file = await self.ask(FileQuestion(doubt.name, doubt.candidates, doubt.meant))
                if file is None:
                    raise NoFileChosen(
                        f"No file of {doubt.name} was chosen",
                        why="its names do not tell which one is meant",
                        hint="Try again to choose one, or choose another source",
                    ) from doubt
