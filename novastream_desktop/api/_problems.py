"""Errors as RFC 9457 problem documents; the status of an error is decided here and only here."""

from __future__ import annotations

import http
import json
import logging
import math
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from novastream_desktop.errors import RateLimited, UserFacingError

log = logging.getLogger(__name__)


class NotAuthorised(UserFacingError):
    """The token is missing or wrong."""

    code = "not_authorised"
    http_status = 401


class WrongHost(UserFacingError):
    """The request names a host that this server is not: it may be a DNS rebinding attack."""

    code = "wrong_host"
    http_status = 400


class NoWindow(UserFacingError):
    """There is no open window whose player could be asked."""

    code = "no_window"
    http_status = 409


class TooLarge(UserFacingError):
    """The request's body is larger than anything the API takes."""

    code = "too_large"
    http_status = 413


def problem(
    status: int,
    *,
    code: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
    **members: object,
) -> Response:
    """Return a problem document."""
    document: dict[str, Any] = {
        "type": f"urn:novastream:problem:{code}",
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **{name: value for name, value in members.items() if value},
    }
    return Response(
        json.dumps(document, ensure_ascii=False),
        status,
        dict(headers or {}),
        "application/problem+json",
    )


def problem_of(error: UserFacingError) -> Response:
    """Return the problem document of one of the program's own errors."""
    headers = {}
    if isinstance(error, NotAuthorised):
        headers["WWW-Authenticate"] = 'Bearer realm="NovaStream"'
    if isinstance(error, RateLimited):
        headers["Retry-After"] = str(math.ceil(error.retry_after))
    return problem(
        error.http_status,
        code=error.code,
        detail=error.sentence(),
        headers=headers,
        hint=error.hint,
    )


def unexpected(error: Exception) -> Response:
    """Return the problem document of a bug; what happened goes to the log, not to the caller."""
    log.error("A request failed", exc_info=error)
    return problem(
        500,
        code="internal",
        detail="NovaStream failed to answer: an error of the program itself. See its log file.",
    )


def add_handlers(app: FastAPI) -> None:
    """Answer every error of the routes with a problem document."""

    @app.exception_handler(UserFacingError)
    async def _known(_request: Request, error: UserFacingError) -> Response:
        return problem_of(error)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> Response:
        faults = [
            {"at": ".".join(map(str, item["loc"])), "message": item["msg"]}
            for item in error.errors()
        ]
        detail = "; ".join(f"{fault['at']}: {fault['message']}" for fault in faults[:5])
        return problem(422, code="invalid_input", detail=f"{detail}.", faults=faults[:50])

    @app.exception_handler(OverflowError)
    async def _overflow(_request: Request, _error: OverflowError) -> Response:
        return problem(422, code="invalid_input", detail="A date is outside the calendar.")

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, error: HTTPException) -> Response:
        codes = {404: "no_such_route", 405: "method_not_allowed"}
        return problem(
            error.status_code,
            code=codes.get(error.status_code, "http"),
            detail=f"{error.detail}.",
            headers=error.headers,
        )
