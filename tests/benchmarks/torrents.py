"""The torrent engine's figures beside WebTorrent's, peerflix's, libtorrent's and nginx's.

`python -m tests.benchmarks.torrents [RUNS]` prints tables in Markdown. With one run it takes
about a quarter of an hour; let nothing else run on the machine meanwhile.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import libtorrent

from tests.benchmarks import (
    bench_torrent_faults,
    bench_torrent_links,
    bench_torrent_open,
    bench_torrent_rate,
)
from tests.benchmarks.report import Bar, bars, table
from tests.benchmarks.torrent_lab import lab

_SETS = ["one4rtt", "five1", "mixed", "many", "three", "twelve"]
_OURS, _WHOLE, _WEBTORRENT, _PEERFLIX = "ours", "ours-whole", "webtorrent", "peerflix"
_PEERS = (_WEBTORRENT, _PEERFLIX)
_ENGINES = [_OURS, _WHOLE, *_PEERS]
_NAMES = {
    _OURS: "ours",
    _WHOLE: "ours, `verify_first`",
    _WEBTORRENT: "WebTorrent",
    _PEERFLIX: "peerflix",
}
_COLUMNS = ("first", "safe", "MB/s", "seek", "+2MiB", "seek safe", "back", "CPU", "RSS")

Found = Mapping[str, Mapping[str, bench_torrent_links.Figures]]


class Goal(NamedTuple):
    """A ratio that a cell of the links' table is held to.

    Attributes:
        figure: the column.
        links: the set.
        limit: what ours divided by the peer's may be at most.
        peer: an engine; empty for the better of both.
        piece: MiB.
    """

    figure: str
    links: str
    limit: float
    peer: str = ""
    piece: int = 1


GOALS = (
    Goal("first", "one4rtt", 0.30),
    Goal("first", "five1", 0.50),
    Goal("first", "mixed", 0.25),
    Goal("first", "many", 0.40),
    Goal("first", "five1", 0.20, piece=4),
    Goal("first", "one4rtt", 0.08, piece=16),
    Goal("safe", "mixed", 1.0, _WEBTORRENT),
    Goal("safe", "many", 1.0, _WEBTORRENT),
    Goal("seek", "one4rtt", 0.45),
    Goal("seek", "mixed", 0.70),
    Goal("seek", "five1", 0.55, _WEBTORRENT),
    Goal("seek", "many", 0.55, _WEBTORRENT),
    Goal("seek", "five1", 1.5, _PEERFLIX),
    Goal("seek", "many", 1.5, _PEERFLIX),
    Goal("seek safe", "five1", 0.60, _WEBTORRENT),
    Goal("seek safe", "mixed", 0.60, _WEBTORRENT),
    Goal("seek safe", "many", 0.60, _WEBTORRENT),
    Goal("CPU", "five1", 0.50, _WEBTORRENT),
    Goal("RSS", "five1", 0.30, _WEBTORRENT),
)
_WORDS = {
    "first": "first byte",
    "safe": "safe start",
    "seek": "first byte after a seek",
    "seek safe": "safe start after a seek",
    "CPU": "processor seconds of the whole visit",
    "RSS": "peak memory",
}
_UNITS = {"RSS": "MB"}


def _cell(figures: Mapping[str, bench_torrent_links.Figures], goal: Goal) -> Bar | None:
    peers = [name for name in ([goal.peer] if goal.peer else _PEERS) if name in figures]
    if not peers or _OURS not in figures:
        return None
    peer = min(peers, key=lambda name: figures[name][goal.figure])
    ours, theirs = figures[_OURS][goal.figure], figures[peer][goal.figure]
    unit = _UNITS.get(goal.figure, "s")
    pieces = f", {goal.piece} MiB pieces" if goal.piece > 1 else ""
    return Bar(
        f"{_WORDS[goal.figure]}, `{goal.links}`{pieces}",
        f"{ours:.2f} {unit}",
        f"{_NAMES[peer]} {theirs:.2f} {unit}",
        ours / theirs,
        goal.limit,
    )


def link_bars(found: Mapping[int, Found]) -> Iterator[Bar]:
    """Yield the verdicts over the links' table, by piece size in MiB."""
    for goal in GOALS:
        bar = _cell(found[goal.piece][goal.links], goal)
        if bar is not None:
            yield bar
    for name, figures in found[1].items():
        rates = {peer: figures[peer]["MB/s"] for peer in _PEERS if peer in figures}
        if rates and _OURS in figures:
            peer = max(rates, key=lambda one: rates[one])
            ours = figures[_OURS]["MB/s"]
            yield Bar(
                f"sustained in order, `{name}`",
                f"{ours:.2f} MB/s",
                f"{_NAMES[peer]} {rates[peer]:.2f} MB/s",
                ours / rates[peer],
                0.98,
                least=True,
            )


def link_table(found: Found) -> str:
    """Return every figure of the links in Markdown."""
    rows = [
        (f"`{links}`", _NAMES[engine], *(f"{figures[key]:.2f}" for key in _COLUMNS))
        for links, engines in found.items()
        for engine, figures in engines.items()
    ]
    head = ("links", "engine", "first", "safe", "MB/s", "seek", "+ 2 MiB", "safe after it", "back")
    return table((*head, "CPU s", "peak MB"), rows)


def open_bars(runs: int) -> Iterator[Bar]:
    """Yield the way from a magnet link to bytes and to a picture, and the bytes of a pack."""
    frames = bench_torrent_open.frames(runs)
    peer = min(_PEERS, key=lambda name: frames[name])
    yield Bar(
        "magnet to mpv's first frame, a film of 24 Mbit/s, `five1`",
        f"{frames[_OURS]:.2f} s",
        f"{_NAMES[peer]} {frames[peer]:.2f} s",
        frames[_OURS] / frames[peer],
        0.5,
    )
    payload = lab.make_torrent(lab.make_file("links.mkv", bench_torrent_links.SIZE), lab.MIB)
    with lab.seeders(5, payload):
        firsts = {
            name: lab.median(
                [bench_torrent_links.first_of_magnet(name, payload, "five1") for _ in range(runs)]
            )
            for name in (_OURS, *_PEERS)
        }
    peer = min(_PEERS, key=lambda name: firsts[name])
    yield Bar(
        "magnet to the first byte, `five1`",
        f"{firsts[_OURS]:.2f} s",
        f"{_NAMES[peer]} {firsts[peer]:.2f} s",
        firsts[_OURS] / firsts[peer],
        0.6,
    )
    pack = asyncio.run(bench_torrent_open.pack_bytes())
    limit = pack["read"] + 2 * pack["piece"]
    yield Bar(
        "fetched for 300 MB of a 3 GB pack",
        f"{pack['fetched'] / 1e6:.1f} MB",
        f"the file and 2 pieces {limit / 1e6:.1f} MB",
        pack["fetched"] / limit,
        1,
    )


def fault_bars(runs: int) -> Iterator[Bar]:
    """Yield the gaps and wrong blocks of peers that fail."""
    found = bench_torrent_faults.measure(runs)
    for fault, words in (("silent", "goes silent"), ("killed", "dies")):
        gaps = found[fault]
        yield Bar(
            f"longest gap when a peer {words}", f"{gaps[_OURS]:.2f} s", "2 s", gaps[_OURS] / 2, 1
        )
        if fault == "silent":
            yield Bar(
                f"longest gap when a peer {words}",
                f"{gaps[_OURS]:.2f} s",
                f"WebTorrent {gaps[_WEBTORRENT]:.2f} s, peerflix {gaps[_PEERFLIX]:.2f} s",
                gaps[_OURS] / gaps[_WEBTORRENT],
                0.5,
            )
    for engine, words in ((_OURS, "steady play"), (_WHOLE, "`verify_first`")):
        wrong, late = found["lies"][engine], found["late"][engine]
        yield Bar(f"wrong blocks given to a player, {words}", f"{wrong:.0f}", "", wrong, 0)
        yield Bar(f"... and how late the film was, {words}", f"{late:.2f} s", "2 s", late / 2, 1)


def rate_bars(runs: int) -> Iterator[Bar]:
    """Yield the stream server's rates."""
    found = bench_torrent_rate.measure(runs)
    rate, disk = found["rate"], found["disk"]
    assert isinstance(rate, dict)
    assert isinstance(disk, dict)
    ours, alone = rate["ours"][0], rate["libtorrent to disk"][0]
    yield Bar(
        "rate through the stream server, unlimited seeder",
        f"{ours:.0f} MB/s",
        f"libtorrent to disk, nobody reading {alone:.0f} MB/s",
        ours / alone,
        0.9,
        least=True,
    )
    peer = max(_PEERS, key=lambda name: rate[name][0])
    yield Bar(
        "... against the best peer",
        f"{ours:.0f} MB/s",
        f"{_NAMES[peer]} {rate[peer][0]:.0f} MB/s",
        ours / rate[peer][0],
        1,
        least=True,
    )
    yield Bar(
        "1 GiB on disk, curl",
        f"{disk['ours']:.0f} MB/s",
        f"nginx {disk['nginx']:.0f} MB/s",
        disk["ours"] / disk["nginx"],
        0.8,
        least=True,
    )
    yield Bar(
        "... processor time",
        f"{disk['ours_cpu']:.2f} s/GB",
        f"nginx {disk['nginx_cpu']:.2f} s/GB",
        disk["ours_cpu"] / disk["nginx_cpu"],
        1.5,
    )


def main(runs: int) -> None:
    """Measure, and print the section."""
    ready = lab.install_peers()
    assert ready.is_dir()
    found = {
        1: bench_torrent_links.measure(_SETS, _ENGINES, runs, lab.MIB),
        4: bench_torrent_links.measure(["five1"], [_OURS, *_PEERS], runs, 4 * lab.MIB),
        16: bench_torrent_links.measure(["one4rtt"], [_OURS, *_PEERS], runs, 16 * lab.MIB),
    }
    verdicts = [*open_bars(max(3, runs)), *rate_bars(max(3, runs)), *fault_bars(max(1, runs))]
    verdicts += link_bars(found)
    print(
        f"libtorrent {libtorrent.__version__}, WebTorrent and peerflix from npm, all on loopback; "
        f"{runs} run(s) of the links, medians of three where it is quick. Ours hands out blocks of "
        "16 KiB before their hash\nis known unless it says `verify_first`; the peers whole pieces. "
        "How: the heads of `tests/benchmarks/bench_torrent_*.py`.\n"
    )
    print(bars(verdicts))
    print(
        "\nEvery figure over emulated links, in seconds, 1 MiB pieces, `.torrent` given; `three` "
        "and `twelve` were never tuned on.\n"
    )
    print(link_table(found[1]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
