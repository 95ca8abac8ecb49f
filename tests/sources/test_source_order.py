"""The order: what counts, what sinks and why, and that nothing hangs on who answered first."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novastream_desktop.models import (
    ContentType,
    HealthStatus,
    SourceHealth,
    SourceType,
    StreamSource,
    Verdict,
)
from novastream_desktop.sources import key_of, rank
from novastream_desktop.sources._desk import Desk
from novastream_desktop.sources._merge import grouped, merged
from novastream_desktop.sources._points import Choice, Remembered
from novastream_desktop.sources._rank import is_sunk
from novastream_desktop.sources._wanted import Abilities, Wanted
from tests.fakes.providers import mp4, torrent

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SERIES = Wanted(
    titles=("paper moons",),
    kind=ContentType.SERIES,
    year=2020,
    season=1,
    numbers=frozenset({3}),
    runtime=2400.0,
)
FILM = Wanted(titles=("paper moons",), kind=ContentType.MOVIE, year=2024, runtime=7200.0)
GIB = 1024**3


def release(name: str, number: int = 1, **more: object) -> StreamSource:
    return torrent(f"{number:040x}", release_name=name, **{"seeders": 10, **more})


def order(*sources: StreamSource, wanted: Wanted = FILM, **more: object) -> list[str]:
    return [s.release_name or s.url for s in rank(sources, NOW, wanted, **more)]  # type: ignore[arg-type]


BETTER_FIRST = [
    (FILM, "Paper.Moons.2024.720p.WEB-DL.x264-GRP", "Paper.Moons.1999.2160p.WEB-DL.x264-GRP"),
    (FILM, "Paper.Moons.2024.480p.DVDRip-GRP", "Harbour.Lights.2024.2160p.REMUX-GRP"),
    (FILM, "Paper.Moons.2024.480p.DVDRip-GRP", "Paper.Moons.2024.1080p.HDCAM-GRP"),
    (FILM, "Paper.Moons.2024.1080p.BluRay-GRP", "Paper.Moons.2024.1080p.HDTV-GRP"),
    (FILM, "Paper.Moons.2024.1080p.WEB-DL-GRP", "Paper.Moons.2024.1080p.Upscaled.WEB-DL-GRP"),
    (SERIES, "Paper.Moons.S01E03.480p-GRP", "Paper.Moons.S01E04.2160p-GRP"),
    (SERIES, "Paper.Moons.S01.480p-GRP", "Paper.Moons.S02.2160p-GRP"),
    (SERIES, "Paper.Moons.S01E03.1080p-GRP", "Paper.Moons.S01.1080p-GRP"),
    (SERIES, "Paper.Moons.S01E03.720p-GRP", "Paper.Moons.1080p.REMUX.exe"),
    (FILM._replace(max_height=1080), "Paper.Moons.2024.480p-GRP", "Paper.Moons.2024.2160p-GRP"),
    (
        FILM._replace(languages=("en",)),
        "Paper.Moons.2024.ENGLISH.720p-GRP",
        "Paper.Moons.2024.FRENCH.1080p-GRP",
    ),
    (
        FILM._replace(abilities=Abilities(hevc=1080, av1=0, hdr=True)),
        "Paper.Moons.2024.720p.x264-GRP",
        "Paper.Moons.2024.2160p.x265-GRP",
    ),
    (
        FILM._replace(abilities=Abilities(hdr=False)),
        "Paper.Moons.2024.720p-GRP",
        "Paper.Moons.2024.2160p.HDR-GRP",
    ),
]


@pytest.mark.parametrize(("wanted", "better", "worse"), BETTER_FIRST)
def test_which_release_comes_first(wanted: Wanted, better: str, worse: str):
    assert order(release(worse, 1), release(better, 2), wanted=wanted) == [better, worse]


@pytest.mark.parametrize(
    ("source", "wanted", "words"),
    [
        (release("Paper.Moons.1999.1080p"), FILM, "of 1999, not 2024"),
        (release("Paper.Moons.S01E04.1080p"), SERIES, "episode 4, not 3"),
        (release("Paper.Moons.2024.2160p", size_bytes=GIB // 2), FILM, "too small to be 2160p"),
        (release("Paper.Moons.2024.1080p", size_bytes=900 * GIB), FILM, "too large for its length"),
        (
            release("Paper.Moons.2024.1080p", size_bytes=20 * GIB),
            FILM._replace(max_gb_per_hour=4.0),
            "10.7 GB an hour, over your limit",
        ),
        (
            release("Paper.Moons.2024.2160p"),
            FILM._replace(max_height=720),
            "over your limit of 720p",
        ),
    ],
)
def test_what_sinks_says_why(source: StreamSource, wanted: Wanted, words: str):
    (sunk,) = rank([source], NOW, wanted)
    assert words in sunk.reasons[:2]
    assert sunk.score < rank([release("Paper.Moons.S01E03.480p")], NOW, SERIES)[0].score


@pytest.mark.parametrize("name", ["01 - Low Tide.mkv", "x", "movie.mkv", "S01E27 - Ebb.mp4"])
def test_what_a_server_calls_its_file_says_nothing_against_it(name: str):
    (on_a_server,) = rank([mp4("https://my/1", release_name=name)], NOW, SERIES)
    (in_a_swarm,) = rank([release(name)], NOW, SERIES)
    assert not is_sunk(on_a_server)
    assert not any("named" in reason or "episode" in reason for reason in on_a_server.reasons)
    assert in_a_swarm.score < on_a_server.score
    program = rank([mp4("https://my/1", release_name="Paper Moons.exe")], NOW, SERIES)[0]
    assert "it is no video file" in program.reasons


def test_only_a_film_from_a_screen_says_that_better_ones_exist():
    filmed = release("Paper.Moons.2024.HDCAM-GRP", 1)
    (alone,) = rank([filmed], NOW, FILM)
    assert "filmed in a cinema" in alone.reasons
    _, beside = rank([filmed, release("Paper.Moons.2024.480p-GRP", 2)], NOW, FILM)
    assert "filmed in a cinema, better ones exist" in beside.reasons


def test_the_size_of_a_season_is_not_that_of_an_episode():
    pack = release("Paper.Moons.S01.1080p", size_bytes=90 * GIB)
    (found,) = rank([pack], NOW, SERIES)
    assert (found.season_pack, found.bitrate) == (True, None)
    (one,) = rank([pack.with_(file_index=3, size_bytes=GIB)], NOW, SERIES)
    assert one.bitrate == pytest.approx(GIB * 8 / 2400)


def test_facts_of_the_name_are_told():
    (found,) = rank([release("Paper.Moons.S01E03.1080p.WEB-DL.TrueHD.DV.x265-GRP")], NOW, SERIES)
    assert (found.height, found.quality, found.codec, found.hdr, found.audio) == (
        1080,
        "1080p",
        "hevc",
        "dolby-vision",
        "TrueHD",
    )
    assert (found.release_group, found.season_pack) == ("GRP", False)


def test_what_failed_today_sinks_below_what_is_poor_but_not_below_the_dead():
    poor = mp4("https://a/1", height=240)
    failed = mp4("https://b/2", height=2160)
    dead = mp4("https://c/3", height=2160, health=SourceHealth(status=HealthStatus.DEAD))
    remembered = Remembered(failed={key_of(failed): "failed 3 h ago: HTTP 404"})
    found = rank([dead, failed, poor], NOW, FILM, remembered)
    assert [s.url for s in found] == [poor.url, failed.url, dead.url]
    assert found[1].reasons[0] == "failed 3 h ago: HTTP 404"
    assert [is_sunk(s) for s in found] == [False, True, True]


def test_the_choice_for_the_last_episode_is_preferred():
    one = release("Paper.Moons.S01E03.1080p.WEB-DL.x264-GRP", 1, provider="a")
    other = release("Paper.Moons.S01E03.720p.WEB-DL.x264-OTHER", 2, provider="b")
    assert order(one, other, wanted=SERIES)[0] == one.release_name
    chosen = Remembered(choice=Choice("b", "other", 720))
    found = rank([one, other], NOW, SERIES, chosen)
    assert found[0].release_name == other.release_name
    assert "like the one you chose for this title" in found[0].reasons


def test_what_started_fast_is_told_and_preferred():
    quick, slow = mp4("https://a/1", height=720), mp4("https://b/1", height=720)
    found = rank([slow, quick], NOW, FILM, Remembered(starts={"a": 1.2, "b": 12.0}))
    assert [s.expected_start for s in found] == [1.2, 12.0]
    assert "starts in about 1.2 s" in found[0].reasons
    assert "took 12 s to start" in found[1].reasons


def test_verdicts_count():
    def checked(url: str, verdict: Verdict | None) -> StreamSource:
        health = SourceHealth(status=HealthStatus.HEALTHY, verdict=verdict)
        return mp4(url, height=1080, health=health)

    found = rank(
        [
            checked("https://a/1", Verdict.WILL_STALL),
            checked("https://b/1", None),
            checked("https://c/1", Verdict.PLAYS_THROUGH),
        ],
        NOW,
    )
    assert [s.url for s in found] == ["https://c/1", "https://b/1", "https://a/1"]


# -- one identity --------------------------------------------------------------------------------


def test_one_release_from_two_indexers_is_one_source_that_names_both():
    one = release("Paper.Moons.2024.1080p-GRP", 1, provider="b", size_bytes=1_000_000, seeders=4)
    other = release(
        "paper moons 2024 1080p GRP.mkv", 2, provider="a", size_bytes=1_009_000, seeders=9
    )
    (found,) = merged([one, other])
    assert (found.url, found.seeders) == (other.url, 9)
    assert found.offered_by == ("a", "b")


@pytest.mark.parametrize(
    "other",
    [
        release("Paper.Moons.2024.1080p-GRP", 2, size_bytes=1_020_000),
        release("Paper.Moons.2024.1080p-OTHER", 2, size_bytes=1_000_000),
        release("Paper.Moons.2024.1080p-GRP", 2),
        release("Paper.Moons.2024.1080p-GRP", 2, size_bytes=1_000_000, file_index=4),
        mp4("https://h/v", release_name="Paper.Moons.2024.1080p-GRP", size_bytes=1_000_000),
    ],
)
def test_other_releases_stay_apart(other: StreamSource):
    one = release("Paper.Moons.2024.1080p-GRP", 1, size_bytes=1_000_000)
    assert len(merged([one, other])) == 2


def test_a_torrent_that_is_known_by_two_names_joins_both_releases():
    sources = [
        release("One.Name.1080p", 1, size_bytes=1000),
        release("One.Name.1080p", 2, size_bytes=1001),
        release("Other.Name.1080p", 2, size_bytes=1000),
        release("Other.Name.1080p", 3, size_bytes=1001),
    ]
    for seed in range(8):
        random.Random(seed).shuffle(sources)
        assert len(grouped(sources)) == 1


NAMES = [
    "Paper.Moons.S01E03.1080p.WEB-DL.x264-GRP",
    "Paper.Moons.S01E03.1080p.WEB-DL.x265-GRP",
    "Paper.Moons.S01.2160p.HDR-GRP",
    "Harbour.Lights.S01E03.720p",
    "Paper.Moons.2024.HDCAM",
    "月と紙 03 1080p",
    None,
]
some_sources = st.lists(
    st.builds(
        StreamSource,
        url=st.sampled_from(
            [
                *(f"https://{host}/{n}?token={t}" for host in "ab" for n in (1, 2) for t in (1, 2)),
                *(f"magnet:?xt=urn:btih:{n:040x}" for n in range(4)),
            ]
        ),
        type=st.just(SourceType.MP4),
        provider=st.sampled_from(["a", "b", "c"]),
        height=st.sampled_from([None, 720, 1080]),
        seeders=st.sampled_from([None, 0, 7]),
        size_bytes=st.sampled_from([None, GIB, GIB + 5, 4 * GIB]),
        release_name=st.sampled_from(NAMES),
        expires_at=st.sampled_from([None, NOW, datetime(2026, 6, 1, tzinfo=UTC)]),
        headers=st.sampled_from([None, {"Referer": "https://a/"}]),
        health=st.sampled_from(
            [SourceHealth(), SourceHealth(status=HealthStatus.HEALTHY, latency_ms=90.0)]
        ),
    ).map(
        lambda s: s.with_(type=SourceType.TORRENT) if s.url.startswith("magnet:") else s,
    ),
    max_size=8,
)


@given(some_sources, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_is_the_same_for_every_order_of_the_answers(
    sources: list[StreamSource], chance: random.Random
):
    shuffled = [*sources]
    chance.shuffle(shuffled)
    remembered = Remembered(
        choice=Choice("b", "GRP", 1080), failed={("https://a/1?",): "failed"}, starts={"b": 1.0}
    )
    one = Desk(SERIES).arrange(sources, NOW, remembered)
    assert Desk(SERIES).arrange(shuffled, NOW, remembered) == one
    assert len({key_of(s) for s in one}) == len(one)
    assert rank(sources, NOW, SERIES, remembered) == rank(shuffled, NOW, SERIES, remembered)


def test_a_desk_that_is_asked_again_answers_the_same_and_takes_checks_in():
    sources = [release(name or "x", at) for at, name in enumerate(NAMES)]
    desk = Desk(SERIES)
    before = desk.arrange(sources, NOW)
    assert desk.arrange(sources, NOW) == before
    dead = SourceHealth(status=HealthStatus.DEAD)
    after = desk.arrange(sources, NOW, health={key_of(before[0]): dead})
    assert after[-1].url == before[0].url
    desk.close()
    assert desk.arrange(sources, NOW) == ()
