"""The added subtitles of one file: which are with the player, and what each of them is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import SubtitleTrack
from novastream_desktop.playback._subtitle_desk import SubtitleDesk
from novastream_desktop.playback._sync import lines_of
from novastream_desktop.playback._tracks import Candidate
from novastream_desktop.playback.state import SessionState, SubtitleFacts
from novastream_desktop.player.base import ExternalSubtitle, Player, Track, TrackKind
from novastream_desktop.player.subtitle_style import ShapesSubtitles
from novastream_desktop.runtime import Observable
from novastream_desktop.subtitles import PreparedSubtitle, tag_of

log = logging.getLogger(__name__)

ARRIVES = 0.5
"""Seconds in which the player takes a file."""
MOST = 16
"""So many tracks are given to the player without being asked for; the list holds the rest."""


class SubtitleShelf:
    """Adds tracks to the player, each text once."""

    def __init__(
        self, desk: SubtitleDesk, player: Player, state: Observable[SessionState], hint: str
    ) -> None:
        self._desk = desk
        self._player = player
        self._state = state
        self._hint = hint
        self._by_url: dict[str, PreparedSubtitle] = {}
        self._by_path: dict[str, tuple[SubtitleTrack, PreparedSubtitle]] = {}
        self._failed: dict[str, str] = {}
        self._wanted_path = ""
        self._second: Candidate | None = None
        self._second_done = False
        self._busy = asyncio.Lock()

    def has(self, url: str) -> bool:
        """Whether a track is with the player."""
        return url in self._by_url

    def may_have(self, url: str) -> bool:
        """Whether a track can be had as far as is known."""
        return url not in self._failed

    @property
    def notes(self) -> tuple[str, ...]:
        """Why tracks of the list could not be had, each a sentence."""
        return tuple(dict.fromkeys(self._failed.values()))

    def key_of(self, track: Track) -> str:
        """Return what tells a track's text from others."""
        added = self._by_path.get(track.source)
        return added[1].digest if added else f"inside:{track.lang}:{track.title}:{track.codec}"

    async def add(self, url: str, *, select: bool) -> None:
        """Give a track of the list to the player.

        Raises:
            UserFacingError: it cannot be had.
        """
        track = next((t for t in self._state.value.subtitles if t.url == url), None)
        if track is not None:
            await self._add(track, select=select)

    async def add_file(self, path: Path) -> None:
        """Show a file of this machine, by its whole path; it joins the list.

        Raises:
            UserFacingError: it cannot be read, or is not subtitles.
        """
        track = SubtitleTrack(lang="und", url=path.as_uri(), label=path.name, origin="local")
        await self._add(track, select=True)
        rest = tuple(t for t in self._state.value.subtitles if t.url != track.url)
        self._state.set(replace(self._state.value, subtitles=(track, *rest)))

    async def fill(self, tracks: Sequence[SubtitleTrack], preferred: Sequence[str]) -> None:
        """Give the player the tracks that a person may switch to, without being asked."""
        wanted = {tag_of(lang).partition("-")[0] for lang in preferred}
        near = [t for t in tracks if t.lang.partition("-")[0] in wanted]
        rest = [t for t in tracks if t not in near]
        for track in [*near, *rest]:
            free = track.url.startswith(("http:", "https:", "file:", "/"))
            if len(self._by_url) >= MOST:
                break
            if free and not self.has(track.url) and self.may_have(track.url):
                try:
                    await self._add(track, select=False)
                except UserFacingError as error:
                    log.info("A subtitle is left out: %s", error)

    async def reread(self, encoding: str | None) -> None:
        """Read what is shown anew in an encoding, and remember it for that file."""
        shown = self._shown()
        added = self._by_path.get(shown.source) if shown is not None else None
        if shown is None or added is None:
            return
        track = added[0]
        before = self._desk.memory.encoding_of(track.url)
        self._desk.memory.note_encoding(track.url, encoding)
        self._by_url.pop(track.url, None)
        del self._by_path[shown.source]  # its track goes, even if another reading is the same
        try:
            await self._add(track, select=True)
        except UserFacingError:
            self._desk.memory.note_encoding(track.url, before)
            self._failed.pop(track.url, None)
            self._by_path[shown.source] = added
            raise
        if isinstance(self._player, ShapesSubtitles):
            self._player.remove_subtitle(shown.id)

    async def lines(self) -> list[tuple[float, float]]:
        """Return start and end of each line of what is shown, none if it is not an added text."""
        shown = self._shown()
        if shown is None or shown.source not in self._by_path:
            return []
        return await lines_of(Path(shown.source))

    async def _add(self, track: SubtitleTrack, *, select: bool) -> None:
        there = self._by_url.get(track.url) or await self._prepared(track)
        path = str(there.path)
        async with self._busy:
            if path not in self._by_path:  # else another address gave the same text
                self._by_path[path] = (track, there)
                lang = there.lang if track.lang == "und" else track.lang
                lang = "" if lang == "und" else lang
                title = track.label or track.origin
                added = ExternalSubtitle(path, lang=lang, title=title)
                self._player.add_subtitle(added, select=select)
                await self._arrived(path)
            elif select:
                self._wanted_path = path
                self.follow(self._state.value)

    async def _prepared(self, track: SubtitleTrack) -> PreparedSubtitle:
        fps = self._state.value.player.fps or None
        try:
            there = await self._desk.prepare(track, fps=fps, hint=self._hint)
        except UserFacingError as error:
            self._failed[track.url] = _named(track, error.sentence())
            raise
        self._by_url[track.url] = there
        return there

    async def _arrived(self, path: str) -> None:
        """Wait until the player has a file, so that the next one stands after it."""
        arrived = asyncio.Event()

        def look(state: SessionState) -> None:
            if any(track.source == path for track in state.player.tracks):
                arrived.set()

        unwatch = self._state.watch(look)
        try:
            async with asyncio.timeout(ARRIVES):
                await arrived.wait()
        except TimeoutError:
            log.info("The player does not take %s", path)
        finally:
            unwatch()

    # -- what the player reports ---------------------------------------------------------------

    def want_second(self, wanted: Candidate | None) -> None:
        """Show a track as well as soon as it is with the player; None leaves that be."""
        if wanted is not None and not self._second_done:
            self._second = wanted

    def follow(self, state: SessionState) -> None:
        """Select what was waited for, and tell what is shown."""
        tracks = state.player.tracks_of(TrackKind.SUBTITLE)
        wanted = next(
            (t for t in tracks if self._wanted_path and t.source == self._wanted_path), None
        )
        if wanted is not None:
            self._wanted_path = ""
            if not wanted.selected:
                self._player.select_track(TrackKind.SUBTITLE, wanted.id)
        self._select_second(tracks)
        shown = next((t for t in tracks if t.selected), None)
        added = self._by_path.get(shown.source) if shown is not None else None
        facts = (
            SubtitleFacts(added[0].url, added[1].encoding, added[1].confidence) if added else None
        )
        if facts != state.subtitle_facts:
            self._state.set(replace(self._state.value, subtitle_facts=facts))

    def _select_second(self, tracks: Sequence[Track]) -> None:
        second = self._second
        if second is None or self._second_done or not isinstance(self._player, ShapesSubtitles):
            return
        path = str(self._by_url[second.url].path) if second.url in self._by_url else None
        found = next(
            (t for t in tracks if t.id == second.id or (path is not None and t.source == path)),
            None,
        )
        if found is not None and not found.selected:
            self._second_done = True
            self._player.select_second_subtitle(found.id)

    def _shown(self) -> Track | None:
        tracks = self._state.value.player.tracks_of(TrackKind.SUBTITLE)
        return next((t for t in tracks if t.selected), None)


def _named(track: SubtitleTrack, sentence: str) -> str:
    """Return a sentence that tells which track it is about."""
    name = unquote(urlsplit(track.url).path.rpartition("/")[2]) or track.label or track.origin
    return sentence if name in sentence else f"{name}: {sentence}"
