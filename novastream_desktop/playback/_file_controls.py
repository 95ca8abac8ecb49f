"""Which file of a torrent plays: the answer to a question, and its correction."""

from __future__ import annotations

import asyncio

from novastream_desktop.playback._lineup import Recovery
from novastream_desktop.playback._machine import Event, advance
from novastream_desktop.playback._opening import file_hint
from novastream_desktop.playback._source_controls import SourceControls, failure_of
from novastream_desktop.playback.state import FileQuestion, Outcome
from novastream_desktop.torrents.base import TorrentFile, TorrentStream


class FileControls(SourceControls):
    """Commands about the files of a torrent. `TitleControls` adds titles and episodes."""

    def choose_file(self, index: int | None) -> None:
        """Answer `state.question`: a file's index, None: none of them, or all is well."""
        question = self._state.value.question
        known = question is not None and any(file.index == index for file in question.files)
        if index is None or known:
            self._asking.answer(index)

    def ask_file(self) -> None:
        """Ask in `state.question` which file of the torrent that plays is meant."""
        stream = self._opened.stream if self._opened is not None else None
        if stream is not None and self._state.value.question is None:
            self._keep_aside(self._ask_again(stream))

    async def _ask_again(self, stream: TorrentStream) -> None:
        files = await asyncio.to_thread(_listed, stream)
        if len(files) < 2 or not self._plays(stream):  # noqa: PLR2004  (no choice)
            return
        question = FileQuestion(
            stream.files[0].path.partition("/")[0],
            files,
            self._meant(),
            current=stream.file.index,
        )
        index = await self._asking.ask(question)
        current = self._current
        if index in (None, stream.file.index) or current is None or not self._plays(stream):
            return
        state = self._state.value
        failure = failure_of(state, "that file of its torrent cannot be opened")
        self._switching = True
        self._clicked = self._clock.monotonic()
        self._end_attempt(Outcome.LEFT)
        self._update(phase=advance(state.phase, Event.SWITCH), prompt=None, next_up=None)
        self._run(self._play(Recovery(current, file=index), 0.0, failure=failure))

    def _plays(self, stream: TorrentStream) -> bool:
        return self._opened is not None and self._opened.stream is stream

    def _meant(self) -> str:
        content = self._state.value.content
        if content is None:
            return ""
        hint = file_hint(content, self._state.value.episode)
        return content.title if hint.startswith("film ") else hint


def _listed(stream: TorrentStream) -> tuple[TorrentFile, ...]:
    from novastream_desktop.torrents import playable_files  # noqa: PLC0415  (reads names: 100 ms)

    return playable_files(stream.files)
