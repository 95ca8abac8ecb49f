"""The base of every model on the wire."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Model(BaseModel):
    """Frozen, camelCase on the wire, snake_case in Python, unknown keys ignored."""

    model_config = ConfigDict(
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        extra="ignore",
        str_strip_whitespace=True,
        defer_build=True,
    )

    def with_(self, **changes: object) -> Self:
        """Return a copy with some fields changed (values are taken as valid)."""
        return self.model_copy(update=changes)

    def to_wire(self) -> dict[str, object]:
        """Return JSON-ready data in camelCase, without absent optional fields."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)
