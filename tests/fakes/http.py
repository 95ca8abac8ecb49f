"""An `HttpClient` that answers from a table."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from novastream_desktop.errors import NotFound
from novastream_desktop.net import HttpAnswer, ProbeAnswer, Sound


@dataclass
class FakeHttp:
    """Answer each url with its bytes, a `ProbeAnswer`, or raise what is in the table.

    Attributes:
        gate: awaited before each answer.
        asked: (method, url) of every call.
        called: set at the first one.
        headers: the request headers of the last call by url.
    """

    table: Mapping[str, bytes | BaseException | ProbeAnswer] = field(default_factory=dict)
    gate: asyncio.Event | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, Mapping[str, str] | None] = field(default_factory=dict)
    called: asyncio.Event = field(default_factory=asyncio.Event)

    async def _find(self, method: str, url: str) -> Any:
        self.asked.append((method, url))
        self.called.set()
        if self.gate is not None:
            await self.gate.wait()
        found = self.table.get(url)
        if found is None:
            raise NotFound(f"Nothing is at {url}")
        if isinstance(found, BaseException):
            raise found
        return found

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        max_age: float = 0,
        timeout: float | None = None,
        sound: Sound | None = None,
    ) -> HttpAnswer:
        self.headers[url] = headers
        found: bytes = await self._find("GET", url)
        if sound is not None:
            sound(found)
        return HttpAnswer(200, url, {}, found)

    async def get_json(
        self,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        max_age: float = 0,
        timeout: float | None = None,
        sound: Sound | None = None,
    ) -> bytes:
        return (await self.get(url, headers=headers, sound=sound)).content

    async def post_json(
        self,
        url: str,
        body: Mapping[str, object],
        *,
        headers: Mapping[str, str] | None = None,
        max_age: float = 0,
        timeout: float | None = None,
        sound: Sound | None = None,
    ) -> bytes:
        found: bytes = await self._find("POST", url)
        if sound is not None:
            sound(found)
        return found

    async def tell(
        self,
        url: str,
        body: Mapping[str, object],
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        await self._find("POST", url)

    async def follow(
        self, url: str, *, headers: Mapping[str, str] | None = None, timeout: float | None = None
    ) -> HttpAnswer:
        self.headers[url] = headers
        found: bytes = await self._find("FOLLOW", url)
        if found.startswith(b"magnet:"):
            return HttpAnswer(302, found.decode(), {}, b"")
        return HttpAnswer(200, url, {}, found)

    async def probe(
        self, url: str, *, headers: Mapping[str, str] | None = None, first_bytes: int = 65_536
    ) -> ProbeAnswer:
        self.headers[url] = headers
        found = await self._find("PROBE", url)
        if isinstance(found, ProbeAnswer):
            return found
        return ProbeAnswer(206, url, "video/mp4", found[:first_bytes], 0.05, 2e7, len(found))

    async def download(self, url: str, target: Path, *, max_bytes: int) -> None:
        content: bytes = await self._find("DOWNLOAD", url)
        await asyncio.to_thread(target.write_bytes, content[:max_bytes])

    async def close(self) -> None:
        self.asked.append(("CLOSE", ""))
