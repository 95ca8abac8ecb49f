"""Every size of window keeps all in reach; what loads stands where it will be; Esc goes back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtQuick import QQuickItem

from novastream_desktop.models.doctor import Finding
from novastream_desktop.settings import Settings
from tests.fakes import shelf
from tests.fakes.backend import FakeBackend
from tests.ui.driving import Shown, descendants, until

KEY = Qt.Key
STILL = Settings.model_validate({"interface": {"reduced_motion": True}})
SIZES = [(480, 320), (640, 360), (800, 520), (1280, 720), (2560, 1440)]


def area(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(item.boundingRect())


def named(shown: Shown, kind: str) -> list[QQuickItem]:
    """Return the visible items of one QML type."""
    items = descendants(shown.window.contentItem())
    return [i for i in items if i.metaObject().className().startswith(kind) and i.isVisible()]


def resized(show: Callable[[FakeBackend], Shown], width: int, height: int) -> Shown:
    fake = FakeBackend(shelf.full_home(), STILL)
    fake.loop.start()
    shown = show(fake)
    shown.window.resize(width, height)
    inside = shown.window.contentItem()
    until(lambda: (inside.width(), inside.height()) == (width, height))
    return shown


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_rooms_stand_below_each_other_and_inside(
    show: Callable[[FakeBackend], Shown], width: int, height: int
):
    shown = resized(show, width, height)
    places = sorted((area(item) for item in named(shown, "RailItem")), key=lambda a: a.top())
    assert len(places) == 6
    assert all(a.bottom() <= b.top() + 0.5 for a, b in pairwise(places))
    assert places[0].top() >= 0
    assert places[-1].bottom() <= height


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_what_has_the_focus_is_inside_the_window(
    show: Callable[[FakeBackend], Shown], width: int, height: int
):
    shown = resized(show, width, height)
    window = QRectF(0, 0, width, height)
    for _ in range(4):
        until(lambda: window.contains(area(shown.focused)))
        shown.press(KEY.Key_Down)
    shown.app.openSettings()
    until(lambda: shown.says() == "Playback")
    shown.press(KEY.Key_Right)
    for _ in range(6):
        until(lambda: window.contains(area(shown.focused)))
        shown.press(KEY.Key_Down)
    assert shown.warnings == []


@pytest.mark.parametrize("width", [360, 520, 1100])
def test_a_setting_and_its_words_do_not_lie_on_each_other(
    show: Callable[[FakeBackend], Shown], width: int
):
    shown = resized(show, 360 + width, 720)
    shown.app.openSettings()
    until(lambda: len(named(shown, "SettingRow")) > 3)
    until(lambda: not overlapping(shown))  # once lines are broken


def overlapping(shown: Shown) -> list[str]:
    """Return the words that a control lies on."""
    found = []
    for row in named(shown, "SettingRow"):
        control = next(i for i in descendants(row) if i.inherits("QQuickLoader"))
        own = set(descendants(control))
        texts = [i for i in descendants(row) if i.inherits("QQuickText") and i.isVisible()]
        found += [
            str(text.property("text"))
            for text in texts
            if text not in own and area(text).adjusted(1, 1, -1, -1).intersects(area(control))
        ]
    return found


def test_the_whole_report_of_the_doctor_is_read_by_keys(show: Callable[[FakeBackend], Shown]):
    shown = resized(show, 800, 520)
    shown.backend.findings = [Finding(check=f"check {n}", ok=True) for n in range(30)]
    shown.app.openSettings()
    until(lambda: shown.says() == "Playback")
    while shown.says() != "Doctor":
        shown.press(KEY.Key_Down)
    shown.press(KEY.Key_Right)
    until(lambda: shown.says("text") == "Run checks")
    shown.press(KEY.Key_Return)
    until(lambda: shown.app.settings.doctorState == "ready")

    def in_sight() -> list[str]:
        words = [str(i.property("text")) for i in named(shown, "Label") if 0 <= area(i).top() < 500]
        return [word for word in words if word.startswith("Check ")]

    until(lambda: "Check 0" in in_sight())
    for _ in range(40):
        shown.press(KEY.Key_Down)
        until(in_sight)
    until(lambda: "Check 29" in in_sight())
    for _ in range(40):
        shown.press(KEY.Key_Up)
    until(lambda: "Check 0" in in_sight())


def test_rows_come_where_their_places_were(show: Callable[[FakeBackend], Shown]):
    fake = FakeBackend(settings=STILL)
    fake.loop.start()
    shown = show(fake)
    assert shown.app.home.state == "loading"
    (row,) = named(shown, "SkeletonRow")
    place = min((area(i).topLeft() for i in descendants(row) if i.height() == 222), key=QPointF.x)
    full = shelf.full_home()
    fake.show_home(full.with_(continue_watching=()))
    until(lambda: shown.app.home.state == "ready")
    until(lambda: any(card.property("index") == 0 for card in named(shown, "TitleCard")))
    first = min((area(card).topLeft() for card in named(shown, "TitleCard")), key=lambda p: p.y())
    assert first == place


@pytest.mark.parametrize("room", ["search", "library", "transfers", "settings", "shortcuts"])
def test_esc_is_one_step_back_from_every_room(show: Callable[[FakeBackend], Shown], room: str):
    shown = resized(show, 1280, 720)
    shown.app.openTitle("nova:title-0")
    until(lambda: shown.app.page == "title")
    shown.app.openRoom(room)
    until(lambda: shown.app.page == room)
    shown.press(KEY.Key_Escape)
    until(lambda: shown.app.page != room)
    shown.press(*[KEY.Key_Escape] * 2)
    until(lambda: shown.app.page == "home")
