"""Which tracks are kept, and in which order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import SubtitleTrack
from novastream_desktop.subtitles import merge_tracks, tag_of


def track(lang: str, url: str, label: str = "", **more: Any) -> SubtitleTrack:
    return SubtitleTrack(lang=lang, url=url, label=label, **more)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("eng", "en"),
        ("ger", "de"),
        ("jpn", "ja"),
        ("pt_BR", "pt-BR"),
        ("zh-tw", "zh-TW"),
        ("EN", "en"),
        ("und", "und"),
        ("", "und"),
        ("English", "und"),
        ("xx", "und"),
        ("../etc", "und"),
    ],
)
def test_language_codes(text: str, tag: str):
    assert tag_of(text) == tag


@pytest.mark.parametrize(
    ("preferred", "expected"),
    [
        ((), "de en en-GB ja pt pt-BR und"),
        (("ja",), "ja de en en-GB pt pt-BR und"),
        (("pt-BR", "en"), "pt-BR pt en en-GB de ja und"),
        (("en-GB",), "en-GB en de ja pt pt-BR und"),
        (("nonsense", "ger"), "de en en-GB ja pt pt-BR und"),
    ],
)
def test_preferred_languages_come_first(preferred: tuple[str, ...], expected: str):
    langs = ["und", "pt", "eng", "de", "en-GB", "ja", "pt-BR"]
    found = merge_tracks([track(lang, lang) for lang in langs], preferred)
    assert " ".join(t.lang for t in found) == expected


def test_full_tracks_come_before_special_ones():
    tracks = [
        track("en", "f", forced=True),
        track("en", "s", hearing_impaired=True),
        track("en", "1"),
        track("en", "2"),
    ]
    assert [t.url for t in merge_tracks(tracks, ["en"])] == ["1", "2", "f", "s"]


def test_repeats_go():
    tracks = [
        track("en", "a", "Some.Film.2024.WEB"),
        track("en", "a", "Other name"),
        track("eng", "b", "some film 2024 web", release="Some Film 2024 WEB.srt"),
        track("en", "c", "Some.Film.2024.WEB", hearing_impaired=True),
        track("en", "d", "English"),
        track("en", "e", "English"),
        track("en", "g", "English"),
        track("de", "f", "Some.Film.2024.WEB"),
    ]
    same_text = {"e": "1234", "g": "1234"}
    found = merge_tracks(tracks, ["en"], texts=same_text)
    assert [t.url for t in found] == ["a", "d", "e", "c", "f"]


def test_what_was_made_for_this_file_comes_first():
    tracks = [
        track("en", "1", "English"),
        track("en", "2", release="Some.Film.2024.1080p.WEB-GRP"),
        track("en", "3", "other", exact=True, forced=True),
        track("de", "4", exact=True),
    ]
    playing = "Some Film (2024) 1080p WEB-GRP.mkv".replace("(2024)", "2024")
    found = merge_tracks(tracks, ["en"], release=playing)
    assert [t.url for t in found] == ["3", "2", "1", "4"]


def test_the_order_of_roles_is_as_set():
    tracks = [track("en", "1"), track("en", "2", "English [SDH]"), track("en", "3", "Signs")]
    found = merge_tracks(tracks, ["en"], roles=("forced", "sdh", "full"))
    assert [t.url for t in found] == ["3", "2", "1"]


tracks = st.lists(
    st.builds(
        SubtitleTrack,
        lang=st.sampled_from(["en", "eng", "de", "pt-BR", "pt", "und", "?"]),
        url=st.sampled_from("abcdefgh"),
        label=st.sampled_from(["", "A", "a", "B"]),
        forced=st.booleans(),
        hearing_impaired=st.booleans(),
    )
)


@given(tracks, st.lists(st.sampled_from(["en", "de", "pt-PT", "?"]), max_size=3))
def test_merging_is_settled(given_tracks: list[SubtitleTrack], preferred: list[str]):
    once = merge_tracks(given_tracks, preferred)
    assert merge_tracks(once, preferred) == once
    assert len({t.url for t in once}) == len(once)
    assert {tag_of(t.lang) for t in given_tracks} >= {t.lang for t in once}
    assert bool(once) == bool(given_tracks)
