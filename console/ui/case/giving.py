"""An act is given to the desk: cases named by their number are looked up, what relates two goes to both."""

from contextlib import suppress
from typing import Protocol

from console.desk.errors import NotHere, RefusedHere
from console.desk.rows import CaseView, Done
from console.domain.command import AnyBody, Relate
from console.domain.number import BadNumber, parse_number
from console.domain.refusal import Code, Refusal
from console.ui.case.act import Act, Values


class GivingDesk(Protocol):
    """What is asked of the desk."""

    async def act(self, case_id: str, *bodies: AnyBody) -> Done: ...
    async def case_by_number(self, number: str) -> CaseView | None: ...


async def give(desk: GivingDesk, view: CaseView, act: Act, values: Values) -> Done:
    """Raises DeskError: also for a number that is none (bad_number), or of no case here (unknown_case)."""
    named = {field.name: str(values.get(field.name) or "") for field in act.fields if field.kind == "case"}
    found = {name: await _case(desk, number) for name, number in named.items()}
    body = act.build(values | found, view.case)
    done = await desk.act(view.case.id, body)
    if isinstance(body, Relate):
        await relate_back(desk, view.case.id, body)
    return done


async def _case(desk: GivingDesk, text: str) -> str:
    number = parse_number(text)
    if isinstance(number, BadNumber):
        raise RefusedHere(Refusal(code=Code.BAD_NUMBER, field="number"))
    view = await desk.case_by_number(str(number))
    if view is None:
        raise RefusedHere(Refusal(code=Code.UNKNOWN_CASE))
    return view.case.id


async def relate_back(desk: GivingDesk, case: str, body: Relate) -> None:
    """The other one belongs to this one too; where it is not kept here it learns of it from nobody."""
    with suppress(NotHere, RefusedHere):
        await desk.act(body.to, Relate(to=case, on=body.on))
