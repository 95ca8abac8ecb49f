"""What of a request nobody else may read: looked for in what servers say in return.

Third parties put keys into addresses, as a parameter or as a part of the path, and some repeat
them in their error messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from pydantic import BaseModel

HIDDEN = "***"
_TELLING = re.compile(r"key|token|secret|pass|auth|sig|session|credential", re.IGNORECASE)
_TELLING_SETTING = re.compile(r"key$|token$|secret|password")
_LONG = 16
_SHORTEST = 4
_WORD = re.compile(r"""[^\s"',;=]+""")


def secrets_of(url: str, headers: Mapping[str, str]) -> frozenset[str]:
    """Return the parts of a request that are or may be a key: better one too many."""
    return frozenset(text for text in _found(url, headers) if len(text) >= _SHORTEST)


def secrets_in(settings: BaseModel) -> frozenset[str]:
    """Return the keys, tokens and passwords in settings, also those within addresses."""
    return frozenset(text for text in _entered("", settings) if len(text) >= _SHORTEST)


def _entered(name: str, value: object) -> Iterator[str]:
    match value:
        case BaseModel():
            for inner, field in type(value).model_fields.items():
                if (entered := getattr(value, inner)) != field.default:
                    yield from _entered(inner, entered)
        case Mapping():
            for entered in value.values():
                yield from _entered(name, entered)
        case tuple() | list():
            for entered in value:
                yield from _entered(name, entered)
        case str() if _TELLING_SETTING.search(name):
            yield value
        case str() if "://" in value:
            yield from secrets_of(value, {})


def hide(text: str, secrets: frozenset[str]) -> str:
    """Return a text without the secrets, however they are spelt in an address."""
    for secret in sorted(secrets, key=len, reverse=True):
        for spelling in {secret, quote(secret, safe=""), unquote(secret)}:
            if len(spelling) >= _SHORTEST:
                text = text.replace(spelling, HIDDEN)
    return text


def _found(url: str, headers: Mapping[str, str]) -> Iterator[str]:
    parts = urlsplit(url)
    yield from (unquote(part) for part in (parts.username, parts.password) if part)
    for name, value in parse_qsl(parts.query):
        if _TELLING.search(name) or len(value) >= _LONG:
            yield value
    yield from (part for raw in parts.path.split("/") if len(part := unquote(raw)) >= _LONG)
    for name, value in headers.items():
        if _TELLING.search(name):
            yield value
            yield from _WORD.findall(value)
