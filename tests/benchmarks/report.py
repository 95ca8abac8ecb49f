"""Tables in Markdown of what the benchmarks found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Bar(NamedTuple):
    """One figure that is held to a limit.

    Attributes:
        name: what was measured.
        ours: the figure, with its unit.
        peer: what it is compared with, measured in the same run; empty if only with the limit.
        ratio: ours divided by the peer, or the figure itself.
        limit: what `ratio` may be at most (at least, if `least`).
        least: more is better.
    """

    name: str
    ours: str
    peer: str
    ratio: float
    limit: float
    least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the limit was kept."""
        return self.ratio >= self.limit if self.least else self.ratio <= self.limit


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def bars(found: Iterable[Bar]) -> str:
    """Return a table of figures and their limits in Markdown."""
    return table(
        ("measure", "ours", "against", "ratio", "limit", ""),
        (
            (
                bar.name,
                bar.ours,
                bar.peer,
                f"{bar.ratio:.2f}",
                f"{'at least ' if bar.least else ''}{bar.limit:g}",
                "kept" if bar.kept else "**missed**",
            )
            for bar in found
        ),
    )
