"""Roster, handover sheets, who read them, and what each desk has not sent."""

from datetime import date

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from console.central.mail import is_id
from console.central.problems import bad_request
from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.domain.handover import Handover, HandoverRead
from console.domain.roster import RosterEntry
from console.protocol.wire import DeskFacts

router = APIRouter()


@router.get("/shift-book")
async def book(centre: Here, who: Caller, after: int = Query(0, ge=0)) -> Response:
    """What changed after a version, with all staff and what each desk last told of itself."""
    return json_answer(await centre.gates.reading.run(centre.shifts.after, who, after))


@router.get("/shift-book/past")
async def past(centre: Here, who: Caller, first: date, last: date) -> Response:
    """Each writing of the roster of these days, in order: who changed what."""
    return json_answer(await centre.gates.reading.run(centre.shifts.past, who, first, last))


@router.put("/shift-book/desk")
async def desk(request: Request, centre: Here, who: Caller) -> Response:
    """What the caller's desk has not sent."""
    told = await body_as(request, DeskFacts)
    return json_answer(await centre.gates.reading.run(centre.shifts.note_desk, who, told))


@router.put("/shift-book/roster")
async def entry(request: Request, centre: Here, who: Caller) -> Response:
    """Put somebody on the roster, elsewhere, or off it (`deleted`): supervisors, the last writing stands."""
    sent = await body_as(request, RosterEntry)
    return json_answer(await centre.gates.commands.run(centre.shifts.put_entry, who, sent))


@router.put("/shift-book/sheets/{sheet_id}")
async def sheet(request: Request, centre: Here, who: Caller, sheet_id: str) -> Response:
    """Hand a shift over, or take it: of two sheets of a shift, and of two who accept one, the first to come
    stands; each is told what stands now, as often as it asks."""
    sent = await body_as(request, Handover)
    if sent.id != sheet_id or not is_id(sheet_id):
        raise bad_request("id")
    return json_answer(await centre.gates.commands.run(centre.shifts.put_sheet, who, sent))


@router.put("/shift-book/reads")
async def read(request: Request, centre: Here, who: Caller) -> Response:
    """The sheet was read by somebody of the next shift."""
    sent = await body_as(request, HandoverRead)
    return json_answer(await centre.gates.commands.run(centre.shifts.put_read, who, sent))
