"""Ways to play one thing: asked for, merged, checked, ranked and paired."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from novastream_desktop.errors import SourceUnavailable
from novastream_desktop.models import StreamSource
from novastream_desktop.net import HttpClient
from novastream_desktop.providers.base import SupportsSources, WatchRequest, having
from novastream_desktop.providers.boundary import Troubles
from novastream_desktop.runtime import Clock
from novastream_desktop.settings import SourcesSettings
from novastream_desktop.sources._asking import Panel
from novastream_desktop.sources._checks import Prober
from novastream_desktop.sources._desk import Desk
from novastream_desktop.sources._expiry import is_expired
from novastream_desktop.sources._health import TorrentHealth
from novastream_desktop.sources._identity import host_of, key_of
from novastream_desktop.sources._lifetimes import Lifetimes
from novastream_desktop.sources._means import CHECK_WAIT, STALE_WAIT, Means
from novastream_desktop.sources._memory import SourceMemory
from novastream_desktop.sources._points import Choice
from novastream_desktop.sources._resolution import ProviderStatus, Resolution
from novastream_desktop.sources._resolving import Resolving
from novastream_desktop.sources._wanted import wanted_of


class SourceService:
    """Ask every provider at once for ways to play; one that fails spoils nothing.

    Args:
        providers: all providers; those with `SupportsSources` are asked.
        http: checks HTTP sources.
        clock: where time comes from.
        settings: `timeout` is what one provider may take; the limits of the person.
        torrent_health: checks torrents; None leaves them unchecked.
        check_wait: seconds that the answer waits for checks after the last provider answered.
        stale_wait: seconds without any source after which the last good answer is shown.
        troubles: is told which provider fails.
        memory: what earlier plays taught; None remembers while the service lives.
    """

    def __init__(
        self,
        *,
        providers: Sequence[object],
        http: HttpClient,
        clock: Clock,
        settings: SourcesSettings,
        torrent_health: TorrentHealth | None = None,
        check_wait: float = CHECK_WAIT,
        stale_wait: float = STALE_WAIT,
        troubles: Troubles | None = None,
        memory: SourceMemory | None = None,
    ) -> None:
        self._clock = clock
        self._settings = settings
        self._panel = Panel(
            having(providers, SupportsSources),  # type: ignore[type-abstract]
            timeout=settings.timeout,
            clock=clock,
            troubles=troubles or Troubles(),
        )
        self._prober = Prober(http, clock, torrent_health)
        self._memory = memory or SourceMemory(None, clock)
        self._lifetimes = Lifetimes()
        self._means = Means(
            self._panel,
            self._prober,
            self._memory,
            clock,
            settings.timeout,
            check_wait,
            stale_wait,
        )

    @property
    def statuses(self) -> tuple[ProviderStatus, ...]:
        """How each provider did when it was last asked."""
        return tuple(self._panel.statuses)

    async def resolve(self, request: WatchRequest) -> tuple[StreamSource, ...]:
        """Return the ways to play, best first; dead ones last, none if nobody has any.

        Raises:
            ProviderError: nothing was found, and a provider failed or rests.
        """
        last = Resolution()
        async with aclosing(self.stream(request)) as resolutions:
            async for resolution in resolutions:
                last = resolution
        if last.failures and not last.sources:
            raise last.failures[0]
        return last.sources

    async def stream(self, request: WatchRequest) -> AsyncGenerator[Resolution, None]:
        """Yield what is known whenever that is more than before, and at last all of it.

        `Resolution.first` is there as soon as any source was checked and plays. Closing the
        iterator early stops what still runs.
        """
        resolving = Resolving(self._means, request, wanted_of(request, self._settings))
        async with aclosing(resolving.resolutions()) as resolutions:
            async for resolution in resolutions:
                self._lifetimes.given(resolution.sources, self._clock.monotonic())
                yield resolution

    async def fresh(
        self, source: StreamSource, request: WatchRequest, *, force: bool = False
    ) -> StreamSource:
        """Return a source that works now: itself, or its successor if its address has expired.

        It has expired if it or its address says so, if it was refused after a while, or if it is
        as old as another address of its host was when that was refused.

        Args:
            source: as it was resolved earlier.
            request: what it was resolved for.
            force: resolve again though nothing says that it has expired.

        Raises:
            SourceUnavailable: none of its providers has it any more.
        """
        if not force and not self._is_over(source):
            return source
        owners = self._panel.offering(source)
        answers = await asyncio.gather(*(self._panel.answer(p, request) for p in owners))
        self._prober.forget(key_of(source))
        found = tuple(
            one
            for owner, answer in zip(owners, answers, strict=True)
            for one in self._panel.accepted(owner, answer.value or ())
        )
        desk = Desk(wanted_of(request, self._settings))
        arranged = await asyncio.to_thread(desk.arrange, found, self._clock.now())
        self._lifetimes.given(arranged, self._clock.monotonic())
        usable = [new for new in arranged if not self._is_over(new)]
        if not usable:
            problem = next((a.error.sentence() for a in answers if a.error is not None), "")
            raise SourceUnavailable(
                f"The source from {source.provider or 'its provider'} has expired",
                why=problem or "its provider gives no new address",
                hint="Choose another source",
            )
        return min(usable, key=lambda new: _difference(source, new))

    def note_failure(self, source: StreamSource, request: WatchRequest, why: str) -> None:  # noqa: ARG002  (as the other notes)
        """Take down that a source failed: it sinks for a day.

        One that was refused (403, 410) after it had been given out a while ago has only expired:
        `fresh` gets its successor, and learns how long addresses of that host last.
        """
        key = key_of(source)
        self._prober.forget(key)
        if not self.has_ended(source, why):
            self._memory.note_failure(key, why)

    def has_ended(self, source: StreamSource, why: str) -> bool:
        """Whether a failure says that an address has only run out by its age; that is learned."""
        return self._lifetimes.ended(source, why, self._clock.monotonic())

    def note_choice(self, source: StreamSource, request: WatchRequest) -> None:
        """Take down that a person picked a source by hand: the next episode prefers its like."""
        choice = Choice(
            provider=source.provider,
            group=source.release_group or "",
            height=source.height or 0,
            languages=source.languages,
        )
        self._memory.note_choice(request.content.id, choice)

    def note_start(self, source: StreamSource, request: WatchRequest, seconds: float) -> None:  # noqa: ARG002  (as above)
        """Take down how many seconds passed from the click to the first picture."""
        self._memory.note_start(host_of(source), seconds)

    def _is_over(self, source: StreamSource) -> bool:
        if self._lifetimes.is_over(source, self._clock.monotonic()):
            return True
        return is_expired(source, self._clock.now())


def _difference(old: StreamSource, new: StreamSource) -> tuple[bool, bool, bool, bool]:
    """Sort the same stream first, then the same kind, release and quality; then the best."""
    return (
        key_of(new) != key_of(old),
        new.type is not old.type,
        new.release_name != old.release_name,
        new.quality != old.quality,
    )
