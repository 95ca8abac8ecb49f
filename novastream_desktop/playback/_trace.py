"""Every attempt to play a source, with times from the click to the first frame. Pure."""

from __future__ import annotations

from dataclasses import replace

from novastream_desktop.models import StreamSource
from novastream_desktop.playback._lineup import label_of
from novastream_desktop.playback.state import Attempt, Outcome

Trace = tuple[Attempt, ...]
MOST = 50
"""Attempts that are kept of one part of a title."""


def begun(trace: Trace, source: StreamSource, at: float) -> Trace:
    """Return the trace with another attempt; what still ran was left for it.

    Args:
        trace: so far.
        source: what is tried.
        at: seconds since the click.
    """
    attempt = Attempt(source=label_of(source), provider=source.provider, started=round(at, 3))
    return (*ended(trace, Outcome.LEFT), attempt)[-MOST:]


def shown(trace: Trace, at: float) -> Trace:
    """Return the trace with the first frame of the newest attempt."""
    if not trace or trace[-1].outcome is not Outcome.OPENING:
        return trace
    newest = replace(trace[-1], outcome=Outcome.PLAYING, first_frame=round(at, 3))
    return (*trace[:-1], newest)


def ended(trace: Trace, outcome: Outcome, why: str = "") -> Trace:
    """Return the trace with the newest attempt's end, unless it has ended already."""
    if not trace or trace[-1].outcome not in (Outcome.OPENING, Outcome.PLAYING):
        return trace
    return (*trace[:-1], replace(trace[-1], outcome=outcome, why=why))
