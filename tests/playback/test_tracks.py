"""Which sound and subtitles: a table of what people want, and what one choice teaches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import SubtitleTrack
from novastream_desktop.playback._tracks import (
    Candidate,
    Role,
    TrackPolicy,
    Wish,
    choose_audio,
    choose_subtitle,
    from_wire,
    learned,
    of_list,
    of_player,
    to_wire,
)
from novastream_desktop.player.base import Track, TrackKind

AUDIO, SUBTITLE = TrackKind.AUDIO, TrackKind.SUBTITLE


def sub(number: int, lang: str, title: str = "", **more: bool) -> Track:
    return Track(SUBTITLE, number, title, lang, **more)


ANIME = (
    sub(1, "eng", "Signs & Songs"),
    sub(2, "eng", "Dialogue"),
    sub(3, "eng", "Full [SDH]"),
    sub(4, "ger", "Deutsch"),
    sub(5, "eng", "Director's Commentary"),
)


@pytest.mark.parametrize(
    ("track", "wish"),
    [
        (ANIME[0], Wish("en", Role.SIGNS)),
        (ANIME[1], Wish("en")),
        (ANIME[2], Wish("en", Role.SDH)),
        (ANIME[4], Wish("en", Role.COMMENTARY)),
        (sub(1, "fr", forced=True), Wish("fr", Role.SIGNS)),
        (sub(1, "fr", hearing_impaired=True), Wish("fr", Role.SDH)),
        (Track(AUDIO, 1, "Audio description", "eng"), Wish("en", Role.DESCRIBED)),
        (Track(AUDIO, 1, "Signs", "jpn"), Wish("ja")),
        (sub(1, ""), Wish("und")),
    ],
)
def test_what_a_track_is(track: Track, wish: Wish):
    assert of_player(track) == Candidate(wish, id=track.id)


def test_what_a_found_track_is():
    found = SubtitleTrack(lang="pt-BR", url="u", label="Comentario", forced=True)
    assert of_list(found).wish == Wish("pt-BR", Role.COMMENTARY)
    assert of_list(found.with_(label="")).wish == Wish("pt-BR", Role.SIGNS)


@pytest.mark.parametrize(
    ("policy", "preferred", "audio", "expected"),
    [
        (TrackPolicy(), (), "ja", None),
        (TrackPolicy(), ("en",), "ja", 2),
        (TrackPolicy(), ("en",), "en", 1),
        (TrackPolicy(), ("fr", "de"), "und", 4),
        (TrackPolicy(), ("fr",), "ja", None),
        (TrackPolicy(), ("de", "en"), "de", None),
        (TrackPolicy(off=True), ("en",), "ja", "off"),
        (TrackPolicy(subtitle=Wish("en", Role.SDH)), ("de",), "ja", 3),
        (TrackPolicy(subtitle=Wish("en-GB", Role.FULL)), (), "en", 2),
        (TrackPolicy(subtitle=Wish("de", Role.SDH)), (), "ja", 4),
        (TrackPolicy(subtitle=Wish("de", Role.SIGNS)), ("de",), "ja", None),
        (TrackPolicy(subtitle=Wish("en", Role.COMMENTARY)), (), "en", 5),
    ],
)
def test_which_subtitles(
    policy: TrackPolicy, preferred: tuple[str, ...], audio: str, expected: int | str | None
):
    choice = choose_subtitle([of_player(t) for t in ANIME], policy, preferred, audio)
    found = "off" if choice.decided and choice.track is None else choice.track and choice.track.id
    assert found == expected


def test_a_region_is_preferred_to_a_language():
    brazil, portugal = (Candidate(Wish(f"pt-{c}"), url=c) for c in ("BR", "PT"))
    policy = TrackPolicy(subtitle=Wish("pt-PT"))
    assert choose_subtitle([brazil, portugal], policy, ()).track == portugal
    assert choose_subtitle([brazil], policy, ()).track == brazil


def test_which_sound():
    tracks = [
        Track(AUDIO, 1, "", "eng"),
        Track(AUDIO, 2, "Commentary", "jpn"),
        Track(AUDIO, 3, "", "jpn"),
    ]
    assert choose_audio(tracks, TrackPolicy()) is None
    assert choose_audio(tracks, TrackPolicy(audio=Wish("ja"))) == tracks[2]
    assert choose_audio(tracks, TrackPolicy(audio=Wish("fr"))) is None


def test_one_choice_is_a_rule_by_language_and_role():
    policy = learned(TrackPolicy(), SUBTITLE, ANIME[0])
    assert policy == TrackPolicy(subtitle=Wish("en", Role.SIGNS))
    other_release = [Candidate(Wish("de"), id=9), Candidate(Wish("en", Role.SIGNS), id=7)]
    chosen = choose_subtitle(other_release, policy, ("de",)).track
    assert chosen is not None
    assert chosen.id == 7
    off = learned(policy, SUBTITLE, None)
    assert off.off
    assert learned(off, SUBTITLE, ANIME[3]) == TrackPolicy(subtitle=Wish("de"))
    assert learned(off, SUBTITLE, sub(1, "")) == policy
    assert learned(policy, AUDIO, Track(AUDIO, 1, "", "jpn")).audio == Wish("ja")
    assert learned(policy, AUDIO, None) == policy


wishes = st.none() | st.builds(Wish, st.sampled_from(["en", "pt-BR", "ja"]), st.sampled_from(Role))


@given(st.builds(TrackPolicy, wishes, wishes, st.booleans(), wishes))
def test_a_policy_survives_the_disk(policy: TrackPolicy):
    assert from_wire(to_wire(policy)) == policy


@pytest.mark.parametrize(
    "data", [{}, {"audio": 3, "off": 1}, {"subtitle": {"lang": 3, "role": "full"}}, {"audio": {}}]
)
def test_what_is_not_understood_is_left_out(data: dict[str, object]):
    assert from_wire(data) == TrackPolicy()
