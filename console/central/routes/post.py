"""Messages on their way out of the centre, and how they fared. Staff only."""

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.protocol.post import PostAgain

router = APIRouter()


@router.get("/post")
async def rows(
    centre: Here,
    who: Caller,
    case: str | None = Query(None, max_length=40),
    state: str | None = Query(None, max_length=20),
    before: str | None = Query(None, max_length=40),
) -> Response:
    """The newest first, without their words: of one case, or, for dispatchers and supervisors, of all.
    `state` failed: those alone; `before`: older than that one."""
    return json_answer(await centre.gates.reading.run(centre.post.rows, who, case, state, before))


@router.get("/post/{message}")
async def letter(centre: Here, who: Caller, message: str) -> Response:
    """One with its words. Dispatchers and supervisors."""
    return json_answer(await centre.gates.reading.run(centre.post.letter, who, message))


@router.post("/post/again")
async def again(request: Request, centre: Here, who: Caller) -> Response:
    """Try a failed one anew. Supervisors."""
    sent = await body_as(request, PostAgain)
    return json_answer(await centre.gates.commands.run(centre.post.send_again, who, sent.id))
