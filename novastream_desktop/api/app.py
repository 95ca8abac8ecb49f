"""The routes. Thin: each asks the services once and hands on what they say."""

from __future__ import annotations

import math
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Annotated, Any

from fastapi import Body, FastAPI, Query, Request
from fastapi.routing import APIRoute, APIRouter
from starlette.responses import Response

from novastream_desktop import APP_NAME, __version__
from novastream_desktop.api._guard import Guard, check_token
from novastream_desktop.api._player import run_command, wire
from novastream_desktop.api._problems import NoWindow, add_handlers
from novastream_desktop.api.base import ApiServices
from novastream_desktop.errors import InvalidInput
from novastream_desktop.models import (
    HomeRows,
    StreamSource,
    WatchInfo,
    WatchProgress,
    check_content_id,
)
from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.progress.base import not_from_the_future
from novastream_desktop.runtime import Clock, SystemClock

Season = Annotated[int | None, Query(ge=0)]
EpisodeNumber = Annotated[float | None, Query(ge=0, allow_inf_nan=False)]
Duration = Annotated[float | None, Query(ge=0, allow_inf_nan=False)]
_BEHIND_THE_END = 60.0
"""Seconds by which a position may exceed the duration: players round, and files grow."""
_LEAN: dict[str, Any] = {"response_model_exclude_none": True}


def create_app(
    services: ApiServices, *, token: str, host: str = "127.0.0.1", clock: Clock | None = None
) -> FastAPI:
    """Return the API as an ASGI application.

    Args:
        services: what the routes ask.
        token: the bearer token; an empty one lets nobody in.
        host: what the server is bound to. On other than loopback every route has the token.
        clock: tells what is from the future; None is the system's.
    """
    app = FastAPI(title=APP_NAME, version=__version__, docs_url=None, redoc_url=None)
    app.add_middleware(Guard, host=host, token=token)
    add_handlers(app)

    app.include_router(_open_routes(services))
    app.state.token = token
    app.include_router(_own_routes(services, clock or SystemClock()))
    app.include_router(_player_routes(services))
    return app


def _open_routes(services: ApiServices) -> APIRouter:
    router = APIRouter(prefix="/api")

    @router.get("/content/trending", **_LEAN)
    async def trending() -> HomeRows:
        return await services.home_rows()

    @router.get("/sources", **_LEAN)
    async def sources(
        content_id: Annotated[str, Query(alias="contentId")],
        season: Season = None,
        episode: EpisodeNumber = None,
    ) -> list[StreamSource]:
        check_content_id(content_id)
        return list(await services.sources(content_id, season=season, episode=episode))

    @router.get("/health")
    async def health() -> dict[str, object]:
        states = await services.provider_states()
        return {
            "name": APP_NAME,
            "version": __version__,
            "status": "ok",
            "providers": [state.to_wire() for state in states],
        }

    return router


class _TokenRoute(APIRoute):
    """A route that reads nothing of a request without the token, not even its body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, behind the token."""
        inner = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            check_token(request, request.app.state.token)
            return await inner(request)

        return guarded


def _own_routes(services: ApiServices, clock: Clock) -> APIRouter:
    router = APIRouter(prefix="/api", route_class=_TokenRoute)

    @router.get("/content/{content_id:path}/watch", **_LEAN)
    async def watch(
        content_id: str,
        season: Season = None,
        episode: EpisodeNumber = None,
        duration: Duration = None,
    ) -> WatchInfo:
        check_content_id(content_id)
        return await services.watch(content_id, season=season, episode=episode, duration=duration)

    @router.post("/user/progress", **_LEAN)
    async def save(
        items: Annotated[WatchProgress | list[WatchProgress], Body()],
    ) -> list[WatchProgress]:
        batch = items if isinstance(items, list) else [items]
        for item in batch:
            _check(item)
        now = clock.now()
        entries = [not_from_the_future(item, now) for item in batch]
        return list(await services.save_progress(entries))

    @router.get("/user/progress", **_LEAN)
    async def since(since: datetime | None = None) -> list[WatchProgress]:
        return list(await services.progress_since(since))

    return router


def _check(item: WatchProgress) -> None:
    check_content_id(item.content_id)
    if not (math.isfinite(item.position) and math.isfinite(item.duration)):
        raise InvalidInput(
            "The progress was not stored", why="position and duration have to be finite numbers"
        )
    if item.position > item.duration + _BEHIND_THE_END:
        raise InvalidInput(
            "The progress was not stored",
            why=f"the position {item.position:g} s is behind the end of {item.duration:g} s",
            hint="Send both in seconds",
        )


def _player_routes(services: ApiServices) -> APIRouter:
    router = APIRouter(prefix="/api/player", route_class=_TokenRoute)

    def session() -> PlaybackCommands:
        found = services.playback()
        if found is None:
            raise NoWindow(
                "There is no player to ask",
                why="no NovaStream window is open here",
                hint="Open the application; the API inside it is switched on by api.enabled",
            )
        return found

    @router.get("")
    async def state() -> Any:
        return wire(session().state.value)

    @router.post("/{command}")
    async def command(command: str, body: Annotated[Any, Body()] = None) -> Any:
        present = session()
        run_command(present, command, body)
        return wire(present.state.value)

    return router
