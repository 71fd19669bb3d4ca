"""For the board: what each desk does today, and how calls were scored."""

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from console.central.mail import is_id
from console.central.problems import bad_request
from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.protocol.board import DeskDay, SampleScore

router = APIRouter()


@router.put("/desk-days")
async def desk_day(request: Request, centre: Here, who: Caller) -> Response:
    """What I did today at this desk, as counts. Answers everybody's for those who lead the shift."""
    sent = await body_as(request, DeskDay)
    return json_answer(await centre.gates.commands.run(centre.desks.tell, who, sent))


@router.get("/sample-scores")
async def scores(centre: Here, who: Caller, after: int = Query(0, ge=0)) -> Response:
    """Scores of calls written after a version. Supervisors only."""
    return json_answer(await centre.gates.reading.run(centre.scores.after, who, after))


@router.put("/sample-scores")
async def put_score(request: Request, centre: Here, who: Caller) -> Response:
    """Score the call of a case: the last scoring stands. Answers what stands now."""
    sent = await body_as(request, SampleScore)
    if not is_id(sent.case):
        raise bad_request("case")
    return json_answer(await centre.gates.commands.run(centre.scores.put, who, sent))
