"""A small library of invented titles, for view models and pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from novastream_desktop.models import (
    Content,
    ContentType,
    ContinueItem,
    Episode,
    HealthStatus,
    HomeSnapshot,
    Row,
    SourceHealth,
    SourceType,
    StreamSource,
    TitleDetails,
    WatchProgress,
)

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
_TITLES = (
    ("Paper Moons", ContentType.SERIES, ("Drama", "Mystery"), 7.9),
    ("Night Harbour", ContentType.MOVIE, ("Drama",), 8.1),
    ("Moon Courier", ContentType.ANIME, ("Adventure", "Science Fiction"), 8.4),
    ("The Lantern Boat", ContentType.MOVIE, ("Animation", "Family"), 7.2),
    ("Salt and Static", ContentType.SERIES, ("Thriller",), 6.8),
    ("A Quiet Orbit", ContentType.MOVIE, ("Science Fiction",), 7.5),
    ("Tidewater", ContentType.SERIES, ("Crime", "Drama"), 8.8),
    ("Glass Meridian", ContentType.MOVIE, ("Romance",), 6.4),
    ("Seven Small Winters", ContentType.ANIME, ("Slice of Life",), 8.0),
    ("The Cartographer of Unreasonably Long Names", ContentType.MOVIE, ("Comedy",), 7.0),
    ("Ferry to Elsewhere", ContentType.MOVIE, ("Fantasy",), None),
    ("Low Light", ContentType.SERIES, ("Documentary",), 7.7),
)
_OVERVIEW = (
    "A lighthouse keeper finds letters folded into paper moons, each dated one day ahead. "
    "As the tide turns, the harbour town learns who has been writing them, and why."
)


def content(place: int, **changes: object) -> Content:
    """Return one of the twelve titles; its pictures are `https://pictures.test/p0.jpg`, ..."""
    name, kind, genres, rating = _TITLES[place % len(_TITLES)]
    made = Content(
        id=f"nova:title-{place}",
        title=name,
        type=kind,
        year=2025 - place,
        genres=genres,
        rating=rating,
        runtime=6240.0 if kind is ContentType.MOVIE else 3120.0,
        overview=_OVERVIEW,
        poster_url=f"https://pictures.test/p{place}.jpg",
        backdrop_url=f"https://pictures.test/b{place}.jpg",
        collections=("a24",) if place == 1 else (),
    )
    return made.with_(**changes)


def episodes(of: Content, seasons: int = 3, each: int = 8) -> tuple[Episode, ...]:
    """Return a series' episodes, in order."""
    names = ("Low Tide", "The Second Letter", "Fog Signal", "Ballast", "What the Gulls Saw")
    return tuple(
        Episode(
            id=f"s{season}e{number}",
            content_id=of.id,
            season=season,
            episode_number=number,
            title=names[(number + season) % len(names)],
            overview=_OVERVIEW,
            air_date=f"2024-0{season}-{number + 10}",
            runtime=2940.0,
            thumbnail_url=f"https://pictures.test/t{number}.jpg",
        )
        for season in range(1, seasons + 1)
        for number in range(1, each + 1)
    )


def watched(of: Content, episode: str | None, position: float, **changes: object) -> WatchProgress:
    """Return progress of a part that lasts 3,000 s."""
    made = WatchProgress(
        content_id=of.id, episode_id=episode, position=position, duration=3000.0, updated_at=NOW
    )
    return made.with_(**changes)


def full_home(art: Mapping[str, str] | None = None) -> HomeSnapshot:
    """Return a home page with something to go on with, a stale row and one that failed."""
    show, film, anime = content(0), content(1), content(2)
    third = next(e for e in episodes(show) if e.id == "s1e3")
    going = (
        ContinueItem(content=show, episode=third, progress=watched(show, "s1e3", 1500.0)),
        ContinueItem(content=film, progress=watched(film, None, 600.0)),
        ContinueItem(content=anime, episode=episodes(anime)[1]),
    )
    some = tuple(content(place) for place in range(12))
    rows = (
        Row(id="trending", title="Trending", items=some),
        Row(
            id="trending-series",
            title="Trending series",
            items=some[4:] + some[:2],
            stale=True,
            fetched_at=NOW - timedelta(hours=3),
            problem="TMDB does not answer",
        ),
        Row(
            id="trending-anime",
            title="Trending anime",
            problem="AniList does not answer: the network is down. Check the connection.",
        ),
        Row(id="open-films", title="Open films", items=some[7:]),
    )
    return HomeSnapshot(continue_watching=going, rows=rows, art=dict(art or {}), generated_at=NOW)


def details(of: Content) -> TitleDetails:
    """Return a title with episodes unless it is a film."""
    return TitleDetails(content=of, episodes=() if of.type is ContentType.MOVIE else episodes(of))


def streams() -> tuple[StreamSource, ...]:
    """Return three ranked sources: healthy HLS, slow torrent, dead file."""
    return (
        StreamSource(
            url="https://media.test/master.m3u8",
            quality="1080p",
            type=SourceType.HLS,
            provider="Home mirror",
            languages=("en", "ja"),
            codec="H.264",
            health=SourceHealth(status=HealthStatus.HEALTHY, latency_ms=42),
            reasons=("1080p", "answers in 42 ms", "your own server"),
        ),
        StreamSource(
            url="magnet:?xt=urn:btih:" + "a" * 40,
            quality="2160p",
            type=SourceType.TORRENT,
            provider="Torznab",
            seeders=14,
            size_bytes=4_200_000_000,
            release_name="Paper.Moons.S01E03.2160p.WEB.h265-NOVA",
            hdr="HDR10",
            health=SourceHealth(status=HealthStatus.DEGRADED, detail="few seeders"),
            reasons=("2160p needs 24 Mbit/s", "14 seeders"),
        ),
        StreamSource(
            url="https://old.test/film.mp4",
            quality="720p",
            type=SourceType.MP4,
            provider="Archive",
            health=SourceHealth(status=HealthStatus.DEAD, detail="404"),
            reasons=("does not answer",),
        ),
    )
