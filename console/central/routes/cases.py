"""Commands in, cases out."""

from datetime import UTC, datetime

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from console.central.feed import SEEN
from console.central.ledger import CHUNK
from console.central.mail import Mail, open_batch
from console.central.routes.parts import Caller, Here, Token, body_bytes, json_answer
from console.protocol.wire import Identity

router = APIRouter()
MOST = 1000
LATEST_MS = 253_402_300_799_000  # 31 December 9999


@router.post("/commands")
async def commands(request: Request, centre: Here, who: Caller) -> Response:
    """Each is accepted once or refused once; the answer to an id already seen is the same again."""
    mail = open_batch(await body_bytes(request))

    def take(mail: list[Mail], who: Identity) -> bytes:
        centre.allowance.spend(who, len(mail) // CHUNK)
        verdicts = list(centre.ledger.take(mail, who))
        return msgspec.json.encode({"verdicts": verdicts, "server_time": centre.clock.now()})

    return json_answer(await centre.gates.commands.run(take, mail, who))


@router.get("/changes")
async def changes(
    centre: Here,
    token: Token,
    after: int = Query(ge=0),
    limit: int = Query(500, ge=1, le=MOST),
    seen: str | None = Query(None, pattern=SEEN),
    whole_before: int = Query(0, ge=0, le=LATEST_MS),
) -> Response:
    """Cases changed after the cursor, whole, with their new events. `seen`: `seq.id` of an event that the
    reader has from here. `whole_before`: cases entered before that (UTC ms) come with all their events."""
    answer = await centre.gates.reading.run(centre.changes, token, after, limit, seen, whole_before)
    centre.hub.turns.done()
    return json_answer(answer)


@router.get("/snapshot")
def snapshot(
    centre: Here,
    who: Caller,
    before: str | None = None,
    closed_after: int | None = Query(None, ge=0, le=LATEST_MS),
) -> StreamingResponse:
    """Every case with its timeline, newest first, as NDJSON; goes on after a break by `before`.
    `closed_after`: without cases that were ended before that (UTC ms)."""
    since = None if closed_after is None else datetime.fromtimestamp(closed_after / 1000, UTC)
    lines = centre.gates.fills.each(centre.feed.snapshot(who, before, since))
    return StreamingResponse(lines, media_type="application/x-ndjson")
