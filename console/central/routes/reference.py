"""Reference data: read by everyone, imported by an administrator."""

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from console.central.problems import Refuse, not_allowed
from console.central.references import answer_after
from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.domain.case import Role
from console.protocol.wire import ImportChange, ReferenceItem
from console.reference import ReferenceUnreadable

router = APIRouter()


class Import(msgspec.Struct, frozen=True):
    """POST /reference."""

    items: tuple[ReferenceItem, ...]


@router.get("/reference")
async def reference(centre: Here, who: Caller, after: int = Query(0, ge=0)) -> Response:
    """What changed after a version, tombstones included."""

    def work() -> bytes:
        with centre.engine.connect() as connection:
            return answer_after(connection, after)

    return json_answer(await centre.gates.reading.run(work))


@router.post("/reference")
async def bring(request: Request, centre: Here, who: Caller, dry_run: bool = False) -> Response:
    """Import items: what changes, or would change in a dry run."""
    if who.role is not Role.ADMIN:
        raise not_allowed()
    wanted = await body_as(request, Import)

    def work() -> tuple[ImportChange, ...]:
        with centre.engine.begin() as connection:
            return centre.references.bring(connection, wanted.items, dry_run=dry_run)

    try:
        return json_answer(await centre.gates.reading.run(work))
    except ReferenceUnreadable as error:
        raise Refuse(422, "unreadable_item", "An item cannot be read", str(error)) from None
