"""Files that are dropped onto the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from novastream_desktop.ui.home.painted import PaintedPage, painted_page
from novastream_desktop.ui.player.dropping import Dropped, sorted_out
from novastream_desktop.ui.tasks import Tasks
from tests.fakes import shelf
from tests.fakes.backend import FakeBackend
from tests.fakes.playback import FakePlayback
from tests.ui.driving import Shown, until
from tests.ui.player.player_states_data import PLAYING

FILM, LINES, PHOTO = "file:///a/film.mkv", "file:///a/b%20c.SRT", "file:///a/photo.jpg"


def drop(shown: Shown, *paths: Path) -> None:
    """Let a person drop files in the middle of the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    words = (
        Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QCoreApplication.sendEvent(shown.window, QDragEnterEvent(QPoint(600, 300), *words))
    event = QDropEvent(QPointF(600, 300), *words)
    QCoreApplication.sendEvent(shown.window, event)
    assert event.isAccepted()


@pytest.fixture
def commands(backend: FakeBackend) -> FakePlayback:
    backend.commands = FakePlayback(backend.loop)
    return backend.commands


@pytest.fixture
def film(commands: FakePlayback, shown: Shown, tmp_path: Path) -> Path:
    """Play a film that was dropped onto the window."""
    film = tmp_path / "film.mkv"
    drop(shown, film)
    until(lambda: shown.app.playerActive)
    until(lambda: commands.called("open_target"))
    assert commands.called("open_target") == [(film.as_uri(),)]
    return film


def test_subtitle_files_join_what_plays(
    film: Path, commands: FakePlayback, shown: Shown, tmp_path: Path
):
    commands.show(PLAYING)
    until(lambda: shown.app.player.props.hasPicture)
    lines = [tmp_path / "my own.srt", tmp_path / "\u65e5\u672c.ass"]
    drop(shown, *lines)
    until(lambda: len(commands.called("add_subtitle_file")) == len(lines))
    assert commands.called("add_subtitle_file") == [(str(line),) for line in lines]
    assert commands.called("open_target") == [(film.as_uri(),)]


def test_a_file_that_is_nothing_of_the_kind_leaves_what_plays_alone(
    film: Path, commands: FakePlayback, shown: Shown, tmp_path: Path
):
    commands.show(PLAYING)
    until(lambda: shown.app.player.props.hasPicture)
    drop(shown, tmp_path / "photo.jpg")
    said = "photo.jpg is neither a video nor subtitles: drop one of these"
    until(lambda: shown.app.player.props.noticeText == said)
    assert commands.called("open_target") == [(film.as_uri(),)]
    assert not commands.called("add_subtitle_file")


def test_subtitles_that_come_with_a_video_wait_for_its_picture(
    commands: FakePlayback, shown: Shown, tmp_path: Path
):
    drop(shown, tmp_path / "film.srt", tmp_path / "film.mkv")
    until(lambda: commands.called("open_target"))
    assert not commands.called("add_subtitle_file")
    commands.show(PLAYING)
    until(lambda: commands.called("add_subtitle_file") == [(str(tmp_path / "film.srt"),)])


def test_subtitles_of_a_video_that_did_not_play_do_not_join_another(
    commands: FakePlayback, shown: Shown, tmp_path: Path
):
    drop(shown, tmp_path / "broken.srt", tmp_path / "broken.mkv")
    until(lambda: commands.called("open_target"))
    shown.app.player.close()
    shown.app.playTarget("nova:moon")
    until(lambda: len(commands.called("open_target")) > 1)
    commands.show(PLAYING)
    until(lambda: shown.app.player.props.hasPicture)
    shown.app.player.togglePause()
    until(lambda: commands.called("toggle_pause"))
    assert not commands.called("add_subtitle_file")


def test_subtitles_alone_are_told_to_need_a_video(
    commands: FakePlayback, shown: Shown, tmp_path: Path
):
    drop(shown, tmp_path / "film.srt")
    sentence = "Open a video first, then drop film.srt onto it"
    until(lambda: shown.app.messages.banner == sentence)
    assert not shown.app.playerActive


def test_of_two_videos_the_first_plays_and_says_so(
    commands: FakePlayback, shown: Shown, tmp_path: Path
):
    drop(shown, tmp_path / "film.mkv", tmp_path / "other.mkv")
    until(lambda: commands.called("open_target"))
    assert shown.app.player.props.noticeText == "One video plays at a time: film.mkv was taken"


def test_what_is_dropped_before_there_is_a_program_behind_the_window_waits_for_it(
    commands: FakePlayback,
    backend: FakeBackend,
    open_painted: Callable[[FakeBackend, PaintedPage], Shown],
    tmp_path: Path,
):
    page = painted_page(backend.home.value, backend.settings.interface, shelf.NOW)
    early = open_painted(backend, page)
    drop(early, tmp_path / "film.mkv")
    assert early.warnings == []
    early.app.attach(backend, Tasks(backend.loop))
    until(lambda: commands.called("open_target") == [((tmp_path / "film.mkv").as_uri(),)])


@pytest.mark.parametrize(
    ("targets", "playing", "dropped"),
    [
        ([FILM], False, Dropped(FILM)),
        ([FILM], True, Dropped(FILM)),
        (["magnet:?xt=urn:btih:1"], True, Dropped("magnet:?xt=urn:btih:1")),
        (["https://h/a.srt"], False, Dropped("https://h/a.srt")),
        (["file:///a/no-suffix"], False, Dropped("file:///a/no-suffix")),
        (["file:///a/tv.ts"], False, Dropped("file:///a/tv.ts")),
        ([LINES, FILM], False, Dropped(FILM, (LINES,))),
        ([LINES], True, Dropped("", (LINES,))),
        (["file:///a/lines.txt"], True, Dropped("", ("file:///a/lines.txt",))),
        (["file:///a/subs.zip"], True, Dropped("", ("file:///a/subs.zip",))),
        ([LINES], False, Dropped(sentence="Open a video first, then drop b c.SRT onto it")),
        (
            [PHOTO, LINES],
            True,
            Dropped("", (LINES,), "photo.jpg is neither a video nor subtitles: drop one of these"),
        ),
        (
            [FILM, "file:///a/other.mp4"],
            True,
            Dropped(FILM, (), "One video plays at a time: film.mkv was taken"),
        ),
        (["", " "], True, Dropped()),
        (
            ["data:image/png;base64," + "A" * 9000],
            False,
            Dropped(
                sentence="What was dropped is neither a video nor subtitles: drop one of these"
            ),
        ),
    ],
)
def test_what_becomes_of_it(targets: list[str], playing: bool, dropped: Dropped):
    assert sorted_out(targets, playing=playing) == dropped
