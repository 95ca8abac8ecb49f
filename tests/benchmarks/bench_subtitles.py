"""What a 2-hour subtitle file costs to normalise, and 500 tracks to merge. CPU milliseconds.

python -m tests.benchmarks.bench_subtitles
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))

from make_subtitle_corpus import CUSTOMARY, encoded, texts

from novastream_desktop.models import SubtitleTrack
from novastream_desktop.subtitles import decode, merge_tracks, to_vtt

CUES, TRACKS, ENDPOINTS, ROUNDS = 2000, 500, 10, 5
MANY, SLOWEST = 40, 4


def film(lang: str) -> str:
    """Return an SRT of two hours: two lines a cue, every tenth in italics."""
    lines = texts()[lang]
    blocks = []
    for number in range(CUES):
        start, first = 3.6 * number, lines[number % len(lines)]
        said = f"<i>{first}</i>" if number % 10 == 0 else first
        second = lines[(number * 7 + 3) % len(lines)]
        times = f"{stamp(start)} --> {stamp(start + 3)}"
        blocks.append(f"{number + 1}\n{times}\n{said}\n{second}\n\n")
    return "".join(blocks)


def stamp(seconds: float) -> str:
    whole = int(seconds)
    ms = round(1000 * (seconds - whole))
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d},{ms:03d}"


def tracks() -> list[SubtitleTrack]:
    """Return tracks of ten endpoints; every fifth is one that another has, too."""
    langs = ["eng", "de", "pt-BR", "ja", "fr", "spa", "zh-TW", "pl", "und", "sr-Latn"]
    return [
        SubtitleTrack(
            lang=langs[n % len(langs)],
            url=f"https://endpoint{n % ENDPOINTS}.example/{n - n % 5 if n % 5 == 4 else n}.srt",
            label=f"Some.Film.2024.1080p.WEB.{n}",
            origin=f"endpoint{n % ENDPOINTS}",
        )
        for n in range(TRACKS)
    ]


def cpu_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the least CPU time of some rounds in milliseconds: others share the machine."""
    work()
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append(1000 * (time.process_time() - begun))
    return min(times)


def broken(text: str) -> str:
    """Return the file with what people's files have: no numbers, odd times, fonts, overlaps."""
    text = re.sub(r"(?m)^\d+\n", "", text).replace(",", ".")
    return re.sub(r"(?m)^<i>(.*)</i>$", r'<font color="#ffff00"><i>\1</i></font>', text)


def main() -> None:
    print("| work | CPU ms | limit |\n|---|---|---|")
    works: dict[tuple[str, str], Callable[[], object]] = {}
    for lang, encodings in {**CUSTOMARY, "en": ("utf-8", *CUSTOMARY["en"])}.items():
        for encoding in encodings:
            _, data = encoded(film(lang), encoding)
            for told in (lang, "und"):
                works[f"{encoding} ({lang})", told] = partial(normalised, data, told)
    for (name, told), work in works.items():
        if name in {"utf-8 (en)", "cp1251 (ru)", "shift_jis (ja)"}:
            print(row(f"{CUES}-cue SRT in {name} as WebVTT", told, cpu_ms(work, MANY)))
    rough = {key: cpu_ms(work) for key, work in works.items()}
    for told in (True, False):
        keys = sorted((k for k in rough if (k[1] != "und") is told), key=lambda k: -rough[k])
        exact = {key: cpu_ms(works[key], MANY) for key in keys[:SLOWEST]}
        name, lang = max(exact, key=exact.__getitem__)
        work = f"slowest of {len(keys)} languages and code pages, {name}"
        print(row(work, lang, exact[name, lang]))
    _, data = encoded(broken(film("ru")), "cp1251")
    spent = cpu_ms(lambda: normalised(data, "und"), MANY)
    print(row("without numbers, with dots and fonts, cp1251 (ru)", "und", spent))
    many = tracks()
    spent = cpu_ms(lambda: merge_tracks(many, ("de", "en")))
    print(f"| {TRACKS} tracks of {ENDPOINTS} endpoints merged | {spent:.1f} | 20 |")


def normalised(data: bytes, told: str) -> str:
    return to_vtt(decode(data, told).text)


def row(work: str, told: str, spent: float) -> str:
    told = "not told" if told == "und" else "told"
    return f"| {work}, language {told} | {spent:.1f} | 30 |"


if __name__ == "__main__":
    main()
