"""Keys, preview, menu and undo in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest

from novastream_desktop.errors import StoreError
from novastream_desktop.models.library import TitleMarks
from novastream_desktop.ui.home.painted import PaintedPage
from novastream_desktop.ui.tasks import Tasks
from tests.fakes import shelf
from tests.fakes.backend import FakeBackend
from tests.ui.driving import Shown, find, until

KEY, MOD = Qt.Key, Qt.KeyboardModifier
FILM = shelf.content(1)


def to_film(shown: Shown) -> None:
    """Put the focus on a film in the second row."""
    shown.press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Right)
    assert shown.says("contentId") == FILM.id


def chord(shown: Shown, key: Qt.Key, modifier: Qt.KeyboardModifier = MOD.ControlModifier) -> None:
    QTest.keyClick(shown.window, key, modifier)


@pytest.mark.parametrize(
    ("key", "room"),
    [
        (KEY.Key_2, "search"),
        (KEY.Key_3, "library"),
        (KEY.Key_4, "transfers"),
        (KEY.Key_5, "settings"),
        (KEY.Key_6, "shortcuts"),
    ],
)
def test_control_and_a_number_lead_to_a_room_and_back_home(shown: Shown, key: Qt.Key, room: str):
    shown.press(KEY.Key_Down)
    card = shown.focused
    chord(shown, key)
    until(lambda: shown.app.page == room)
    until(lambda: shown.focused is not card)
    chord(shown, KEY.Key_1)
    until(lambda: shown.focused is card)
    assert shown.warnings == []


def test_rooms_before_there_is_a_program_open_once_it_is_there(
    backend: FakeBackend, open_painted: Callable[..., Shown]
):
    shown = open_painted(backend, PaintedPage())
    chord(shown, KEY.Key_3)
    assert shown.app.page == "home"
    shown.app.attach(backend, Tasks(backend.loop))
    until(lambda: shown.app.page == "library")


def test_space_previews_the_title_and_puts_it_away(shown: Shown):
    to_film(shown)
    card = shown.focused
    shown.press(KEY.Key_Space)
    until(lambda: shown.says("text") == "Play")
    assert shown.app.browse.title == FILM.title
    assert shown.app.page == "home"
    shown.press(KEY.Key_Right)
    assert shown.says("text") == "Details"
    shown.press(KEY.Key_L)
    until(lambda: shown.app.browse.saved)
    assert shown.app.overlay == "preview"
    shown.press(KEY.Key_Space)
    until(lambda: shown.focused is card)
    shown.press(KEY.Key_Space)
    until(lambda: shown.app.overlay == "preview")
    shown.press(KEY.Key_Right, KEY.Key_Return)
    until(lambda: shown.app.page == "title")
    assert shown.app.overlay == ""
    assert shown.warnings == []


def test_l_keeps_a_title_and_control_z_takes_it_back(shown: Shown, backend: FakeBackend):
    to_film(shown)
    shown.press(KEY.Key_L)
    until(lambda: shown.app.messages.notice == f"{FILM.title} is in your library")
    assert backend.library.called("keep") == [(FILM.id, True)]
    chord(shown, KEY.Key_Z)
    until(lambda: backend.library.called("put_back"))
    assert shown.app.messages.notice == ""
    backend.library.marked[FILM.id, ""] = TitleMarks(saved=True)
    shown.press(KEY.Key_L)
    until(lambda: (FILM.id, False) in backend.library.called("keep"))


def test_w_marks_the_episode_that_has_the_focus(shown: Shown, backend: FakeBackend):
    shown.app.openTitle("nova:title-0")
    until(lambda: shown.app.title.state == "ready")
    shown.press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Down)
    assert shown.says("episodeId") == "s1e2"
    before = len(backend.called("progress_of"))
    shown.press(KEY.Key_W)
    until(lambda: backend.library.called("mark_watched") == [("nova:title-0", "s1e2", True)])
    until(lambda: len(backend.called("progress_of")) > before)


def test_what_cannot_be_kept_is_told(shown: Shown, backend: FakeBackend):
    backend.library.failures["keep"] = StoreError("The library is read-only")
    to_film(shown)
    shown.press(KEY.Key_L)
    until(lambda: shown.app.messages.banner == "The library is read-only.")


def test_letters_are_text_while_somebody_types(shown: Shown, backend: FakeBackend):
    shown.press(KEY.Key_Slash)
    until(lambda: shown.app.page == "search")
    until(lambda: shown.says("text") == "")
    shown.press(*(KEY(ord(letter)) for letter in "LAW OF? "))
    assert shown.app.search.query == "law of? "
    shown.press(KEY.Key_Backspace)
    assert shown.app.search.query == "law of?"
    assert shown.app.page == "search"
    assert not backend.library.called("keep")


def test_the_menu_by_keys_and_by_right_click(shown: Shown, backend: FakeBackend):
    backend.library.marked["nova:title-0", "s1e3"] = TitleMarks(begun=True, going=True)
    shown.press(KEY.Key_Down)
    card = shown.focused
    shown.press(KEY.Key_Menu)
    until(lambda: shown.app.overlay == "menu")
    until(lambda: shown.says("label") == "Resume")
    lines = [item.label for item in shown.app.browse.menu.items]
    assert lines == [
        "Resume",
        "Play from the start",
        "Open its page",
        "Add to library",
        "Mark as watched",
        "Remove from Continue watching",
    ]
    shown.press(KEY.Key_Up)
    assert shown.says("label") == "Remove from Continue watching"
    shown.press(KEY.Key_Return)
    until(lambda: backend.library.called("put_aside") == [("nova:title-0",)])
    until(lambda: shown.focused is card)
    at = card.mapToScene(card.boundingRect().center()).toPoint()
    QTest.mouseClick(shown.window, Qt.MouseButton.RightButton, pos=at)
    until(lambda: shown.app.overlay == "menu")
    QTest.mouseClick(shown.window, Qt.MouseButton.LeftButton, pos=QPoint(1270, 10))
    until(lambda: shown.app.overlay == "")
    assert shown.app.page == "home"
    chord(shown, KEY.Key_F10, MOD.ShiftModifier)
    until(lambda: shown.app.overlay == "menu")
    shown.press(KEY.Key_Escape)
    until(lambda: shown.focused is card)
    assert shown.warnings == []


def test_the_menu_plays_from_the_start(shown: Shown, backend: FakeBackend):
    backend.library.marked[FILM.id, ""] = TitleMarks(begun=True)
    to_film(shown)
    shown.press(KEY.Key_Menu)
    until(lambda: shown.app.overlay == "menu")
    asked = []
    shown.app.browse.fromStartRequested.connect(lambda *words: asked.append(words))
    shown.press(KEY.Key_Down, KEY.Key_Return)
    until(lambda: asked == [(FILM.id, "")])


def test_the_notice_has_its_undo_for_the_pointer_too(shown: Shown, backend: FakeBackend):
    to_film(shown)
    shown.press(KEY.Key_W)
    until(lambda: shown.app.messages.undoable)
    undo = find(shown.window.contentItem(), lambda i: i.property("text") == "Undo")
    until(undo.isVisible)
    QTest.mouseClick(
        shown.window,
        Qt.MouseButton.LeftButton,
        pos=undo.mapToScene(undo.boundingRect().center()).toPoint(),
    )
    until(lambda: backend.library.called("put_back"))
    until(lambda: shown.says("contentId") == FILM.id)


def test_f5_asks_again_for_the_row_that_has_the_focus(shown: Shown, backend: FakeBackend):
    to_film(shown)
    shown.press(KEY.Key_F5)
    until(lambda: backend.called("refresh_home") == [("trending",)])


def test_a_file_that_is_dropped_on_the_window_is_opened(shown: Shown, tmp_path: Path):
    film = tmp_path / "film.mp4"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(film))])
    words = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, MOD.NoModifier)
    QCoreApplication.sendEvent(shown.window, QDragEnterEvent(QPoint(600, 300), *words))
    drop = QDropEvent(QPointF(600, 300), *words)
    QCoreApplication.sendEvent(shown.window, drop)
    assert drop.isAccepted()
    until(lambda: shown.app.playerActive)
    until(lambda: shown.backend.called("playback"))
