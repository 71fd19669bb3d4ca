"""Waiting commands played again on what the centre has."""

import msgspec

from console.desk.desk import Desk
from console.desk.rebase import Waiting, replay
from console.domain.case import Case, Status
from console.domain.command import AddNote, AnyBody, Assign, Command
from console.domain.identity import new_id
from console.domain.refusal import Code
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import DISPATCHER, LEAD, MONDAY, OTHER_LEAD, REFERENCE


def nowhere(_: str) -> Case | None:
    return None


def command(case: Case, body: AnyBody) -> Command:
    return Command(id=new_id(), case=case.id, at=MONDAY, by=DISPATCHER, body=body)


def confirmed(office: Office, desk: Desk, centre: TinyCentre) -> Case:
    done = logged(office, desk, forward=False)
    exchange(desk, centre)
    return centre.cases[done.case]


def test_they_are_folded_in_their_order(office: Office, desk: Desk, centre: TinyCentre) -> None:
    case = confirmed(office, desk, centre)
    first = command(case, Assign(lead=LEAD, expects=None))
    second = command(case, Assign(lead=OTHER_LEAD, expects=LEAD))
    there = replay(case, [Waiting(command=c) for c in (first, second)], REFERENCE, nowhere)
    assert there.case is not None
    assert (there.case.lead, there.unfit, len(there.events)) == (OTHER_LEAD, {}, 2)
    back = replay(case, [Waiting(command=c) for c in (second, first)], REFERENCE, nowhere)
    assert back.case is not None
    assert (back.case.lead, list(back.unfit)) == (LEAD, [second.id])
    assert back.unfit[second.id].code is Code.LEAD_CHANGED


def test_refused_ones_are_left_out(office: Office, desk: Desk, centre: TinyCentre) -> None:
    case = confirmed(office, desk, centre)
    refused = Waiting(command=command(case, Assign(lead=LEAD, expects=None)), refused=True)
    note = Waiting(command=command(case, AddNote(text="vẫn ghi được")))
    replayed = replay(case, [refused, note], REFERENCE, nowhere)
    assert replayed.case is not None
    assert (replayed.case.status, replayed.case.notes) == (Status.NEW, 1)


def test_the_confirmed_revision_stays(office: Office, desk: Desk, centre: TinyCentre) -> None:
    case = msgspec.structs.replace(confirmed(office, desk, centre), revision=41)
    note = Waiting(command=command(case, AddNote(text="vẫn ghi được")))
    replayed = replay(case, [note], REFERENCE, nowhere)
    assert replayed.case is not None
    assert replayed.case.revision == 41
    assert [event.seq for event in replayed.events] == [0]


def test_nothing_on_nothing_is_nothing() -> None:
    assert replay(None, [], REFERENCE, nowhere).case is None
