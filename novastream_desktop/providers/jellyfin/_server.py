"""A Jellyfin server's addresses and the words it is greeted with. Nothing here does I/O."""

from __future__ import annotations

import platform
import uuid
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from novastream_desktop import APP_NAME, __version__


@dataclass(frozen=True, slots=True)
class Server:
    """A server.

    Attributes:
        base: its address with its base path, without a trailing slash.
        token: an access token or an API key; never part of a sentence or of `repr`.
        provider: the provider's name.
    """

    base: str
    token: str = field(repr=False)
    provider: str = "jellyfin"

    @classmethod
    def at(cls, address: str, token: str, provider: str) -> Server:
        """Return the server at an address as a person writes it."""
        address = address.strip().rstrip("/")
        return cls(address if "://" in address else f"http://{address}", token.strip(), provider)

    @property
    def who(self) -> str:
        """How sentences name it."""
        try:
            return f"Jellyfin at {urlsplit(self.base).hostname or 'an unknown host'}"
        except ValueError:
            return "Jellyfin at an unknown host"

    def greeting(self) -> dict[str, str]:
        """Return the headers of every call; the server decodes the values as parts of URLs."""
        told = {
            "Client": APP_NAME,
            "Device": platform.node() or "desktop",
            "DeviceId": device_id(),
            "Version": __version__,
            "Token": self.token,
        }
        words = ", ".join(f'{name}="{quote(value, safe="")}"' for name, value in told.items())
        return {"authorization": f"MediaBrowser {words}"}

    def media_headers(self) -> dict[str, str]:
        """Return the headers for its media: the token alone, without commas, for any player."""
        return {"Authorization": f'MediaBrowser Token="{quote(self.token, safe="")}"'}

    def address(self, path: str) -> str:
        """Return the address of a path that the server gave, with or without its base path."""
        parts = urlsplit(self.base)
        if parts.path and path.startswith(parts.path + "/"):
            return f"{parts.scheme}://{parts.netloc}{path}"
        return self.base + (path if path.startswith("/") else f"/{path}")

    def with_key(self, address: str) -> str:
        """Return an address for who cannot send headers, such as the fetcher of subtitles."""
        bare, _, query = address.partition("?")
        old = {"apikey", "api_key"}
        kept = [(n, v) for n, v in parse_qsl(query, keep_blank_values=True) if n.lower() not in old]
        return f"{bare}?{urlencode([*kept, ('ApiKey', self.token)])}"

    def image(self, item: str, kind: str, tag: str, width: int) -> str:
        """Return the address of a picture; with its tag it may be kept for ever."""
        query = urlencode({"tag": tag, "maxWidth": width, "quality": 90})
        return f"{self.base}/Items/{item}/Images/{kind}?{query}"


def device_id() -> str:
    """Return the same id for this machine each time: the server keeps one session for each."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{APP_NAME}.{platform.node()}").hex
