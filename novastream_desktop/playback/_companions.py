"""What is looked for once the picture is there: skip ranges, subtitles, and the tracks wanted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import SubtitleTrack
from novastream_desktop.playback import _tracks as policies
from novastream_desktop.playback._opening import Opened, episode_hint
from novastream_desktop.playback._show_rules import ShowRules, usual_sound
from novastream_desktop.playback._subtitle_desk import (
    HasSubtitleDesk,
    SubtitleDesk,
    inside,
    made_for,
)
from novastream_desktop.playback._subtitle_shelf import SubtitleShelf
from novastream_desktop.playback._subtitle_timing import TimingKeeper
from novastream_desktop.playback._sync import fit_to_sound, request_for_fit
from novastream_desktop.playback.state import NoticeCode, SessionState
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.player.base import Player, Track, TrackKind
from novastream_desktop.player.subtitle_style import ShapesSubtitles, SubtitleStyle
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.runtime import Observable
from novastream_desktop.settings import Settings
from novastream_desktop.subtitles import FoundTracks, Timing, tag_of

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
        subtitles: HasSubtitleDesk,
        settings: Callable[[], Settings],
        state: Observable[SessionState],
        notify: Notify,
    ) -> None:
        self._subtitles = subtitles
        self._settings = settings
        self._state = state
        self._notify = notify
        self._tasks: set[asyncio.Task[None]] = set()
        self._timing = TimingKeeper(notify)
        self._shelf: SubtitleShelf | None = None
        self._player: Player | None = None
        self._rules = ShowRules(lambda: self._desk.memory)
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
        self._player, self._opened, self._by_hand = player, opened, False
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
        return self._subtitles.subtitle_desk()

    async def _find_subtitles(
        self, request: WatchRequest, player: Player, opened: Opened | None
    ) -> None:
        desk = self._desk
        await desk.memory.load()
        usual = usual_sound(request.content.type, self._settings())
        self._rules.begin(request.content.id, usual)
        state = self._state.value
        sources = state.sources[state.source_index : state.source_index + 1]
        shelf = self._shelf = SubtitleShelf(
            desk, player, self._state, episode_hint(request.episode)
        )
        self._timing.begin(player, desk.memory, made_for(request, sources))
        self._unwatch = self._state.watch(self._on_state)
        self._style(player)
        self._select_audio()
        self._choose(())
        found = FoundTracks()
        url = opened.request.url if opened is not None else ""
        headers = dict(opened.request.headers) if opened is not None else {}
        stream = desk.stream(request, sources, inside(opened), url=url, headers=headers)
        async with aclosing(stream):
            async for found in stream:
                self._update(subtitles=found.tracks, subtitle_notes=_notes(found, shelf))
                await self._take(shelf, found.tracks)
        wanted = self._settings().subtitles
        second = self._rules.policy.second
        near = [second.lang if second else wanted.second_language, *wanted.languages]
        await shelf.fill(found.tracks, near)
        self._update(subtitle_notes=_notes(found, shelf))

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
            [*own, *more], self._rules.policy, settings.languages, self._heard()
        )
        selected = next((t.id for t in there if t.selected), None)
        second = self._rules.policy.second or _second(settings.second_language)
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
        wanted = policies.choose_audio(tracks, self._rules.sounding)
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
            self._tell_speed()

    def _tell_speed(self) -> None:
        speed = self._timing.timing.speed
        if speed != self._state.value.subtitle_speed:
            self._update(subtitle_speed=speed)

    # -- by hand -------------------------------------------------------------------------------

    def learn(self, kind: TrackKind, track: Track | None) -> None:
        """Take a choice by hand as the rule for this show."""
        self._by_hand = self._by_hand or kind is TrackKind.SUBTITLE
        self._rules.learn(kind, track)

    def learn_second(self, track: Track | None) -> None:
        """Take a second subtitle chosen by hand as the rule for this show."""
        self._rules.learn_second(track)

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
            if track is not None:
                self._rules.learn_listed(track)
            self._run(self._guarded(shelf.add(url, select=True)))

    def set_encoding(self, encoding: str | None) -> None:
        """Read the subtitles that are shown anew in an encoding, None for the likeliest."""
        if (shelf := self._shelf) is not None:
            self._by_hand = True
            self._run(self._guarded(shelf.reread(encoding)))

    def set_speed(self, speed: float) -> None:
        """Stretch the times of the subtitles that are shown."""
        self._timing.set_speed(speed, self._state.value.player.position)
        self._tell_speed()

    def reset_timing(self) -> None:
        """Show lines when their file says."""
        self._timing.set_timing(Timing())
        self._tell_speed()

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
        request = request_for_fit(lines, self._opened, self._state.value.torrent)

        def tell(share: float) -> None:
            self._update(subtitle_sync=round(share, 2))

        timing = await fit_to_sound(request, lines, tell)
        self._timing.set_timing(timing)
        self._tell_speed()
        self._notify(NoticeCode.SUBTITLE_SYNCED, timing.delay)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except UserFacingError as error:
            self._notify(NoticeCode.SUBTITLE_FAILED, detail=error.sentence())


def _notes(found: FoundTracks, shelf: SubtitleShelf) -> tuple[str, ...]:
    """Return what is not there and why: what nobody gave, and what could not be read."""
    return (*(left.why for left in found.left_out), *shelf.notes)


def _second(lang: str) -> policies.Wish | None:
    return policies.Wish(tag_of(lang)) if lang.strip() else None
