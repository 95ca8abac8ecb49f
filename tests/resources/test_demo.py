"""The demo that ships is whole, small and as its index says."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import libtorrent
import pytest

from novastream_desktop.models import Content, Episode, SkipRange, StreamSource, SubtitleTrack

LARGEST = 6_000_000
Index = dict[str, Any]
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffmpeg is not installed")


def item(demo: Index, slug: str):
    return next(entry for entry in demo["items"] if entry["content"]["id"] == slug)


def anime_files(demo: Index, demo_folder: Path) -> list[Path]:
    sources = item(demo, "moon-courier")["sources"]
    return [demo_folder / "moon-courier" / f"{s['releaseName']}.mkv" for s in sources]


def seconds_of(file: Path) -> float:
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"]
    return float(subprocess.check_output([*command, str(file)], text=True))


def relative_urls(value: object):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.lower().endswith("url") and isinstance(inner, str) and ":" not in inner:
                yield inner
            yield from relative_urls(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from relative_urls(inner)


def test_every_entry_is_one_of_our_models(demo: Index):
    assert demo["name"] == "demo"
    assert [entry["content"]["type"] for entry in demo["items"]] == ["movie", "series", "anime"]
    for entry in demo["items"]:
        content = Content.model_validate(entry["content"])
        assert re.fullmatch(r"[a-z-]+", content.id)
        assert content.overview
        assert content.poster_url
        assert content.backdrop_url
        for episode in entry.get("episodes", []):
            made = Episode.model_validate({**episode, "contentId": f"nova:{content.id}"})
            assert made.title
            assert made.thumbnail_url
        assert [StreamSource.model_validate(s) for s in entry["sources"]]
        for track in entry.get("subtitles", []):
            assert SubtitleTrack.model_validate(track).lang in {"en", "de", "ja"}
        for skip in entry.get("skipRanges", []):
            made = SkipRange.model_validate(skip)
            assert 10 <= made.end - made.start <= 20


def test_every_file_that_the_index_names_is_there(demo: Index, demo_folder: Path):
    urls = list(relative_urls(demo))
    assert len(urls) > 15
    assert [url for url in urls if not (demo_folder / url).is_file()] == []


def test_the_demo_stays_small(demo_folder: Path):
    assert sum(f.stat().st_size for f in demo_folder.rglob("*") if f.is_file()) <= LARGEST


def test_every_episode_can_be_played_and_no_part_is_for_another(demo: Index):
    for entry in demo["items"]:
        episodes = {episode["id"] for episode in entry.get("episodes", [])} or {None}
        assert {source.get("episodeId") for source in entry["sources"]} == episodes
        for kind in ("subtitles", "skipRanges"):
            assert {part.get("episodeId") for part in entry.get(kind, [])} <= episodes


def test_playlists_name_only_files_that_are_there(demo_folder: Path):
    playlists = list(demo_folder.rglob("*.m3u8"))
    assert len(playlists) == 5
    for playlist in playlists:
        text = playlist.read_text("utf-8")
        named = [line for line in text.splitlines() if line and not line.startswith("#")]
        named += re.findall(r'URI="([^"]+)"', text)
        assert named
        assert [name for name in named if not (playlist.parent / name).is_file()] == []


def test_the_second_episode_of_the_series_is_encrypted(demo_folder: Path):
    folder = demo_folder / "paper-boats" / "s1e2" / "720p"
    assert '#EXT-X-KEY:METHOD=AES-128,URI="stream.key"' in (folder / "index.m3u8").read_text()
    assert len((folder / "stream.key").read_bytes()) == 16
    assert (folder / "seg-000.ts").read_bytes()[:1] != b"\x47"  # a plain MPEG-TS packet


def test_subtitles_have_the_encoding_that_is_declared(demo: Index, demo_folder: Path):
    tracks = item(demo, "lantern-bay")["subtitles"]
    letters = {"en": "boat", "de": "Möwen", "ja": "ランタン"}
    encodings = {track["lang"]: track["encoding"] for track in tracks}
    assert encodings == {"en": "utf-8", "de": "windows-1252", "ja": "shift_jis"}
    for track in tracks:
        raw = (demo_folder / track["url"]).read_bytes()
        assert letters[track["lang"]] in raw.decode(track["encoding"])
        if track["lang"] != "en":
            with pytest.raises(UnicodeDecodeError):
                raw.decode("utf-8")


def test_subtitles_of_all_languages_have_the_same_cues(demo: Index, demo_folder: Path):
    times = [
        re.findall(r"[\d:,]+ --> [\d:,]+", (demo_folder / t["url"]).read_text(t["encoding"]))
        for t in item(demo, "lantern-bay")["subtitles"]
    ]
    assert len(times[0]) == 9
    assert times[0] == times[1] == times[2]


def test_the_torrent_is_of_the_files_beside_it(demo: Index, demo_folder: Path):
    info = libtorrent.torrent_info((demo_folder / "moon-courier.torrent").read_bytes())
    sources = item(demo, "moon-courier")["sources"]
    for source in sources:
        magnet = parse_qs(urlsplit(source["url"]).query)
        assert magnet["xt"] == [f"urn:btih:{info.info_hashes().v1}"]
        assert "tr" not in magnet
    names = [info.layout().file_path(index) for index in range(info.num_files())]
    assert len(names) == len(sources) == 2
    for source, file in zip(sources, anime_files(demo, demo_folder), strict=True):
        assert names[source["fileIndex"]] == str(file.relative_to(demo_folder))
        assert file.stat().st_size == source["sizeBytes"]
    payload = b"".join((demo_folder / name).read_bytes() for name in names)
    size = info.piece_length()
    assert size in {32 * 1024, 64 * 1024}
    for index in range(info.num_pieces()):
        piece = payload[index * size : (index + 1) * size]
        assert info.hash_for_piece(index) == hashlib.sha1(piece).digest()


@needs_ffmpeg
def test_lengths_are_as_told(demo: Index, demo_folder: Path):
    film = item(demo, "lantern-bay")
    for source in film["sources"]:
        told = film["content"]["runtime"]
        assert seconds_of(demo_folder / source["url"]) == pytest.approx(told, abs=0.2)
    anime = item(demo, "moon-courier")
    for episode, file in zip(anime["episodes"], anime_files(demo, demo_folder), strict=True):
        assert seconds_of(file) == pytest.approx(episode["runtime"], abs=0.2)
        ends = [s["end"] for s in anime["skipRanges"] if s["episodeId"] == episode["id"]]
        assert max(ends) <= episode["runtime"]


@needs_ffmpeg
def test_only_the_first_anime_episode_has_chapters(demo: Index, demo_folder: Path):
    command = ["ffprobe", "-v", "error", "-show_entries", "chapter_tags=title", "-of", "csv=p=0"]
    names = [
        subprocess.check_output([*command, str(file)], text=True).split()
        for file in anime_files(demo, demo_folder)
    ]
    assert {"Opening", "Ending"} <= set(names[0])
    assert names[1] == []


@needs_ffmpeg
def test_both_anime_episodes_have_the_same_opening_at_different_times(
    demo: Index, demo_folder: Path
):
    skips = [s for s in item(demo, "moon-courier")["skipRanges"] if s["type"] == "op"]
    assert skips[0]["start"] != skips[1]["start"]
    one, two = (
        loudness(file, skip["start"], skip["end"])
        for file, skip in zip(anime_files(demo, demo_folder), skips, strict=True)
    )
    assert len(one) == len(two) > 1000
    apart = sum((a - b) ** 2 for a, b in zip(one, two, strict=True))
    assert apart < 0.02 * sum(a * a for a in one)
    elsewhere = loudness(anime_files(demo, demo_folder)[1], 40, 58)
    assert sum((a - b) ** 2 for a, b in zip(one, elsewhere, strict=False)) > apart * 20


def loudness(file: Path, start: float, end: float) -> list[int]:
    """The samples of a part of a file at 2 kHz, without its first and last half second."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-i", str(file), "-ss", str(start + 0.5)]
    command += ["-t", str(end - start - 1), "-vn", "-ac", "1", "-ar", "2000", "-f", "s16le", "-"]
    return list(memoryview(subprocess.check_output(command)).cast("h"))
