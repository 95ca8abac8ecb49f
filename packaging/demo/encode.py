"""What ffmpeg does: code frames and music, package them, and look at the result."""

from __future__ import annotations

import json
import re
import subprocess
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

from demo.canvas import FPS, HEIGHT, WIDTH
from demo.music import RATE, Track, pcm

CRF = 31
AUDIO_RATE = "24k"
_FFMPEG = ("ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-nostdin")
_EXACT = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")


def master(frames: Iterable[bytes], track: Track, target: Path, *, gop: float, crf: int) -> None:
    """Code one film or episode into an MP4 with a key frame every `gop` seconds."""
    music = target.with_suffix(".pcm")
    music.write_bytes(pcm(track))
    command = [*_FFMPEG[:-1], "-f", "rawvideo", "-pix_fmt", "bgra", "-s", f"{WIDTH}x{HEIGHT}"]
    command += ["-r", str(FPS), "-i", "-", "-f", "s16le", "-ar", str(RATE), "-ac", "1"]
    command += ["-i", str(music), "-map", "0:v", "-map", "1:a", *video(gop, crf)]
    command += ["-c:a", "aac", "-b:a", AUDIO_RATE, *_EXACT, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for frame in frames:
            process.stdin.write(frame)
        process.stdin.close()
        if process.wait():
            raise SystemExit(f"ffmpeg failed on {target}")
    music.unlink()


def video(gop: float, crf: int) -> list[str]:
    """Return the options of a video stream of flat drawings, the same on every machine."""
    every = str(round(gop * FPS))
    return [
        *("-c:v", "libx264", "-preset", "slower", "-tune", "animation", "-crf", str(crf)),
        *("-refs", "4", "-level:v", "3.1"),
        *("-pix_fmt", "yuv420p", "-profile:v", "high", "-g", every, "-keyint_min", every),
        *("-sc_threshold", "0", "-threads", "2", "-color_primaries", "bt709"),
        *("-color_trc", "bt709", "-colorspace", "bt709"),
        *("-vf", "scale=in_range=full:out_range=tv:out_color_matrix=bt709"),
    ]


def run(*arguments: str | Path) -> None:
    """Run ffmpeg quietly; its own message ends the script."""
    subprocess.run([*_FFMPEG, *map(str, arguments)], check=True)


def metadata(title: str, chapters: Sequence[tuple[float, str]], end: float) -> str:
    """Return an FFMETADATA document with a title and chapters."""
    lines = [";FFMETADATA1", f"title={title}"]
    stops = [*(start for start, _ in chapters[1:]), *([end] if chapters else ())]
    for (start, name), stop in zip(chapters, stops, strict=True):
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={round(start * 1000)}"]
        lines += [f"END={round(stop * 1000)}", f"title={name}"]
    return "\n".join(lines) + "\n"


def probe(file: Path) -> dict[str, object]:
    """Return what ffprobe says of a file."""
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-show_chapters"]
    command += ["-of", "json", "-allowed_extensions", "ALL", str(file)]
    if file.suffix != ".m3u8":
        del command[-3:-1]
    found: dict[str, object] = json.loads(subprocess.check_output(command))
    return found


def samples(file: Path, start: float, seconds: float) -> array[int]:
    """Return decoded mono samples of a part of a file."""
    command = [*_FFMPEG, "-i", str(file), "-ss", str(start), "-t", str(seconds), "-vn"]
    command += ["-ac", "1", "-ar", str(RATE), "-f", "s16le", "-"]
    return array("h", subprocess.check_output(command))


def difference(one: array[int], other: array[int]) -> float:
    """Return the power of the difference as a share of the power of the first."""
    pairs = list(zip(one, other, strict=False))
    power = sum(a * a for a, _ in pairs) or 1
    return sum((a - b) ** 2 for a, b in pairs) / power


def picture_likeness(one: Path, at: float, other: Path, other_at: float, seconds: float) -> float:
    """Return the structural similarity (SSIM, 1 = same) of two parts, below the timer."""
    crop = "crop=iw:ih-120:0:120,setpts=PTS-STARTPTS"
    graph = f"[0:v]{crop}[a];[1:v]{crop}[b];[a][b]ssim"
    command = ["ffmpeg", "-hide_banner", "-nostdin", "-ss", str(at), "-t", str(seconds)]
    command += ["-i", str(one), "-ss", str(other_at), "-t", str(seconds), "-i", str(other)]
    command += ["-lavfi", graph, "-f", "null", "-"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    found = re.search(r"All:([\d.]+)", answer)
    return float(found.group(1)) if found else 0.0
