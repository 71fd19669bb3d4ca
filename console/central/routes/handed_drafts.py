"""Drafts that one desk hands to another: for these two alone."""

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from console.central.mail import is_id
from console.central.problems import bad_request
from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.protocol.wire import HandedDraft

router = APIRouter()


@router.get("/handed-drafts")
async def drafts(centre: Here, who: Caller, after: int = Query(0, ge=0)) -> Response:
    """Those of the caller's station that changed after a version, and the desks that may be handed one."""
    return json_answer(await centre.gates.reading.run(centre.handed.after, who, after))


@router.put("/handed-drafts/{hand_id}")
async def put(request: Request, centre: Here, who: Caller, hand_id: str) -> Response:
    """Offer a draft (its sender), take it (its receiver), take it back (its sender). Of the last two the
    first to come stands for ever; each is told what stands now, as often as it asks."""
    sent = await body_as(request, HandedDraft)
    if sent.id != hand_id or not is_id(hand_id):
        raise bad_request("id")
    return json_answer(await centre.gates.commands.run(centre.handed.put, who, sent))
