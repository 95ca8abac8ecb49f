"""Short sentences about titles, times and sizes. Pure, plain, without exclamation marks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from novastream_desktop.models import Content, ContentType, Episode, WatchProgress

KINDS = {
    ContentType.MOVIE: "Film",
    ContentType.SERIES: "Series",
    ContentType.ANIME: "Anime",
}
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_CERTAIN = 0.85


def number_text(number: float) -> str:
    """Return an episode number without a needless fraction: 3, 12.5."""
    return f"{number:g}"


def episode_code(episode: Episode) -> str:
    """Return `S1E3`; specials (season 0) are `Special 3`."""
    if episode.season == 0:
        return f"Special {number_text(episode.episode_number)}"
    return f"S{episode.season}E{number_text(episode.episode_number)}"


def duration_text(seconds: float) -> str:
    """Return `1 h 52 min`, `24 min` or `45 s`."""
    if seconds < _MINUTE:
        return f"{max(0, round(seconds))} s"
    minutes = round(seconds / _MINUTE)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def facts(content: Content) -> str:
    """Return the one line of facts: `2024 · Series · Drama, Mystery · 52 min`."""
    parts = [str(content.year) if content.year else "", KINDS[content.type]]
    parts.append(", ".join(content.genres[:3]))
    parts.append(duration_text(content.runtime) if content.runtime else "")
    return " · ".join(part for part in parts if part)


def mark_text(episode: Episode) -> str:
    """Return the word for an episode that does not carry the story on, empty if it does."""
    word = "Filler" if episode.filler else "Recap" if episode.recap else ""
    certain = episode.mark_confidence is None or episode.mark_confidence >= _CERTAIN
    return word if certain or not word else f"{word}?"


def rating_text(rating: float | None) -> str:
    """Return `7.9`, empty when nobody has rated it."""
    return f"{rating:.1f}" if rating else ""


def fraction(progress: WatchProgress | None) -> float:
    """Return how much was watched, 0 to 1; a finished one is 1."""
    if progress is None:
        return 0.0
    if progress.finished:
        return 1.0
    return min(1.0, progress.position / progress.duration) if progress.duration else 0.0


def left_text(progress: WatchProgress | None) -> str:
    """Return `24 min left`, empty when it was not begun, is finished or has no known length."""
    if progress is None or progress.finished or not progress.duration or not progress.position:
        return ""
    return f"{duration_text(max(0.0, progress.duration - progress.position))} left"


def age_text(then: datetime, now: datetime) -> str:
    """Return `just now`, `5 minutes ago`, `3 hours ago`, `2 days ago`."""
    seconds = max(0.0, (now - then).total_seconds())
    for size, name in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {name}{'' if count == 1 else 's'} ago"
    return "just now"


def size_text(size: float) -> str:
    """Return bytes as `1.4 GB`, `350 MB` or `12 KB`, decimal as file managers show them."""
    for unit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "KB")):
        if size >= unit:
            value = size / unit
            return f"{value:.1f} {name}" if value < 10 and name == "GB" else f"{value:.0f} {name}"  # noqa: PLR2004
    return f"{size:.0f} B"


def date_text(iso: str | None) -> str:
    """Return `3 May 2024` for an ISO date, the text itself if it is none."""
    if not iso:
        return ""
    try:
        date = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{date.day} {date:%b %Y}"


def picture_url(path: str) -> str:
    """Return a local picture as a `file:` address for QML, empty for anything that is remote."""
    if path.startswith("file:"):
        return path
    if not path or "://" in path:
        return ""
    file = Path(path)
    return file.as_uri() if file.is_absolute() else ""
