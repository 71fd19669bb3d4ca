"""Signing in, enrolling, and whether the centre is well."""

from fastapi import APIRouter, Request
from sqlalchemy import text
from starlette.responses import Response

from console import __version__
from console.central.routes.parts import Here, body_as, json_answer
from console.protocol.wire import PROTOCOL, Health, StationRequest, TokenRequest

OLDEST_PROTOCOL = 1
router = APIRouter()


@router.post("/auth/token")
async def token(request: Request, centre: Here) -> Response:
    """Sign in by password, or renew by a refresh token, which is spent by its use."""
    asked = await body_as(request, TokenRequest)
    return json_answer(await centre.gates.reading.run(centre.sessions.token, asked))


@router.post("/auth/stations")
async def stations(request: Request, centre: Here) -> Response:
    """Enrol a workstation by the word of a supervisor or administrator."""
    asked = await body_as(request, StationRequest)
    return json_answer(await centre.gates.reading.run(centre.sessions.enrol, asked))


@router.get("/health")
async def health(centre: Here) -> Response:
    """Alive, with the database within reach."""

    def ask() -> None:
        with centre.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    await centre.gates.reading.run(ask)
    return json_answer(
        Health(
            status="ok",
            version=__version__,
            protocol=PROTOCOL,
            oldest_protocol=OLDEST_PROTOCOL,
            schema=centre.schema,
            practice=centre.practice,
            server_time=centre.clock.now(),
        )
    )
