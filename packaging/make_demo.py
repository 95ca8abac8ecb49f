"""Make `resources/demo`: three small titles that are drawn, scored and packaged here.

Run by hand with the project's interpreter, ffmpeg on the path; the result is committed:

    .venv/bin/python packaging/make_demo.py           everything, about ten minutes
    .venv/bin/python packaging/make_demo.py --keep    keep coded masters of build/demo
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import libtorrent
from demo import canvas, encode, lantern_bay, moon_courier, music, paper_boats, subtitles
from demo.index import ANIME_FILES, index
from PySide6.QtGui import QGuiApplication, QImage, QPainter

ROOT = Path(__file__).resolve().parent.parent
DEMO, WORK = ROOT / "resources" / "demo", ROOT / "build" / "demo"
LARGEST = 6_000_000
PIECE = 32 * 1024
SEGMENT = 6.0
CREATED = 1_767_225_600  # 2026-01-01: the same bytes whenever it is made


def masters(*, keep: bool) -> Iterator[Path]:
    """Code every film and episode once, at full size."""
    jobs = {
        "film": (lantern_bay.scene, lantern_bay.DURATION, "FILM", music.HARBOUR),
        "boats-1": (paper_boats.episode(1), paper_boats.DURATION, "S1 E1", music.RAIN),
        "boats-2": (paper_boats.episode(2), paper_boats.DURATION, "S1 E2", music.FAR_SIDE),
        "courier-1": (moon_courier.episode(1), moon_courier.DURATIONS[0], "EP 1", music.RIDE),
        "courier-2": (moon_courier.episode(2), moon_courier.DURATIONS[1], "EP 2", music.FAR_SIDE),
    }
    for name, (scene, seconds, label, song) in jobs.items():
        target = WORK / f"{name}.mp4"
        if not (keep and target.exists()):
            number = int(name[-1]) if name.startswith("courier") else 0
            track = _score(number) if number else music.play(song, seconds)
            gop = SEGMENT if name.startswith("boats") else 5.0
            partial = target.with_name(f"part-{target.name}")
            frames = canvas.frames(scene, seconds, label)
            encode.master(frames, track, partial, gop=gop, crf=37 if number else 34)
            partial.replace(target)
        yield target


def _score(number: int) -> music.Track:
    """Return the music of an anime episode: the opening is the same samples in both."""
    (op, op_end), (ed, ed_end) = moon_courier.opening(number), moon_courier.ending(number)
    story = music.RIDE if number == 1 else music.FAR_SIDE
    return music.joined(
        music.play(story, op),
        music.play(music.OPENING, op_end - op),
        music.play(story, ed - op_end),
        music.play(music.CREDITS, ed_end - ed),
    )


def film() -> None:
    """Write the MP4s with chapters, and subtitles in three encodings."""
    folder = DEMO / "lantern-bay"
    folder.mkdir()
    about = WORK / "film.txt"
    about.write_text(
        encode.metadata("Lantern Bay", lantern_bay.CHAPTERS, lantern_bay.DURATION), "utf-8"
    )
    inputs = ("-i", WORK / "film.mp4", "-i", about, "-map", "0:v", "-map", "0:a")
    common = ("-map_metadata", "1", "-map_chapters", "1", "-movflags", "+faststart")
    for height in (720, 360):
        picture = ("-c:v", "copy") if height == canvas.HEIGHT else _small()
        target = folder / f"lantern-bay-{height}p.mp4"
        encode.run(*inputs, *common, "-c:a", "copy", *picture, "-fflags", "+bitexact", target)
    for lang, encoding in subtitles.FILM_ENCODINGS.items():
        words = subtitles.srt(subtitles.film(lang))
        (folder / f"{lang}.srt").write_bytes(words.encode(encoding))


def _small() -> list[str]:
    options = encode.video(SEGMENT, 37)
    options[-1] = "scale=640:360:flags=lanczos"
    return [*options, "-flags:v", "+bitexact"]


def series() -> None:
    """Write two episodes of HLS: one as MPEG-TS and as fMP4, one encrypted with AES-128.

    fMP4 is the smaller, second choice: the libavformat of Debian 12 (5.1) plays it from the
    start but cannot seek in it over HLS.
    """
    first, second = (DEMO / "paper-boats" / name for name in ("s1e1", "s1e2"))
    for folder in (first, second):
        folder.mkdir(parents=True)
    common = ("-f", "hls", "-hls_time", str(SEGMENT), "-hls_playlist_type", "vod")
    named = ("-master_pl_name", "master.m3u8", "-fflags", "+bitexact")
    small = WORK / "boats-1-360p.mp4"
    encode.run("-i", WORK / "boats-1.mp4", *_small(), "-c:a", "copy", small)
    encode.run(
        *("-i", WORK / "boats-1.mp4", "-c", "copy", "-map", "0:v", "-map", "0:a"),
        *(*common, *named, "-var_stream_map", "v:0,a:0,name:720p"),
        *("-hls_segment_filename", first / "%v" / "seg-%03d.ts", first / "%v" / "index.m3u8"),
    )
    fragments = first / "fmp4"
    fragments.mkdir()
    encode.run(
        *("-i", small, "-c", "copy", *common, "-hls_segment_type", "fmp4"),
        *("-hls_fmp4_init_filename", "init.mp4", "-fflags", "+bitexact"),
        *("-hls_segment_filename", fragments / "seg-%03d.m4s", fragments / "index.m3u8"),
    )
    key = WORK / "stream.key"
    key.write_bytes(hashlib.sha256(b"paper boats").digest()[:16])
    info = WORK / "key.txt"
    info.write_text(f"stream.key\n{key}\n{hashlib.md5(b'rain').hexdigest()}\n")  # noqa: S324
    encode.run(
        *("-i", WORK / "boats-2.mp4", "-c", "copy", "-map", "0:v", "-map", "0:a"),
        *(*common, *named, "-hls_key_info_file", info, "-var_stream_map", "v:0,a:0,name:720p"),
        *("-hls_segment_filename", second / "%v" / "seg-%03d.ts", second / "%v" / "index.m3u8"),
    )
    shutil.copyfile(key, second / "720p" / "stream.key")
    for folder, lines in zip((first, second), subtitles.SERIES, strict=True):
        (folder / "en.vtt").write_text(subtitles.vtt(lines), "utf-8")
        playlist = folder / "master.m3u8"
        added = r'\g<0>,FRAME-RATE=24.000,CODECS="avc1.64001f,mp4a.40.2"'
        playlist.write_text(re.sub(r"RESOLUTION=\w+", added, playlist.read_text("utf-8")), "utf-8")


def anime() -> str:
    """Write two Matroska files and their torrent; return its info-hash."""
    folder = DEMO / "moon-courier"
    folder.mkdir()
    for number, name in enumerate(ANIME_FILES, start=1):
        (op, op_end), (ed, ed_end) = moon_courier.opening(number), moon_courier.ending(number)
        marks = ((0.0, "Prologue"), (op, "Opening"), (op_end, "Part A"), (ed, "Ending"))
        about = WORK / f"courier-{number}.txt"
        title = f"Moon Courier {number}: {moon_courier.NAMES[number - 1]}"
        about.write_text(encode.metadata(title, marks if number == 1 else (), ed_end), "utf-8")
        words: list[str | Path] = []
        tagged: list[str] = []
        for place, (lang, code) in enumerate((("en", "eng"), ("de", "ger"))):
            track = WORK / f"courier-{number}-{lang}.srt"
            track.write_text(subtitles.srt(subtitles.anime(lang, number)), "utf-8")
            words += ["-i", track]
            tagged += ["-map", f"{place + 2}:s", f"-metadata:s:s:{place}", f"language={code}"]
        encode.run(
            *("-i", WORK / f"courier-{number}.mp4", "-i", about, *words),
            *("-map", "0:v", "-map", "0:a", *tagged, "-map_metadata", "1", "-map_chapters", "1"),
            *("-c", "copy", "-c:s", "srt", "-metadata:s:a:0", "language=und"),
            *("-disposition:s:0", "0", "-disposition:s:1", "0"),
            *("-reserve_index_space", "2000", "-fflags", "+bitexact", folder / name),
        )
    return _torrent(folder)


def _torrent(folder: Path) -> str:
    files = [
        libtorrent.create_file_entry(f"{folder.name}/{name}", (folder / name).stat().st_size)
        for name in ANIME_FILES
    ]
    made = libtorrent.create_torrent(files, PIECE, libtorrent.create_torrent.v1_only)
    made.set_creation_date(CREATED)
    made.set_creator("NovaStream packaging/make_demo.py")
    libtorrent.set_piece_hashes(made, str(folder.parent))
    data = libtorrent.bencode(made.generate())
    folder.with_suffix(".torrent").write_bytes(data)
    return str(libtorrent.torrent_info(data).info_hashes().v1)


def art() -> None:
    """Draw posters and backdrops, and a thumbnail of each episode."""
    folder = DEMO / "art"
    folder.mkdir()
    titles = {"lantern-bay": lantern_bay, "paper-boats": paper_boats, "moon-courier": moon_courier}
    for slug, title in titles.items():
        for kind, wide, high in (("poster", 600, 900), ("backdrop", 1280, 720)):

            def draw(painter: QPainter, title=title, wide=wide, high=high) -> None:  # noqa: ANN001
                title.art(painter, wide, high)

            _save(canvas.still(wide, high, draw), folder / f"{slug}-{kind}.jpg")
    for slug, title, moments in (
        ("paper-boats", paper_boats, (30, 27)),
        ("moon-courier", moon_courier, (48, 60)),
    ):
        for number, moment in enumerate(moments, start=1):

            def frame(painter: QPainter, title=title, number=number, moment=moment) -> None:  # noqa: ANN001
                painter.scale(0.375, 0.375)
                title.episode(number)(painter, moment)

            _save(canvas.still(480, 270, frame), folder / f"{slug}-s1e{number}.jpg")


def _save(image: QImage, target: Path) -> None:
    if not image.save(str(target), "JPEG", 86):
        raise SystemExit(f"{target} cannot be written")


def check() -> None:
    """Hold the result to what the tests and the player rely on."""
    one, two = (DEMO / "moon-courier" / name for name in ANIME_FILES)
    starts = moon_courier.OPENING_START
    length = moon_courier.OPENING_LENGTH
    margin = 0.5  # the neighbouring music is in the first and last frames of the codec
    parts = [
        encode.samples(file, at + margin, length - 2 * margin)
        for file, at in zip((one, two), starts, strict=True)
    ]
    sound = encode.difference(*parts)
    picture = encode.picture_likeness(one, starts[0] + 1, two, starts[1] + 1, length - 2)
    size = sum(file.stat().st_size for file in DEMO.rglob("*") if file.is_file())
    print(f"openings: sound differs by {sound:.2%} of its power, picture SSIM {picture:.4f}")
    print(f"{size:,} bytes in all")
    if sound > 0.02 or picture < 0.98 or size > LARGEST:
        raise SystemExit("the demo is not as it has to be")


def main() -> None:
    """Make everything."""
    _app = QGuiApplication(sys.argv[:1])
    WORK.mkdir(parents=True, exist_ok=True)
    for made in masters(keep="--keep" in sys.argv[1:]):
        print(f"{made.name}: {made.stat().st_size:,} bytes")
    shutil.rmtree(DEMO, ignore_errors=True)
    DEMO.mkdir()
    art()
    film()
    series()
    words = json.dumps(index(DEMO, anime()), ensure_ascii=False, indent=1)
    (DEMO / "index.json").write_text(words + "\n", "utf-8")
    check()


if __name__ == "__main__":
    main()
