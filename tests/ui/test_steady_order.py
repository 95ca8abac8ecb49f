"""The row that a person points at does not move away from under the pointer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.ui.steady_order import steady


@pytest.mark.parametrize(
    ("shown", "better", "pointed", "expected"),
    [
        ("abc", "xabc", "b", "xbac"),
        ("abc", "cba", "a", "acb"),
        ("abc", "cba", None, "cba"),
        ("abc", "cb", "a", "cb"),
        ("abc", "a", "a", "a"),
        ("abc", "ca", "c", "ac"),
        ("", "ab", "a", "ab"),
    ],
)
def test_steady(shown: str, better: str, pointed: str | None, expected: str):
    assert "".join(steady(shown, better, pointed, str)) == expected


letters = st.text("abcdefgh", max_size=8).map(lambda text: "".join(dict.fromkeys(text)))


@given(letters, letters, st.sampled_from("abcdefgh"))
def test_all_rows_are_there_once_and_the_others_in_their_new_order(
    shown: str, better: str, pointed: str
):
    found = steady(shown, better, pointed, str)
    assert sorted(found) == sorted(better)
    assert [row for row in found if row != pointed] == [row for row in better if row != pointed]
    if pointed in shown and pointed in better:
        assert found.index(pointed) == min(shown.index(pointed), len(better) - 1)
