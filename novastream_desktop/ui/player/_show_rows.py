"""The rows about the show that plays: what follows, and what holds for its skips."""

from __future__ import annotations

from novastream_desktop.models import SkipRange
from novastream_desktop.playback.state import SessionState
from novastream_desktop.ui.player._rows import PanelRow
from novastream_desktop.ui.player._words import clock, number, skip_name, translate
from novastream_desktop.ui.provider_names import provider_title

SHOW = "show"
"""The panel's name."""
STEP = 0.5
"""Seconds of one press (ux 3b)."""
_OWN = {
    "chapters": "the file's chapters",
    "fingerprint": "their sound",
}


def show_rows(state: SessionState) -> tuple[PanelRow, ...]:
    """Return what can be said about this show; each row leaves the panel open."""
    rows: list[PanelRow] = []
    if state.next_episode is not None:
        stop = translate("Player", "Stop after this episode")
        rows.append(PanelRow("stop:", stop, current=state.stop_after))
    rows += _skip_rows(state)
    seen = dict.fromkeys((r.type, r.origin) for r in state.skip_ranges)
    first = {key: next(r for r in state.skip_ranges if (r.type, r.origin) == key) for key in seen}
    rows += [_report_row(skip) for skip in first.values()]
    for kind, origin in state.show_skips.wrong:
        words = translate("Player", "Take the {0} in again").format(skip_name(kind))
        rows.append(PanelRow(f"back:{kind}:{origin}", words, _from(origin)))
    return tuple(rows)


def _skip_rows(state: SessionState) -> list[PanelRow]:
    offset = state.show_skips.offset
    words = (
        translate("Player", "{0} s later") if offset > 0 else translate("Player", "{0} s earlier")
    )
    now = words.format(number(abs(offset))) if offset else translate("Player", "as found")
    note = translate("Player", "Now {0}").format(now)
    half = number(STEP)
    rows = [
        PanelRow("shift:-1", translate("Player", "Skips {0} s earlier").format(half), note),
        PanelRow("shift:1", translate("Player", "Skips {0} s later").format(half), note),
    ]
    if offset:
        rows.append(PanelRow("shift:0", translate("Player", "Skips as they were found")))
    why = translate("Player", "Nothing is skipped by itself, whatever Settings say")
    quiet = translate("Player", "Only ask in this show")
    rows.append(PanelRow("quiet:", quiet, why, current=state.show_skips.quiet))
    return rows


def _report_row(skip: SkipRange) -> PanelRow:
    words = translate("Player", "Report wrong time: {0}").format(skip_name(skip.type))
    span = f"{clock(skip.start)} - {clock(skip.end)}"
    told = translate("Player", "AniSkip is told") if skip.reference else ""
    note = " · ".join(part for part in (span, _from(skip.origin), told) if part)
    return PanelRow(f"wrong:{skip.type}:{skip.origin}", words, note)


def _from(origin: str) -> str:
    name = _OWN.get(origin) or provider_title(origin)
    return translate("Player", "from {0}").format(name)
