"""Views of the queue that colleagues share."""

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from console.central.mail import is_id
from console.central.problems import bad_request
from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.protocol.wire import SharedView

router = APIRouter()


@router.get("/views")
async def views(centre: Here, who: Caller, after: int = Query(0, ge=0)) -> Response:
    """What changed after a version, tombstones included."""
    return json_answer(await centre.gates.reading.run(centre.views.after, who, after))


@router.put("/views/{view_id}")
async def put(request: Request, centre: Here, who: Caller, view_id: str) -> Response:
    """Share one, change it, or take it back (`deleted`): its owner only, whose last writing stands. Answers
    what stands now."""
    sent = await body_as(request, SharedView)
    if sent.id != view_id or not is_id(view_id):
        raise bad_request("id")
    return json_answer(await centre.gates.commands.run(centre.views.put, who, sent))
