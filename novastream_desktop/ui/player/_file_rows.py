"""The files of a torrent as a panel shows them, and the words of the question about them. Pure."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from novastream_desktop.playback.state import FileQuestion, SessionState
from novastream_desktop.torrents.base import TorrentFile
from novastream_desktop.ui.player._rows import PanelRow
from novastream_desktop.ui.player._words import size, translate

#: The panel that a question opens, and the row of the sources that asks for it.
FILES = "files"
OTHER_FILE = "file:"


def file_rows(state: SessionState) -> tuple[PanelRow, ...]:
    """Return the files among which a person has to choose."""
    question = state.question
    if question is None:
        return ()
    return tuple(_row(file, question) for file in question.files)


def _row(file: TorrentFile, question: FileQuestion) -> PanelRow:
    path = PurePosixPath(file.path)
    folders = " / ".join(path.parent.parts[1:])
    note = " · ".join(part for part in (size(file.size), folders) if part)
    current = file.index == question.current
    return PanelRow(str(file.index), path.name, note, file.episode, current)


def question_words(state: SessionState) -> dict[str, Any]:
    """Return the properties that say what is asked; all empty while nothing is."""
    question = state.question
    if question is None:
        return {}
    if question.current is not None:
        title = translate("Player", "Which file is it?")
        text = translate("Player", "What you choose is remembered, for its whole season")
        none = translate("Player", "The one that plays is right")
    else:
        meant = question.meant or translate("Player", "what you want to watch")
        title = translate("Player", "Which file is {0}?").format(meant)
        words = translate("Player", "The names in {0} do not tell. You are asked only once")
        text = words.format(question.torrent)
        none = translate("Player", "None of these: next source")
        if len(state.sources) <= 1:
            none = translate("Player", "None of these")
    return {"questionTitle": title, "questionText": text, "questionNone": none}


def other_file_row(state: SessionState) -> tuple[PanelRow, ...]:
    """Return the row that asks which file of the torrent is meant, if it has several."""
    if state.torrent_files < 2 or state.torrent_file is None:  # noqa: PLR2004  (a choice)
        return ()
    name = PurePosixPath(state.torrent_file.path).name
    words = translate("Player", "Another file of this torrent")
    return (PanelRow(OTHER_FILE, words, translate("Player", "Plays now: {0}").format(name)),)
