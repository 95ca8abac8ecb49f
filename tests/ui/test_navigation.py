from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.ui.navigation import HOME, SETTINGS, TITLE, Pages


def test_back_uncovers_what_lay_beneath():
    pages = Pages().opened(TITLE).opened(SETTINGS)
    assert pages.top == SETTINGS
    assert pages.back().top == TITLE
    assert pages.back().back().back().top == HOME


@given(st.lists(st.sampled_from([HOME, TITLE, SETTINGS, "back"])))
def test_home_is_always_at_the_bottom_and_no_page_twice(steps: list[str]):
    pages = Pages()
    for step in steps:
        pages = pages.back() if step == "back" else pages.opened(step)
        assert pages.stack[0] == HOME
        assert len(set(pages.stack)) == len(pages.stack)
