"""Questions and answers of DNS as they go over the wire (RFC 1035), for RFC 8484."""

from __future__ import annotations

import base64
import ipaddress
import struct
from dataclasses import dataclass

A, AAAA = 1, 28
_IN = 1
_HEAD = struct.Struct("!6H")
_RECORD = struct.Struct("!HHIH")
_RECURSE = 0x0100
_NO_SUCH_NAME = 3
_MOST_RECORDS = 64
_LONGEST_LABEL, _LONGEST_NAME = 63, 253


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """What a resolver says of a name.

    Attributes:
        addresses: in the order of the answer; empty if the name has none of this kind.
        ttl: seconds for which it holds.
        exists: False when there is no such name at all.
    """

    addresses: tuple[str, ...] = ()
    ttl: int = 0
    exists: bool = True


def question(host: str, kind: int) -> bytes:
    """Return the question for a host's addresses; its id is 0, so that answers can be cached.

    Raises:
        ValueError: it is no host name.
    """
    name = host.rstrip(".").encode("ascii")
    labels = name.split(b".")
    if len(name) > _LONGEST_NAME or not all(0 < len(one) <= _LONGEST_LABEL for one in labels):
        raise ValueError("not a host name")
    head = _HEAD.pack(0, _RECURSE, 1, 0, 0, 0)
    body = b"".join(bytes([len(one)]) + one for one in labels)
    return head + body + b"\0" + struct.pack("!HH", kind, _IN)


def as_parameter(message: bytes) -> str:
    """Return a question as the `dns` parameter of a GET."""
    return base64.urlsafe_b64encode(message).rstrip(b"=").decode()


def answer(message: bytes, kind: int) -> NameAnswer:
    """Return what an answer says.

    Raises:
        ValueError: it is no answer, or the resolver could not find out.
    """
    try:
        _id, flags, questions, answers, _, _ = _HEAD.unpack_from(message)
        if not flags & 0x8000:
            raise ValueError("a question came back")
        code = flags & 0xF
        if code == _NO_SUCH_NAME:
            return NameAnswer(exists=False)
        if code:
            raise ValueError(f"the resolver failed with code {code}")
        at = _HEAD.size
        for _ in range(min(questions, _MOST_RECORDS)):
            at = _after_name(message, at) + 4
        return _records(message, at, min(answers, _MOST_RECORDS), kind)
    except (struct.error, IndexError) as error:
        raise ValueError("the answer is cut off") from error


def _records(message: bytes, at: int, count: int, kind: int) -> NameAnswer:
    found: list[str] = []
    ttls: list[int] = []
    for _ in range(count):
        at = _after_name(message, at)
        its_kind, group, ttl, length = _RECORD.unpack_from(message, at)
        at += _RECORD.size
        data = message[at : at + length]
        if len(data) != length:
            raise ValueError("the answer is cut off")
        at += length
        ttls.append(ttl)
        if its_kind == kind and group == _IN and length == (4 if kind == A else 16):
            found.append(str(ipaddress.ip_address(data)))
    return NameAnswer(tuple(dict.fromkeys(found)), min(ttls, default=0))


def _after_name(message: bytes, at: int) -> int:
    """Return where a name ends; what it says does not matter here."""
    while True:
        length = message[at]
        if length & 0xC0 == 0xC0:  # noqa: PLR2004  (a pointer ends a name)
            return at + 2
        if length & 0xC0:
            raise ValueError("a label of an unknown kind")
        at += 1 + length
        if not length:
            return at
