"""Run benchmarks and put what they print into docs/benchmarks.md. Run it on a display.

    python -m tests.benchmarks.table [SECTION ...]

Without a name: all of them. A section that is not run keeps what it says. Each benchmark is a
process of its own, which prints a table in Markdown and ends.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


class Section(NamedTuple):
    """A part of the page: its title and the modules that print its tables."""

    title: str
    modules: tuple[str, ...]


SECTIONS = {
    "window": Section("Window", ("window",)),
    "playback": Section("Playback", ("playback",)),
    "soak": Section("Twelve hours in fast-forward", ("bench_soak",)),
    "sources": Section("Sources", ("bench_sources",)),
    "progress": Section("Watch history", ("bench_progress",)),
    "subtitles": Section(
        "Subtitles", ("bench_subtitles_encodings", "bench_subtitles_libmpv", "bench_subtitles")
    ),
    "torrents": Section("Torrents", ("torrents",)),
    "skips": Section("Openings found by sound", ("bench_fingerprint",)),
}


def ran(section: Section) -> str:
    """Return the section's text, measured now."""
    tables = []
    for module in section.modules:
        command = [sys.executable, "-m", f"tests.benchmarks.{module}"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        tables.append(done.stdout.strip())
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    made = f"{datetime.now(UTC):%Y-%m-%d}, {machine}."
    return "\n\n".join((f"## {section.title}", made, *tables))


def replaced(page: str, name: str, text: str) -> str:
    """Return the page with a section's text in its place."""
    place = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
    if not place.search(page):
        page = f"{page.rstrip()}\n\n<!-- {name} -->\n\n<!-- /{name} -->\n"
    return place.sub(lambda found: f"{found[1]}{text}{found[2]}", page)


def main(names: list[str]) -> int:
    """Measure the named sections; return 2 for an unknown name."""
    unknown = [name for name in names if name not in SECTIONS]
    if unknown:
        print(f"There is no {', '.join(unknown)}: choose of {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    for name in names or SECTIONS:
        text = ran(SECTIONS[name])
        PAGE.write_text(replaced(PAGE.read_text("utf-8"), name, text), "utf-8")
        print(text, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
