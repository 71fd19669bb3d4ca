"""Cases that a desk keeps no longer: found by words, fetched by id."""

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.central.routes.parts import Caller, Here, json_answer
from console.central.search import LIMIT, MOST

router = APIRouter()
LONGEST = 200  # characters of a question


@router.get("/search")
async def search(
    centre: Here, who: Caller, q: str = Query(max_length=LONGEST), limit: int = Query(LIMIT, ge=1, le=MOST)
) -> Response:
    """Cases with all these words, whole: open ones first, then the newest."""
    return json_answer(await centre.gates.reading.run(centre.finding.find, who, q, limit))


@router.get("/cases/{case_id}")
async def case(centre: Here, who: Caller, case_id: str) -> Response:
    """One case with its timeline."""
    return json_answer(await centre.gates.reading.run(centre.finding.one, who, case_id))
