"""The audit: read by supervisors and administrators, added to by desks, checked from outside."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.protocol.audit import AuditCheck, AuditQuestion, DeskActs

router = APIRouter()


@router.post("/audit")
async def entries(request: Request, centre: Here, who: Caller) -> Response:
    """The newest entries that fit. A question is a body, for names stand in no address."""
    asked = await body_as(request, AuditQuestion)
    return json_answer(await centre.gates.reading.run(centre.audit.find, who, asked))


@router.post("/audit/acts")
async def acts(request: Request, centre: Here, who: Caller) -> Response:
    """What was looked at, exported and printed at this desk; each is kept once."""
    told = await body_as(request, DeskActs)
    await centre.gates.commands.run(centre.audit.take, who, told)
    return json_answer({})


@router.post("/audit/check")
async def check(request: Request, centre: Here, who: Caller) -> Response:
    """The next slice of the chain behind an entry that is known to be right."""
    asked = await body_as(request, AuditCheck)
    return json_answer(await centre.gates.reading.run(centre.audit.check, who, asked))
