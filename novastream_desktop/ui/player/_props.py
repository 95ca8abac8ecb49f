"""From the session's state to what the page shows: one pure function, tested as a table."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from novastream_desktop.models import SkipType
from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.player.base import PlayerPhase, PlayerState, TrackKind
from novastream_desktop.torrents.base import TorrentPhase
from novastream_desktop.ui.player._bar import piece_runs
from novastream_desktop.ui.player._file_rows import FILES, question_words
from novastream_desktop.ui.player._notices import notice_seconds, notice_text
from novastream_desktop.ui.player._page import PlayerProps, ViewState
from novastream_desktop.ui.player._words import (
    MINUS,
    TIMES,
    clock,
    episode_code,
    episode_line,
    next_note,
    number,
    skip_text,
    torrent_line,
    track_name,
    waiting_reason,
    waiting_share,
    waiting_text,
)
from novastream_desktop.ui.provider_names import provider_title


def _share(value: float, whole: float) -> float:
    return min(1.0, max(0.0, value / whole)) if whole > 0 else 0.0


_WAITING = frozenset(
    {
        SessionPhase.RESOLVING,
        SessionPhase.BUFFERING,
        SessionPhase.STALLED,
        SessionPhase.SWITCHING,
    }
)


def is_asked(state: SessionState) -> bool:
    """Return whether nothing goes on until a person has answered."""
    return state.question is not None and state.question.current is None


def open_panel(state: SessionState, view: ViewState) -> str:
    """Return the open panel; a question comes before the others."""
    return FILES if state.question is not None else view.panel


def is_waiting(state: SessionState) -> bool:
    """Return whether somebody sits in front of a picture that does not move yet."""
    player = state.player
    if is_asked(state):
        return False
    if state.phase in _WAITING:
        return True
    if state.phase is not SessionPhase.PLAYING or player.phase is PlayerPhase.PAUSED:
        return False
    return player.buffering or player.seeking or player.phase is PlayerPhase.LOADING


def derive(state: SessionState, view: ViewState) -> PlayerProps:
    """Return everything the page shows of a session's state."""
    player = state.player
    return PlayerProps(
        title=state.content.title if state.content else "",
        backdrop=view.backdrop,
        phase=state.phase.value,
        panel=open_panel(state, view),
        controlsShown=view.controls_shown,
        paused=player.phase is PlayerPhase.PAUSED,
        ended=state.phase is SessionPhase.ENDED,
        stillWatching=state.still_watching,
        hasPicture=player.has_picture,
        speed=player.speed,
        speedText=f"{number(player.speed)}{TIMES}",
        volume=player.volume,
        muted=player.muted,
        canUndo=state.can_undo,
        silent=player.silent,
        subtitleFit=-1.0 if state.subtitle_sync is None else state.subtitle_sync,
        **_episode(state),
        **_time(state),
        **_waiting(state, view),
        **_prompts(state, view),
        **_notice(state, view),
        **_tracks(player),
        **_sources(state),
        **question_words(state),
        error=view.failure or (state.error if state.phase is SessionPhase.FAILED else ""),
    )


def may_hide(state: SessionState, view: ViewState) -> bool:
    """Return whether the controls may fade: something plays and nothing on them is in use."""
    playing = state.phase is SessionPhase.PLAYING and state.player.has_picture
    return playing and state.player.phase is not PlayerPhase.PAUSED and not open_panel(state, view)


def changed_fields(old: PlayerProps, new: PlayerProps) -> tuple[str, ...]:
    """Return the names of the properties that differ."""
    return tuple(n for n in _NAMES if getattr(old, n) != getattr(new, n))


_NAMES = tuple(f.name for f in fields(PlayerProps))


def _episode(state: SessionState) -> dict[str, Any]:
    kind = state.content.type if state.content else None
    return {
        "subtitle": episode_line(state.episode, kind) if state.episode else "",
        "hasPrevious": state.previous_episode is not None,
        "hasNext": state.next_episode is not None,
        "hasEpisodes": len(state.episodes) > 1,
    }


def _time(state: SessionState) -> dict[str, Any]:
    player = state.player
    length = player.duration
    marks = [
        _share(edge, length)
        for r in state.skip_ranges
        if r.type is not SkipType.PREVIEW and length > 0
        for edge in (r.start, r.end)
    ]
    return {
        "position": player.position,
        "duration": length,
        "buffered": _share(player.buffered_to, length),
        "positionText": clock(player.position),
        "durationText": clock(length),
        "remainingText": f"{MINUS}{clock(length - player.position)}",
        "chapters": tuple(_share(c.start, length) for c in player.chapters),
        "chapterTitles": tuple(c.title for c in player.chapters),
        "skipMarks": tuple(marks),
        "loopFrom": -1.0 if player.loop_from is None else _share(player.loop_from, length),
        "loopTo": -1.0 if player.loop_to is None else _share(player.loop_to, length),
    }


def _waiting(state: SessionState, view: ViewState) -> dict[str, Any]:
    torrent, waiting = state.torrent, is_waiting(state) and not view.failure
    reason = (
        waiting_reason(state.phase, torrent, begun=state.player.has_picture)
        if waiting and view.waited_long
        else ""
    )
    streams = torrent is not None and torrent.phase is not TorrentPhase.COMPLETE
    return {
        "waiting": waiting,
        "waitingText": waiting_text(torrent) if waiting else "",
        "waitingShare": waiting_share(torrent) if waiting else -1.0,
        "waitingReason": reason,
        "torrentText": torrent_line(torrent) if torrent is not None else "",
        "pieceRuns": piece_runs(torrent.pieces) if torrent is not None and streams else (),
    }


def _prompts(state: SessionState, view: ViewState) -> dict[str, Any]:
    prompt, card = state.prompt, state.next_up
    kind = state.content.type if state.content else None
    props: dict[str, Any] = {}
    if prompt is not None and prompt.visible:
        props |= {
            "skipVisible": True,
            "skipText": skip_text(prompt.range.type, jumping=prompt.auto_in is not None),
            "skipRemaining": min(1.0, max(0.0, prompt.remaining)),
            "skipAutoIn": -1.0 if prompt.auto_in is None else max(0.0, prompt.auto_in),
        }
    if card is not None:
        name = card.episode.title
        code = episode_code(card.episode, kind)
        props |= {
            "nextUpVisible": True,
            "nextUpText": f"{code} · {name}" if name else code,
            "nextUpNote": next_note(card),
            "nextUpPicture": view.thumbnail,
            "nextUpAfterCredits": card.after_credits is not None,
            "nextUpCountdown": -1.0 if card.countdown is None else max(0.0, card.countdown),
        }
    return props


def _notice(state: SessionState, view: ViewState) -> dict[str, Any]:
    """Return the newest message, the session's or the page's own; the number rises with both."""
    notice, own = state.notice, view.notice
    number_of_session = notice.number if notice else 0
    props: dict[str, Any] = {"noticeNumber": number_of_session + own.count}
    if own.count and own.after == number_of_session:
        props |= {"noticeText": own.text, "noticeSeconds": own.seconds}
    elif notice is not None:
        props |= {
            "noticeText": notice_text(notice, view.undo_key, view.start_key),
            "noticeSeconds": notice_seconds(notice),
        }
    return props


def _tracks(player: PlayerState) -> dict[str, Any]:
    subtitle = next((t for t in player.tracks_of(TrackKind.SUBTITLE) if t.selected), None)
    audio = next((t for t in player.tracks_of(TrackKind.AUDIO) if t.selected), None)
    return {
        "subtitlesOn": subtitle is not None,
        "subtitleText": track_name(subtitle) if subtitle else "",
        "audioText": track_name(audio) if audio else "",
    }


def _sources(state: SessionState) -> dict[str, Any]:
    several = len(state.sources) > 1
    if not 0 <= state.source_index < len(state.sources):
        return {"hasSources": several}
    source = state.sources[state.source_index]
    facts = " · ".join(p for p in (source.quality, provider_title(source.provider)) if p)
    return {"hasSources": several, "sourceText": facts}
