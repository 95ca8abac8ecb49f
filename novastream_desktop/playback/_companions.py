"""What is looked for once the picture is there: skip ranges, subtitles, and the tracks wanted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from novastream_desktop.errors import SourceUnavailable, UserFacingError
from novastream_desktop.models import StreamSource, SubtitleTrack
from novastream_desktop.playback import _tracks as policies
from novastream_desktop.playback._opening import Opened
from novastream_desktop.playback._subtitle_desk import PlainDesk, SubtitleDesk, desk_of
from novastream_desktop.playback._subtitle_shelf import SubtitleShelf
from novastream_desktop.playback._subtitle_timing import TimingKeeper
from novastream_desktop.playback._sync import fit_to_sound
from novastream_desktop.playback.ports import Subtitles
from novastream_desktop.playback.state import NoticeCode, SessionState
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.player.base import Player, Track, TrackKind
from novastream_desktop.player.subtitle_style import ShapesSubtitles, SubtitleStyle
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.runtime import Observable
from novastream_desktop.settings import Settings
from novastream_desktop.subtitles import FoundTracks, Timing, release_of, tag_of

log = logging.getLogger(__name__)

Notify = Callable[..., None]


class Companions:
    """Looks in the background, so that none of it ever delays playback.

    Args:
        subtitles: finds tracks and makes files of them.
        settings: returns the settings in force.
        state: the session's.
        notify: shows a short message.
    """

    def __init__(
        self,
        subtitles: Subtitles,
        settings: Callable[[], Settings],
        state: Observable[SessionState],
        notify: Notify,
    ) -> None:
        self._subtitles = subtitles
        self._plain = PlainDesk(subtitles)
        self._settings = settings
        self._state = state
        self._notify = notify
        self._tasks: set[asyncio.Task[None]] = set()
        self._timing = TimingKeeper(notify)
        self._shelf: SubtitleShelf | None = None
        self._player: Player | None = None
        self._request: WatchRequest | None = None
        self._policy = policies.TrackPolicy()
        self._by_hand = False
        self._unwatch: Callable[[], None] | None = None
        self._seen: object = None
        self._styled: object = None
        self._opened: Opened | None = None
        self._syncing: asyncio.Task[None] | None = None

    # -- a file begins and ends ----------------------------------------------------------------

    def find(
        self,
        service: TitlePlaybackService,
        request: WatchRequest,
        player: Player,
        opened: Opened | None = None,
    ) -> None:
        """Begin to look for what belongs to this file; what is found appears in the state."""
        self.stop()
        self._player, self._request, self._by_hand = player, request, False
        self._opened = opened
        self._run(self._find_skips(service, request))
        self._run(self._find_subtitles(request, player, opened))

    def stop(self) -> None:
        """Look no more: the file is gone."""
        for task in tuple(self._tasks):
            task.cancel()
        if self._unwatch is not None:
            self._unwatch()
            self._unwatch = None
        self._timing.end()
        self._shelf = self._player = self._seen = None

    def _run(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _update(self, **changes: Any) -> None:
        self._state.set(replace(self._state.value, **changes))

    async def _find_skips(self, service: TitlePlaybackService, request: WatchRequest) -> None:
        player = self._state.value.player
        ranges = await service.skip_ranges(request, player.duration or None, player.chapters)
        self._update(skip_ranges=tuple(ranges))

    # -- subtitles -----------------------------------------------------------------------------

    @property
    def _desk(self) -> SubtitleDesk:
        return desk_of(self._subtitles, self._plain)

    async def _find_subtitles(
        self, request: WatchRequest, player: Player, opened: Opened | None
    ) -> None:
        desk = self._desk
        await desk.memory.load()
        self._policy = policies.from_wire(desk.memory.show(request.content.id))
        state = self._state.value
        sources = state.sources[state.source_index : state.source_index + 1]
        shelf = self._shelf = SubtitleShelf(desk, player, self._state, hint_of(request))
        self._timing.begin(player, desk.memory, _made_for(request, sources))
        self._unwatch = self._state.watch(self._on_state)
        self._style(player)
        self._select_audio()
        self._choose(())
        if opened is not None:
            request = await desk.identified(
                request, opened.request.url, dict(opened.request.headers)
            )
        found = FoundTracks()
        async for found in desk.stream(request, sources, inside(opened)):
            notes = tuple(left.why for left in found.left_out)
            self._update(subtitles=found.tracks, subtitle_notes=notes)
            await self._take(shelf, found.tracks)
        await shelf.fill(found.tracks, self._settings().subtitles.languages)

    async def _take(self, shelf: SubtitleShelf, tracks: Sequence[SubtitleTrack]) -> None:
        """Show the wanted one of what is known; one that cannot be had gives way to the next."""
        while (url := self._choose(tracks)) and not self._by_hand:
            try:
                await shelf.add(url, select=True)
            except UserFacingError as error:
                log.info("A subtitle is left out: %s", error)

    def _choose(self, tracks: Sequence[SubtitleTrack]) -> str:
        """Select what is wanted of the player's tracks, or return what has to be fetched."""
        player, shelf = self._player, self._shelf
        if player is None or shelf is None or self._by_hand:
            return ""
        there = self._state.value.player.tracks_of(TrackKind.SUBTITLE)
        own = [policies.of_player(t) for t in there if not t.external]
        more = [policies.of_list(t) for t in tracks if shelf.may_have(t.url)]
        settings = self._settings().subtitles
        choice = policies.choose_subtitle(
            [*own, *more], self._policy, settings.languages, self._heard()
        )
        selected = next((t.id for t in there if t.selected), None)
        second = self._policy.second or _second(settings.second_language)
        shelf.want_second(policies.choose_second([*own, *more], second))
        if not choice.decided:
            return ""
        if choice.track is None or choice.track.id is not None:
            wanted = choice.track.id if choice.track else None
            if wanted != selected:
                player.select_track(TrackKind.SUBTITLE, wanted)
            return ""
        return "" if shelf.has(choice.track.url) else choice.track.url

    def _heard(self) -> str:
        tracks = self._state.value.player.tracks_of(TrackKind.AUDIO)
        return next((tag_of(t.lang) for t in tracks if t.selected), "und")

    def _select_audio(self) -> None:
        tracks = self._state.value.player.tracks_of(TrackKind.AUDIO)
        wanted = policies.choose_audio(tracks, self._policy)
        if wanted is not None and not wanted.selected and self._player is not None:
            self._player.select_track(TrackKind.AUDIO, wanted.id)

    def _style(self, player: Player) -> None:
        """Apply the style of the settings; again as soon as they are changed."""
        style = self._settings().subtitles.style
        if style != self._styled and isinstance(player, ShapesSubtitles):
            self._styled = style
            player.set_subtitle_style(SubtitleStyle(**style.model_dump()))

    def _on_state(self, state: SessionState) -> None:
        if self._player is not None:
            self._style(self._player)
        seen = (state.player.tracks, state.player.subtitle_delay, state.player.has_picture)
        if seen != self._seen:  # not at once: what is done about it changes the state again
            self._seen = seen
            asyncio.get_running_loop().call_soon(self._follow)

    def _follow(self) -> None:
        if self._shelf is not None:
            self._timing.follow(self._state.value.player, self._shelf.key_of)
            self._shelf.follow(self._state.value)

    # -- by hand -------------------------------------------------------------------------------

    def learn(self, kind: TrackKind, track: Track | None) -> None:
        """Take a choice by hand as the rule for this show."""
        self._by_hand = self._by_hand or kind is TrackKind.SUBTITLE
        if self._request is not None:
            self._policy = policies.learned(self._policy, kind, track)
            content_id = self._request.content.id
            self._desk.memory.note_show(content_id, policies.to_wire(self._policy))

    def learn_second(self, track: Track | None) -> None:
        """Take a second subtitle chosen by hand as the rule for this show."""
        wish = policies.of_player(track).wish if track is not None else None
        self._policy = replace(self._policy, second=wish)
        if self._shelf is not None:
            self._shelf.want_second(None)
        if self._request is not None:
            content_id = self._request.content.id
            self._desk.memory.note_show(content_id, policies.to_wire(self._policy))

    def add_file(self, path: str) -> None:
        """Show a subtitle file of this machine."""
        if (shelf := self._shelf) is not None:
            self._by_hand = True
            self._run(self._guarded(shelf.add_file(Path(path).absolute())))

    def choose(self, url: str) -> None:
        """Show a track of the list, fetching it first if needed."""
        if (shelf := self._shelf) is not None:
            self._by_hand = True
            track = next((t for t in self._state.value.subtitles if t.url == url), None)
            if track is not None and self._request is not None:
                wish = policies.of_list(track).wish
                if wish.lang != "und":
                    self._policy = replace(self._policy, subtitle=wish, off=False)
                    content_id = self._request.content.id
                    self._desk.memory.note_show(content_id, policies.to_wire(self._policy))
            self._run(self._guarded(shelf.add(url, select=True)))

    def set_encoding(self, encoding: str | None) -> None:
        """Read the subtitles that are shown anew in an encoding, None for the likeliest."""
        if (shelf := self._shelf) is not None:
            self._by_hand = True
            self._run(self._guarded(shelf.reread(encoding)))

    def set_speed(self, speed: float) -> None:
        """Stretch the times of the subtitles that are shown."""
        self._timing.set_speed(speed, self._state.value.player.position)

    def reset_timing(self) -> None:
        """Show lines when their file says."""
        self._timing.set_timing(Timing())

    def sync(self) -> None:
        """Fit the times of what is shown to the sound; again while it runs: stop."""
        if self._syncing is not None:
            self._syncing.cancel()
        elif self._shelf is not None:
            self._syncing = self._run(self._guarded(self._sync(self._shelf)))
            self._syncing.add_done_callback(lambda _task: self._synced())

    def _synced(self) -> None:
        self._syncing = None
        self._update(subtitle_sync=None)

    async def _sync(self, shelf: SubtitleShelf) -> None:
        self._update(subtitle_sync=0.0)
        lines = await shelf.lines()
        if self._opened is None or not lines:
            raise SourceUnavailable(
                "These subtitles cannot be fitted to the sound",
                why="they are inside the video, or are pictures",
                hint="Choose subtitles that were added",
            )
        torrent = self._state.value.torrent
        if torrent is not None and torrent.fraction < 1:
            raise SourceUnavailable(
                "The subtitles cannot be fitted to the sound yet",
                why="the video is not all on this computer",
                hint="Try again when it is, or press T when you hear a line and see it",
            )

        def tell(share: float) -> None:
            self._update(subtitle_sync=round(share, 2))

        timing = await fit_to_sound(self._opened.request, lines, tell)
        self._timing.set_timing(timing)
        self._notify(NoticeCode.SUBTITLE_SYNCED, timing.delay)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except UserFacingError as error:
            self._notify(NoticeCode.SUBTITLE_FAILED, detail=error.sentence())


def hint_of(request: WatchRequest) -> str:
    """Return `S01E02`, for archives with files of many episodes."""
    episode = request.episode
    return f"S{episode.season:02d}E{int(episode.episode_number):02d}" if episode else ""


def inside(opened: Opened | None) -> tuple[SubtitleTrack, ...]:
    """Return the subtitle files inside the torrent that plays."""
    files = opened.stream.subtitles if opened is not None and opened.stream is not None else ()
    return tuple(
        SubtitleTrack(lang=f.lang, url=f.url, label=f.label, origin="torrent", exact=True)
        for f in files
    )


def _made_for(request: WatchRequest, sources: Sequence[StreamSource]) -> str:
    """Return what timings are remembered for: the release, else the part that is watched."""
    part = request.episode.id if request.episode else request.content.id
    return release_of(request, sources) or part


def _second(lang: str) -> policies.Wish | None:
    return policies.Wish(tag_of(lang)) if lang.strip() else None
