"""Folders on this computer: what lies in them, by their names."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novastream_desktop.errors import NotFound, ProviderUnavailable
from novastream_desktop.models import Content, ContentType, Episode, check_content_id
from novastream_desktop.playback.target import DirectTarget, parse_target
from novastream_desktop.providers.base import ProviderContext, WatchRequest
from novastream_desktop.providers.local import SPEC
from novastream_desktop.providers.local._facts import by_parsett, usual
from novastream_desktop.providers.local._library import build_library
from novastream_desktop.providers.local._names import read_name, release_name
from novastream_desktop.providers.local._scan import Entry, scan
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import Settings

FILES = (
    "Paper Boat (2024)/Paper.Boat.2024.1080p.WEB.x264-GRP.mkv",
    "Paper Boat (2024)/Paper.Boat.2024.2160p.WEB.x265-GRP.mkv",
    "Paper Boat (2024)/Paper.Boat.2024.1080p.WEB.x264-GRP.en.srt",
    "Paper Boat (2024)/Paper.Boat.2024.1080p.WEB.x264-GRP.de.forced.srt",
    "Paper Boat (2024)/Subs/Paper.Boat.2024.1080p.WEB.x264-GRP.pt-BR.sdh.vtt",
    "Paper Boat (2024)/other.srt",
    "Paper Boat (2024)/poster.jpg",
    "Paper Boat (2024)/Extras/making of.mkv",
    "Paper Moons/Season 1/01 - Low Tide.mkv",
    "Paper Moons/Season 1/02 - High Tide.mkv",
    "Paper Moons/Season 2/Paper.Moons.S02E01E02.720p.mkv",
    "Paper Moons/Specials/01 - Extra.mkv",
    "Paper Moons/fanart.png",
    "[Sub] Kami no Tsuki - 03 [1080p].mkv",
    "紙の舟 (2021).mp4",
    "notes.txt",
    ".hidden/secret.mkv",
    "film-sample.mkv",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "my films"
    for name in FILES:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 100)
    return root


@pytest.fixture
def local(folder: Path, build: Any) -> Any:
    return build(SPEC, {"sources": {"local_folders": [str(folder)]}})


def _sha1(path: Path) -> str:
    return "file:" + hashlib.sha1(str(path).encode()).hexdigest()


async def _titles(local: Any) -> dict[str, Content]:
    (row,) = await local.rows()
    assert (row.id, row.title, row.origin) == ("local", "On this computer", "local")
    return {content.title: content for content in row.items}


def test_it_is_off_without_folders(http: Any):
    settings = Settings.model_validate({"sources": {"local_folders": ["", " "]}})
    assert SPEC.build(ProviderContext(settings, http, SystemClock())) == ()


async def test_the_row(local: Any, folder: Path):
    titles = await _titles(local)
    assert {(c.title, c.type, c.year) for c in titles.values()} == {
        ("Paper Boat", ContentType.MOVIE, 2024),
        ("Paper Moons", ContentType.SERIES, None),
        ("Kami no Tsuki", ContentType.SERIES, None),
        ("紙の舟", ContentType.MOVIE, 2021),
    }
    assert all(check_content_id(content.id) for content in titles.values())
    boat = folder / "Paper Boat (2024)"
    assert titles["Paper Boat"].poster_url == (boat / "poster.jpg").as_uri()
    assert titles["Paper Moons"].backdrop_url == (folder / "Paper Moons/fanart.png").as_uri()


async def test_ids_are_those_of_opened_files(local: Any, folder: Path):
    titles = await _titles(local)
    opened = parse_target(str(folder / "紙の舟 (2021).mp4"))
    assert isinstance(opened, DirectTarget)
    assert opened.details.content.id == titles["紙の舟"].id
    assert titles["Paper Moons"].id == _sha1(folder / "Paper Moons")


async def test_search(local: Any):
    assert [c.title for c in await local.search("paper BOAT")] == ["Paper Boat"]
    assert [c.title for c in await local.search("紙")] == ["紙の舟"]
    assert await local.search("none") == ()
    assert await local.search(" ") == ()


async def test_a_series_with_its_episodes(local: Any):
    moons = (await _titles(local))["Paper Moons"]
    details = await local.details(moons.id)
    assert [(e.id, e.season, e.episode_number, e.title) for e in details.episodes] == [
        ("s1e1", 1, 1, "Low Tide"),
        ("s1e2", 1, 2, "High Tide"),
        ("s2e1", 2, 1, "Episode 1"),
        ("s2e2", 2, 2, "Episode 2"),
        ("s0e1", 0, 1, "Extra"),
    ]


async def test_what_is_known(local: Any):
    assert local.knows("file:" + "0" * 40)  # nothing was read yet
    boat = (await _titles(local))["Paper Boat"]
    assert local.knows(boat.id)
    assert not local.knows("file:" + "0" * 40)
    assert not local.knows("nova:x")
    with pytest.raises(NotFound, match="not on this computer"):
        await local.details("file:" + "0" * 40)


async def test_versions_of_a_film(local: Any, folder: Path):
    boat = (await _titles(local))["Paper Boat"]
    best, small = await local.sources(WatchRequest(boat.with_(runtime=80.0)))
    assert (best.height, best.quality, best.provider) == (2160, "2160p", "local")
    assert small.url == (folder / FILES[0]).as_uri()
    assert (small.size_bytes, small.bitrate) == (100, 10.0)
    assert small.release_name == Path(FILES[0]).name


async def test_subtitles_beside(local: Any, folder: Path):
    boat = (await _titles(local))["Paper Boat"]
    tracks = await local.subtitles(WatchRequest(boat))
    assert {(t.lang, t.label, t.format, t.forced, t.hearing_impaired) for t in tracks} == {
        ("en", "en", "srt", False, False),
        ("de", "de.forced", "srt", True, False),
        ("pt-br", "pt-BR.sdh", "vtt", False, True),
    }
    assert all(t.url.startswith(folder.as_uri()) for t in tracks)


@pytest.mark.parametrize(
    ("name", "lang", "hearing"),
    [("f.srt", "und", False), ("f.hi.srt", "hi", False), ("f.en.hi.srt", "en", True)],
)
async def test_hindi_or_hearing(tmp_path: Path, build: Any, name: str, lang: str, hearing: bool):
    (tmp_path / "f.mp4").touch()
    (tmp_path / name).touch()
    local = build(SPEC, {"sources": {"local_folders": [str(tmp_path)]}})
    (row,) = await local.rows()
    (track,) = await local.subtitles(WatchRequest(row.items[0]))
    assert (track.lang, track.hearing_impaired) == (lang, hearing)


async def test_titles_of_other_catalogues(local: Any):
    film = Content(id="tmdb:movie:1", title="The Paper Boat", type=ContentType.MOVIE, year=2024)
    assert len(await local.sources(WatchRequest(film))) == 2
    assert await local.sources(WatchRequest(film.with_(year=1990))) == ()
    assert await local.sources(WatchRequest(film.with_(title="Paper Boat 2"))) == ()
    series = Content(id="tmdb:tv:2", title="Paper Moons", type=ContentType.SERIES, year=2026)
    episode = Episode(id="x", content_id=series.id, season=2, episode_number=2)
    (source,) = await local.sources(WatchRequest(series, episode))
    assert source.url.endswith("S02E01E02.720p.mkv")
    missing = episode.with_(episode_number=9)
    assert await local.sources(WatchRequest(series, missing)) == ()


async def test_an_anime_by_its_number_in_the_whole_series(local: Any):
    anime = Content(id="anilist:1", title="Kami no Tsuki", type=ContentType.ANIME)
    third = Episode(id="x", content_id=anime.id, season=2, episode_number=1, absolute_number=3)
    assert len(await local.sources(WatchRequest(anime, third))) == 1
    assert len(await local.sources(WatchRequest(anime, third.with_(absolute_number=4)))) == 0


async def test_folders_are_read_anew_after_a_while(
    local: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    await _titles(local)
    (folder / "New Film (2025).mkv").touch()
    assert "New Film" not in await _titles(local)
    monkeypatch.setattr("novastream_desktop.providers.local._client._FRESH_FOR", 0)
    assert "New Film" in await _titles(local)


async def test_a_folder_that_is_missing(tmp_path: Path, folder: Path, build: Any):
    gone = str(tmp_path / "gone")
    local = build(SPEC, {"sources": {"local_folders": [gone]}})
    with pytest.raises(ProviderUnavailable, match="gone cannot be read: No such file"):
        await local.rows()
    both = build(SPEC, {"sources": {"local_folders": [gone, str(folder)]}})
    assert await both.rows()


async def test_an_empty_folder_makes_no_row(tmp_path: Path, build: Any):
    local = build(SPEC, {"sources": {"local_folders": [str(tmp_path)]}})
    assert await local.rows() == ()


async def test_a_file_in_place_of_a_folder(tmp_path: Path, build: Any):
    (tmp_path / "film.mkv").touch()
    local = build(SPEC, {"sources": {"local_folders": [str(tmp_path / "film.mkv")]}})
    with pytest.raises(ProviderUnavailable, match="it is no folder"):
        await local.rows()


async def test_names_that_are_no_utf8(tmp_path: Path, build: Any):
    os.close(os.open(bytes(tmp_path) + b"/caf\xe9 (2001).mkv", os.O_CREAT | os.O_WRONLY))
    local = build(SPEC, {"sources": {"local_folders": [str(tmp_path)]}})
    (row,) = await local.rows()
    (source,) = await local.sources(WatchRequest(row.items[0]))
    assert source.url.endswith("/caf%E9%20%282001%29.mkv")
    assert row.model_dump_json()
    assert source.model_dump_json()


def test_links_are_not_followed_round_in_circles(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "film.mkv").touch()
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    assert [entry.parts for entry in scan(tmp_path)] == [("a", "film.mkv")]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("The.Matrix.1999.1080p.BluRay.mkv", ("The Matrix", 1999, None, (), "")),
        ("1917.mkv", ("1917", None, None, (), "")),
        ("2012.mkv", ("2012", None, None, (), "")),
        ("2001 A Space Odyssey (1968).mkv", ("2001 A Space Odyssey", 1968, None, (), "")),
        ("10 Things I Hate About You.mkv", ("10 Things I Hate About You", None, None, (), "")),
        ("Apollo 13.mkv", ("Apollo 13", None, None, (), "")),
        ("Paper Boat (2024)/film.mkv", ("Paper Boat", 2024, None, (), "")),
        ("Show.Name.S01E02.Low.Tide.1080p.mkv", ("Show Name", None, 1, (2,), "Low Tide")),
        ("Show - 1x02 - High Tide [720p].mkv", ("Show", None, 1, (2,), "High Tide")),
        ("Show.S01E01E02.mkv", ("Show", None, 1, (1, 2), "")),
        ("24.S01E03.mkv", ("24", None, 1, (3,), "")),
        ("[Grp] Show S2 - 05 (1080p).mkv", ("Show", None, 2, (5,), "")),
        ("[Sub] Kami no Tsuki - 03 [1080p].mkv", ("Kami no Tsuki", None, 1, (3,), "")),
        ("紙の月 第3話 潮.mp4", ("紙の月", None, 1, (3,), "潮")),
        ("Show (2024)/Season 1/02 - High Tide.mkv", ("Show", 2024, 1, (2,), "High Tide")),
        ("Show/Staffel 2/3.mkv", ("Show", None, 2, (3,), "")),
        ("Show/Specials/01 Extra.mkv", ("Show", None, 0, (1,), "Extra")),
        ("Show/04 - Ebb.mkv", ("Show", None, 1, (4,), "Ebb")),
        ("Show/S01/Show S01E05.mkv", ("Show", None, 1, (5,), "")),
    ],
)
def test_names(path: str, said: tuple[Any, ...]):
    named = read_name(tuple(path.split("/")), "films")
    assert (named.title, named.year, named.season, named.numbers, named.name) == said


@pytest.mark.parametrize(
    "name",
    [
        "The.Matrix.1999.1080p.BluRay.x264-GRP",
        "Ocean's Eleven (2001)",
        "Paper Boat (2024) 720p",
        "Se7en.1995",
        "Harbour Lights",
        "Paper.Moons.S01E02.Low.Tide.720p.WEB.h264-GRP",
        "Paper.Moons.2024.S01E02.1080p.WEB.h264-GRP",
        "Paper Moons 1x02 High Tide",
        "Show.S01E01E02.720p",
        "24.S01E01",
        "Фильм Ночь (1999) BDRip 1080p",
        "紙の舟 (2021)",
    ],
)
def test_usual_names_are_read_as_parsett_reads_them(name: str):
    assert usual(name) == by_parsett(name)


@pytest.mark.parametrize(
    "name",
    [
        "Wonder Woman 1984 2020 1080p",
        "2001 A Space Odyssey (1968)",
        "1917.2019.2160p.WEB-DL",
        "[Grp] Show S2 - 05 (1080p)",
        "Paper.Moons.S01.1080p.WEB-DL",
        "Film 1080p",
        "Movie.DVDRip",
        "Kingdom - Episode 12",
        "Show S01E01-E03",
        "2012",
    ],
)
def test_odd_names_are_left_to_parsett(name: str):
    assert usual(name) is None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("Show/Season 1/02 - High Tide.mkv", "Show S01E02 High Tide.mkv"),
        ("Show/Season 1/Show.S01E02.720p.mkv", "Show.S01E02.720p.mkv"),
        ("Show/Season 1/S01E02 [720p].mkv", "Show S01E02 720p.mkv"),
        ("紙の月 第3話 潮.mp4", "紙の月 S01E03 潮.mp4"),
        ("The.Boat.2024.1080p.mkv", "The.Boat.2024.1080p.mkv"),
        ("Paper Boat (2024)/film.mkv", "Paper Boat (2024) - film.mkv"),
    ],
)
def test_names_that_tell_by_themselves(path: str, name: str):
    parts = tuple(path.split("/"))
    assert release_name(read_name(parts, "films"), parts[-1]) == name


def test_a_folder_that_is_a_series_itself():
    root = Path("/srv/Paper Moons (2024)")
    library = build_library([Entry(root, ("Season 1", "01 - Low Tide.mkv"))], "local")
    content = library.titles[0].details.content
    assert (content.title, content.year, content.id) == ("Paper Moons", 2024, _sha1(root))


def test_seasons_in_folders_of_their_own_are_one_series():
    root = Path("/srv/films")
    names = ("Show.S01.1080p-G/Show.S01E01.mkv", "Show.S02.1080p-G/Show.S02E01.mkv")
    library = build_library([Entry(root, tuple(name.split("/"))) for name in names], "local")
    (title,) = library.titles
    assert [e.id for e in title.details.episodes] == ["s1e1", "s2e1"]
    assert title.details.content.id == _sha1(root / "Show")


@settings(deadline=None)  # the first name loads the rules of names
@given(st.lists(st.text(min_size=1, max_size=30).map(lambda t: t.replace("/", "_")), max_size=3))
def test_any_names_make_titles(parts: list[str]):
    entry = Entry(Path("/srv/films"), (*parts, f"{parts[0] if parts else 'x'}.mkv"))
    library = build_library([entry], "local")
    for title in library.titles:
        assert title.details.content.model_dump_json()
        assert check_content_id(title.details.content.id)
