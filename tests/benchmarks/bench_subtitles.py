"""What a 2-hour subtitle file costs to normalise, and 500 tracks to merge. CPU milliseconds.

python -m tests.benchmarks.bench_subtitles
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))

from make_subtitle_corpus import CUSTOMARY, encoded, texts

from novastream_desktop.models import SubtitleTrack
from novastream_desktop.subtitles import decode, merge_tracks, to_vtt

CUES, TRACKS, ENDPOINTS, ROUNDS = 2000, 500, 10, 5


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


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the least CPU time of some rounds in milliseconds: others share the machine."""
    work()
    times = []
    for _ in range(ROUNDS):
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
    rows: list[tuple[str, str, float]] = []
    for lang, encodings in {**CUSTOMARY, "en": ("utf-8", *CUSTOMARY["en"])}.items():
        for encoding in encodings:
            _, data = encoded(film(lang), encoding)
            for told in (lang, "und"):
                spent = cpu_ms(lambda: to_vtt(decode(data, told).text))  # noqa: B023  (called at once)
                rows.append((f"{encoding} ({lang})", told, spent))
    shown = {"utf-8 (en)", "cp1251 (ru)", "shift_jis (ja)"}
    for name, told, spent in rows:
        if name in shown:
            print(row(f"{CUES}-cue SRT in {name} as WebVTT", told, spent))
    for told in (True, False):
        name, lang, spent = max((r for r in rows if (r[1] != "und") is told), key=lambda r: r[2])
        print(row(f"slowest of {len(rows) // 2} languages and code pages, {name}", lang, spent))
    _, data = encoded(broken(film("ru")), "cp1251")
    spent = cpu_ms(lambda: to_vtt(decode(data).text))
    print(row("without numbers, with dots and fonts, cp1251 (ru)", "und", spent))
    many = tracks()
    spent = cpu_ms(lambda: merge_tracks(many, ("de", "en")))
    print(f"| {TRACKS} tracks of {ENDPOINTS} endpoints merged | {spent:.1f} | 20 |")


def row(work: str, told: str, spent: float) -> str:
    told = "not told" if told == "und" else "told"
    return f"| {work}, language {told} | {spent:.1f} | 30 |"


if __name__ == "__main__":
    main()
