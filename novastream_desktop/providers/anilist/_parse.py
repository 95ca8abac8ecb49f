"""AniList's answers as our models. Nothing here does I/O."""

from __future__ import annotations

import html
import re
from typing import Annotated

from pydantic import Field

from novastream_desktop.errors import BadResponse, NotFound
from novastream_desktop.models import Content, ContentType, Episode, TitleDetails
from novastream_desktop.providers._wire import (
    CamelWire,
    Count,
    Texts,
    WebUrl,
    bad_shape,
    each,
    read,
)

WHO = "AniList"
#: No anime has as many; a larger number is an error.
_MOST_EPISODES = 5_000
_NUMBERED = re.compile(
    r"\s*(?:episode|ep\.?|#)\s*(\d{1,4})\s*(?:[-\u2013:.]\s*(.*))?", re.IGNORECASE | re.DOTALL
)
_RECAP = re.compile(r"\b(recap|re-?cap|summary|digest|compilation)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,200}>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

EpisodeCount = Annotated[int, Field(ge=1, le=_MOST_EPISODES)]


class Names(CamelWire):
    """A title in its languages."""

    romaji: str | None = None
    english: str | None = None
    native: str | None = None


class Cover(CamelWire):
    """`coverImage`."""

    extra_large: WebUrl = ""
    large: WebUrl = ""


class Date(CamelWire):
    """`startDate`."""

    year: Count | None = None
    month: Count | None = None
    day: Count | None = None

    def as_tuple(self) -> tuple[int, int, int]:
        """Return it for sorting; what is not known yet comes last."""
        return (self.year or 9999, self.month or 99, self.day or 99)


class Related(CamelWire):
    """An entry that another one names."""

    id: Annotated[Count, Field(ge=1)]
    type: str | None = None
    format: str | None = None
    status: str | None = None
    start_date: Date = Date()


class Edge(CamelWire):
    """How an entry is related."""

    relation_type: str = ""
    node: Related


class Relations(CamelWire):
    """`relations`."""

    edges: Annotated[tuple[Edge, ...], each(Edge)] = ()


class NextAiring(CamelWire):
    """`nextAiringEpisode`."""

    episode: EpisodeCount


class Streaming(CamelWire):
    """One of `streamingEpisodes`."""

    title: str
    thumbnail: WebUrl = ""


class Media(CamelWire):
    """An anime."""

    id: Annotated[Count, Field(ge=1)]
    id_mal: Count | None = None
    title: Names = Names()
    format: str | None = None
    status: str | None = None
    description: str | None = None
    episodes: EpisodeCount | None = None
    duration: Annotated[int, Field(ge=1, le=1_000)] | None = None
    season_year: Count | None = None
    start_date: Date = Date()
    average_score: Annotated[float, Field(ge=0, le=100)] | None = None
    genres: Texts = ()
    is_adult: bool = False
    cover_image: Cover = Cover()
    banner_image: WebUrl = ""
    next_airing_episode: NextAiring | None = None
    streaming_episodes: Annotated[tuple[Streaming, ...], each(Streaming)] = ()
    relations: Relations = Relations()


class Fault(CamelWire):
    """One of `errors`."""

    message: str = ""
    status: int | None = None


class MediaList(CamelWire):
    """`Page`."""

    media: Annotated[tuple[Media, ...], each(Media, needed=True)]


class Data(CamelWire):
    """`data`."""

    page: Annotated[MediaList | None, Field(alias="Page")] = None
    media: Annotated[Media | None, Field(alias="Media")] = None

    @classmethod
    def _essential(cls) -> set[str]:
        return {"Page", "Media"}  # either may be absent or null, but not something else


class Envelope(CamelWire):
    """What every answer is wrapped in."""

    data: Data | None = None
    errors: Annotated[tuple[Fault, ...], each(Fault)] = ()


def parse_page(raw: bytes) -> tuple[Content, ...]:
    """Return a list's titles; adult and nameless ones are left out."""
    page = _data(raw).page
    if page is None:
        raise bad_shape(WHO, "there is no list of titles")
    contents = (_content(media) for media in page.media if not media.is_adult)
    return tuple({content.id: content for content in contents if content.title}.values())


def parse_details(raw: bytes, content_id: str) -> TitleDetails:
    """Return a title and its own episodes, as many as are known to be out.

    Raises:
        NotFound: there is no such title.
    """
    return details_of(parse_media(raw, content_id), content_id)


def parse_media(raw: bytes, content_id: str) -> Media:
    """Return the entry of an answer.

    Raises:
        NotFound: there is no such title.
    """
    media = _data(raw).media
    if media is None:
        raise NotFound(f"AniList has no title {content_id}")
    return media


def details_of(media: Media, content_id: str) -> TitleDetails:
    """Return an entry and its own episodes."""
    content = _content(media).with_(id=content_id)
    if not content.title:
        raise bad_shape(WHO, "the title has no name")
    return TitleDetails(content=content, episodes=_episodes(media, content_id))


def _data(raw: bytes) -> Data:
    envelope = read(Envelope, raw, WHO)
    fault = next(iter(envelope.errors), None)
    if fault is not None and fault.status == 404:  # noqa: PLR2004  (not found)
        return Data()
    if envelope.data is None or (fault and not (envelope.data.page or envelope.data.media)):
        said = fault.message if fault else "there is no data"
        raise BadResponse("AniList did not answer the question", why=said[:200])
    return envelope.data


def _content(media: Media) -> Content:
    names = media.title
    name = names.english or names.romaji or names.native or ""
    other = names.native or names.romaji
    return Content(
        id=f"anilist:{media.id}",
        title=name,
        type=ContentType.ANIME,
        backdrop_url=media.banner_image,
        poster_url=media.cover_image.extra_large or media.cover_image.large,
        genres=media.genres,
        year=media.season_year or media.start_date.year,
        mal_id=media.id_mal or None,
        anilist_id=media.id,
        overview=plain_text(media.description or "") or None,
        rating=media.average_score / 10 if media.average_score else None,
        runtime=media.duration * 60.0 if media.duration else None,
        original_title=other if other != name else None,
        origin="anilist",
    )


def _episodes(media: Media, content_id: str) -> tuple[Episode, ...]:
    known: dict[int, tuple[str, str]] = {}
    for streaming in media.streaming_episodes:
        match = _NUMBERED.fullmatch(streaming.title)
        if match is not None and 1 <= int(match.group(1)) <= _MOST_EPISODES:
            title = (match.group(2) or "").strip()
            known.setdefault(int(match.group(1)), (title, streaming.thumbnail))
    count = _episodes_out(media, max(known, default=0))
    return tuple(
        Episode(
            id=f"{content_id}:{number}",
            content_id=content_id,
            season=1,
            episode_number=number,
            title=known.get(number, ("", ""))[0],
            recap=is_recap(known.get(number, ("", ""))[0]),
            mark_confidence=0.5 if is_recap(known.get(number, ("", ""))[0]) else None,
            thumbnail_url=known.get(number, ("", ""))[1] or None,
            runtime=media.duration * 60.0 if media.duration else None,
            absolute_number=number,
            mal_id=media.id_mal or None,
            mal_episode=number if media.id_mal else None,
        )
        for number in range(1, count + 1)
    )


def is_recap(title: str) -> bool:
    """Whether an episode's title says that it only looks back."""
    return _RECAP.search(title) is not None


def _episodes_out(media: Media, highest_known: int) -> int:
    """Return how many episodes have aired, as far as AniList tells."""
    if media.status == "NOT_YET_RELEASED":
        return 0
    if media.next_airing_episode is not None:
        return media.next_airing_episode.episode - 1
    return media.episodes or highest_known


def plain_text(text: str) -> str:
    """Return AniList's description without its HTML."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\n\n\n", "\n\n").strip()
