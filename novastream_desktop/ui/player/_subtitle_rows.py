"""The rows of the subtitle panel and of its tools, made of the session's state. Pure."""

from __future__ import annotations

from novastream_desktop.models import SubtitleTrack
from novastream_desktop.playback.state import SessionState
from novastream_desktop.player.base import Track, TrackKind
from novastream_desktop.ui.player._rows import PanelRow, subtitle_rows
from novastream_desktop.ui.player._words import language_name, number, track_name, translate

TOOLS = "subtitle-tools"
_MOST_LISTED = 60
_FILM = 24000 / 1001
_SPEEDS = (
    (1.0, ""),
    (25 / _FILM, "25 → 23.976"),
    (_FILM / 25, "23.976 → 25"),
    (24 / _FILM, "24 → 23.976"),
    (_FILM / 24, "23.976 → 24"),
)
_EQUAL = 0.0002
_ENCODINGS = (
    ("utf-8", "Unicode"),
    ("cp1252", "Western Europe"),
    ("cp1250", "Central Europe"),
    ("cp1251", "Cyrillic"),
    ("koi8_r", "Cyrillic"),
    ("cp1253", "Greek"),
    ("cp1254", "Turkish"),
    ("cp1255", "Hebrew"),
    ("cp1256", "Arabic, Persian"),
    ("cp1257", "Baltic"),
    ("cp1258", "Vietnamese"),
    ("cp874", "Thai"),
    ("cp932", "Japanese"),
    ("euc_jp", "Japanese"),
    ("gb18030", "Chinese, simplified"),
    ("big5", "Chinese, traditional"),
    ("cp949", "Korean"),
)


def subtitle_panel_rows(state: SessionState) -> tuple[PanelRow, ...]:
    """Return the player's tracks, those that can still be fetched, and the way to the tools."""
    there = {(t.lang, t.title) for t in state.player.tracks_of(TrackKind.SUBTITLE)}
    more = [t for t in state.subtitles if (t.lang, t.label or t.origin) not in there]
    rows = [*subtitle_rows(state), *map(_listed, more[:_MOST_LISTED])]
    rows += [PanelRow("note:", note) for note in state.subtitle_notes]
    if state.player.tracks_of(TrackKind.SUBTITLE):
        name = translate("Player", "Letters, timing, a second line")
        rows.append(PanelRow(f"panel:{TOOLS}", name))
    return tuple(rows)


def _listed(track: SubtitleTrack) -> PanelRow:
    name = " · ".join(p for p in (language_name(track.lang), track.label) if p) or track.url
    exact = translate("Player", "for this very file") if track.exact else ""
    note = " · ".join(p for p in (track.origin, exact) if p)
    return PanelRow(track.url, name, note)


def subtitle_tool_rows(state: SessionState) -> tuple[PanelRow, ...]:
    """Return what can be done about the subtitles that are shown."""
    facts = state.subtitle_facts
    rows = list(_sync_rows(state)) if facts is not None else []
    rows += _second_rows(state)
    if facts is not None:
        rows += [_speed_row(speed, made, state.subtitle_speed) for speed, made in _SPEEDS]
        rows.append(_likeliest(state))
        rows += [_encoding_row(name, what, facts.encoding) for name, what in _ENCODINGS]
    return tuple(rows)


def _sync_rows(state: SessionState) -> tuple[PanelRow, ...]:
    section = translate("Player", "Timing")
    share = state.subtitle_sync
    if share is not None:
        stop = translate("Player", "Stop fitting to the sound")
        done = f"{share:.0%}".replace("%", " %")
        return (PanelRow("sync:", stop, badge=done, share=share, section=section),)
    why = translate("Player", "Looks for the shift at which lines lie where somebody speaks")
    return (PanelRow("sync:", translate("Player", "Fit to the sound"), why, section=section),)


def _second_rows(state: SessionState) -> list[PanelRow]:
    tracks = state.player.tracks_of(TrackKind.SUBTITLE)
    rows = [_second_row(track) for track in tracks if not track.selected]
    if any(track.second for track in tracks):
        none = translate("Player", "No second subtitles")
        rows.insert(0, PanelRow("second:", none, section=_second_section()))
    return rows


def _second_section() -> str:
    return translate("Player", "A second line above")


def _second_row(track: Track) -> PanelRow:
    key, name = f"second:{track.id}", track_name(track)
    return PanelRow(key, name, current=track.second, section=_second_section())


def _speed_row(speed: float, made: str, now: float) -> PanelRow:
    percent = f"{speed * 100:.1f}".rstrip("0").rstrip(".")
    name = translate("Player", "{0} %").format(percent)
    frames = translate("Player", "Frames a second: {0}").format(made)
    note = frames if made else translate("Player", "As written")
    section = translate("Player", "Speed")
    return PanelRow(f"speed:{speed!r}", name, note, current=_same(speed, now), section=section)


def _same(speed: float, now: float) -> bool:
    return abs(speed - now) < _EQUAL


def _likeliest(state: SessionState) -> PanelRow:
    facts = state.subtitle_facts
    assert facts is not None
    sure = translate("Player", "now {0}, {1} % certain").format(
        facts.encoding, number(round(facts.confidence * 100))
    )
    return PanelRow("encoding:", translate("Player", "Find out"), sure, section=_letters())


def _encoding_row(name: str, what: str, now: str) -> PanelRow:
    return PanelRow(f"encoding:{name}", what, name, current=name == now, section=_letters())


def _letters() -> str:
    return translate("Player", "Letters, where they are wrong")
