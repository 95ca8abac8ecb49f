"""Where the window opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from novastream_desktop.ui.window_place import Place, first_place, read_place, write_place

LAPTOP = QRect(0, 0, 1366, 728)
LARGE = QRect(1366, 0, 2560, 1440)
DOUBLED = QRect(0, 24, 640, 336)  # 1280x720 at 200 %, with a panel


@pytest.mark.parametrize(
    ("kept", "screens", "place"),
    [
        (None, [LARGE, LAPTOP], Place(2006, 360, 1280, 720)),
        (None, [DOUBLED], Place(0, 24, 640, 336)),
        (Place(1500, 100, 900, 600), [LAPTOP, LARGE], Place(1500, 100, 900, 600)),
        (Place(1500, 100, 900, 600), [LAPTOP], Place(43, 4, 1280, 720)),  # its screen is gone
        (Place(-860, 100, 900, 600), [LAPTOP], Place(43, 4, 1280, 720)),  # nothing to catch
        (Place(100, -300, 900, 600), [LAPTOP], Place(43, 4, 1280, 720)),  # no title to drag
        (Place(0, 30, 2000, 1400, large=True), [LAPTOP], Place(0, 0, 1366, 728, large=True)),
    ],
)
def test_a_window_opens_where_it_was_if_it_can_be_reached_there(
    kept: Place | None, screens: list[QRect], place: Place
):
    assert first_place(kept, screens) == place


numbers = st.integers(-5000, 5000)
sizes = st.integers(1, 5000)


@example(kept=Place(0, 0, 240, 20), screen=QRect(120, 0, 120, 20))
@given(
    kept=st.builds(Place, numbers, numbers, sizes, sizes),
    screen=st.builds(QRect, numbers, numbers, sizes, sizes),
)
def test_it_is_never_larger_than_its_screen_and_never_out_of_sight(kept: Place, screen: QRect):
    place = first_place(kept, [screen])
    assert place.width <= screen.width()
    assert place.height <= screen.height()
    assert screen.intersects(QRect(*place[:4]))


def test_a_place_is_kept_and_nonsense_is_not_believed(tmp_path: Path):
    file = tmp_path / "window.json"
    assert read_place(file) is None
    write_place(file, Place(10, 20, 900, 600, large=True))
    assert read_place(file) == Place(10, 20, 900, 600, large=True)
    for text in ("", "[]", '{"x": 1}', '{"x":0,"y":0,"width":-4,"height":9,"large":false}', "{"):
        file.write_text(text)
        assert read_place(file) is None
    write_place(file / "window.json", Place(0, 0, 1, 1))  # no folder: says nothing
