"""When an address stops working, from what it says itself."""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from novastream_desktop.models import StreamSource

MARGIN = timedelta(seconds=30)
"""An address that ends this soon is not worth opening."""

_UNIX_NAMES = ("expires", "expire", "expiry", "exp", "e", "validto", "ttl_until")
_AKAMAI_NAMES = ("hdnea", "hdnts", "hdntl", "__token__")
_AKAMAI_EXP = re.compile(r"\bexp=(\d{9,11})")
_EARLIEST, _LATEST = 1_000_000_000, 4_102_444_800
_MILLISECONDS = 1000


def expiry_of(source: StreamSource) -> datetime | None:
    """Return when a source ends: as its provider said, else as its address says, else None."""
    return source.expires_at or expiry_of_url(source.url)


def is_expired(source: StreamSource, now: datetime, margin: timedelta = MARGIN) -> bool:
    """Whether a source has ended, or will before it could be opened."""
    ends = expiry_of(source)
    return ends is not None and ends <= now + margin


def expiry_of_url(url: str) -> datetime | None:
    """Return the end that an address names in a form that is well known.

    Unix seconds or milliseconds (`expires`, `exp`, `e`), Akamai tokens, AWS and Google signed
    addresses (`X-Amz-Date` + `X-Amz-Expires`), Azure (`se`), CloudFront policies, JWTs.
    """
    if url.startswith("magnet:") or "?" not in url:
        return None
    query = {name.lower(): value for name, value in parse_qsl(urlsplit(url).query)}
    ends = [
        *(_unix(query[name]) for name in _UNIX_NAMES if name in query),
        *(_akamai(query[name]) for name in _AKAMAI_NAMES if name in query),
        _signed(query, "x-amz-"),
        _signed(query, "x-goog-"),
        _azure(query),
        _cloudfront(query.get("policy", "")),
        *(_jwt(query[name]) for name in ("token", "jwt", "auth") if name in query),
    ]
    return min((end for end in ends if end is not None), default=None)


def _unix(text: str) -> datetime | None:
    if not text.isascii() or not text.isdigit() or len(text) > len("1234567890123"):
        return None
    seconds = int(text)
    if seconds >= _EARLIEST * _MILLISECONDS:
        seconds //= _MILLISECONDS
    if not _EARLIEST <= seconds <= _LATEST:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _akamai(text: str) -> datetime | None:
    found = _AKAMAI_EXP.search(text)
    return _unix(found.group(1)) if found else None


def _signed(query: dict[str, str], prefix: str) -> datetime | None:
    lasts = query.get(f"{prefix}expires", "")
    try:
        signed = datetime.strptime(query.get(f"{prefix}date", ""), "%Y%m%dT%H%M%S%z")
        return signed + timedelta(seconds=int(lasts))
    except (ValueError, OverflowError):
        return None


def _azure(query: dict[str, str]) -> datetime | None:
    if "sig" not in query:
        return None
    try:
        ends = datetime.fromisoformat(query.get("se", ""))
    except ValueError:
        return None
    return ends.replace(tzinfo=UTC) if ends.tzinfo is None else ends


def _cloudfront(policy: str) -> datetime | None:
    data = _base64_json(policy.translate(str.maketrans("-_~", "+=/")))
    try:
        return _unix(str(data["Statement"][0]["Condition"]["DateLessThan"]["AWS:EpochTime"]))
    except (KeyError, IndexError, TypeError):
        return None


def _jwt(text: str) -> datetime | None:
    parts = text.split(".")
    if len(parts) != len(("header", "claims", "signature")):
        return None
    claims = _base64_json(parts[1].translate(str.maketrans("-_", "+/")))
    return _unix(str(claims.get("exp", "")))


def _base64_json(text: str) -> dict[str, Any]:
    try:
        data = json.loads(base64.b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
