"""Reports of periods: counted, listed, locked."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.domain.figures.period import Period
from console.protocol.reports import LockRequest

router = APIRouter()
_ID = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]


@router.get("/reports")
async def kept(centre: Here, who: Caller) -> Response:
    """What is kept, newest first: locked periods, and the reports of the calendar. Not for agencies."""
    return json_answer(await centre.gates.reading.run(centre.reports.kept, who))


@router.get("/reports/figures")
async def figures(
    centre: Here, who: Caller, first: Annotated[date, Query()], last: Annotated[date, Query()]
) -> Response:
    """The figures from one day to another: as they were locked, else counted now. Not for agencies."""
    period = Period(first=first, last=last)
    return json_answer(await centre.gates.reports.run(centre.reports.report, who, period))


@router.get("/reports/{report_id}")
async def one(report_id: _ID, centre: Here, who: Caller) -> Response:
    """One that is kept, as it was."""
    return json_answer(await centre.gates.reading.run(centre.reports.one, who, report_id))


@router.post("/reports/locks")
async def lock(request: Request, centre: Here, who: Caller) -> Response:
    """Let the figures of a period that is over stand for ever. A supervisor's; asked again, it answers what
    stands."""
    asked = await body_as(request, LockRequest)
    return json_answer(await centre.gates.reports.run(centre.reports.lock, who, asked))
