"""The hierarchy of a film's sources."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import (
    HealthStatus,
    SourceHealth,
    SourceType,
    StreamSource,
    Verdict,
)
from novastream_desktop.playback._hierarchy import (
    Means,
    Tier,
    bitrate_of,
    film_order,
    first_of_film,
    held_back,
    measured_link,
    tier_of,
)
from novastream_desktop.playback.movie import MoviePlaybackService
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.sources import Resolution
from tests.fakes.playback_world import FILM, World

TWO_HOURS = 7200.0
GB = 10**9
HEALTHY = SourceHealth(status=HealthStatus.HEALTHY)


def torrent(name: str, size: float, *, seeders: int = 50, **more: object) -> StreamSource:
    return StreamSource(
        url="magnet:?xt=urn:btih:" + f"{abs(hash(name)):040x}"[:40],
        type=SourceType.TORRENT,
        release_name=name,
        size_bytes=int(size * GB),
        seeders=seeders,
        score=20.0,
    ).with_(**more)


REMUX = torrent("Film.2016.1080p.BluRay.REMUX.AVC-X", 28)
ENCODE = torrent("Film.2016.1080p.BluRay.x264-Y", 12)
BETTER = torrent("Film.2016.2160p.WEB-DL.x265-Z", 18)
SMALL = torrent("Film.2016.720p.WEB.x264-W", 2)
HTTP = StreamSource(
    url="https://host/film.mp4", type=SourceType.MP4, score=80.0, health=HEALTHY, height=1080
)
MIRROR = HTTP.with_(url="https://mirror/film.mp4", editorial=("a24",), score=60.0)


def test_editorial_then_remux_then_encodes_by_bitrate_then_the_rest():
    ranked = [HTTP, SMALL, ENCODE, BETTER, MIRROR, REMUX]
    ordered = film_order(ranked, TWO_HOURS, Means())
    assert [s.url for s in ordered] == [s.url for s in (MIRROR, REMUX, BETTER, ENCODE, HTTP, SMALL)]
    assert ordered[0].reasons == ("in the collection A24",)
    assert ordered[1].reasons == ("the disc itself at 31 Mbit/s",)
    assert ordered[3].reasons == ("high bitrate at 13 Mbit/s",)
    assert ordered[4].reasons == ()


@pytest.mark.parametrize(
    ("means", "first", "words"),
    [
        (Means(link=100e6), REMUX, ""),
        (Means(link=30e6), BETTER, "needs 31 Mbit/s, this link was measured at 30"),
        (Means(link=5e6), HTTP, "needs 31 Mbit/s, this link was measured at 5"),
        (Means(room=20 * GB), BETTER, "larger than the disk has room for"),
    ],
)
def test_what_cannot_be_carried_says_so_and_what_plays_through_begins(
    means: Means, first: StreamSource, words: str
):
    ordered = film_order([HTTP, REMUX, BETTER], TWO_HOURS, means)
    assert ordered[0].url == first.url
    assert held_back(REMUX, TWO_HOURS, means) == words
    told = next(s for s in ordered if s.url == REMUX.url)
    assert not words or told.reasons[0] == words


@pytest.mark.parametrize(
    ("source", "tier"),
    [
        (REMUX.with_(seeders=1), Tier.OTHER),
        (REMUX.with_(seeders=None, health=HEALTHY), Tier.FINE),
        (REMUX.with_(score=-30.0), Tier.OTHER),
        (REMUX.with_(health=SourceHealth(status=HealthStatus.DEAD)), Tier.OTHER),
        (REMUX.with_(health=SourceHealth(verdict=Verdict.WILL_STALL)), Tier.OTHER),
        (ENCODE.with_(season_pack=True), Tier.OTHER),
        (ENCODE.with_(size_bytes=None), Tier.OTHER),
        (MIRROR.with_(health=SourceHealth(status=HealthStatus.DEAD)), Tier.OTHER),
        (MIRROR, Tier.EDITORIAL),
        (HTTP, Tier.OTHER),
    ],
)
def test_tiers(source: StreamSource, tier: Tier):
    assert tier_of(source, TWO_HOURS, Means()) is tier


def test_bitrates_and_links():
    assert bitrate_of(HTTP.with_(bitrate=5e6), None) == 5e6
    assert bitrate_of(HTTP.with_(health=SourceHealth(bitrate=4e6)), None) == 4e6
    assert bitrate_of(ENCODE, None) is None
    fast = HTTP.with_(health=SourceHealth(throughput=40e6))
    here = HTTP.with_(url="http://127.0.0.1:9/x", health=SourceHealth(throughput=900e6))
    assert measured_link([fast, here, HTTP]) == 40e6
    assert measured_link([here]) is None


def test_what_begins_while_others_still_come():
    assert first_of_film([REMUX, HTTP], None, TWO_HOURS, Means()) is None
    assert first_of_film([REMUX, HTTP], HTTP, TWO_HOURS, Means()) is REMUX
    assert first_of_film([HTTP, SMALL], HTTP, TWO_HOURS, Means()) is HTTP
    unchecked = MIRROR.with_(health=SourceHealth())
    assert first_of_film([unchecked, HTTP], HTTP, TWO_HOURS, Means()) is HTTP


@given(st.permutations([HTTP, REMUX, ENCODE, MIRROR, SMALL]), st.sampled_from([None, 5e6, 30e6]))
def test_nothing_is_lost_and_equals_keep_their_rank(ranked: list[StreamSource], link: float | None):
    ordered = film_order(ranked, TWO_HOURS, Means(link=link))
    assert {s.url for s in ordered} == {s.url for s in ranked}
    others = [s.url for s in ordered if tier_of(s, TWO_HOURS, Means(link=link)) is Tier.OTHER]
    assert others == [s.url for s in ranked if s.url in others]


async def test_the_service_answers_in_that_order():
    class Found(World):
        async def stream(self, request: WatchRequest) -> AsyncGenerator[Resolution, None]:
            yield Resolution((HTTP, SMALL), first=HTTP)
            yield Resolution((HTTP, SMALL, MIRROR), complete=True, first=HTTP)

    world = Found()
    world.sources_of[FILM.id] = [HTTP, MIRROR]
    service = MoviePlaybackService(
        sources=world, subtitles=world, skips=world, progress=world, room=lambda: GB
    )
    request = WatchRequest(FILM)
    assert [s.url for s in await service.sources(request)] == [MIRROR.url, HTTP.url]
    steps = [step async for step in service.stream(request)]
    assert [step.sources[0].url for step in steps] == [HTTP.url, MIRROR.url]
    assert steps[-1].sources[1].standby_for == MIRROR.url
