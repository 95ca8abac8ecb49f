"""How far somebody has watched."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from novastream_desktop.models._base import Model


def _utc(moment: datetime) -> datetime:
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the date is out of range") from error


class WatchProgress(Model):
    """One heartbeat: where the person is in a film or episode. Times in seconds."""

    content_id: str
    episode_id: str | None = None
    position: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    duration: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    updated_at: Annotated[datetime, AfterValidator(_utc)]
    finished: bool = False
    device_id: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What is being watched: content id and episode id (empty for a film)."""
        return (self.content_id, self.episode_id or "")

    @property
    def fraction(self) -> float:
        """Return the share watched, 0 to 1."""
        return min(1.0, self.position / self.duration) if self.duration > 0 else 0.0
