"""A folder in Settings through the whole program, as every front end asks it."""

from __future__ import annotations

from pathlib import Path

from novastream_desktop.bootstrap.services import open_services
from novastream_desktop.models import ContentType
from novastream_desktop.paths import app_paths
from novastream_desktop.playback._history import Remembered
from novastream_desktop.settings import Settings


def _settings(folder: Path) -> Settings:
    off = {"enabled": False}
    return Settings.model_validate(
        {
            "sources": {"local_folders": [str(folder)]},
            "peertube": {"instances": []},
            "anilist": off,
            "aniskip": off,
            "archive": off,
            "torrents": off,
        }
    )


async def test_a_series_in_a_folder_is_found_listed_and_played_again(tmp_path: Path):
    folder = tmp_path / "films"
    season = folder / "Paper Kites (2024)" / "Season 1"
    season.mkdir(parents=True)
    for name in ("01 - Low Wind.mkv", "02 - High Wind.mkv", "02 - High Wind.en.srt"):
        (season / name).write_bytes(b"\x1aE\xdf\xa3" + bytes(5_000))
    paths = app_paths({"NOVASTREAM_HOME": str(tmp_path / "home")})
    async with open_services(paths, _settings(folder)) as program:
        home = await program.home_rows()
        (row,) = [row for row in home.rows if row.id == "local"]
        (found,) = await program.search("paper kites")
        assert row.items == (found,)
        assert (found.type, found.year) == (ContentType.SERIES, 2024)
        for _turn in ("first", "after it was played"):
            details, episode = await program.find(found.id, season=1, number=2)
            assert episode is not None
            assert episode.title == "High Wind"
            (source,) = await program.sources(found.id, season=1, episode=2)
            assert source.url == (season / "02 - High Wind.mkv").as_uri()
            assert source.health.status == "healthy"
            tracks = await program.subtitles(found.id, season=1, episode=2)
            assert ("en", (season / "02 - High Wind.en.srt").as_uri()) in {
                (track.lang, track.url) for track in tracks
            }
            store = await program.progress_store()
            kept = Remembered(details=details).model_dump_json(by_alias=True)
            await store.remember_content(kept, found.id)
