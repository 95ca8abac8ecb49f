"""Asking every provider one cheap question, so that the doctor knows how each is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from novastream_desktop.providers.base import Provider, SupportsCheck, SupportsRows
from novastream_desktop.providers.boundary import Troubles, ask


async def check_all(providers: Iterable[Provider], troubles: Troubles, *, timeout: float) -> None:
    """Ask each provider at once and take down how it does; one with nothing to ask is left out.

    Args:
        providers: those that are switched on.
        troubles: is told how each does.
        timeout: seconds that each may take.
    """
    questions = ((provider, _question(provider)) for provider in providers)
    await asyncio.gather(
        *(
            ask(provider.name, question, timeout=timeout, note=troubles.noting(provider))
            for provider, question in questions
            if question is not None
        )
    )


def _question(provider: Provider) -> Callable[[], Awaitable[object]] | None:
    if isinstance(provider, SupportsCheck):
        return provider.check
    return provider.rows if isinstance(provider, SupportsRows) else None
