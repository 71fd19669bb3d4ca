"""The outbox carried to another desk: what goes into the parcel, and what a desk takes out of one.

Commands keep their ids. So each is applied once by the centre, whichever desk delivers it first, and the
other hears the same answer.
"""

from console.desk.changes import Cause, Changes
from console.desk.errors import NotHere, RefusedHere
from console.desk.holdings import Holdings
from console.desk.outbox import carried_from
from console.desk.parcel import Packed, Parcel, ParcelElsewhere, ParcelEmpty, ParcelPractice
from console.desk.rows import ParcelView
from console.desk.standing import confirmed_of, restand
from console.domain.place import UnitKind
from console.domain.reference import Reference
from console.domain.refusal import Code, Refusal
from console.domain.table import DISPATCHERS
from console.models.letters import HELD_BACK, REFUSED, WAITING, Letter

NEVER_MS = 2**62
ALL = -1  # SQLite: no limit


def province_of(reference: Reference) -> str:
    """The codes of the province, as one text: the same at all its desks, also across a merger's days."""
    return " ".join(sorted({u.code for u in reference.units if u.kind is UnitKind.PROVINCE}))


def pack(held: Holdings) -> Parcel:
    """All that may go, in order. From now on it counts as offered: the centre may know it as it is, and
    what still rested can no longer be undone. Raises ParcelEmpty."""
    with held.store.transaction():
        held.letters.release_held(NEVER_MS)
        letters = held.letters.may_go(ALL)
        held.letters.offer([letter.id for letter in letters if not letter.offered])
    held.tell(Changes(cause=Cause.HERE, outbox=True))
    if not letters:
        raise ParcelEmpty
    return Parcel(
        station=held.actor.station,
        made_at=held.clock.now(),
        practice=held.practice,
        province=province_of(held.reference),
        letters=tuple(Packed(number=x.number, title=x.title, command=x.command) for x in letters),
    )


def look_into(held: Holdings, parcel: Parcel) -> ParcelView:
    """What a parcel holds: numbers and times, no words and no names."""
    times = [packed.command.at for packed in parcel.letters]
    return ParcelView(
        station=parcel.station,
        made_at=parcel.made_at,
        total=len(parcel.letters),
        known=len(parcel.letters) - len(_unknown(held, parcel)),
        numbers=tuple(dict.fromkeys(packed.number for packed in parcel.letters)),
        first_at=min(times, default=parcel.made_at),
        last_at=max(times, default=parcel.made_at),
    )


def _unknown(held: Holdings, parcel: Parcel) -> list[Packed]:
    return [
        packed
        for packed in parcel.letters
        if held.letters.get(packed.command.id) is None and held.letters.in_bin(packed.command.id) is None
    ]


def may_leave(held: Holdings, limit: int) -> list[Letter]:
    """What may go now. Another station's commands leave only while somebody is signed in whom the centre lets
    deliver them: its refusal would be for ever."""
    letters = held.letters.may_go(limit)
    if held.actor.role in DISPATCHERS or not any(carried_from(held, x.command) for x in letters):
        return letters
    return [x for x in held.letters.may_go(ALL) if not carried_from(held, x.command)][:limit]


def take_in(held: Holdings, parcel: Parcel) -> int:
    """What this desk does not have goes on its way from here; how many that were.

    Raises RefusedHere (only a dispatcher or a supervisor may), ParcelPractice, ParcelElsewhere: nothing is
    taken then.
    """
    if held.actor.role not in DISPATCHERS:
        raise RefusedHere(Refusal(code=Code.NOT_ALLOWED))
    if parcel.practice != held.practice:
        raise ParcelPractice
    if parcel.province != province_of(held.reference):
        raise ParcelElsewhere
    with held.store.transaction():
        new = _unknown(held, parcel)
        for packed in new:
            held.letters.append(packed.command, packed.number, packed.title, WAITING)
        cases = frozenset(packed.command.case for packed in new)
        held.letters.offer([packed.command.id for packed in new])
        for case_id in cases:
            confirmed = confirmed_of(held, case_id)
            if confirmed is not None:
                held.confirmed.keep(confirmed)
            restand(held, case_id, confirmed)
    held.tell(Changes(cause=Cause.HERE, cases=cases, outbox=True))
    return len(new)


def put_away(held: Holdings, command_id: str) -> None:
    """A carried command that came back is seen to at its own desk: here it only leaves the list, with those
    behind it. Raises NotHere."""
    letter = held.letters.get(command_id)
    if letter is None or letter.state not in (REFUSED, HELD_BACK) or not carried_from(held, letter.command):
        raise NotHere(command_id)
    with held.store.transaction():
        for other in _behind(held, letter):
            held.letters.delete(other.id)
        restand(held, letter.case, confirmed_of(held, letter.case))
    held.tell(Changes(cause=Cause.HERE, cases=frozenset({letter.case}), outbox=True))


def _behind(held: Holdings, first: Letter) -> list[Letter]:
    """It and those carried ones of its case that wait behind it."""
    return [
        x
        for x in held.letters.of_case(first.case)
        if (x.place, x.n) >= (first.place, first.n) and carried_from(held, x.command)
    ]
