"""The panel about the show that plays, and the card in credits with a story behind them."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from novastream_desktop.models import SkipType
from novastream_desktop.playback.state import NextUp, SessionPhase, ShowSkips, SkipPrompt
from novastream_desktop.ui.player._page import ViewState
from novastream_desktop.ui.player._props import derive
from novastream_desktop.ui.player._rows import episode_rows
from novastream_desktop.ui.player._show_rows import show_rows
from tests.ui.player.conftest import Page, Stage
from tests.ui.player.player_states_data import EPISODES, OPENING, PLAYING

FOUND = OPENING.with_(origin="aniskip", reference="id-1")
STATE = replace(PLAYING, skip_ranges=(FOUND,))


def rows_of(**changes: object) -> dict[str, tuple[str, str, bool]]:
    rows = show_rows(replace(STATE, **changes))  # type: ignore[arg-type]
    return {row.key: (row.name, row.note, row.current) for row in rows}


def test_what_can_be_said_about_a_show():
    rows = rows_of()
    assert list(rows) == ["stop:", "shift:-1", "shift:1", "quiet:", "wrong:op:aniskip"]
    assert rows["wrong:op:aniskip"] == (
        "Report wrong time: intro",
        "1:00 - 2:30 · from AniSkip · AniSkip is told",
        False,
    )
    assert rows["shift:1"][1] == "Now as found"
    assert "stop:" not in rows_of(next_episode=None)


def test_what_was_said_can_be_taken_back():
    said = ShowSkips(offset=-0.5, quiet=True, wrong=((SkipType.ED, "chapters"),))
    rows = rows_of(show_skips=said, stop_after=True, skip_ranges=())
    assert rows["shift:0"][0] == "Skips as they were found"
    assert rows["shift:-1"][1] == "Now 0.5 s earlier"
    assert rows["quiet:"][2]
    assert rows["stop:"][2]
    assert rows["back:ed:chapters"][:2] == (
        "Take the credits in again",
        "from the file's chapters",
    )


@pytest.mark.parametrize(
    ("key", "command", "arguments"),
    [
        ("stop:", "stop_after_episode", (True,)),
        ("shift:-1", "change_skip_offset", (-0.5,)),
        ("shift:0", "change_skip_offset", (None,)),
        ("quiet:", "keep_skips_quiet", (True,)),
        ("wrong:op:aniskip", "report_skip", ("op", "aniskip", True)),
        ("back:op:aniskip", "report_skip", ("op", "aniskip", False)),
    ],
)
def test_a_row_does_what_it_says_and_leaves_the_panel_open(
    stage: Stage, key: str, command: str, arguments: tuple[object, ...]
):
    stage.play(STATE)
    stage.player.togglePanel("show")
    stage.player.choose(key)
    assert stage.called(command) == [arguments]
    assert stage.player.props.panel == "show"


def test_episodes_are_marked():
    marked = (EPISODES[0], EPISODES[1].with_(filler=True), EPISODES[2].with_(recap=True))
    rows = episode_rows(replace(PLAYING, episodes=marked))
    assert [row.badge for row in rows] == ["", "Filler", "Recap"]


def test_the_card_in_credits_with_a_story_behind_them():
    card = NextUp(EPISODES[2], after_credits=700.0)
    assert derive(replace(PLAYING, next_up=card), ViewState()).nextUpAfterCredits
    assert not derive(replace(PLAYING, next_up=NextUp(EPISODES[2])), ViewState()).nextUpAfterCredits
    ended = replace(PLAYING, phase=SessionPhase.ENDED, still_watching=True)
    assert derive(ended, ViewState()).stillWatching


def test_its_keys(page: Page):
    stage = page.stage
    stage.play(replace(PLAYING, next_up=NextUp(EPISODES[2], after_credits=700.0)))
    stage.until(lambda: stage.player.props.nextUpAfterCredits)
    stage.qtbot.keyClick(page.window, Qt.Key.Key_S)
    stage.called("skip_segment")
    stage.qtbot.keyClick(page.window, Qt.Key.Key_Return)
    stage.called("next_episode")
    stage.show(
        replace(PLAYING, prompt=SkipPrompt(OPENING), next_up=NextUp(EPISODES[2]))
    )  # both: Enter skips
    stage.qtbot.keyClick(page.window, Qt.Key.Key_Return)
    stage.until(lambda: len(stage.commands.called("skip_segment")) == 2)
    assert len(stage.commands.called("next_episode")) == 1
    assert page.complaints == []


def test_a_pointer_that_only_rests_on_the_card_holds_nothing(page: Page):
    stage = page.stage
    offered = replace(PLAYING, next_up=NextUp(EPISODES[2], 9.0))
    stage.play(offered)
    card = page.item.findChild(QQuickItem, "nextUp")
    assert card is not None
    stage.until(lambda: card.opacity() == 1)
    place = card.mapToScene(QPointF(card.width() / 2, 40)).toPoint()
    stage.show(PLAYING)
    stage.until(lambda: not card.isVisible())
    QTest.mouseMove(page.window, place)
    stage.show(offered)
    stage.until(lambda: card.opacity() == 1)
    stage.settle()
    assert (True,) not in stage.commands.called("hold_next_episode")
    steps = itertools.cycle((6, 18, 30))

    def held() -> bool:
        QTest.mouseMove(page.window, place + QPoint(next(steps), 0))
        return (True,) in stage.commands.called("hold_next_episode")

    stage.until(held)


def test_its_cross_puts_the_card_away_and_not_the_skip_button(page: Page):
    stage = page.stage
    stage.play(replace(PLAYING, prompt=SkipPrompt(OPENING), next_up=NextUp(EPISODES[2])))
    card = page.item.findChild(QQuickItem, "nextUp")
    assert card is not None
    stage.until(lambda: card.opacity() == 1)
    cross = card.mapToScene(QPointF(card.width() - 24, 24)).toPoint()
    QTest.mouseClick(page.window, Qt.MouseButton.LeftButton, pos=cross)
    stage.called("dismiss_next_episode")
    assert stage.commands.called("dismiss_prompt") == []
