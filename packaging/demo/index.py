"""The demo's `index.json`, in the mirror format."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from demo import lantern_bay, moon_courier, paper_boats, subtitles

Entry = dict[str, object]

ANIME_FILES = tuple(f"Moon.Courier.S01E{n:02d}.720p.WEB.H264-NOVA.mkv" for n in (1, 2))
_LABELS = {"en": "English", "de": "Deutsch", "ja": "日本語"}
_BOATS_TOLD = (
    "A shopping list and a love letter set out down the gutter of Almond Street.",
    "The rain is over, the river is wide, and the moon hangs under the old bridge.",
)
_COURIER_TOLD = (
    "A letter without an address has been round the moon three times.",
    "There is a post office on the far side, and today somebody has written to it.",
)


def index(folder: Path, info_hash: str) -> Entry:
    """Return the index of the media in `folder`; `info_hash` is the anime torrent's."""
    items = [_film(folder), _series(folder), _anime(folder, info_hash)]
    return {"name": "demo", "version": 1, "items": items}


def _content(slug: str, title: str, kind: str, year: int, **more: object) -> Entry:
    art = {"posterUrl": f"art/{slug}-poster.jpg", "backdropUrl": f"art/{slug}-backdrop.jpg"}
    return {"id": slug, "title": title, "type": kind, "year": year, **art, **more}


def _episode(slug: str, number: int, title: str, told: str, seconds: float) -> Entry:
    return {
        "id": f"s1e{number}",
        "season": 1,
        "episodeNumber": number,
        "title": title,
        "overview": told,
        "runtime": seconds,
        "airDate": f"2026-11-{number * 7:02d}",
        "thumbnailUrl": f"art/{slug}-s1e{number}.jpg",
    }


def _skips(number: int, opening: tuple[float, float], ending: tuple[float, float]) -> list[Entry]:
    episode = f"s1e{number}"
    return [
        {"episodeId": episode, "type": kind, "start": start, "end": end}
        for kind, (start, end) in (("op", opening), ("ed", ending))
    ]


def _size(folder: Path, url: str) -> int:
    return (folder / url).stat().st_size


def _film(folder: Path) -> Entry:
    sources: list[Entry] = []
    for height in (720, 360):
        url = f"lantern-bay/lantern-bay-{height}p.mp4"
        size = _size(folder, url)
        sources.append(
            {
                "url": url,
                "quality": f"{height}p",
                "type": "mp4",
                "height": height,
                "codec": "h264",
                "sizeBytes": size,
                "bitrate": round(size * 8 / lantern_bay.DURATION),
            }
        )
    tracks = [
        {
            "lang": lang,
            "label": _LABELS[lang],
            "url": f"lantern-bay/{lang}.srt",
            "format": "srt",
            "encoding": encoding,
        }
        for lang, encoding in subtitles.FILM_ENCODINGS.items()
    ]
    told = (
        "One night in a small harbour: the last boat comes home, seven gulls are late for bed, "
        "and a hundred lanterns rise for everyone who is still at sea."
    )
    content = _content(
        *("lantern-bay", "Lantern Bay", "movie", 2026),
        genres=["Animation", "Short"],
        overview=told,
        runtime=lantern_bay.DURATION,
        rating=8.1,
    )
    return {
        "content": content,
        "sources": sources,
        "subtitles": tracks,
        "collections": ["demo", "open"],
    }


def _series(folder: Path) -> Entry:
    slug, numbers = "paper-boats", (1, 2)
    sources: list[Entry] = []
    for number in numbers:
        parts = (folder / slug / f"s1e{number}" / "720p").glob("seg-*")
        size = sum(part.stat().st_size for part in parts)
        sources.append(
            {
                "episodeId": f"s1e{number}",
                "url": f"{slug}/s1e{number}/master.m3u8",
                "quality": "720p",
                "type": "hls",
                "height": 720,
                "codec": "h264",
                "bitrate": round(size * 8 / paper_boats.DURATION),
            }
        )
    fragments = (folder / slug / "s1e1" / "fmp4").glob("*.m*")
    sources.append(
        {
            "episodeId": "s1e1",
            "url": f"{slug}/s1e1/fmp4/index.m3u8",
            "quality": "360p",
            "type": "hls",
            "height": 360,
            "codec": "h264",
            "bitrate": round(sum(f.stat().st_size for f in fragments) * 8 / paper_boats.DURATION),
        }
    )
    tracks = [
        {
            "episodeId": f"s1e{number}",
            "lang": "en",
            "label": "English",
            "url": f"{slug}/s1e{number}/en.vtt",
            "format": "vtt",
            "encoding": "utf-8",
        }
        for number in numbers
    ]
    return {
        "content": _content(
            *(slug, "Paper Boats", "series", 2026),
            genres=["Animation", "Adventure"],
            overview="Two folded sheets of paper go to sea, one puddle at a time.",
            runtime=paper_boats.DURATION,
            rating=7.8,
        ),
        "episodes": [
            _episode(slug, n, paper_boats.NAMES[n - 1], _BOATS_TOLD[n - 1], paper_boats.DURATION)
            for n in numbers
        ],
        "sources": sources,
        "subtitles": tracks,
        "skipRanges": [
            skip for n in numbers for skip in _skips(n, paper_boats.OPENING, paper_boats.ENDING)
        ],
        "collections": ["demo", "open"],
    }


def _anime(folder: Path, info_hash: str) -> Entry:
    slug, numbers = "moon-courier", (1, 2)
    magnet = f"magnet:?xt=urn:btih:{info_hash}&dn={quote('moon-courier')}"
    sources = [
        {
            "episodeId": f"s1e{n}",
            "url": magnet,
            "quality": "720p",
            "type": "torrent",
            "height": 720,
            "codec": "h264",
            "fileIndex": n - 1,
            "sizeBytes": _size(folder, f"{slug}/{ANIME_FILES[n - 1]}"),
            "releaseName": ANIME_FILES[n - 1].removesuffix(".mkv"),
            "releaseGroup": "NOVA",
            "torrentUrl": f"{slug}.torrent",
        }
        for n in numbers
    ]
    episodes = [
        _episode(
            *(slug, n, moon_courier.NAMES[n - 1], _COURIER_TOLD[n - 1]),
            seconds=moon_courier.DURATIONS[n - 1],
        )
        | {"absoluteNumber": n, "malId": 990101, "malEpisode": n}
        for n in numbers
    ]
    return {
        "content": _content(
            *(slug, "Moon Courier", "anime", 2026),
            genres=["Animation", "Science Fiction", "Slice of Life"],
            overview="She rides the post round the moon on a violet scooter. Every letter arrives.",
            originalTitle="月の配達人",
            runtime=80.0,
            rating=8.4,
            malId=990101,
        ),
        "episodes": episodes,
        "sources": sources,
        "skipRanges": [
            skip
            for n in numbers
            for skip in _skips(n, moon_courier.opening(n), moon_courier.ending(n))
        ],
        "collections": ["demo", "open"],
    }
