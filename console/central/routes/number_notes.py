"""What staff know of telephone numbers. The number stands in the body alone: addresses are logged."""

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.protocol.wire import NumberNote

router = APIRouter()


@router.get("/number-notes")
async def notes(centre: Here, who: Caller, after: int = Query(0, ge=0)) -> Response:
    """What changed after a version, tombstones included. Staff only."""
    return json_answer(await centre.gates.reading.run(centre.number_notes.after, who, after))


@router.put("/number-notes")
async def put(request: Request, centre: Here, who: Caller) -> Response:
    """Write one, say that it was of use, or take it back (`deleted`): the last writing stands. Answers what
    stands now."""
    sent = await body_as(request, NumberNote)
    return json_answer(await centre.gates.commands.run(centre.number_notes.put, who, sent))
