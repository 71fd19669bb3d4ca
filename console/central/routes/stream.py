"""Hints as they happen, and who has which case open."""

import time
from collections.abc import AsyncIterator

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from console.central.centre import Centre
from console.central.mail import is_id
from console.central.problems import bad_request
from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.central.sessions import ACCESS
from console.domain.case import Role
from console.protocol.wire import Identity, PresenceRequest, StreamChanged

HEARTBEAT_S = 15.0
router = APIRouter()


def _event(name: str, data: bytes) -> bytes:
    return f"event: {name}\ndata: ".encode() + data + b"\n\n"


async def _hints(centre: Centre, who: Identity) -> AsyncIterator[bytes]:
    """First where the centre stands, then each hint; a comment where there is none for long.

    Ends when the token that opened it may have ended, so that whoever was signed out hears no more, and when
    the server stops: with a `bye`, to tell it from a line that broke.
    """
    ear = centre.hub.open()
    until = time.monotonic() + ACCESS.total_seconds()
    try:
        cursor = await centre.gates.reading.run(centre.feed.cursor)
        yield _event("changed", msgspec.json.encode(StreamChanged(cursor=cursor)))
        while time.monotonic() < until:
            try:
                hint = await ear.next(HEARTBEAT_S)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if hint is None:
                break
            if hint.event in ("presence", "handed", "shift") and who.role is Role.AGENCY:
                continue
            yield _event(hint.event, bytes(hint.data))
        yield _event("bye", b"{}")
    finally:
        centre.hub.shut(ear)


@router.get("/stream")
async def stream(centre: Here, who: Caller) -> StreamingResponse:
    """Server-sent events: `changed`, `presence`, `handed`, `shift`, `notice`, `bye`.
    Losing one loses no data."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_hints(centre, who), media_type="text/event-stream", headers=headers)


@router.post("/presence")
async def presence(request: Request, centre: Here, who: Caller) -> Response:
    """What I have open and whether I type in it; expires after 30 s."""
    asked = await body_as(request, PresenceRequest)
    if asked.case is not None and not is_id(asked.case):
        raise bad_request("case")
    return json_answer(await centre.gates.reading.run(centre.presence.note, who, asked.case, asked.typing))
