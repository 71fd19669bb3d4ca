"""Reference data: read by everyone, changed by an administrator, with a history."""

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from console.central.problems import Refuse
from console.central.references import answer_after
from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.protocol.administration import ReferenceImport
from console.reference import ReferenceUnreadable

router = APIRouter()


@router.get("/reference")
async def reference(centre: Here, who: Caller, after: int = Query(0, ge=0)) -> Response:
    """What changed after a version, tombstones included."""

    def work() -> bytes:
        with centre.engine.connect() as connection:
            return answer_after(connection, after)

    return json_answer(await centre.gates.reading.run(work))


@router.post("/reference")
async def bring(request: Request, centre: Here, who: Caller, dry_run: bool = False) -> Response:
    """Change items: what changes, or would change in a dry run. Refused whole where one does not fit
    (`misfits`) or was changed by somebody else since (`changed_meanwhile`)."""
    wanted = await body_as(request, ReferenceImport)
    try:
        return json_answer(
            await centre.gates.reading.run(centre.publishing.bring, who, wanted, dry_run=dry_run)
        )
    except ReferenceUnreadable as error:
        raise Refuse(422, "unreadable_item", "An item cannot be read", str(error)) from None


@router.get("/reference/history")
async def history(
    centre: Here,
    who: Caller,
    kind: str = Query("", max_length=40),
    code: str = Query("", max_length=200),
    before: int | None = Query(None, ge=0),
) -> Response:
    """Who changed what, the newest first: of a list, of one code in it, of everything. Users and stations
    are lists here, too."""
    return json_answer(await centre.gates.reading.run(centre.publishing.history, who, kind, code, before))
