"""The services beside a playback session, in memory, and a session over a fake player."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from novastream_desktop.errors import NotFound, ProviderUnavailable, StoreError, TorrentError
from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    SkipRange,
    SkipType,
    SourceType,
    StreamSource,
    SubtitleTrack,
    TitleDetails,
    WatchProgress,
)
from novastream_desktop.net import ProbeAnswer
from novastream_desktop.playback._subtitle_desk import SubtitleDesk
from novastream_desktop.playback.anime import AnimePlaybackService
from novastream_desktop.playback.movie import MoviePlaybackService
from novastream_desktop.playback.series import SeriesPlaybackService
from novastream_desktop.playback.session import PlaybackSession
from novastream_desktop.playback.state import SessionState
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import Settings
from novastream_desktop.skips import ShowSkips
from novastream_desktop.sources import Resolution
from novastream_desktop.torrents.base import AmbiguousFile
from tests.fakes.player import FakePlayer
from tests.fakes.subtitle_desk import PlainDesk
from tests.fakes.torrents import FakeStream

OP = SkipRange(type=SkipType.OP, start=60, end=150, confidence=0.9, origin="mirror")
ED = SkipRange(type=SkipType.ED, start=1200, end=1290, confidence=0.9, origin="mirror")
FILM = Content(id="nova:film", title="Film", type=ContentType.MOVIE)
SHOW = Content(id="nova:show", title="Show", type=ContentType.ANIME, mal_id=7)
EPISODES = tuple(
    Episode(id=f"s1e{n}", content_id=SHOW.id, episode_number=n, title=f"Part {n}") for n in (1, 2)
)


class ManualClock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def now(self) -> datetime:
        return datetime(2026, 11, 22, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds


@dataclass
class World:
    """The services beside the session, in memory."""

    clock: ManualClock = field(default_factory=ManualClock)
    player: FakePlayer = field(default_factory=FakePlayer)
    settings: Settings = field(default_factory=Settings)
    sources_of: dict[str, list[StreamSource]] = field(default_factory=dict)
    ranges_of: tuple[SkipRange, ...] = (OP, ED)
    asked: list[WatchRequest] = field(default_factory=list)
    taught: ShowSkips = field(default_factory=ShowSkips)
    stored: dict[tuple[str, str], WatchProgress] = field(default_factory=dict)
    remembered: dict[str, str] = field(default_factory=dict)
    subtitle_tracks: tuple[SubtitleTrack, ...] = ()
    both_subtitles: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event | None = None
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    dead: dict[str, str] = field(default_factory=dict)
    probed: asyncio.Event = field(default_factory=asyncio.Event)
    torrent: FakeStream | None = None
    doubt: AmbiguousFile | None = None
    wishes: list[tuple[int | None, str, bool]] = field(default_factory=list)
    desk: SubtitleDesk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = PlainDesk(self)

    disk_refuses: StoreError | None = None
    beaten: asyncio.Event = field(default_factory=asyncio.Event)

    # titles
    async def details(self, content_id: str) -> TitleDetails:
        if content_id == FILM.id:
            return TitleDetails(content=FILM)
        if content_id == SHOW.id:
            return TitleDetails(content=SHOW, episodes=EPISODES)
        raise NotFound(f"{content_id} is not known", hint="Choose another")

    # sources
    async def resolve(self, request: WatchRequest) -> Sequence[StreamSource]:
        self.asked.append(request)
        if self.gate is not None:
            await self.gate.wait()
        key = request.episode.id if request.episode else request.content.id
        return self.sources_of.get(key, [source(f"http://host/{key}.mp4")])

    async def stream(self, request: WatchRequest) -> AsyncGenerator[Resolution, None]:
        yield Resolution(tuple(await self.resolve(request)), complete=True)

    async def fresh(
        self, source: StreamSource, request: WatchRequest, *, force: bool = False
    ) -> StreamSource:
        return source

    def note_failure(self, source: StreamSource, request: WatchRequest, why: str) -> None:
        self.notes.append(("failure", source.url, why))

    def has_ended(self, source: StreamSource, why: str) -> bool:
        return "403" in why

    def note_choice(self, source: StreamSource, request: WatchRequest) -> None:
        self.notes.append(("choice", source.url, ""))

    def note_start(self, source: StreamSource, request: WatchRequest, seconds: float) -> None:
        self.notes.append(("start", source.url, f"{seconds:g}"))

    # http
    async def probe(
        self, url: str, *, headers: object = None, first_bytes: int = 65_536
    ) -> ProbeAnswer:
        self.probed.set()
        if url in self.dead:
            raise ProviderUnavailable("It does not answer", why=self.dead[url])
        return ProbeAnswer(206, url, "video/mp4", b"...", 0.01, None, None)

    # subtitles
    def subtitle_desk(self) -> SubtitleDesk:
        return self.desk

    async def tracks(
        self, request: WatchRequest, sources: Sequence[StreamSource] = ()
    ) -> Sequence[SubtitleTrack]:
        return self.subtitle_tracks

    async def file_for(self, track: SubtitleTrack) -> Path:
        if track is self.subtitle_tracks[-1]:
            self.both_subtitles.set()
        return Path("/subs") / f"{track.lang}.vtt"

    # skips
    async def ranges(
        self, request: WatchRequest, duration: float | None, chapters: object = ()
    ) -> Sequence[SkipRange]:
        return self.ranges_of

    async def note_undo(self, request: WatchRequest, skip: SkipRange) -> None:
        self.notes.append(("undo", request.content.id, skip.type))

    async def shift(self, request: WatchRequest, by: float | None) -> float:
        self.ranges_of = tuple(
            r.with_(start=r.start + (by or 0), end=r.end + (by or 0)) for r in self.ranges_of
        )
        self.taught = self.taught.model_copy(update={"offset": by or 0.0})
        return by or 0.0

    async def note_heard(self, request: WatchRequest, theme: str) -> None:
        self.taught = self.taught.model_copy(update={"heard": (*self.taught.heard, theme)})

    async def keep_quiet(self, request: WatchRequest, *, quiet: bool) -> None:
        self.taught = self.taught.model_copy(update={"quiet": quiet})

    async def report(
        self,
        request: WatchRequest,
        kind: str,
        origin: str,
        *,
        wrong: bool,
        ranges: Sequence[SkipRange] = (),
    ) -> bool:
        what = (request.episode.id if request.episode else "", kind, origin)
        self.taught = self.taught.model_copy(update={"wrong": (what,) if wrong else ()})
        self.notes += [("report", kind, r.origin) for r in ranges if wrong]
        return wrong

    async def show(self, request: WatchRequest) -> ShowSkips:
        return self.taught

    # progress
    async def save(self, items: Iterable[WatchProgress]) -> tuple[WatchProgress, ...]:
        for item in items:
            self.stored[item.key] = item
        return tuple(self.stored.values())

    async def beat(self, items: Iterable[WatchProgress]) -> tuple[WatchProgress, ...]:
        self.beaten.set()
        if self.disk_refuses is not None:
            raise self.disk_refuses
        return await self.save(items)

    async def get(self, content_id: str, episode_id: str | None = None) -> WatchProgress | None:
        return self.stored.get((content_id, episode_id or ""))

    async def of_content(self, content_id: str) -> Sequence[WatchProgress]:
        return [p for p in self.stored.values() if p.content_id == content_id]

    async def recent(self, limit: int | None = None) -> Sequence[WatchProgress]:
        return list(self.stored.values())

    async def latest_titles(self, titles: int, each: int = 20) -> Sequence[WatchProgress]:
        return list(self.stored.values())

    async def since(self, moment: datetime) -> Sequence[WatchProgress]:
        return []

    async def remember_content(self, content_json: str, content_id: str) -> None:
        self.remembered[content_id] = content_json

    async def remembered_content(self, content_id: str) -> str | None:
        return self.remembered.get(content_id)

    async def remembered_contents(self, content_ids: Iterable[str]) -> Mapping[str, str]:
        return {one: self.remembered[one] for one in content_ids if one in self.remembered}

    async def close(self) -> None:
        """Nothing to close."""

    # torrents
    async def open(
        self,
        target: str | bytes,
        *,
        file_index: int | None = None,
        episode_hint: str = "",
        by_hand: bool = False,
    ) -> object:
        self.wishes.append((file_index, episode_hint, by_hand))
        if self.doubt is not None and file_index is None:
            raise self.doubt
        if self.torrent is not None:
            chosen = [file for file in self.torrent.files if file.index == file_index]
            self.torrent.file = next(iter(chosen), self.torrent.file)
            return self.torrent
        raise TorrentError("The torrent gives nothing", why="no peers", hint="Wait")

    async def prefetch(
        self, target: str | bytes, *, file_index: int | None = None, episode_hint: str = ""
    ) -> None:
        self.notes.append(("prefetch", str(target), episode_hint))

    def session(self) -> PlaybackSession:
        async def player() -> FakePlayer:
            return self.player

        kinds = {
            ContentType.MOVIE: MoviePlaybackService,
            ContentType.SERIES: SeriesPlaybackService,
            ContentType.ANIME: AnimePlaybackService,
        }
        services = {
            kind: make(sources=self, subtitles=self, skips=self, progress=self, http=self)
            for kind, make in kinds.items()
        }
        return PlaybackSession(
            player=player,
            titles=self,
            services=services,
            subtitles=self,
            torrents=self,
            store=self,
            clock=self.clock,
            settings=lambda: self.settings,
            pictures=Path("/pictures"),
        )

    def play(self, *positions: float) -> None:
        """Let the player advance; the clock follows at the same rate."""
        for position in positions:
            self.clock.seconds += max(0.0, position - self.player.state.value.position)
            self.player.advance(position)


def source(url: str, kind: SourceType = SourceType.MP4) -> StreamSource:
    return StreamSource(url=url, type=kind, provider="mirror")


async def until(session: PlaybackSession, holds: Callable[[SessionState], bool]) -> SessionState:
    """Wait until the session's state is as wanted."""
    reached = asyncio.Event()
    end = session.state.watch(lambda state: reached.set() if holds(state) else None)
    try:
        await asyncio.wait_for(reached.wait(), 5)
    finally:
        end()
    return session.state.value


async def playing(world: World, content_id: str, **how: object) -> PlaybackSession:
    session = world.session()
    session.open_title(content_id, **how)  # type: ignore[arg-type]
    await world.player.wait_for_loads(len(world.player.loads) + 1)
    world.player.start()
    await until(session, lambda s: s.skip_ranges == world.ranges_of)
    return session
