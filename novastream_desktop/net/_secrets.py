"""What of a request nobody else may read: looked for in what servers say in return.

Third parties put keys into addresses, as a parameter or as a part of the path, and some repeat
them in their error messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, quote, unquote, urlsplit

HIDDEN = "***"
_TELLING = re.compile(r"key|token|secret|pass|auth|sig|session|credential", re.IGNORECASE)
_LONG = 16
_SHORTEST = 4
_WORD = re.compile(r"""[^\s"',;=]+""")


def secrets_of(url: str, headers: Mapping[str, str]) -> frozenset[str]:
    """Return the parts of a request that are or may be a key: better one too many."""
    return frozenset(text for text in _found(url, headers) if len(text) >= _SHORTEST)


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
