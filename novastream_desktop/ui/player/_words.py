"""Every sentence the player page shows that depends on state; services only send codes."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QLocale

from novastream_desktop.models import ContentType, Episode, SkipType
from novastream_desktop.playback.state import NextUp, SessionPhase, Waits
from novastream_desktop.player.base import Track
from novastream_desktop.torrents.base import StallReason, TorrentPhase, TorrentProgress

translate = QCoreApplication.translate


MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"
_MINUTE, _MEGA, _GIGA = 60, 1_000_000, 1_000_000_000
_LONG_WAIT = 120


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
    """Return a transfer rate as `3.2 MB/s` or `640 KB/s`."""
    if bytes_per_second >= _MEGA:
        return f"{bytes_per_second / _MEGA:.1f} MB/s"
    return f"{bytes_per_second / 1000:.0f} KB/s"


def size(number_of_bytes: int) -> str:
    """Return a size as `1.3 GB`, `240 MB` or `410 KB`."""
    if number_of_bytes >= _GIGA:
        return f"{number_of_bytes / _GIGA:.1f} GB"
    if number_of_bytes < _MEGA:
        return f"{number_of_bytes / 1000:.0f} KB"
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
    if card.less in less:
        return less[card.less]
    waits = {
        Waits.STILL: translate("Player", "Still watching?"),
        Waits.ASKED: translate("Player", "It stops after this one"),
        Waits.FILLER: translate("Player", "filler or recap"),
    }
    if card.waits in waits:
        return waits[card.waits]
    ready = (
        translate("Player", "source ready")
        if card.ready
        else translate("Player", "looking for a source")
    )
    if not card.left_out:
        return ready
    left = translate("Player", "{0} left out as filler").format(len(card.left_out))
    return f"{ready} · {left}"


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
    """Return what stands inside the ring: seconds to go, else nothing."""
    if torrent is None or torrent.phase is TorrentPhase.COMPLETE:
        return ""
    seconds = torrent.seconds_to_play
    if not seconds:
        return ""
    if seconds > _LONG_WAIT:
        return translate("Player", "{0} min").format(round(seconds / _MINUTE))
    return translate("Player", "{0} s").format(max(1, math.ceil(seconds)))


def waiting_share(torrent: TorrentProgress | None) -> float:
    """Return how much of what it needs to play is there, 0 to 1; -1 while nobody knows."""
    begun = {TorrentPhase.BUFFERING, TorrentPhase.PLAYING, TorrentPhase.STALLED}
    if torrent is None or torrent.phase not in begun:
        return -1.0
    return min(0.99, torrent.ready) if torrent.seconds_to_play != 0 else -1.0
