"""The rules for one show, as they are learned by hand and remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from novastream_desktop.models import ContentType, SubtitleTrack
from novastream_desktop.playback._tracks import (
    TrackPolicy,
    Wish,
    from_wire,
    learned,
    of_list,
    of_player,
    to_wire,
)
from novastream_desktop.player.base import Track, TrackKind
from novastream_desktop.settings import AnimeSound, Settings
from novastream_desktop.subtitles import SubtitleMemory


def usual_sound(kind: ContentType, settings: Settings) -> Wish | None:
    """Return the sound that the settings want of an anime, None where it is all the same. Pure.

    Dubbed: in the first language of the sound or subtitles that is not Japanese, else English.
    """
    wanted = settings.sources.anime
    if kind is not ContentType.ANIME or wanted is AnimeSound.ANY:
        return None
    if wanted is AnimeSound.SUB:
        return Wish("ja")
    preferred = (*settings.sources.languages, *settings.subtitles.languages)
    return Wish(next((lang for lang in preferred if not lang.startswith("ja")), "en"))


class ShowRules:
    """The policy of the show that plays. `memory` returns what is remembered now."""

    def __init__(self, memory: Callable[[], SubtitleMemory]) -> None:
        self._memory = memory
        self._show = ""
        self._usual: Wish | None = None
        self.policy = TrackPolicy()

    @property
    def sounding(self) -> TrackPolicy:
        """The policy with the usual sound where none was chosen by hand; that is not learned."""
        return self.policy if self.policy.audio else replace(self.policy, audio=self._usual)

    def begin(self, content_id: str, usual: Wish | None = None) -> None:
        """Take up what is remembered of a show; the memory is loaded."""
        self._show, self._usual = content_id, usual
        self.policy = from_wire(self._memory().show(content_id))

    def learn(self, kind: TrackKind, track: Track | None) -> None:
        """Take a choice by hand as the rule."""
        self._keep(learned(self.policy, kind, track))

    def learn_listed(self, track: SubtitleTrack) -> None:
        """Take subtitles chosen from the list as the rule."""
        wish = of_list(track).wish
        if wish.lang != "und":
            self._keep(replace(self.policy, subtitle=wish, off=False))

    def learn_second(self, track: Track | None) -> None:
        """Take second subtitles chosen by hand as the rule."""
        wish: Wish | None = of_player(track).wish if track is not None else None
        self._keep(replace(self.policy, second=wish))

    def _keep(self, policy: TrackPolicy) -> None:
        self.policy = policy
        if self._show:
            self._memory().note_show(self._show, to_wire(policy))
