"""A request with what its asker expects of the answer, fresh or kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import httpx

from novastream_desktop.errors import ProviderError
from novastream_desktop.net import _rules as rules
from novastream_desktop.net._cache import AnswerCache, Stored
from novastream_desktop.net.base import HttpAnswer, Sound

Params: TypeAlias = Mapping[str, str | int | float | list[str]]
_TAKES_LONG = 65_536  # bytes whose check is too long for the loop's thread


@dataclass(frozen=True, slots=True)
class Question:
    """A request and what its asker expects."""

    request: httpx.Request
    max_age: float = 0
    timeout: float | None = None
    limit: int = rules.MAX_BODY
    json: bool = False
    sound: Sound | None = None

    @property
    def total(self) -> float:
        """Seconds for all of it."""
        return rules.TOTAL_TIMEOUT if self.timeout is None else self.timeout

    async def check(self, answer: HttpAnswer) -> HttpAnswer:
        """Return the answer if it is of the expected kind and its asker finds it sound."""
        if self.json:
            content_type = answer.headers.get("content-type", "")
            wrong = rules.check_json_text(answer.url, content_type, answer.content)
            if wrong is not None:
                raise wrong
        if self.sound is not None:
            if len(answer.content) >= _TAKES_LONG:
                await asyncio.to_thread(self.sound, answer.content)
            else:
                self.sound(answer.content)
        return answer


async def usable(cache: AnswerCache, key: str, question: Question) -> Stored | None:
    """Return what is kept; what its asker does not find sound is dropped."""
    stored = await cache.load(key)
    if stored is None:
        return None
    try:
        await question.check(stored.answer)
    except ProviderError:
        await cache.drop(key)
        return None
    return stored


def telling_headers(request: httpx.Request) -> dict[str, str]:
    """Return the headers that tell one answer from another."""
    ignored = {"host", "connection", "user-agent", "content-length", "accept-encoding"}
    return {n.lower(): v for n, v in request.headers.items() if n.lower() not in ignored}


def lower_case(headers: Mapping[str, str] | None) -> dict[str, str]:
    """Return headers with their names in lower case."""
    return {name.lower(): value for name, value in (headers or {}).items()}


def with_params(url: str, params: Params | None) -> httpx.URL:
    """Return an address with parameters added to those that it has."""
    address = httpx.URL(url)
    # httpx replaces the whole query by `params`; an address in Settings may hold one of its own.
    return address.copy_merge_params(dict(params)) if params else address
