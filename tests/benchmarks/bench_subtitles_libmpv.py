"""How many short subtitle files libmpv shows right by itself, and how many with ours before it.

    python -m tests.benchmarks.bench_subtitles_libmpv

Each 3-line file of the corpus is given to one real libmpv, as it is with `sub-codepage=auto` and
then as the file that NovaStream makes of it; each line is read back from `sub-text`.
"""

from __future__ import annotations

import faulthandler
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import mpv

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))

from make_subtitle_corpus import FEW, Sample, samples

from novastream_desktop.subtitles import decode, playable
from tests.benchmarks.bench_subtitles_encodings import KINDS, composed, kind_of

BLANK = "av://lavfi:color=c=black:s=16x16:r=2:d=20"
HUNG = 240.0
FIRST, APART = 3.5, 3.0
"""Seconds: in the middle of the first line, and from one to the next."""


@contextmanager
def cinema() -> Iterator[mpv.MPV]:
    """Open a blank film, paused at its start."""
    player = mpv.MPV(
        vo="null", ao="null", ytdl="no", config="no", load_scripts="no", sub_auto="no",
        sub_codepage="auto", pause="yes",
    )  # fmt: skip
    player.play(BLANK)
    player.wait_for_property("time-pos", lambda at: at is not None, timeout=20)
    try:
        yield player
    finally:
        player.terminate()


def shown(player: mpv.MPV, file: Path) -> list[str]:
    """Return the lines of a file as libmpv shows them."""
    try:
        player.command("sub-add", str(file), "select")
    except SystemError:  # not even a subtitle file to it
        return []
    lines = []
    for number in range(FEW):
        player["sub-delay"] = -(FIRST + APART * number)
        text = player.sub_text or ""
        lines.append(text.decode("utf-8", "replace") if isinstance(text, bytes) else text)
    player.command("sub-remove")
    return lines


def spoken(sample: Sample) -> list[str]:
    return [block.split("\n", 2)[2] for block in sample.text.strip("\n").split("\n\n")]


def main() -> None:
    faulthandler.dump_traceback_later(HUNG, exit=True)
    files = list(samples((FEW,)))
    right = {"libmpv by itself": dict.fromkeys((*KINDS, "all"), 0)}
    right["libmpv with NovaStream before it"] = dict.fromkeys((*KINDS, "all"), 0)
    of = dict.fromkeys((*KINDS, "all"), 0)
    with cinema() as player, tempfile.TemporaryDirectory() as folder:
        for number, sample in enumerate(files):
            theirs, ours = Path(folder) / f"{number}.srt", Path(folder) / f"{number}.vtt"
            theirs.write_bytes(sample.data)
            ours.write_text(playable(decode(sample.data).text).text, encoding="utf-8")
            wanted = [composed(line) for line in spoken(sample)]
            for column in (kind_of(sample), "all"):
                of[column] += 1
            for name, file in zip(right, (theirs, ours), strict=True):
                if [composed(line) for line in shown(player, file)] == wanted:
                    for column in (kind_of(sample), "all"):
                        right[name][column] += 1
        version = player.mpv_version
    print("| 3-line files shown right | " + " | ".join(f"{c} ({of[c]})" for c in of) + " |")
    print("|---|" + "---|" * len(of))
    for name, counted in right.items():
        cells = " | ".join(f"{counted[c] / of[c]:.1%}" for c in of)
        print(f"| {name} | {cells} |")
    print(f"\nRead back from `sub-text` of {version}, the language not told, `sub-codepage=auto`.")


if __name__ == "__main__":
    main()
