"""The player follows the keys of the settings, and says which they are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from novastream_desktop.models import SkipType
from novastream_desktop.playback.state import Notice, NoticeCode
from novastream_desktop.settings import KeyPreset, KeysSettings, Settings
from novastream_desktop.ui.player._notices import notice_text
from novastream_desktop.ui.player.key_book import KeyBook
from novastream_desktop.ui.shortcuts import ShortcutsViewModel
from tests.ui.player.conftest import Page, Stage
from tests.ui.player.player_states_data import PLAYING

KEY = Qt.Key


def keys(preset: KeyPreset = KeyPreset.NOVASTREAM, **player: tuple[str, ...]) -> Settings:
    return Settings(keys=KeysSettings(preset=preset, player=player))


def press(stage: Stage, key: Qt.Key, text: str = "") -> bool:
    return stage.player.pressKey(int(key), 0, text, 0, False)


def test_in_mpv_s_saves_a_picture_and_k_skips(stage: Stage):
    stage.backend.settings = keys(KeyPreset.MPV)
    stage.play(PLAYING)
    assert press(stage, KEY.Key_S, "s")
    assert press(stage, KEY.Key_K, "k")
    assert stage.called("skip_segment") == [()]
    assert len(stage.called("screenshot")) == 1
    assert stage.player.keyOf("skip") == "K"


def test_settings_that_change_hold_from_the_next_key_on(stage: Stage):
    stage.play(PLAYING)
    assert not press(stage, KEY.Key_F2)
    stage.backend.settings = keys(undo=("F2",))
    assert press(stage, KEY.Key_F2)
    assert not press(stage, KEY.Key_U, "u")
    assert stage.called("undo") == [()]


def test_the_sheet_lists_the_keys_in_force(stage: Stage):
    stage.backend.settings = keys(KeyPreset.VLC, skip=("F4",))
    stage.play(PLAYING)
    stage.player.togglePanel("shortcuts")
    rows = stage.player.rowsOf("shortcuts")
    assert rows is not None
    lines = {row.note: row.name for row in rows.items}
    assert lines["Skip intro, credits or recap"] == "F4"
    assert lines["Next or previous episode"] == "N  P"


def test_a_book_is_written_anew_when_the_settings_change():
    there = [KeysSettings()]
    book = KeyBook(lambda: there[0])
    first = book.table
    assert book.table is first
    there[0] = KeysSettings(player={"skip": ("F4",), "undo": ()})
    assert book.table is not first
    assert book.label("skip") == "F4"
    assert book.label("undo") == ""


def test_messages_name_the_keys_or_none():
    skipped = Notice(NoticeCode.SKIPPED, 1, 89.0, skip_type=SkipType.OP)
    resumed = Notice(NoticeCode.RESUMED, 1, 61.0)
    assert notice_text(skipped, "F2").endswith(" · F2 to go back")
    assert "·" not in notice_text(skipped, "")
    assert notice_text(resumed, start="Ctrl+H") == "Resumed at 1:01 · Ctrl+H to start over"
    assert notice_text(resumed, start="") == "Resumed at 1:01"


def test_the_shortcuts_room_shows_the_keys_in_force(stage: Stage):
    room = ShortcutsViewModel(KeysSettings(preset=KeyPreset.MPV))
    assert {i.meaning: i.keys for i in room.player.items}["Save a picture"] == "S"
    room.show(KeysSettings())
    assert {i.meaning: i.keys for i in room.player.items}["Save a picture"] == "Ctrl+S  X"


def test_backspace_and_alt_left_reach_the_player(page: Page):
    page.stage.backend.settings = keys(KeyPreset.VLC, undo=("Backspace",))
    page.stage.play(PLAYING)
    QTest.keyClick(page.window, KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(page.window, KEY.Key_Backspace)
    assert page.stage.called("seek_by") == [(-10.0,)]
    assert page.stage.called("undo") == [()]
    assert page.complaints == []
