"""Draw lines with libmpv in a process of its own; print which of them fonts lack letters for.

python draw_scripts.py FOLDER < TEXTS    (a JSON object of texts by name)
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

import mpv

BLANK = "av://lavfi:color=c=gray:s=320x40:r=25:d=0.04"


def main() -> None:
    folder, texts = Path(sys.argv[1]), json.load(sys.stdin)
    lacking: set[str] = set()
    now: list[str] = []

    def note(_level: str, _prefix: str, text: str) -> None:
        if "failed to find any fallback" in text:
            lacking.update(now)

    player = mpv.MPV(
        vo="image", vo_image_outdir=str(folder), ao="null", untimed="yes", ytdl="no", config="no",
        load_scripts="no", sub_auto="no", sub_font="Noto Sans", sid="1", log_handler=note,
        loglevel="info",
    )  # fmt: skip
    ended = threading.Event()

    def on_event(event: mpv.MpvEvent) -> None:
        if event.event_id.value == mpv.MpvEventID.END_FILE:
            ended.set()

    player.register_event_callback(on_event)
    for name, text in texts.items():
        now[:] = [name]
        lines = folder / f"{name}.srt"
        lines.write_text(f"1\n00:00:00,000 --> 00:00:09,000\n{text}\n", "utf-8")
        player["sub-files"] = [str(lines)]
        ended.clear()
        player.command("loadfile", BLANK)
        if not ended.wait(20):
            sys.exit(f"{name} does not end")
    player.terminate()
    sys.stdout.write(json.dumps(sorted(lacking)))


if __name__ == "__main__":
    main()
