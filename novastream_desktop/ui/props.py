"""The snapshot pattern: swap frozen properties, then tell only of those that changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from novastream_desktop.ui.list_model import camel, field_names


def emit_changes(owner: QObject, old: Any, new: Any) -> None:
    """Emit `fooBarChanged` of `owner` for each field `foo_bar` that differs.

    Both are of one frozen kind, and `owner` has a signal for every field.
    """
    for name in field_names(type(new)):
        if getattr(old, name) != getattr(new, name):
            getattr(owner, f"{camel(name)}Changed").emit()
