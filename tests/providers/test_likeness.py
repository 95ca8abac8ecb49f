"""Titles that are the same by name and year, and languages by their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import Content, ContentType
from novastream_desktop.providers._language import (
    for_hard_of_hearing,
    language_tag,
    only_signs,
)
from novastream_desktop.providers._likeness import likeness, match, plain_title


def _film(title: str, year: int | None = 2024, original: str | None = None) -> Content:
    return Content(
        id="nova:x", title=title, type=ContentType.MOVIE, year=year, original_title=original
    )


@pytest.mark.parametrize(
    ("asked", "listed", "year"),
    [
        (_film("Paper Boat"), "The Paper Boat!", 2024),
        (_film("Paper Boat"), "Paper Boat (2024)", 2024),
        (_film("Paper Boat"), "PAPER BOAT", 2025),
        (_film("Paper Boat", None), "Paper Boat", 1999),
        (_film("Amélie & Co"), "Amelie and Co", 2024),
        (_film("Rocky II"), "Rocky II", 2024),
        (_film("Papierschiff", original="Paper Boat"), "Paper Boat", 2024),
        (_film("紙の舟"), "紙の舟", None),
        (_film("Harbour Lights"), "Harbor Lights", 2024),
    ],
)
def test_the_same_title(asked: Content, listed: str, year: int | None):
    assert match(asked, [listed], year) > 0


@pytest.mark.parametrize(
    ("asked", "listed", "year"),
    [
        (_film("Paper Boat"), "Paper Boat 2", 2024),
        (_film("Rocky II"), "Rocky III", 2024),
        (_film("Paper Boat"), "Paper Boat", 2021),
        (_film("Paper Boat"), "Paper Goat Story", 2024),
        (_film("Harbour Lights", None), "Harbor Lights", None),
        (_film("!!!"), "???", 2024),
        (_film("Paper Boat"), "", 2024),
    ],
)
def test_another_title(asked: Content, listed: str, year: int | None):
    assert match(asked, [listed], year) == 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_mutual_and_bounded(one: str, other: str):
    assert 0 <= likeness(one, other) <= 100
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, one) == (100 if plain_title(one) else 0)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("English", "en"),
        ("English - CC", "en"),
        ("English 2", "en"),
        ("Portuguese (Brazil)", "pt-BR"),
        ("Spanish - Latin America", "es-419"),
        ("Chinese Simplified", "zh-Hans"),
        ("日本語", "ja"),
        ("العربية", "ar"),
        ("en", "en"),
        ("pt_BR", "pt-BR"),
        ("ger", "ger"),
        ("Default", "und"),
        ("", "und"),
        ("1" * 1_000_000 + "x", "und"),
    ],
)
def test_languages(text: str, tag: str):
    assert language_tag(text) == tag


@given(st.text())
def test_any_text_is_a_language_or_none(text: str):
    assert language_tag(text)


def test_kinds_of_tracks():
    assert for_hard_of_hearing("English - CC")
    assert for_hard_of_hearing("Deutsch [SDH]")
    assert not for_hard_of_hearing("Accented")
    assert only_signs("English (Signs & Songs)")
    assert only_signs("forced")
    assert not only_signs("English")
