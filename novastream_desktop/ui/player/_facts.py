"""The lines of the panels over the picture: what plays, and how it goes."""

from __future__ import annotations

from pathlib import PurePosixPath

from novastream_desktop.models import SourceType
from novastream_desktop.playback.state import Attempt, Outcome, SessionState
from novastream_desktop.player.base import PlayerState, TrackKind
from novastream_desktop.torrents.base import StallReason, TorrentProgress
from novastream_desktop.ui.player._rows import PanelRow
from novastream_desktop.ui.player._words import (
    TIMES,
    number,
    rate,
    torrent_line,
    track_name,
    translate,
)
from novastream_desktop.ui.provider_names import provider_title

_MEGA = 1e6
#: A progressive file may be of any container, so the type's own name would often be wrong.
_KINDS = {SourceType.HLS: "HLS", SourceType.MP4: "File", SourceType.TORRENT: "Torrent"}


def info_rows(state: SessionState) -> tuple[PanelRow, ...]:
    """Return facts about what plays, as name and value."""
    player = state.player
    rows = []
    if player.width and player.height:
        picture = f"{player.width} {TIMES} {player.height}"
        rows.append((translate("Player", "Picture"), picture))
    words = {
        TrackKind.VIDEO: translate("Player", "Video"),
        TrackKind.AUDIO: translate("Player", "Sound"),
        TrackKind.SUBTITLE: translate("Player", "Subtitles"),
    }
    for kind, word in words.items():
        track = next((t for t in player.tracks_of(kind) if t.selected), None)
        if track is not None:
            rows.append((word, " · ".join(p for p in (track.codec, track_name(track)) if p)))
    if 0 <= state.source_index < len(state.sources):
        source = state.sources[state.source_index]
        facts = (provider_title(source.provider), source.quality, source.release_name or "")
        rows.append((translate("Player", "Source"), " · ".join(p for p in facts if p)))
        if source.reasons:
            rows.append((translate("Player", "Why this one"), " · ".join(source.reasons)))
        if source.bitrate:
            rows.append((translate("Player", "Bit rate"), f"{source.bitrate / 1e6:.1f} Mbit/s"))
    ahead = max(0.0, player.buffered_to - player.position)
    rows.append((translate("Player", "Buffer"), f"{ahead:.0f} s"))
    if state.torrent is not None:
        rows.append((translate("Player", "Torrent"), torrent_line(state.torrent)))
        rows.append((translate("Player", "Sending"), rate(state.torrent.upload_rate)))
    return tuple(PanelRow(name, name, value) for name, value in rows)


def stats_rows(state: SessionState) -> tuple[PanelRow, ...]:
    """Return how it goes: picture, decoder, buffer, transfer, and each attempt to play it."""
    lines = [
        *_source_facts(state),
        *_picture_facts(state.player),
        *_flow_facts(state),
        *(_torrent_facts(state.torrent) if state.torrent is not None else ()),
        *_attempts(state.trace),
    ]
    return tuple(PanelRow(f"{i}", name, value) for i, (name, value) in enumerate(lines))


def _join(*parts: str) -> str:
    return " · ".join(p for p in parts if p)


def _source_facts(state: SessionState) -> list[tuple[str, str]]:
    if not 0 <= state.source_index < len(state.sources):
        return []
    source = state.sources[state.source_index]
    name = source.release_name or ""
    if state.torrent_file is not None:
        path = PurePosixPath(state.torrent_file.path)
        name = path.name if name in ("", path.stem) else _join(name, path.name)
    facts = _join(provider_title(source.provider), source.quality, _KINDS[source.type], name)
    return [(translate("Player", "Source"), facts)]


def _codec(player: PlayerState, kind: TrackKind) -> str:
    return next((t.codec for t in player.tracks_of(kind) if t.selected), "")


def _picture_facts(player: PlayerState) -> list[tuple[str, str]]:
    measured = player.statistics
    size = f"{player.width} {TIMES} {player.height}" if player.width else ""
    codecs = _join(_codec(player, TrackKind.VIDEO), _codec(player, TrackKind.AUDIO))
    lines = [(translate("Player", "Picture"), _join(size, _frames(player)))]
    if codecs:
        lines.append((translate("Player", "Codecs"), codecs))
    if measured and (measured.pixel_format or measured.gamma):
        colours = _join(measured.pixel_format, measured.gamma)
        lines.append((translate("Player", "Colours"), colours))
    if player.has_picture:
        by_processor = translate("Player", "by the processor, no video hardware is in use")
        by = translate("Player", "in hardware ({0})").format(player.hwdec)
        lines.append((translate("Player", "Decoding"), by if player.hwdec else by_processor))
    if measured:
        dropped = translate("Player", "{0} shown too late, {1} left out by the decoder")
        words = dropped.format(measured.dropped, measured.decoder_dropped)
        lines.append((translate("Player", "Frames lost"), words))
    return [line for line in lines if line[1]]


def _frames(player: PlayerState) -> str:
    measured = player.statistics.shown_fps if player.statistics else 0.0
    said = translate("Player", "{0} frames/s").format(number(player.fps)) if player.fps else ""
    if player.fps and measured and abs(measured - player.fps) >= 1:
        return _join(said, translate("Player", "{0} measured").format(number(measured)))
    return said


def _flow_facts(state: SessionState) -> list[tuple[str, str]]:
    player, measured = state.player, state.player.statistics
    ahead = translate("Player", "{0} s ahead").format(
        round(max(0.0, player.buffered_to - player.position))
    )
    lines = [(translate("Player", "Buffer"), ahead)]
    if measured and measured.video_bitrate:
        video = translate("Player", "video {0} Mbit/s").format(_mega(measured.video_bitrate))
        sound = f"{measured.audio_bitrate / 1000:.0f} kbit/s" if measured.audio_bitrate else ""
        sound = translate("Player", "sound {0}").format(sound) if sound else ""
        lines.append((translate("Player", "Bit rate"), _join(video, sound)))
    return lines


def _mega(bits: float) -> str:
    return f"{bits / _MEGA:.1f}"


def _torrent_facts(torrent: TorrentProgress) -> list[tuple[str, str]]:
    arrows = translate("Player", "{0} in, {1} out").format(
        rate(torrent.download_rate), rate(torrent.upload_rate)
    )
    lines = [
        (translate("Player", "Torrent"), torrent_line(torrent)),
        (translate("Player", "Transfer"), arrows),
        (translate("Player", "Peers"), peers_line(torrent)),
        (translate("Player", "Limited by"), limited_by(torrent)),
    ]
    if torrent.pieces:
        total, here = len(torrent.pieces), torrent.pieces.count("2")
        words = translate("Player", "{0} of {1} parts on disk, {2} on their way")
        pieces = words.format(here, total, torrent.pieces.count("1"))
        nowhere = torrent.pieces.count("x")
        missing = translate("Player", "{0} that nobody connected has").format(nowhere)
        lines.append((translate("Player", "Pieces"), f"{pieces}, {missing}" if nowhere else pieces))
    return lines


def peers_line(torrent: TorrentProgress) -> str:
    """Return who is connected, and how many there are as the tracker counts."""
    if torrent.swarm_seeds is None:
        words = translate("Player", "{0} connected, {1} of them with all of it")
        return words.format(torrent.peers, torrent.seeds)
    words = translate("Player", "{0} of {1} with all of it connected, {2} of {3} others")
    others = max(0, torrent.peers - torrent.seeds)
    return words.format(
        torrent.seeds,
        max(torrent.seeds, torrent.swarm_seeds),
        others,
        max(others, torrent.swarm_peers or 0),
    )


def limited_by(torrent: TorrentProgress) -> str:
    """Return what bounds the rate now."""
    words = {
        StallReason.NO_PEERS: translate("Player", "peers: nobody is connected"),
        StallReason.SLOW_PEERS: translate("Player", "peers: they send no faster"),
        StallReason.YOUR_LIMIT: translate("Player", "your download limit"),
        StallReason.DISK: translate("Player", "the disk"),
        StallReason.TRACKER: translate("Player", "peers: the tracker does not answer"),
        StallReason.PAUSED: translate("Player", "its transfer is paused"),
        StallReason.INTERFACE: translate("Player", "the chosen network interface is gone"),
    }
    if torrent.limited_by is None:
        return translate("Player", "nothing, enough is there")
    return words[torrent.limited_by]


def _attempts(trace: tuple[Attempt, ...]) -> list[tuple[str, str]]:
    return [
        (
            translate("Player", "Attempt {0}").format(place),
            _join(provider_title(attempt.provider), attempt.source, _outcome(attempt)),
        )
        for place, attempt in enumerate(trace, 1)
    ]


def _outcome(attempt: Attempt) -> str:
    words = {
        Outcome.OPENING: translate("Player", "opening"),
        Outcome.PLAYING: translate("Player", "plays"),
        Outcome.FAILED: translate("Player", "failed"),
        Outcome.STALLED: translate("Player", "stood still"),
        Outcome.EXPIRED: translate("Player", "its address had expired"),
        Outcome.LEFT: translate("Player", "left"),
    }
    said = words[attempt.outcome]
    if attempt.why:
        said = f"{said}: {attempt.why}"
    if attempt.first_frame is None:
        begun = translate("Player", "tried after {0} s").format(f"{attempt.started:.2f}")
        return _join(begun, said)
    first = translate("Player", "first frame after {0} s")
    return _join(first.format(f"{attempt.first_frame:.2f}"), said)
