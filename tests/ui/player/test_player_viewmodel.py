"""The view model over a fake session on a real service loop."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from novastream_desktop.errors import PlayerUnavailable, UserFacingError
from novastream_desktop.playback.state import Notice, NoticeCode, SessionPhase, SessionState
from novastream_desktop.player.base import PlayerPhase, PlayerState
from novastream_desktop.ui.player import player_states
from novastream_desktop.ui.player._rows import source_key
from tests.ui.player.conftest import Stage
from tests.ui.player.player_states_data import EPISODES, PANELS, PLAYING, PROMPTED, SERIES, playing


def test_playing_a_title_opens_it_and_the_page(stage: Stage):
    stage.player.opened.connect(lambda: stage.told.append("opened"))

    stage.player.playTitle(SERIES.id, "s1e2")

    assert stage.told == ["opened"]
    assert stage.player.props.phase == "resolving"
    assert stage.called("open_title") == [(SERIES.id,)]
    assert stage.commands.calls[0][2]["episode_id"] == "s1e2"


def test_playing_a_target_hands_it_over(stage: Stage):
    stage.player.playTarget("magnet:?xt=urn:btih:" + "a" * 40)

    assert stage.called("open_target") == [("magnet:?xt=urn:btih:" + "a" * 40,)]


def test_a_new_state_changes_only_what_differs(stage: Stage):
    stage.play(PLAYING)
    stage.player.pausedChanged.connect(lambda: stage.told.append("paused"))
    stage.player.volumeChanged.connect(lambda: stage.told.append("volume"))
    stage.player.titleChanged.connect(lambda: stage.told.append("title"))

    stage.show(playing(volume=40.0))

    assert stage.told == ["volume"]


def test_leaving_closes_the_session_and_tells_once(stage: Stage):
    stage.play(PLAYING)
    stage.player.closed.connect(lambda: stage.told.append("closed"))

    stage.player.close()
    stage.called("close_title")
    stage.until(lambda: stage.player._state.phase is SessionPhase.IDLE)

    assert stage.told == ["closed"]
    assert stage.player.props.title == ""


def test_a_session_that_somebody_else_closes_closes_the_page(stage: Stage):
    stage.play(PLAYING)
    stage.player.closed.connect(lambda: stage.told.append("closed"))

    stage.commands.show(SessionState())

    stage.until(lambda: stage.told == ["closed"])


def test_a_session_that_somebody_else_opens_opens_the_page(stage: Stage):
    stage.player.opened.connect(lambda: stage.told.append("opened"))
    stage.player.connectSession()

    stage.commands.show(PLAYING)

    stage.until(lambda: stage.told == ["opened"])
    assert stage.player.props.title == "Paper Moons"


def test_a_title_opened_right_after_closing_stays_open(stage: Stage):
    stage.play(PLAYING)
    stage.player.closed.connect(lambda: stage.told.append("closed"))

    stage.player.close()
    stage.player.playTitle("nova:other", "")
    stage.until(lambda: len(stage.commands.called("open_title")) == 2)
    stage.show(replace(PLAYING, phase=SessionPhase.OPENING))

    assert stage.told == ["closed"]
    assert stage.player.props.phase == "buffering"


def test_without_libmpv_the_page_says_how_to_mend_it(stage: Stage):
    stage.backend.failures["video"] = PlayerUnavailable("libmpv is missing", hint="Install mpv")

    stage.player.playTitle(SERIES.id, "")

    stage.until(lambda: stage.player.props.error == "libmpv is missing. Install mpv.")


def test_without_a_session_the_page_says_why(stage: Stage):
    stage.backend.failures["playback"] = UserFacingError("The services did not start")

    stage.player.playTitle(SERIES.id, "")

    stage.until(lambda: stage.player.props.error == "The services did not start.")


def test_trying_again_opens_the_same_once_more(stage: Stage):
    stage.play(replace(PLAYING, phase=SessionPhase.FAILED, error="It is gone."))
    assert stage.player.props.error == "It is gone."

    stage.player.tryAgain()

    stage.until(lambda: len(stage.commands.called("open_title")) == 2)
    assert stage.player.props.error == ""


def test_watching_again_starts_at_the_start(stage: Stage):
    stage.play(replace(PLAYING, phase=SessionPhase.ENDED))

    stage.player.watchAgain()

    stage.until(lambda: len(stage.commands.called("open_title")) == 2)
    again = [named for name, _, named in stage.commands.calls if name == "open_title"][1]
    assert again == {"episode_id": "s1e2", "from_start": True}


def test_keys_reach_the_session(stage: Stage):
    stage.play(PROMPTED)

    for key, text in ((Qt.Key.Key_S, "s"), (Qt.Key.Key_K, "k"), (Qt.Key.Key_Right, "")):
        assert stage.player.pressKey(int(key), 0, text, 0, False)
    stage.settle()

    assert stage.commands.names[-3:] == ["skip_segment", "toggle_pause", "seek_by"]
    assert stage.commands.called("seek_by") == [(5.0,)]


def test_escape_dismisses_the_prompt_before_it_leaves(stage: Stage):
    stage.play(PROMPTED)

    stage.player.pressKey(int(Qt.Key.Key_Escape), 0, "", 0, False)
    stage.called("dismiss_prompt")
    stage.show(PLAYING)
    assert escape(stage) == "Press Esc again to leave"
    escape(stage)

    assert stage.called("close_title") == [()]


def escape(stage: Stage) -> str:
    """Press Esc; return the message over the picture."""
    stage.player.pressKey(int(Qt.Key.Key_Escape), 0, "", 0, False)
    return stage.player.props.noticeText


def test_escape_asks_once_in_the_first_seconds(stage: Stage):
    stage.play(PLAYING)

    assert escape(stage) == "Press Esc again to leave"
    stage.settle()
    assert stage.commands.called("close_title") == []
    escape(stage)

    assert stage.called("close_title") == [()]


def test_escape_leaves_at_once_when_it_has_played_a_while(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(player_states, "ASK_WITHIN", -1)
    stage.play(PLAYING)

    assert escape(stage) == ""
    assert stage.called("close_title") == [()]


def test_escape_asks_nothing_before_the_picture_is_there(stage: Stage):
    stage.play(replace(PLAYING, phase=SessionPhase.RESOLVING, player=PlayerState()))

    escape(stage)

    assert stage.called("close_title") == [()]


def space(stage: Stage, *, down: bool, repeated: bool = False) -> None:
    if down:
        assert stage.player.pressKey(int(Qt.Key.Key_Space), 0, " ", 0, repeated)
    else:
        stage.player.releaseKey(int(Qt.Key.Key_Space), repeated)


def test_a_short_press_of_space_pauses_once(stage: Stage):
    stage.play(PLAYING)

    space(stage, down=True)
    space(stage, down=True, repeated=True)
    space(stage, down=False, repeated=True)
    space(stage, down=False)
    stage.settle()

    assert stage.commands.called("toggle_pause") == [()]
    assert stage.commands.called("hold_speed") == []


def test_space_held_plays_faster_until_it_is_let_go(stage: Stage):
    stage.player._hold.setInterval(1)
    stage.play(PLAYING)

    space(stage, down=True)
    assert stage.called("hold_speed") == [(True,)]
    space(stage, down=False)
    space(stage, down=True)  # a repetition that X11 did not mark
    stage.settle()
    assert stage.commands.called("hold_speed") == [(True,)]
    space(stage, down=False)

    stage.until(lambda: stage.commands.called("hold_speed") == [(True,), (False,)])
    assert stage.commands.called("toggle_pause") == []


def test_space_held_ends_when_the_window_loses_the_keyboard(stage: Stage):
    stage.player._hold.setInterval(1)
    stage.play(PLAYING)
    space(stage, down=True)
    stage.called("hold_speed")

    stage.player.releaseHeld()
    space(stage, down=False)

    stage.until(lambda: stage.commands.called("hold_speed") == [(True,), (False,)])
    assert stage.commands.called("toggle_pause") == []


def test_a_sound_device_that_goes_is_told_of_once(stage: Stage):
    stage.play(PLAYING)

    stage.show(playing(silent=True))
    count = stage.player.props.noticeNumber
    stage.show(playing(silent=True, position=400.0))

    assert stage.player.props.noticeText.startswith("No sound device answers")
    assert stage.player.props.noticeNumber == count
    assert stage.player.props.silent


def test_hardware_that_gives_up_is_told_of(stage: Stage):
    stage.play(playing(hwdec="vaapi"))

    stage.show(playing(hwdec=""))

    assert stage.player.props.noticeText.startswith("The video hardware gave up")


def test_statistics_are_measured_only_while_their_panel_is_open(stage: Stage):
    stage.play(PLAYING)

    for key in (Qt.Key.Key_D, Qt.Key.Key_D):
        stage.player.pressKey(int(key), 0, "d", 0, False)
    stage.settle()

    assert stage.commands.called("watch_statistics") == [(True,), (False,)]


def test_leaving_ends_the_statistics(stage: Stage):
    stage.play(PLAYING)
    stage.player.togglePanel("stats")

    stage.player.close()
    stage.settle()

    assert stage.commands.called("watch_statistics") == [(True,), (False,)]


def test_the_next_source_is_asked_for(stage: Stage):
    stage.play(PLAYING)

    stage.player.nextSource()

    assert stage.called("next_source") == [()]


def test_end_goes_to_the_last_ten_seconds(stage: Stage):
    stage.play(PLAYING)

    stage.player.pressKey(int(Qt.Key.Key_End), 0, "", 0, False)

    assert stage.called("seek_to") == [(1430.0,)]


def test_a_picture_without_subtitles_is_asked_for_by_name(stage: Stage):
    stage.play(PLAYING)
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

    stage.player.pressKey(int(Qt.Key.Key_S), int(modifiers.value), "\x13", 0, False)
    stage.called("screenshot")

    assert stage.commands.calls[-1][2] == {"subtitles": False}


def test_controls_fade_and_the_session_is_told(stage: Stage):
    stage.play(PLAYING)
    assert stage.player.props.controlsShown

    stage.player._hide.setInterval(1)
    stage.player._hide.start()
    stage.until(lambda: not stage.player.props.controlsShown)
    stage.until(lambda: stage.commands.called("show_controls")[-1:] == [(False,)])
    stage.player.noteInput()

    assert stage.player.props.controlsShown
    stage.until(lambda: stage.commands.called("show_controls")[-1:] == [(True,)])


def test_paused_controls_stay(stage: Stage):
    stage.play(playing(phase=PlayerPhase.PAUSED))

    stage.player._hide_controls()

    assert stage.player.props.controlsShown


def test_behind_hidden_controls_time_stands_still_until_they_come_back(stage: Stage):
    stage.play(PLAYING)
    stage.player._set_controls(False)
    heard: list[float] = []
    stage.player.positionChanged.connect(lambda: heard.append(stage.player.props.position))

    stage.commands.show(playing(position=372.4))
    stage.until(lambda: stage.player._state.player.position == 372.4)
    assert heard == []
    stage.player.noteInput()

    assert heard == [372.4]


def test_ticks_are_gathered_but_a_jump_shows_at_once(stage: Stage):
    stage.play(PLAYING)
    heard: list[float] = []
    stage.player.positionChanged.connect(lambda: heard.append(stage.player.props.position))

    for n in range(1, 5):
        stage.commands.show(playing(position=372 + n / 10))
        stage.until(lambda n=n: stage.player._state.player.position == 372 + n / 10)
    stage.commands.show(playing(position=900.0))

    stage.until(lambda: stage.player.props.position == 900.0)
    assert len(heard) <= 3


def test_the_reason_for_waiting_follows(stage: Stage):
    stage.player._reason.setInterval(1)

    stage.play(playing(buffering=True))

    stage.until(lambda: stage.player.props.waitingReason != "")
    stage.show(PLAYING)
    assert stage.player.props.waitingReason == ""


def test_panels_list_and_choose(stage: Stage):
    stage.play(PLAYING)
    chosen = {
        "subtitles": ("2", "select_subtitle", (2,)),
        "audio": ("2", "select_audio", (2,)),
        "sources": (source_key(PLAYING.sources[1]), "choose_source", (1,)),
        "episodes": ("s1e3", "play_episode", ("s1e3",)),
        "speed": ("1.5", "set_speed", (1.5,)),
    }
    for panel, (key, command, arguments) in chosen.items():
        stage.player.togglePanel(panel)
        assert stage.player.rowsOf(panel).rowCount() > 1
        stage.player.choose(key)
        assert stage.called(command) == [arguments]
        assert stage.player.props.panel == ""


def test_subtitles_can_be_chosen_off(stage: Stage):
    stage.play(PLAYING)
    stage.player.togglePanel("subtitles")

    stage.player.choose("")

    assert stage.called("select_subtitle") == [(None,)]


def test_an_open_panel_follows_the_session(stage: Stage):
    stage.play(PLAYING)
    stage.player.togglePanel("episodes")
    assert stage.player.currentRow("episodes") == 1

    stage.show(replace(PLAYING, episode=EPISODES[2]))

    assert stage.player.currentRow("episodes") == 2


def test_panel_models_are_sound(stage: Stage):
    stage.play(PLAYING)
    for panel in PANELS:
        model = stage.player.rowsOf(panel)
        assert isinstance(model, QAbstractItemModel)
        tester = QAbstractItemModelTester(
            model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        stage.player.togglePanel(panel)
        stage.show(replace(PLAYING, episode=EPISODES[0], source_index=1))
        stage.show(playing(tracks=()))
        stage.show(PLAYING)
        assert model.rowCount() > 0
        tester.deleteLater()


def test_pictures_come_from_disk_only(stage: Stage):
    stage.backend.pictures["https://img/backdrop.jpg"] = "/tmp/backdrop.jpg"
    content = SERIES.with_(backdrop_url="https://img/backdrop.jpg")

    stage.play(replace(PLAYING, content=content))

    stage.until(lambda: stage.player.props.backdrop == "file:///tmp/backdrop.jpg")
    assert stage.backend.called("art") == [("https://img/backdrop.jpg",)]


def test_a_picture_that_is_missing_is_asked_for_once(stage: Stage):
    content = SERIES.with_(backdrop_url="https://img/none.jpg")
    stage.play(replace(PLAYING, content=content))
    stage.until(lambda: stage.backend.called("art"))

    stage.show(replace(PLAYING, content=content, can_undo=True))

    assert stage.backend.called("art") == [("https://img/none.jpg",)]
    assert stage.player.props.backdrop == ""


def test_each_notice_is_new_by_its_number(stage: Stage):
    stage.play(PLAYING)
    stage.player.noticeNumberChanged.connect(lambda: stage.told.append("notice"))

    for number in (1, 2):
        stage.show(replace(PLAYING, notice=Notice(NoticeCode.SEEK, number, 5)))

    assert stage.told == ["notice", "notice"]


def test_an_open_panel_and_the_pointer_on_its_card_hold_the_next_episode(stage: Stage):
    stage.play(PLAYING)
    stage.player.togglePanel("episodes")
    stage.player.togglePanel("episodes")
    stage.player.holdNextEpisode(True)
    stage.player.holdNextEpisode(False)
    stage.until(lambda: len(stage.commands.called("hold_next_episode")) == 4)

    held = [on for (on,) in stage.commands.called("hold_next_episode")]
    assert held == [True, False, True, False]
