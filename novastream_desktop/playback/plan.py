"""Choices of playback: where to start, what comes next, when something counts as watched. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from novastream_desktop.models import (
    ContinueItem,
    Episode,
    SkipRange,
    SkipType,
    TitleDetails,
    WatchProgress,
)

WATCHED_SHARE = 0.85
"""Share of the duration after which a title counts as watched (as Elementum and Harbor do)."""
WATCHED_REMAINING = 180.0
"""... or this many seconds before the end, in anything long enough for that to be little."""
LONG_ENOUGH_FOR_REMAINING = 1200.0
REALLY_PLAYED_SHARE = 0.5
"""Half of it must have been played, so that a jump to the end marks nothing."""
WORTH_RESUMING = 3.0
"""Below this many seconds nobody has begun to watch."""
COUNTDOWN = 10.0
"""Seconds before the end in which the next episode's countdown runs."""
CONFIDENT = 0.85
"""An outro this certain may bring up the next episode."""
AHEAD_SHARE = 0.5
"""From this share of an episode on, the next one's sources are looked for."""
STORY_AFTER = 20.0
"""With more seconds than this after the ending, something is still told there (ux 3c)."""
SPECIALS = 0
"""The season number of specials."""
_START_SLACK = 2.0  # seconds; mpv begins exactly, streams at the keyframe or segment before
_SHORT_FILM = 600.0
_NOT_BEFORE_END = 20.0
_LEADS = ((2400.0, 30.0), (3000.0, 35.0), (float("inf"), 40.0))
_REWINDS: tuple[tuple[timedelta, float], ...] = (
    (timedelta(minutes=10), 0.0),
    (timedelta(days=1), 5.0),
    (timedelta(days=7), 10.0),
)
_LONGEST_REWIND = 15.0


@dataclass(frozen=True, slots=True)
class StartPoint:
    """What to play (None for a film) and where in seconds."""

    episode: Episode | None = None
    position: float = 0.0


def is_watched(
    position: float, duration: float, played: float, outro_start: float | None = None
) -> bool:
    """Whether this counts as watched.

    Args:
        position: in seconds.
        duration: in seconds; 0 while unknown.
        played: seconds really played, those of earlier sittings included.
        outro_start: start of a certain outro, if there is one.
    """
    if duration <= 0 or played < REALLY_PLAYED_SHARE * duration:
        return False
    nearly_over = duration >= LONG_ENOUGH_FOR_REMAINING and duration - position <= WATCHED_REMAINING
    in_outro = outro_start is not None and position >= outro_start
    return nearly_over or in_outro or position >= WATCHED_SHARE * duration


def resume_position(progress: WatchProgress | None, now: datetime) -> float:
    """Return where to go on: a little before the place, more so after a longer pause.

    0 s within ten minutes, 5 s within a day, 10 s within a week, else 15 s.
    """
    if progress is None or progress.finished or progress.position < WORTH_RESUMING:
        return 0.0
    gap = now - progress.updated_at
    rewind = next((s for limit, s in _REWINDS if gap <= limit), _LONGEST_REWIND)
    return max(0.0, progress.position - rewind)


def past_the_end(start: float, duration: float) -> bool:
    """Whether a file turned out to be shorter than where it was begun."""
    return start > 0 and (duration <= 0 or start >= duration - 1.0)


def missed_its_start(start: float, position: float, duration: float) -> bool:
    """Whether a file plays from well before where it was to go on, though it is long enough.

    mpv plays from the beginning where its way to the place breaks off while it opens a file.
    """
    return position < start - _START_SLACK and not past_the_end(start, duration)


def start_point(
    details: TitleDetails,
    progress: Iterable[WatchProgress],
    now: datetime,
    *,
    episode_id: str | None = None,
    from_start: bool = False,
) -> StartPoint:
    """Return what to play: the episode asked for, else the resume point, else the first unwatched.

    An episode id that the title does not have is treated as not asked for.
    """
    by_episode = {entry.episode_id or "": entry for entry in progress}
    episode = next((e for e in details.episodes if e.id == episode_id), None)
    if episode is None and details.episodes:
        episode = _episode_to_watch(details.episodes, by_episode)
    entry = by_episode.get(episode.id if episode else "")
    return StartPoint(episode, 0.0 if from_start else resume_position(entry, now))


def _episode_to_watch(
    episodes: Sequence[Episode], by_episode: Mapping[str, WatchProgress]
) -> Episode:
    def watched(episode: Episode) -> bool:
        entry = by_episode.get(episode.id)
        return entry is not None and entry.finished

    seen = [e for e in episodes if e.id in by_episode]
    if seen:
        latest = max(seen, key=lambda e: by_episode[e.id].updated_at)
        if not watched(latest):
            return latest
        following = next_episode(episodes, latest)
        if following is not None and not watched(following):
            return following
    regular = [e for e in episodes if e.season != SPECIALS] or episodes
    return next((e for e in regular if not watched(e)), regular[0])


def next_episode(
    episodes: Sequence[Episode], current: Episode | None, *, today: date | None = None
) -> Episode | None:
    """Return the episode after this one: across seasons, specials only after specials.

    Args:
        episodes: in the title's order.
        current: what plays.
        today: an episode that airs later is not there yet; None does not look at air dates.
    """
    following = _neighbour(episodes, current, 1)
    if following is None or (today is not None and not has_aired(following, today)):
        return None
    return following


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What follows by itself, and the filler and recap episodes that are left out before it."""

    episode: Episode | None = None
    left_out: tuple[Episode, ...] = ()


def upcoming(
    episodes: Sequence[Episode],
    current: Episode | None,
    *,
    today: date | None = None,
    without_filler: bool = False,
) -> Upcoming:
    """Return what follows by itself.

    Without anything to tell after it, filler is not left out: the last one is not jumped over.
    """
    following = next_episode(episodes, current, today=today)
    if not without_filler:
        return Upcoming(following)
    left_out: list[Episode] = []
    told = following
    while told is not None and is_aside(told):
        left_out.append(told)
        told = next_episode(episodes, told, today=today)
    return Upcoming(told, tuple(left_out)) if told is not None else Upcoming(following)


def code_of(episode: Episode) -> str:
    """Return `S1E26`, as messages name an episode."""
    return f"S{episode.season}E{episode.episode_number:g}"


def is_aside(episode: Episode) -> bool:
    """Whether an episode is certain not to carry the story on."""
    certain = episode.mark_confidence is None or episode.mark_confidence >= CONFIDENT
    return certain and (episode.filler or episode.recap)


def previous_episode(episodes: Sequence[Episode], current: Episode | None) -> Episode | None:
    """Return the episode before this one; specials only before specials."""
    return _neighbour(episodes, current, -1)


def has_aired(episode: Episode, today: date) -> bool:
    """Whether an episode is out, as far as its air date tells."""
    return not episode.air_date or episode.air_date[:10] <= today.isoformat()


def _neighbour(episodes: Sequence[Episode], current: Episode | None, step: int) -> Episode | None:
    if current is None:
        return None
    kin = [e for e in episodes if (e.season == SPECIALS) == (current.season == SPECIALS)]
    ids = [e.id for e in kin]
    if current.id not in ids:
        return None
    index = ids.index(current.id) + step
    return kin[index] if 0 <= index < len(kin) else None


def outro(ranges: Iterable[SkipRange]) -> SkipRange | None:
    """Return the last certain outro, if one is known."""
    certain = [r for r in ranges if r.type is SkipType.ED and r.confidence >= CONFIDENT]
    return max(certain, key=lambda r: r.start, default=None)


def outro_start(ranges: Iterable[SkipRange]) -> float | None:
    """Return where a certain outro begins, if one is known."""
    found = outro(ranges)
    return found.start if found is not None else None


def after_credits(position: float, duration: float, ranges: Iterable[SkipRange]) -> float | None:
    """Return where it goes on after the credits that play now, if something is told there."""
    ending = outro(ranges)
    if ending is None or not ending.start <= position < ending.end:
        return None
    return ending.end if duration - ending.end > STORY_AFTER else None


def next_up_due(position: float, duration: float, ranges: Iterable[SkipRange]) -> bool:
    """Whether the next-episode card is shown.

    In a certain outro, and behind it if it ends the file; else in the last 30 s (35 s above
    40 min, 40 s above 50 min) of what is 10 min or longer, as jellyfin-web does; always in the
    countdown.
    """
    if duration <= 0 or position <= 0:
        return False
    ending = outro(ranges)
    if ending is not None and position >= ending.start:
        story = duration - ending.end > STORY_AFTER
        if position < ending.end or not story:
            return True
    remaining = duration - position
    if remaining <= COUNTDOWN:
        return True
    if duration < _SHORT_FILM:
        return False
    lead = next(lead for longest, lead in _LEADS if duration < longest)
    return _NOT_BEFORE_END <= remaining <= lead


def continue_items(
    newest_first: Iterable[WatchProgress], titles: Mapping[str, TitleDetails]
) -> tuple[ContinueItem, ...]:
    """Return what to go on with, the latest first: an unfinished part, or the one after it."""
    entries = list(newest_first)
    items: list[ContinueItem] = []
    done: set[str] = set()
    for entry in entries:
        details = titles.get(entry.content_id)
        if entry.content_id in done or details is None:
            continue
        done.add(entry.content_id)
        of_title = {e.episode_id or "": e for e in entries if e.content_id == entry.content_id}
        item = _continue(details, entry, of_title)
        if item is not None:
            items.append(item)
    parts = [(i.episode.content_id, i.episode.id) if i.episode else i.content.id for i in items]
    return tuple(item for at, item in enumerate(items) if parts[at] not in parts[:at])


def _continue(
    details: TitleDetails, entry: WatchProgress, of_title: Mapping[str, WatchProgress]
) -> ContinueItem | None:
    episode = next((e for e in details.episodes if e.id == entry.episode_id), None)
    if not entry.finished:
        # An episode that was only looked into is still the next one of what was watched before.
        begun = entry.position >= WORTH_RESUMING or any(e.finished for e in of_title.values())
        return (
            ContinueItem(content=details.content, episode=episode, progress=entry)
            if begun
            else None
        )
    following = next_episode(details.episodes, episode)
    if following is None:
        return None
    progress = of_title.get(following.id)
    if progress is not None and progress.finished:
        return None
    return ContinueItem(content=details.content, episode=following, progress=progress)
