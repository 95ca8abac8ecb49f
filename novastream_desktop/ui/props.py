"""The snapshot pattern: swap frozen properties, then tell only of those that changed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtCore import QObject

from novastream_desktop.ui.list_model import camel


def emit_changes(owner: QObject, old: Any, new: Any) -> None:
    """Emit `fooBarChanged` of `owner` for each field `foo_bar` that differs.

    Both are of one frozen dataclass, and `owner` has a signal for every field.
    """
    for field in fields(new):
        if getattr(old, field.name) != getattr(new, field.name):
            getattr(owner, f"{camel(field.name)}Changed").emit()
