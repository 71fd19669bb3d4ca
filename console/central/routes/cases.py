"""Commands in, cases out."""

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from console.central.mail import Mail, open_batch
from console.central.routes.parts import Caller, Here, body_bytes, json_answer
from console.protocol.wire import Identity

router = APIRouter()
MOST = 1000


@router.post("/commands")
async def commands(request: Request, centre: Here, who: Caller) -> Response:
    """Each is accepted once or refused once; the answer to an id already seen is the same again."""
    mail = open_batch(await body_bytes(request))

    def take(mail: list[Mail], who: Identity) -> bytes:
        verdicts = list(centre.ledger.take(mail, who))
        return msgspec.json.encode({"verdicts": verdicts, "server_time": centre.clock.now()})

    return json_answer(await run_in_threadpool(take, mail, who))


@router.get("/changes")
def changes(
    centre: Here,
    who: Caller,
    after: int = Query(ge=0),
    limit: int = Query(500, ge=1, le=MOST),
) -> Response:
    """Cases changed after the cursor, whole, with their new events."""
    return json_answer(centre.feed.changes(who, after, limit))


@router.get("/snapshot")
def snapshot(centre: Here, who: Caller, before: str | None = None) -> StreamingResponse:
    """Every case with its timeline, newest first, as NDJSON; goes on after a break by `before`."""
    lines = centre.feed.snapshot(who, before)
    return StreamingResponse(lines, media_type="application/x-ndjson")
