from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from novastream_desktop.ui.home._derive import HomeInputs, derive
from novastream_desktop.ui.home.models import RowsModel
from novastream_desktop.ui.list_model import ItemsModel, camel
from tests.fakes import shelf


@dataclass(frozen=True, slots=True)
class Thing:
    id: int
    long_name: str = ""
    parts: tuple[str, ...] = ()


class ThingsModel(ItemsModel):
    ITEM = Thing


def watched_model(model: Any):
    """Return a model whose every change Qt's own tester watches."""
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    model.tester = QAbstractItemModelTester(model, mode)
    return model


LISTS = st.lists(
    st.builds(Thing, st.integers(0, 9), st.sampled_from("ab")), unique_by=lambda t: t.id
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LISTS, max_size=5))
def test_a_model_shows_any_list_after_any_other(qapp: QGuiApplication, lists: list[list[Thing]]):
    model = watched_model(ThingsModel())
    for things in lists:
        model.set_items(things)
        assert list(model.items) == things
        shown = [model.data(model.index(row), 257) for row in range(model.rowCount())]
        assert shown == [thing.id for thing in things]


def test_what_stays_is_moved_and_changed_not_made_again(qapp: QGuiApplication):
    model = watched_model(ThingsModel())
    model.set_items([Thing(1), Thing(2), Thing(3)])
    told: list[object] = []
    model.modelReset.connect(lambda: told.append("reset"))
    model.rowsRemoved.connect(lambda *_: told.append("removed"))
    model.rowsMoved.connect(lambda *_: told.append("moved"))
    model.rowsInserted.connect(lambda *_: told.append("inserted"))
    model.dataChanged.connect(lambda top, _, roles: told.append((top.row(), list(roles))))
    model.set_items([Thing(3), Thing(1, "x"), Thing(2)])
    assert told == ["moved", (1, [258])]


def test_one_item_can_be_changed_by_its_key(qapp: QGuiApplication):
    model = watched_model(ThingsModel())
    model.set_items([Thing(1), Thing(2)])
    model.change(2, lambda thing: replace(thing, long_name="new"))
    model.change(9, lambda thing: replace(thing, long_name="nobody"))
    assert [thing.long_name for thing in model.items] == ["", "new"]


def test_roles_are_named_as_qml_wants_them_and_lists_become_lists(qapp: QGuiApplication):
    model = ThingsModel()
    model.set_items([Thing(1, parts=("a", "b"))])
    assert [bytes(name.data()) for name in model.roleNames().values()] == [
        b"id",
        b"longName",
        b"parts",
    ]
    assert model.data(model.index(0), 259) == ["a", "b"]
    assert model.data(model.index(0), 1) is None
    assert camel("a_b_c") == "aBC"


def test_a_row_keeps_its_cards_model_while_it_is_there(qapp: QGuiApplication):
    model = watched_model(RowsModel())
    inputs = HomeInputs(now=shelf.NOW, snapshot=shelf.full_home(), refreshing=False)
    _, rows = derive(inputs)
    model.show(rows)
    before = {item.id: item.cards for item in model.items}
    for cards in before.values():
        watched_model(cards)
    model.show(tuple(reversed(rows)))
    assert [item.id for item in model.items] == [row.id for row in reversed(rows)]
    assert {item.id: item.cards for item in model.items} == before
    model.show(rows[:1])
    assert model.rowCount() == 1
