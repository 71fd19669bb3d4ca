"""The bin: what was let go out of the outbox, for thirty days, and the way back."""

import msgspec

from console.desk.changes import Cause, Changes
from console.desk.errors import NotHere
from console.desk.holdings import Holdings
from console.desk.outbox import BIN, REPLACED, carried_from, detail_of
from console.desk.rows import Done, OutboxItem, OutboxRow, Sending
from console.desk.standing import confirmed_of, is_blocked, restand
from console.domain.identity import new_id
from console.domain.refusal import Code
from console.models.letters import HELD_BACK, REFUSED, WAITING, Binned
from console.models.times import from_ms


def binned(held: Holdings) -> tuple[OutboxRow, ...]:
    """What was let go in the last thirty days, newest first; what is older is gone for good."""
    with held.store.transaction():
        held.letters.empty_bin(held.now_ms())
    return tuple(_row(held, one) for one in held.letters.binned())


def _row(held: Holdings, one: Binned) -> OutboxRow:
    command = one.command
    return OutboxRow(
        id=command.id,
        case=command.case,
        number=one.number,
        kind=command.kind,
        at=command.at,
        state=Sending.BINNED,
        title=one.title,
        detail=detail_of(command.body, held.reference),
        refusal=one.refusal,
        by=command.by.name,
        carried=carried_from(held, command),
        let_go=from_ms(one.until_ms) - BIN,
        replaced=held.meta.get(REPLACED + command.id) is not None,
    )


def binned_item(held: Holdings, command_id: str) -> OutboxItem:
    """One of them in full. Raises NotHere."""
    one = _found(held, command_id)
    now = confirmed_of(held, one.command.case)
    return OutboxItem(row=_row(held, one), command=one.command, now=now, now_events=())


def _found(held: Holdings, command_id: str) -> Binned:
    one = held.letters.in_bin(command_id)
    if one is None or one.until_ms <= held.now_ms():
        raise NotHere(command_id)
    return one


def take_back(held: Holdings, command_id: str) -> Done:
    """Into the outbox again: a refused one to those that need somebody, any other on its way.

    With a report that the centre does not know comes everything that was let go with it. Raises NotHere,
    also for one that another was given for: it would be done twice.
    """
    one = _found(held, command_id)
    row = _row(held, one)
    if row.replaced or row.carried:
        raise NotHere(command_id)
    case = one.command.case
    with held.store.transaction():
        for back in _family(held, one):
            _put_back(held, back)
        restand(held, case, confirmed_of(held, case))
    held.tell(Changes(cause=Cause.HERE, cases=frozenset({case}), outbox=True))
    return Done(case=case, number=one.number, commands=(command_id,), undo_until=None)


def _family(held: Holdings, one: Binned) -> list[Binned]:
    case = one.command.case
    if confirmed_of(held, case) is not None or held.letters.of_case(case):
        return [one]
    return [x for x in held.letters.binned_of(case) if held.meta.get(REPLACED + x.command.id) is None]


def _put_back(held: Holdings, one: Binned) -> None:
    command, refusal = one.command, one.refusal
    held.letters.out_of_bin(command.id)
    if refusal is not None and refusal.code is not Code.HELD_BACK:
        held.letters.append(command, one.number, one.title, REFUSED, refusal=refusal, blocks=True)
        return
    if refusal is not None:  # the centre's answer to the old id stays the same for ever
        command = msgspec.structs.replace(command, id=new_id())
    behind = is_blocked(held.letters.of_case(command.case))
    held.letters.append(command, one.number, one.title, HELD_BACK if behind else WAITING)
