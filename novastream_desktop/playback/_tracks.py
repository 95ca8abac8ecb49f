"""Which sound and subtitles a show is watched with: by language and role, not by number. Pure.

One choice by hand makes a rule for the show; it holds for its other episodes and releases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from novastream_desktop.models import SubtitleTrack
from novastream_desktop.player.base import Track, TrackKind
from novastream_desktop.subtitles import COMMENTARY, role_of, tag_of

_DESCRIBED = re.compile(r"(?i)\bdescri(?:bed|ptive|ption)\b|\baudio.?description\b")


class Role(StrEnum):
    """What a track says: everything, only signs, sounds as well, or what its makers think."""

    FULL = "full"
    SIGNS = "signs"
    SDH = "sdh"
    COMMENTARY = "commentary"
    DESCRIBED = "described"


_INSTEAD: Mapping[Role, tuple[Role, ...]] = {
    Role.FULL: (Role.SDH,),
    Role.SDH: (Role.FULL,),
    Role.SIGNS: (),
    Role.COMMENTARY: (),
    Role.DESCRIBED: (Role.FULL,),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A language (BCP 47) and a role."""

    lang: str
    role: Role = Role.FULL


@dataclass(frozen=True, slots=True)
class TrackPolicy:
    """What was chosen by hand for a show; None where nothing was.

    Attributes:
        off: subtitles were switched off.
        second: shown as well, above the other subtitles.
    """

    audio: Wish | None = None
    subtitle: Wish | None = None
    off: bool = False
    second: Wish | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A track that could be selected: one of the player by `id`, or one to be fetched by `url`."""

    wish: Wish
    id: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do about subtitles: select `track`, or none if `decided`; else leave them."""

    track: Candidate | None = None
    decided: bool = False


def of_player(track: Track) -> Candidate:
    """Return a track of the player as a candidate."""
    return Candidate(Wish(tag_of(track.lang), _role(track)), id=track.id)


def of_list(track: SubtitleTrack) -> Candidate:
    """Return a track that was found as a candidate."""
    if COMMENTARY.search(track.label):
        role = Role.COMMENTARY
    else:
        role = {"forced": Role.SIGNS, "sdh": Role.SDH}.get(role_of(track), Role.FULL)
    return Candidate(Wish(tag_of(track.lang), role), url=track.url)


def _role(track: Track) -> Role:
    if COMMENTARY.search(track.title):
        return Role.COMMENTARY
    if track.kind is TrackKind.AUDIO:
        return Role.DESCRIBED if _DESCRIBED.search(track.title) else Role.FULL
    named = SubtitleTrack(
        lang="und",
        url="",
        label=track.title,
        forced=track.forced,
        hearing_impaired=track.hearing_impaired,
    )
    return {"forced": Role.SIGNS, "sdh": Role.SDH}.get(role_of(named), Role.FULL)


def learned(policy: TrackPolicy, kind: TrackKind, track: Track | None) -> TrackPolicy:
    """Return the policy after a choice by hand; one of an unknown language teaches nothing."""
    if track is None:
        return replace(policy, off=True) if kind is TrackKind.SUBTITLE else policy
    wish = of_player(track).wish
    if wish.lang == "und":
        return replace(policy, off=False) if kind is TrackKind.SUBTITLE else policy
    if kind is TrackKind.AUDIO:
        return replace(policy, audio=wish)
    return replace(policy, subtitle=wish, off=False)


def choose_audio(tracks: Sequence[Track], policy: TrackPolicy) -> Track | None:
    """Return the sound to select, None to leave it as it is."""
    if policy.audio is None:
        return None
    found = _matching([of_player(t) for t in tracks], policy.audio)
    return next((t for t in tracks if found and t.id == found.id), None)


def choose_subtitle(
    candidates: Sequence[Candidate],
    policy: TrackPolicy,
    preferred: Sequence[str],
    audio: str = "und",
) -> Choice:
    """Return which subtitles to show.

    What was chosen by hand for the show; else the first preferred language that is there, of
    which only the signs if it is spoken anyway.

    Args:
        candidates: best first.
        policy: of the show.
        preferred: languages of the settings; empty: subtitles are only shown when asked for.
        audio: the language that is heard.
    """
    if policy.off:
        return Choice(decided=True)
    if policy.subtitle is not None:
        found = _matching(candidates, policy.subtitle)
        return Choice(found, decided=found is not None)
    for lang in preferred:
        signs_only = audio != "und" and _primary(audio) == _primary(tag_of(lang))
        role = Role.SIGNS if signs_only else Role.FULL
        found = _matching(candidates, Wish(tag_of(lang), role))
        if found is not None or signs_only:
            return Choice(found, decided=found is not None)
    return Choice()


def choose_second(candidates: Sequence[Candidate], wish: Wish | None) -> Candidate | None:
    """Return what to show as well."""
    return _matching(candidates, wish) if wish is not None else None


def _matching(candidates: Iterable[Candidate], wish: Wish) -> Candidate | None:
    """Return the first of the language and role, else of a role that does instead."""
    of_language = [c for c in candidates if _primary(c.wish.lang) == _primary(wish.lang)]
    for role in (wish.role, *_INSTEAD[wish.role]):
        of_role = [c for c in of_language if c.wish.role is role]
        same_region = (c for c in of_role if c.wish.lang == wish.lang)
        found = next(same_region, next(iter(of_role), None))
        if found is not None:
            return found
    return None


def _primary(lang: str) -> str:
    return lang.partition("-")[0]


def to_wire(policy: TrackPolicy) -> dict[str, object]:
    """Return a policy as JSON data; empty for one that says nothing."""
    named = {"audio": policy.audio, "subtitle": policy.subtitle, "second": policy.second}
    wire: dict[str, object] = {
        name: {"lang": wish.lang, "role": wish.role.value} for name, wish in named.items() if wish
    }
    return {**wire, "off": True} if policy.off else wire


def from_wire(data: Mapping[str, object]) -> TrackPolicy:
    """Return a policy of JSON data; what is not understood is left out."""
    return TrackPolicy(
        audio=_wish(data.get("audio")),
        subtitle=_wish(data.get("subtitle")),
        off=data.get("off") is True,
        second=_wish(data.get("second")),
    )


def _wish(data: object) -> Wish | None:
    if not isinstance(data, dict) or data.get("role") not in set(Role):
        return None
    lang = data.get("lang")
    return Wish(lang, Role(data["role"])) if isinstance(lang, str) and lang else None
