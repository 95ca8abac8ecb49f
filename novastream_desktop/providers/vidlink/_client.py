"""A resolver's answers for one film or episode. Nothing is asked for ahead of need."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from novastream_desktop.errors import NotFound
from novastream_desktop.models import StreamSource
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.vidlink._parse import Asked, parse_sources
from novastream_desktop.providers.vidlink._paths import Ask, Templates, asks_for
from novastream_desktop.providers.vidlink._shapes import Resolver

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient
    from novastream_desktop.runtime import Clock


class VidlinkProvider:
    """Sources with their captions, from a resolver whose paths Settings hold as templates."""

    def __init__(
        self, name: str, base_url: str, templates: Templates, http: HttpClient, clock: Clock
    ) -> None:
        self._name = name
        self._templates = templates
        self._resolver = Resolver(base_url.strip().rstrip("/"), name)
        self._http = http
        self._clock = clock

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._name

    async def check(self) -> None:
        """Ask whether anything answers at its address; no page of it is the same everywhere."""
        with contextlib.suppress(NotFound):
            await self._http.get(f"{self._resolver.base}/")

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return what the resolver has; an address lives for hours at most, so none is kept."""
        found: list[StreamSource] = []
        for asked_together in asks_for(request, self._templates):
            answers = await asyncio.gather(
                *(self._ask(ask) for ask in asked_together), return_exceptions=True
            )
            failures = [answer for answer in answers if isinstance(answer, BaseException)]
            for answer in answers:
                if not isinstance(answer, BaseException):
                    found += answer
            if failures and not found:
                raise failures[0]
            if found:
                break
        return tuple({source.url: source for source in found}.values())

    async def _ask(self, ask: Ask) -> Sequence[StreamSource]:
        url = self._resolver.base + ask.path
        asked = Asked(self._resolver, ask.audio, self._clock.now())
        parse = partial(parse_sources, asked=asked)
        try:
            return parse(await self._http.get_json(url, sound=parse))
        except NotFound:  # it does not have this title
            return ()
