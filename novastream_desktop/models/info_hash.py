"""The name of a torrent."""

from __future__ import annotations

import base64
import binascii
import re

_HEX = re.compile(r"[0-9a-fA-F]{40}")
_BASE32 = re.compile(r"[A-Za-z2-7]{32}")


def info_hash_v1(text: str) -> str:
    """Return an info-hash, written in hex or base32 (BEP 9), in lower-case hex; '' for another."""
    if _HEX.fullmatch(text):
        return text.lower()
    if _BASE32.fullmatch(text):
        try:
            return base64.b32decode(text.upper()).hex()
        except binascii.Error:
            return ""
    return ""
