"""How sources are told to a person: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from novastream_desktop.models import HealthStatus, SourceType, StreamSource
from novastream_desktop.ui.words import size_text

_KINDS = {SourceType.HLS: "Stream", SourceType.MP4: "File", SourceType.TORRENT: "Torrent"}
_HEALTH = {
    HealthStatus.HEALTHY: "Answers well",
    HealthStatus.DEGRADED: "Answers slowly",
    HealthStatus.DEAD: "Does not answer",
    HealthStatus.UNKNOWN: "Not checked yet",
}


@dataclass(frozen=True, slots=True)
class SourcesState:
    """What is known of the sources. `state`: loading, ready or failed (`note` says why)."""

    state: str = "loading"
    episode_id: str = ""
    found: tuple[StreamSource, ...] = ()
    note: str = ""


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
    best: bool
    spoken: str


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
    spoken = [quality, kind, source.provider, "first choice" if best else "", health, why]
    return SourceItem(
        url=key,
        quality=quality,
        kind=kind,
        provider=source.provider,
        detail=" · ".join(fact for fact in facts if fact),
        why=why,
        health=source.health.status.value,
        health_text=health,
        best=best,
        spoken=", ".join(part for part in spoken if part),
    )
