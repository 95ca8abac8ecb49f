"""How sources are told to a person: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from novastream_desktop.models import HealthStatus, SourceType, StreamSource
from novastream_desktop.ui.provider_names import provider_title
from novastream_desktop.ui.words import size_text

if TYPE_CHECKING:
    from novastream_desktop.sources import Resolution

_NAMED = 3  # providers that are named while they are asked
_KINDS = {SourceType.HLS: "Stream", SourceType.MP4: "File", SourceType.TORRENT: "Torrent"}
_HEALTH = {
    HealthStatus.HEALTHY: "Answers well",
    HealthStatus.DEGRADED: "Answers slowly",
    HealthStatus.DEAD: "Does not answer",
    HealthStatus.UNKNOWN: "Not checked yet",
}


@dataclass(frozen=True, slots=True)
class SourcesState:
    """What is known of the sources.

    Attributes:
        state: loading, ready or failed (`note` says why).
        asking: who has not answered yet, in words.
        problems: a sentence for each provider that failed.
    """

    state: str = "loading"
    episode_id: str = ""
    found: tuple[StreamSource, ...] = ()
    note: str = ""
    asking: str = ""
    problems: tuple[str, ...] = ()

    @property
    def hopeless(self) -> bool:
        """Whether everybody has answered, and nothing that was found works."""
        works = any(source.health.status is not HealthStatus.DEAD for source in self.found)
        return self.state != "loading" and not self.asking and not works


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One source in the list. `why`: why it stands where it stands."""

    url: str
    quality: str
    kind: str
    provider: str
    detail: str
    why: str
    health: str
    health_text: str
    offered: str
    best: bool
    spoken: str


def sources_state(episode_id: str, known: Resolution) -> SourcesState:
    """Return what is to be told of what was found so far."""
    waiting = [provider_title(s.provider) for s in known.statuses if s.outcome.value == "asked"]
    problems = tuple(
        f"{provider_title(status.provider)}: {status.problem}"
        for status in known.statuses
        if status.problem and status.outcome.value in {"failed", "resting"}
    )
    asking = ""
    if waiting and not known.complete:
        names = ", ".join(waiting[:_NAMED]) + (" and others" if len(waiting) > _NAMED else "")
        asking = f"Asking {names}"
    if known.sources:
        state, note = "ready", ""
    elif not known.complete:
        state, note = "loading", ""
    elif known.failures:
        state, note = "failed", known.failures[0].sentence()
    else:
        state, note = "ready", "No source was found. Add mirrors or servers in Settings."
    return SourcesState(state, episode_id, known.sources, note, asking, problems)


def source_items(sources: Sequence[StreamSource]) -> tuple[SourceItem, ...]:
    """Return the sources as they are shown, in their order; each address once."""
    unique = {f"{source.url}#{source.file_index}": source for source in sources}
    return tuple(
        _item(key, source, best=place == 0) for place, (key, source) in enumerate(unique.items())
    )


def _item(key: str, source: StreamSource, *, best: bool) -> SourceItem:
    kind = _KINDS[source.type]
    facts = [source.release_name or "", size_text(source.size_bytes) if source.size_bytes else ""]
    facts += [source.codec or "", source.hdr or "", ", ".join(source.languages)]
    if source.seeders is not None:
        facts.append(f"{source.seeders} seeder{'' if source.seeders == 1 else 's'}")
    facts.append("standby" if source.standby_for else "")
    quality = source.quality or "Unknown quality"
    why = " · ".join(source.reasons)
    health = _HEALTH[source.health.status]
    if source.health.detail and source.health.status is not HealthStatus.HEALTHY:
        health = f"{health}: {source.health.detail}"
    others = [provider_title(name) for name in source.offered_by if name != source.provider]
    provider = provider_title(source.provider)
    offered = f"Also at {', '.join(others)}" if others else ""
    spoken = [quality, kind, provider, "first choice" if best else "", health, why]
    return SourceItem(
        url=key,
        quality=quality,
        kind=kind,
        provider=provider,
        detail=" · ".join(fact for fact in facts if fact),
        why=why,
        health=source.health.status.value,
        health_text=health,
        offered=offered,
        best=best,
        spoken=", ".join(part for part in spoken if part),
    )
