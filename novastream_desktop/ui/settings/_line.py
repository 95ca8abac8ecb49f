"""What a line of the settings page is made from."""

from __future__ import annotations

from typing import NamedTuple

Choices = tuple[tuple[str, object], ...]


class Line(NamedTuple):
    """One setting as the page shows it.

    Attributes:
        key: the setting's dotted key.
        kind: choice, toggle, text, secret, number, list, servers, keys or info.
        choices: what each choice is called and what it stores.
        example: shown in an empty field.
    """

    key: str
    label: str
    hint: str = ""
    kind: str = "text"
    choices: Choices = ()
    example: str = ""


class Section(NamedTuple):
    """Lines under one heading."""

    title: str
    lines: tuple[Line, ...]


class Category(NamedTuple):
    """Sections that are shown together. The last category is the doctor, which has none."""

    title: str
    icon: str
    sections: tuple[Section, ...] = ()


def toggle(key: str, label: str, hint: str = "") -> Line:
    """Return a line that is on or off."""
    return Line(key, label, hint, "toggle")


def choice(key: str, label: str, hint: str, *choices: tuple[str, object]) -> Line:
    """Return a line with a few choices."""
    return Line(key, label, hint, "choice", choices)


def number(key: str, label: str, hint: str = "") -> Line:
    """Return a line with a number."""
    return Line(key, label, hint, "number")


def secret(key: str, label: str, hint: str = "") -> Line:
    """Return a line whose text is hidden unless it has the focus."""
    return Line(key, label, hint, "secret")


def entries(key: str, label: str, hint: str, example: str) -> Line:
    """Return a line with a list of texts."""
    return Line(key, label, hint, "list", example=example)
