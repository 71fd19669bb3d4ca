"""The application: calls, errors as problem documents, the check of the console's age, compression."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console import __version__
from console.central.bugs import log_bug
from console.central.centre import Centre
from console.central.clock import rfc3339
from console.central.openapi import describe
from console.central.problems import Refuse, bad_request, busy, database_away
from console.central.routes import (
    account,
    administration,
    attachments,
    audit,
    board,
    cases,
    handed_drafts,
    number_notes,
    post,
    reference,
    reports,
    search,
    shift_book,
    stream,
    views,
)
from console.central.routes.account import OLDEST_PROTOCOL
from console.protocol.wire import HEADER_PROTOCOL

log = logging.getLogger(__name__)

BASE = "/api/v1"
OPEN_TO_OLD = (f"{BASE}/commands", f"{BASE}/auth/token", f"{BASE}/health")
"""A console too old still signs in and delivers its outbox."""
OVERLOADED = ("57014", "55P03", "40001", "40P01", "53300")
"""PostgreSQL's states for too slow, lock not had in time, serialization, deadlock, too many connections."""
MOST_HEADERS = 32 * 1024
"""Bytes of a request's headers."""
OWN_CALL = b"x-practice-life"
"""Practice mode's own province announces its calls with this header: they keep no server awake."""


def create_app(centre: Centre) -> FastAPI:
    """One process's server. The lifespan listens to PostgreSQL as long as the server runs."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        centre.hub.start()
        centre.hub.wait_until_listening(5.0)
        if centre.office is not None:
            centre.office.start()
            centre.calendar.start()
        try:
            yield
        finally:
            if centre.office is not None:
                centre.calendar.stop()
                centre.office.stop()
            centre.hub.stop()

    app = FastAPI(
        title="IOC switchboard: central server",
        version=__version__,
        openapi_url=f"{BASE}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.centre = centre
    parts = (
        account, administration, attachments, audit, board, cases, handed_drafts, number_notes, post,
        reference, reports, search, shift_book, stream, views,
    )  # fmt: skip
    for part in parts:
        app.include_router(part.router, prefix=BASE)
    app.add_exception_handler(Refuse, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(PoolTimeout, _database)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(Exception, _bug)
    app.add_middleware(Packing, minimum_size=1024, compresslevel=5)
    app.add_middleware(Front, centre=centre)
    describe(app)
    return app


class Packing(GZipMiddleware):
    """Packs answers, apart from attached files: they are packed already, and a range counts plain bytes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        plain = scope["type"] == "http" and scope["path"].startswith(f"{BASE}/attachments/")
        await (self.app(scope, receive, send) if plain else super().__call__(scope, receive, send))


class Front:
    """Knows who is here, tells the time in each answer, and sends consoles that are too old to be updated."""

    def __init__(self, app: ASGIApp, centre: Centre) -> None:
        self._app, self._centre = app, centre

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with self._centre.callers.one() if OWN_CALL not in dict(scope["headers"]) else nullcontext():
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                stamp = rfc3339(self._centre.clock.now()).encode()
                message["headers"] = [*message["headers"], (b"x-server-time", stamp)]
            await send(message)

        problem = _turned_away(scope)
        await (self._app if problem is None else problem.response())(scope, receive, timed)


def _turned_away(scope: Scope) -> Refuse | None:
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADERS:
        return Refuse(431, "headers_too_large", "The headers are too large", limit=MOST_HEADERS)
    if _too_old(scope):
        return Refuse(426, "console_too_old", "Update the console", "the outbox is still taken")
    return None


def _too_old(scope: Scope) -> bool:
    headers: dict[bytes, bytes] = dict(scope["headers"])
    spoken = headers.get(HEADER_PROTOCOL.lower().encode())
    if spoken is None or not spoken.isdigit() or scope["path"] in OPEN_TO_OLD:
        return False
    return int(spoken) < OLDEST_PROTOCOL


async def _refused(request: Request, error: Any) -> Response:
    answer: Response = error.response()
    return answer


async def _not_understood(request: Request, error: Any) -> Response:
    names = {str(part["loc"][-1]) for part in error.errors()}
    return bad_request(", ".join(sorted(names))).response()


async def _http(request: Request, error: Any) -> Response:
    answer = Refuse(error.status_code, "no_such_call", "There is no such call").response()
    answer.headers.update(error.headers or {})
    return answer


async def _gone(request: Request, error: Any) -> Response:
    """The body was cut: nothing of it was looked at, and there may be nobody to answer."""
    return Refuse(400, "body_cut", "The body ended too early").response()


async def _database(request: Request, error: Any) -> Response:
    """The database restarts, or too much comes at once: the desks try again. Anything else is a bug."""
    state = str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
    if isinstance(error, PoolTimeout) or state in OVERLOADED:
        problem = busy()
    elif isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated:
        problem = database_away()
    else:
        return await _bug(request, error)
    log.warning("%s %s: %s %s", request.method, request.url.path, problem.problem.code, state)
    return problem.response()


async def _bug(request: Request, error: Any) -> Response:
    log_bug(f"{request.method} {request.url.path}", error)
    answer = Refuse(500, "bug", "The server failed on this call").response()
    answer.headers["X-Server-Time"] = rfc3339(request.app.state.centre.clock.now())  # outside of Front
    return answer
