"""Every exception of the program.

NovaStreamError
├── UserFacingError            what, why, what to do: shown to a person as one sentence
│   ├── NotFound               nothing by that id or name (exit 3, HTTP 404)
│   ├── InvalidInput           the request itself is wrong (exit 2, HTTP 422)
│   ├── ProviderError          a third party did not answer usefully (exit 4, HTTP 502)
│   │   ├── ProviderUnavailable   no network, time-out, 5xx, HTML instead of JSON
│   │   ├── ProviderRefused       401, 403: a key or permission is wrong
│   │   ├── RateLimited           429; carries retry_after
│   │   └── BadResponse           the answer does not have the documented shape
│   ├── NoPlayableSource       everything that was found failed or nothing was found
│   ├── SourceUnavailable      this one source is dead, gone or refused
│   ├── PlayerUnavailable      libmpv or OpenGL is missing
│   ├── TorrentError           metadata time-out, disk, disabled engine
│   ├── StoreError             progress or settings cannot be read or written
│   │   └── StoreTooNew        written by a newer NovaStream: refused, never overwritten
│   └── EnvironmentUnusable    a folder, port or screen that the program cannot do without
└── BugError                   a promise inside the program was broken
"""

from __future__ import annotations

from typing import ClassVar


class NovaStreamError(Exception):
    """Base of all exceptions that NovaStream raises on purpose."""


class BugError(NovaStreamError):
    """A promise inside the program was broken; nothing a user did."""


class UserFacingError(NovaStreamError):
    """A failure with a sentence that a person can act on.

    Args:
        what: what failed, without a full stop.
        why: the cause, in plain words.
        hint: what the person can do.
    """

    code: ClassVar[str] = "failed"
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, what: str, *, why: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what.rstrip(".")
        self.why = why.rstrip(".")
        self.hint = hint.rstrip(".")

    def sentence(self) -> str:
        """Return one line: what, why, what to do."""
        head = f"{self.what}: {self.why}" if self.why else self.what
        return f"{head}. {self.hint}." if self.hint else f"{head}."

    def __str__(self) -> str:
        return self.sentence()


class NotFound(UserFacingError):
    """Nothing exists by that id, name or number."""

    code = "not_found"
    exit_code = 3
    http_status = 404


class InvalidInput(UserFacingError):
    """The request itself is wrong."""

    code = "invalid_input"
    exit_code = 2
    http_status = 422


class ProviderError(UserFacingError):
    """A third party did not give a usable answer."""

    code = "provider_failed"
    exit_code = 4
    http_status = 502


class ProviderUnavailable(ProviderError):
    """No connection, a time-out, a server error, or HTML where JSON belongs."""

    code = "provider_unavailable"


class ProviderRefused(ProviderError):
    """The third party refused the key or the request (401, 403)."""

    code = "provider_refused"


class RateLimited(ProviderError):
    """The third party asked to wait.

    Args:
        retry_after: seconds to wait, as the server said.
    """

    code = "rate_limited"

    def __init__(self, what: str, *, retry_after: float, why: str = "", hint: str = "") -> None:
        super().__init__(what, why=why, hint=hint)
        self.retry_after = retry_after


class BadResponse(ProviderError):
    """The answer does not have the documented shape."""

    code = "bad_response"


class SourceUnavailable(UserFacingError):
    """One source is dead, gone or refused."""

    code = "source_unavailable"
    http_status = 502


class NoPlayableSource(UserFacingError):
    """No source was found, or every one failed."""

    code = "no_playable_source"
    exit_code = 3
    http_status = 404


class PlayerUnavailable(UserFacingError):
    """libmpv or OpenGL is missing, so nothing can be played."""

    code = "player_unavailable"


class TorrentError(UserFacingError):
    """The torrent engine cannot do what was asked."""

    code = "torrent_failed"


class StoreError(UserFacingError):
    """Progress or settings cannot be read or written."""

    code = "store_failed"


class StoreTooNew(StoreError):
    """The file was written by a newer NovaStream; it is left as it is."""

    code = "store_too_new"


class EnvironmentUnusable(UserFacingError):
    """A folder, port or screen that the program needs cannot be used."""

    code = "environment_unusable"
