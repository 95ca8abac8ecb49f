"""What an answer means beyond its own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from novastream_desktop.errors import BadResponse, NotFound


@contextmanager
def must_be_there(what: str, setting: str) -> Iterator[None]:
    """Make of "not found" where every such server answers that this is not such a server.

    Args:
        what: the sentence, such as `x.example is not a PeerTube server`.
        setting: the key that holds its address.

    Raises:
        BadResponse: in place of `NotFound`.
    """
    try:
        yield
    except NotFound as error:
        raise BadResponse(what, why=error.why, hint=f"Check {setting} in Settings") from error
