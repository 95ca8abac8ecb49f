"""The answers as lines for people."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from novastream_desktop.cli._output import table
from novastream_desktop.models import (
    Content,
    HomeRows,
    StreamSource,
    SubtitleTrack,
    WatchInfo,
    WatchProgress,
)
from novastream_desktop.models.doctor import Finding, ProviderState, ProviderStatus
from novastream_desktop.torrents.base import StallReason, TorrentPhase, TorrentProgress

_MEGA = 1_000_000


def clock(seconds: float) -> str:
    """Return `1:02:03` or `2:03`."""
    minutes, second = divmod(round(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def content_lines(items: Sequence[Content]) -> list[str]:
    """Return id, type, year and title."""
    return table([(item.id, item.type, item.year, item.title) for item in items])


def home_lines(home: HomeRows) -> Iterator[str]:
    """Return each row's title and items, and why a row is old or missing."""
    for row in home.rows:
        age = " (not refreshed)" if row.stale else ""
        yield f"{row.title}{age}"
        if row.problem:
            yield f"  ! {row.problem}"
        yield from (f"  {line}" for line in content_lines(row.items))


def source_lines(sources: Sequence[StreamSource]) -> list[str]:
    """Return quality, type, provider, health and why it stands where it stands."""
    return table(
        [
            (
                source.quality or "?",
                source.type,
                source.provider,
                source.health.status,
                f"{source.seeders} seeders" if source.seeders is not None else "",
                ", ".join(source.reasons),
                source.release_name or source.url,
            )
            for source in sources
        ]
    )


def trouble_lines(states: Sequence[ProviderState]) -> list[str]:
    """Return who could not be asked, and why."""
    failing = (state for state in states if state.status is ProviderStatus.FAILING)
    return [f"! {_who(state)}: {state.detail}" for state in failing]


def _who(state: ProviderState) -> str:
    """Return a provider's title, with the name that settings and addresses have for it."""
    same = not state.title or state.title.casefold() == state.name.casefold()
    return state.title or state.name if same else f"{state.title} ({state.name})"


def subtitle_lines(tracks: Sequence[SubtitleTrack]) -> list[str]:
    """Return language, label, origin and address."""
    return table([(track.lang, track.label, track.origin, track.url) for track in tracks])


def watch_lines(info: WatchInfo) -> Iterator[str]:
    """Return a short summary with sources, subtitles and skip ranges."""
    yield f"{info.content.title}" + (f" ({info.content.year})" if info.content.year else "")
    if episode := info.episode:
        yield f"Episode {episode.season}x{episode.episode_number:g} {episode.title}".rstrip()
    if following := info.next_episode:
        yield f"Next    {following.season}x{following.episode_number:g} {following.title}".rstrip()
    if info.progress:
        yield f"Watched {clock(info.progress.position)} of {clock(info.progress.duration)}"
    for title, lines in (
        ("Sources", source_lines(info.sources)),
        ("Subtitles", subtitle_lines(info.subtitles)),
        (
            "Skip ranges",
            table(
                [
                    (s.type, f"{clock(s.start)}-{clock(s.end)}", f"{s.confidence:.0%}", s.origin)
                    for s in info.skip_ranges
                ]
            ),
        ),
    ):
        yield f"{title}:" if lines else f"{title}: none"
        yield from (f"  {line}" for line in lines)


def progress_lines(entries: Sequence[WatchProgress]) -> list[str]:
    """Return when, what and how far; a sentence when there is nothing."""
    if not entries:
        return ["Nothing was watched yet"]
    return table(
        [
            (
                f"{entry.updated_at:%Y-%m-%d %H:%M}",
                entry.content_id,
                entry.episode_id,
                f"{clock(entry.position)} / {clock(entry.duration)}",
                "finished" if entry.finished else f"{entry.fraction:.0%}",
            )
            for entry in entries
        ]
    )


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Return the doctor's report."""
    for finding in findings:
        good = "off " if finding.off else "ok  "
        mark = good if finding.ok else "FAIL" if finding.essential else "warn"
        yield f"{mark} {finding.check}: {finding.detail}".rstrip(": ")
        if not finding.ok and finding.mend:
            yield f"     -> {finding.mend}"


def torrent_line(state: TorrentProgress) -> str:
    """Return how a stream goes, in one line."""
    parts = [str(state.phase), f"{state.fraction:.1%}"]
    if state.phase is TorrentPhase.BUFFERING:
        parts += _until_it_plays(state)
    parts += [_REASONS[state.reason]] if state.reason else []
    parts.append(f"down {state.download_rate / _MEGA:.2f} MB/s")
    parts.append(f"up {state.upload_rate / _MEGA:.2f} MB/s")
    seeds = f"{state.seeds} seeds"
    if state.swarm_seeds is not None:
        seeds += f" of {max(state.swarm_seeds, state.seeds)}"
    parts.append(f"{state.peers} peers ({seeds})")
    return "  ".join(parts)


def _until_it_plays(state: TorrentProgress) -> list[str]:
    if state.ready >= 1:
        return ["ready to play"]
    parts = [f"ready {state.ready:.0%}"]
    if state.seconds_to_play is not None:
        parts.append(f"plays in {max(1, math.ceil(state.seconds_to_play))} s")
    return parts


_REASONS = {
    StallReason.NO_PEERS: "no peers",
    StallReason.SLOW_PEERS: "peers are slow",
    StallReason.YOUR_LIMIT: "your limit",
    StallReason.DISK: "disk",
    StallReason.TRACKER: "tracker",
    StallReason.PAUSED: "paused",
    StallReason.INTERFACE: "network interface",
}
