"""From a title's details, progress and sources to what its page shows: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from novastream_desktop.models import Content, Episode, TitleDetails, WatchProgress
from novastream_desktop.ui.title._sources import SourceItem, SourcesState, source_items
from novastream_desktop.ui.words import (
    date_text,
    duration_text,
    episode_code,
    facts,
    fraction,
    left_text,
    mark_text,
    number_text,
    picture_url,
    rating_text,
)

COLLECTIONS = {"a24": "A24"}


@dataclass(frozen=True, slots=True)
class EpisodeItem:
    """One episode in the list. `art` is a local address or empty, `art_url` what to fetch."""

    id: str
    number: str
    title: str
    overview: str
    detail: str
    art: str
    art_url: str
    progress: float
    finished: bool
    current: bool
    spoken: str
    mark: str = ""
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class TitleInputs:
    """Everything the page is made from.

    Attributes:
        brief: what the card already knew, shown until the details are here.
        season: the season that was chosen, None for that of the episode to play.
        spoilers: pictures and words of episodes that were not watched are shown.
        sources: for `sources_for`, the episode id (empty for a film).
    """

    content_id: str = ""
    brief: Content | None = None
    details: TitleDetails | None = None
    progress: tuple[WatchProgress, ...] = ()
    season: int | None = None
    sources: SourcesState = SourcesState()
    art: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    view: str = ""
    spoilers: bool = True


@dataclass(frozen=True, slots=True)
class TitleProps:
    """What the page shows beside its lists.

    Attributes:
        state: loading, ready or failed (then `problem` says why).
        view: which list is shown, episodes or sources.
        sources_state: loading, ready or failed.
        play_hopeless: everybody has answered, and nothing that was found works.
        current_index: the place of the episode to go on with among those shown, else 0.
    """

    content_id: str = ""
    state: str = "loading"
    problem: str = ""
    title: str = ""
    facts: str = ""
    rating: str = ""
    overview: str = ""
    note: str = ""
    credit: str = ""
    backdrop: str = ""
    backdrop_url: str = ""
    collection: str = ""
    play_label: str = "Play"
    play_episode_id: str = ""
    play_progress: float = 0.0
    play_hopeless: bool = False
    view: str = "sources"
    has_episodes: bool = False
    seasons: tuple[str, ...] = ()
    season_index: int = -1
    sources_state: str = "loading"
    sources_title: str = "Sources"
    sources_note: str = ""
    sources_asking: str = ""
    sources_problems: tuple[str, ...] = ()
    current_index: int = 0


@dataclass(frozen=True, slots=True)
class TitleShown:
    """The page: its properties and both lists."""

    props: TitleProps = TitleProps()
    episodes: tuple[EpisodeItem, ...] = ()
    sources: tuple[SourceItem, ...] = ()


def _curated(content: Content) -> list[str]:
    """Return the collections that are curated lists; providers have others for their own use."""
    listed = content.programme_note is not None
    return [c for c in content.collections if listed or c in COLLECTIONS]


def collection_name(collection: str) -> str:
    """Return a collection's name: `a24` is A24, `silent-films` Silent films."""
    words = collection.replace("-", " ").replace("_", " ").strip()
    return COLLECTIONS.get(collection, words[:1].upper() + words[1:])


def derive(inputs: TitleInputs) -> TitleShown:
    """Return the page."""
    content = inputs.details.content if inputs.details else inputs.brief
    episodes = inputs.details.episodes if inputs.details else ()
    by_episode = {p.episode_id or "": p for p in inputs.progress}
    current = episode_to_play(episodes, inputs.progress)
    seasons = tuple(dict.fromkeys(episode.season for episode in episodes))
    season = inputs.season if inputs.season in seasons else current.season if current else None
    items = tuple(
        _episode(
            e, by_episode.get(e.id), inputs.art, current=e == current, spoilers=inputs.spoilers
        )
        for e in episodes
        if e.season == season
    )
    state = "ready" if inputs.details else "failed" if inputs.problem else "loading"
    told = TitleProps(
        content_id=inputs.content_id,
        state=state,
        problem=inputs.problem,
        has_episodes=bool(episodes),
        seasons=tuple(_season_name(number) for number in seasons),
        season_index=seasons.index(season) if season in seasons else -1,
        view=inputs.view or ("episodes" if episodes else "sources"),
        sources_state=inputs.sources.state,
        sources_title=_sources_title(inputs.sources.episode_id, episodes),
        sources_note=inputs.sources.note,
        sources_asking=inputs.sources.asking,
        sources_problems=inputs.sources.problems,
        current_index=next((at for at, item in enumerate(items) if item.current), 0),
    )
    described = _with_content(told, content, inputs.art)
    props = _with_play(described, current, by_episode.get(current.id if current else ""))
    hopeless = inputs.sources.episode_id == props.play_episode_id and inputs.sources.hopeless
    props = replace(props, play_hopeless=hopeless)
    return TitleShown(props, items, source_items(inputs.sources.found))


def episode_to_play(
    episodes: tuple[Episode, ...], progress: tuple[WatchProgress, ...]
) -> Episode | None:
    """Return the episode to go on with.

    The one watched last if it is not finished, else the one after it, else the first.
    """
    if not episodes:
        return None
    places = {episode.id: place for place, episode in enumerate(episodes)}
    seen = [p for p in progress if p.episode_id in places]
    first = next((e for e in episodes if e.season > 0), episodes[0])
    if not seen:
        return first
    last = max(seen, key=lambda p: (p.updated_at, places[p.episode_id or ""]))
    place = places[last.episode_id or ""]
    if not last.finished:
        return episodes[place]
    return episodes[place + 1] if place + 1 < len(episodes) else first


def _with_content(props: TitleProps, content: Content | None, art: Mapping[str, str]) -> TitleProps:
    if content is None:
        return props
    wide = content.backdrop_url or content.poster_url
    return replace(
        props,
        title=content.title,
        facts=facts(content),
        rating=rating_text(content.rating),
        overview=content.overview or "",
        note=content.programme_note or "",
        credit=content.credit or "",
        backdrop=picture_url(art.get(wide, wide)),
        backdrop_url=wide,
        collection=", ".join(map(collection_name, _curated(content))),
    )


def _with_play(
    props: TitleProps, episode: Episode | None, progress: WatchProgress | None
) -> TitleProps:
    left = left_text(progress)
    code = episode_code(episode) if episode else ""
    where = " · ".join(part for part in (code, left) if part)
    verb = "Resume" if left else "Watch again" if progress and progress.finished else "Play"
    return replace(
        props,
        play_label=f"{verb} {where}" if where else verb,
        play_episode_id=episode.id if episode else "",
        play_progress=fraction(progress) if left else 0.0,
    )


def through_text(episode: Episode) -> str:
    """Return `#26`, an episode's number through all seasons, where it says something new."""
    number = episode.absolute_number
    return f"#{number}" if number is not None and episode.season > 1 else ""


def _episode(
    episode: Episode,
    progress: WatchProgress | None,
    art: Mapping[str, str],
    *,
    current: bool,
    spoilers: bool,
) -> EpisodeItem:
    url = episode.thumbnail_url or ""
    title = episode.title or f"Episode {number_text(episode.episode_number)}"
    left = left_text(progress)
    finished = progress is not None and progress.finished
    length = duration_text(episode.runtime) if episode.runtime else ""
    said = (through_text(episode), date_text(episode.air_date), left or length)
    detail = " · ".join(part for part in said if part)
    hidden = not spoilers and progress is None
    mark = mark_text(episode)
    spoken = [f"Episode {number_text(episode.episode_number)}", title, mark, detail]
    spoken.append("watched" if finished else "")
    return EpisodeItem(
        id=episode.id,
        number=number_text(episode.episode_number),
        title=title,
        overview="" if hidden else episode.overview or "",
        detail=detail,
        art=picture_url(art.get(url, url)),
        art_url=url,
        progress=fraction(progress),
        finished=finished,
        current=current,
        spoken=", ".join(part for part in spoken if part),
        mark=mark,
        spoiler=hidden,
    )


def _season_name(number: int) -> str:
    return f"Season {number}" if number else "Specials"


def _sources_title(episode_id: str, episodes: tuple[Episode, ...]) -> str:
    episode = next((e for e in episodes if e.id == episode_id), None)
    if episode is None:
        return "Sources"
    return f"Sources for {episode_code(episode)} {episode.title}".rstrip()
