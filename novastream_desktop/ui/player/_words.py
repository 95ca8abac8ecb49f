"""Every sentence the player page shows that depends on state; services only send codes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from novastream_desktop.models import ContentType, Episode, SkipType
from novastream_desktop.playback.state import NextUp, Notice, NoticeCode, SessionPhase
from novastream_desktop.player.base import Track
from novastream_desktop.torrents.base import StallReason, TorrentPhase, TorrentProgress
from novastream_desktop.ui.provider_names import provider_title

translate = QCoreApplication.translate

#: Notices that stay long enough to act on (ux 3b: "U to go back" for 6 s); others are glanced at.
_LONG_NOTICES = {
    NoticeCode.SKIPPED: 6.0,
    NoticeCode.NEXT_SOURCE: 5.0,
    NoticeCode.RESUMED: 4.0,
    NoticeCode.UNDONE: 2.5,
    NoticeCode.SCREENSHOT: 3.0,
    NoticeCode.SYNC_HEARD: 6.0,
    NoticeCode.NOT_KEPT: 8.0,
    NoticeCode.SUBTITLE_FAILED: 6.0,
    NoticeCode.SUBTITLE_SYNCED: 3.0,
    NoticeCode.LOOP: 3.0,
    NoticeCode.HELD: 60.0,  # until the key is let go, which says the speed anew
}
_SHORT_NOTICE = 1.4

MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"
_MINUTE, _MEGA, _GIGA = 60, 1_000_000, 1_000_000_000


def clock(seconds: float) -> str:
    """Return a time as `0:18`, `12:05` or `1:02:03`; rounds down, never negative."""
    whole = max(0, int(seconds)) if math.isfinite(seconds) else 0
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def number(value: float) -> str:
    """Return a number without needless decimals: `1`, `1.25`, `12.5`."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def episode_code(episode: Episode, kind: ContentType | None = None) -> str:
    """Return `S1 · E2`; anime is counted through: `E2`; season 0 is `Special 2`."""
    if episode.season == 0:
        return translate("Player", "Special {0}").format(number(episode.episode_number))
    part = f"E{number(episode.episode_number)}"
    if kind is ContentType.ANIME and episode.season <= 1:
        return part
    return f"S{episode.season} · {part}"


def episode_line(episode: Episode, kind: ContentType | None = None) -> str:
    """Return `S1 · E2 · Low Tide`."""
    code = episode_code(episode, kind)
    return f"{code} · {episode.title}" if episode.title else code


def skip_name(kind: SkipType) -> str:
    """Return the word for a kind of range, as in "Skip intro"."""
    if kind in {SkipType.OP, SkipType.MIXED_OP}:
        return translate("Player", "intro")
    if kind in {SkipType.ED, SkipType.MIXED_ED}:
        return translate("Player", "credits")
    if kind is SkipType.RECAP:
        return translate("Player", "recap")
    return translate("Player", "preview")


def skip_text(kind: SkipType, *, jumping: bool = False) -> str:
    """Return what the skip button says; `jumping`: it will go off by itself."""
    words = translate("Player", "Skipping {0}") if jumping else translate("Player", "Skip {0}")
    return words.format(skip_name(kind))


def rate(bytes_per_second: float) -> str:
    """Return a transfer rate as `3.2 MB/s` or `640 kB/s`."""
    if bytes_per_second >= _MEGA:
        return f"{bytes_per_second / _MEGA:.1f} MB/s"
    return f"{bytes_per_second / 1000:.0f} kB/s"


def size(number_of_bytes: int) -> str:
    """Return a size as `1.3 GB`, `240 MB` or `410 kB`."""
    if number_of_bytes >= _GIGA:
        return f"{number_of_bytes / _GIGA:.1f} GB"
    if number_of_bytes < _MEGA:
        return f"{number_of_bytes / 1000:.0f} kB"
    return f"{number_of_bytes / _MEGA:.0f} MB"


def language_name(tag: str) -> str:
    """Return a BCP 47 or ISO 639 tag in words: `German`; the tag itself if nobody knows it."""
    if tag in {"", "und"}:
        return ""
    language = QLocale.codeToLanguage(tag.split("-", maxsplit=1)[0].lower())
    known = language is not QLocale.Language.AnyLanguage
    return QLocale.languageToString(language) if known else tag


def track_name(track: Track) -> str:
    """Return a name for a track: its title, else its language, else its number."""
    language = language_name(track.lang)
    if track.title and language and language.lower() not in track.title.lower():
        return f"{track.title} ({language})"
    return track.title or language or translate("Player", "Track {0}").format(track.id)


def _seek(notice: Notice) -> str:
    amount = abs(notice.amount)
    shown = clock(amount) if amount >= _MINUTE else f"{number(amount)} s"
    return f"{MINUS if notice.amount < 0 else '+'}{shown}"


def _skipped(notice: Notice) -> str:
    kind = skip_name(notice.skip_type) if notice.skip_type else ""
    done = translate("Player", "Skipped {0} {1}").format(kind, clock(notice.amount))
    return " ".join(done.split())


def _next_source(notice: Notice) -> str:
    words = translate("Player", "That source stopped, going on with another")
    return f"{words}: {provider_title(notice.detail)}" if notice.detail else words


def _resumed(notice: Notice) -> str:
    return translate("Player", "Resumed at {0}").format(clock(notice.amount))


def _fit(detail: str) -> str:
    words = {
        "fit": translate("Player", "All of the picture"),
        "fill": translate("Player", "Fills the window, edges cut off"),
        "stretch": translate("Player", "Stretched to the window"),
    }
    return words.get(detail, words["fit"])


def _loop(notice: Notice) -> str:
    if notice.detail == "start":
        words = translate("Player", "Loop from {0} · Ctrl+L at its end")
        return words.format(clock(notice.amount))
    if notice.detail == "on":
        words = translate("Player", "Looping {0} s · Ctrl+L to go on")
        return words.format(number(round(notice.amount, 1)))
    return translate("Player", "Loop ended")


def _off(detail: str) -> str:
    return detail or translate("Player", "off")


_NOTICES: Mapping[NoticeCode, Callable[[Notice], str]] = {
    NoticeCode.SKIPPED: _skipped,
    NoticeCode.UNDONE: lambda _: translate("Player", "Back to where you were"),
    NoticeCode.SKIP_OFFSET: lambda n: translate("Player", "Skips of this show {0} s").format(
        f"{n.amount:+.1f}"
    ),
    NoticeCode.NEXT_SOURCE: _next_source,
    NoticeCode.RESUMED: _resumed,
    NoticeCode.SCREENSHOT: lambda n: translate("Player", "Picture saved: {0}").format(n.detail),
    NoticeCode.SUBTITLE: lambda n: translate("Player", "Subtitles: {0}").format(_off(n.detail)),
    NoticeCode.AUDIO: lambda n: translate("Player", "Sound: {0}").format(_off(n.detail)),
    NoticeCode.SPEED: lambda n: f"{translate('Player', 'Speed')} {number(n.amount)}{TIMES}",
    NoticeCode.VOLUME: lambda n: (
        translate("Player", "Volume {0} %").format(round(n.amount))
        if n.amount > 0
        else translate("Player", "Sound off")
    ),
    NoticeCode.SEEK: _seek,
    NoticeCode.SUBTITLE_DELAY: lambda n: translate("Player", "Subtitles {0} ms").format(
        f"{round(n.amount):+d}"
    ),
    NoticeCode.SUBTITLE_POSITION: lambda n: translate("Player", "Subtitles at {0} %").format(
        round(n.amount)
    ),
    NoticeCode.SUBTITLE_SPEED: lambda n: translate("Player", "Subtitles run at {0} %").format(
        f"{n.amount * 100:.2f}".rstrip("0").rstrip(".")
    ),
    NoticeCode.NOT_KEPT: lambda n: n.detail,
    NoticeCode.SUBTITLE_FAILED: lambda n: n.detail,
    NoticeCode.SUBTITLE_SYNCED: lambda n: translate(
        "Player", "Subtitles fit the sound now: {0} ms"
    ).format(f"{round(n.amount * 1000):+d}"),
    NoticeCode.SYNC_HEARD: lambda _: translate(
        "Player", "Heard it. Press T again when you see the line"
    ),
    NoticeCode.FIT: lambda n: _fit(n.detail),
    NoticeCode.LOOP: _loop,
    NoticeCode.HELD: lambda n: translate("Player", "{0} while held").format(
        f"{number(n.amount)}{TIMES}"
    ),
}


def notice_text(notice: Notice, undo: str = "U", start: str = "Home") -> str:
    """Return the sentence of a short message.

    Args:
        notice: what happened.
        undo: the key that goes back, empty if there is none.
        start: the key that starts over.
    """
    text = _NOTICES[notice.code](notice)
    if notice.code is NoticeCode.SKIPPED and undo:
        return f"{text} · {translate('Player', '{0} to go back').format(undo)}"
    if notice.code is NoticeCode.RESUMED and start:
        return f"{text} · {translate('Player', '{0} to start over').format(start)}"
    return text


def notice_seconds(notice: Notice) -> float:
    """Return how long a short message stays."""
    return _LONG_NOTICES.get(notice.code, _SHORT_NOTICE)


def torrent_line(torrent: TorrentProgress) -> str:
    """Return `3.2 MB/s · 12 peers · 43 %`, the facts that say whether it will play."""
    if torrent.phase is TorrentPhase.COMPLETE:
        return translate("Player", "On disk")
    peers = torrent.peers
    word = translate("Player", "1 peer") if peers == 1 else translate("Player", "{0} peers")
    parts = [rate(torrent.download_rate), word.format(peers), f"{torrent.fraction:.0%}"]
    return " · ".join(p.replace("%", " %") for p in parts)


def _stall_words(torrent: TorrentProgress) -> str:
    by_reason = {
        StallReason.NO_PEERS: translate("Player", "Nobody who has this part is connected yet"),
        StallReason.SLOW_PEERS: translate("Player", "Peers send slower than the video plays"),
        StallReason.YOUR_LIMIT: translate("Player", "Your download limit is below what it needs"),
        StallReason.DISK: translate("Player", "The disk is full or too slow"),
        StallReason.TRACKER: translate("Player", "The tracker does not answer"),
        StallReason.PAUSED: translate("Player", "Its transfer is paused"),
        StallReason.INTERFACE: translate("Player", "The network that torrents may use is gone"),
        StallReason.PAUSED: translate("Player", "This transfer is paused"),
        StallReason.INTERFACE: translate("Player", "The chosen network connection is down"),
    }
    by_phase = {
        TorrentPhase.METADATA: translate("Player", "Asking peers what is in the torrent"),
        TorrentPhase.CHECKING: translate("Player", "Checking what is already on disk"),
    }
    if torrent.reason is not None:
        return by_reason[torrent.reason]
    fetching = translate("Player", "Fetching the next part of the video")
    return by_phase.get(torrent.phase, fetching)


def next_note(card: NextUp) -> str:
    """Return what is worth knowing before the next episode is played."""
    less = {
        "quality": translate("Player", "only in lower quality"),
        "language": translate("Player", "only in another language"),
    }
    ready = translate("Player", "source ready") if card.ready else ""
    return less.get(card.less, ready)


def waiting_reason(
    phase: SessionPhase, torrent: TorrentProgress | None, *, begun: bool = False
) -> str:
    """Return why nothing plays yet; shown when waiting lasts 2 s (ux 1, visual brief)."""
    if phase is SessionPhase.RESOLVING:
        return translate("Player", "Looking for the best source")
    if phase is SessionPhase.SWITCHING:
        return translate("Player", "Changing to another source")
    if torrent is not None and torrent.phase is not TorrentPhase.COMPLETE:
        return _stall_words(torrent)
    if phase is SessionPhase.BUFFERING and not begun:
        return translate("Player", "Opening the video")
    return translate("Player", "The source sends slower than the video plays")


def waiting_text(torrent: TorrentProgress | None) -> str:
    """Return what stands inside the ring: seconds to go, else per cent, else nothing."""
    if torrent is None or torrent.phase is TorrentPhase.COMPLETE:
        return ""
    if torrent.seconds_to_play is not None:
        return translate("Player", "{0} s").format(max(1, math.ceil(torrent.seconds_to_play)))
    return ""
