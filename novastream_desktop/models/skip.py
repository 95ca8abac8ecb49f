"""Parts of an episode that a person may want to jump over."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from novastream_desktop.models._base import Model


class SkipType(StrEnum):
    """What the part is; `mixed` means the song plays over story."""

    OP = "op"
    ED = "ed"
    MIXED_OP = "mixed-op"
    MIXED_ED = "mixed-ed"
    RECAP = "recap"
    PREVIEW = "preview"


class SkipRange(Model):
    """A part from `start` to `end` in seconds.

    Attributes:
        automatic: may be jumped without asking.
        reference: what its origin calls it, None if it has no name.
    """

    type: SkipType
    start: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    end: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.5
    origin: str = ""
    automatic: bool = False
    reference: str | None = None
