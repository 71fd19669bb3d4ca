"""An outbox carried to another desk: each command applied once, whichever desk delivers it first."""

import msgspec
import pytest

from console.desk.desk import Desk
from console.desk.errors import NotHere, RefusedHere
from console.desk.parcel import Parcel, ParcelElsewhere, ParcelEmpty, ParcelPractice
from console.desk.rows import Done, Sending
from console.domain.case import Role
from console.domain.command import AddNote
from console.domain.refusal import Code
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import LEAD, SUPERVISOR


@pytest.fixture
def other(office: Office) -> Desk:
    """The desk of a supervisor, elsewhere."""
    return office.open("other", actor=SUPERVISOR)


@pytest.fixture
def done(office: Office, desk: Desk) -> Done:
    """A report and its forwarding, offline."""
    return logged(office, desk)


@pytest.fixture
def parcel(office: Office, desk: Desk, done: Done) -> Parcel:
    return office.run(desk.pack_outbox())


def sendings(office: Office, desk: Desk) -> list[tuple[str, Sending, str]]:
    box = office.run(desk.outbox())
    return [(row.kind, row.state, row.carried) for row in (*box.attention, *box.waiting, *box.sent)]


def test_a_packed_outbox_holds_all_in_order_and_is_past_undoing(
    office: Office, desk: Desk, done: Done, parcel: Parcel
) -> None:
    assert [packed.command.id for packed in parcel.letters] == list(done.commands)
    assert not office.run(desk.undo(done.commands))
    assert {row.state for row in office.run(desk.outbox()).waiting} == {Sending.WAITING}


def test_nothing_to_carry_is_said(office: Office, desk: Desk) -> None:
    with pytest.raises(ParcelEmpty):
        office.run(desk.pack_outbox())


def test_before_it_is_taken_in_it_says_how_much_and_from_when(
    office: Office, other: Desk, parcel: Parcel, done: Done
) -> None:
    view = office.run(other.look_into(parcel))
    assert (view.station, view.total, view.known, view.numbers) == ("07", 2, 0, (done.number,))
    assert view.first_at <= view.last_at <= view.made_at
    office.run(other.take_in(parcel))
    assert office.run(other.look_into(parcel)).known == 2


def test_delivered_there_first_then_here(
    office: Office, desk: Desk, other: Desk, centre: TinyCentre, parcel: Parcel, done: Done
) -> None:
    assert office.run(other.take_in(parcel)) == 2
    assert office.run(other.take_in(parcel)) == 0
    assert {carried for _, _, carried in sendings(office, other)} == {"07"}
    exchange(other, centre)
    exchange(desk, centre)
    assert [event.kind for event in centre.events[done.case]] == ["log_report", "assign"]
    assert centre.cases[done.case].lead == LEAD
    assert {state for _, state, _ in sendings(office, desk)} == {Sending.SENT}
    assert {state for _, state, _ in sendings(office, other)} == {Sending.SENT}
    for at in (desk, other):
        view = office.run(at.case(done.case))
        assert view is not None
        assert view.case == centre.cases[done.case]
        assert view.waiting == ()


def test_delivered_here_first_then_there(
    office: Office, desk: Desk, other: Desk, centre: TinyCentre, parcel: Parcel, done: Done
) -> None:
    office.run(other.take_in(parcel))
    exchange(desk, centre)
    exchange(other, centre)
    assert [event.kind for event in centre.events[done.case]] == ["log_report", "assign"]
    assert {state for _, state, _ in sendings(office, other)} == {Sending.SENT}


def test_more_given_after_packing_goes_from_here(
    office: Office, desk: Desk, other: Desk, centre: TinyCentre, parcel: Parcel, done: Done
) -> None:
    office.run(desk.act(done.case, AddNote(text="thêm sau khi chép ra USB")))
    office.run(other.take_in(parcel))
    exchange(other, centre)
    exchange(desk, centre)
    assert [event.kind for event in centre.events[done.case]] == ["log_report", "assign", "add_note"]


def test_a_refused_one_can_only_be_settled_where_it_was_given(
    office: Office, desk: Desk, other: Desk, centre: TinyCentre, parcel: Parcel, done: Done
) -> None:
    office.run(other.take_in(parcel))
    going = other.sync_port.next_batch(9)
    verdicts = [centre.refuse(going[0], Code.BAD_PHONE), centre.refuse(going[1], Code.HELD_BACK)]
    other.sync_port.apply_verdicts(verdicts, centre.now)
    assert [state for _, state, _ in sendings(office, other)] == [Sending.REFUSED, Sending.HELD_BACK]
    for act in (other.let_go(done.commands[0]), other.give_again(done.commands[0], AddNote(text="x"))):
        with pytest.raises(NotHere):
            office.run(act)
    with pytest.raises(NotHere):
        office.run(other.open_refused(done.commands[0]))
    office.run(other.put_away(done.commands[0]))
    assert sendings(office, other) == []
    assert office.run(other.case(done.case)) is None
    exchange(desk, centre)
    assert [state for _, state, _ in sendings(office, desk)] == [Sending.REFUSED, Sending.HELD_BACK]
    with pytest.raises(NotHere):
        office.run(desk.put_away(done.commands[0]))


def test_practice_and_another_province_stay_out(office: Office, other: Desk, parcel: Parcel) -> None:
    with pytest.raises(ParcelPractice):
        office.run(other.take_in(msgspec.structs.replace(parcel, practice=True)))
    with pytest.raises(ParcelElsewhere):
        office.run(other.take_in(msgspec.structs.replace(parcel, province="48")))
    assert sendings(office, other) == []


def test_a_note_on_a_case_that_is_not_here_goes_all_the_same(
    office: Office, desk: Desk, other: Desk, centre: TinyCentre, done: Done
) -> None:
    exchange(desk, centre)
    office.wall.pass_(seconds=11)
    exchange(desk, centre)
    office.run(desk.act(done.case, AddNote(text="viết khi mất mạng")))
    carried = office.run(desk.pack_outbox())
    office.run(other.take_in(carried))
    exchange(other, centre)
    assert [event.kind for event in centre.events[done.case]][-1] == "add_note"
    assert {state for _, state, _ in sendings(office, other)} == {Sending.SENT}


def test_carried_ones_wait_while_an_operator_is_signed_in(
    office: Office, desk: Desk, other: Desk, parcel: Parcel, done: Done
) -> None:
    office.run(other.take_in(parcel))
    other.sign_in(msgspec.structs.replace(SUPERVISOR, role=Role.OPERATOR))
    own = logged(office, other, forward=False)
    assert [command.id for command in other.sync_port.next_batch(2)] == list(own.commands)
    with pytest.raises(RefusedHere):
        office.run(other.take_in(parcel))
    other.sign_in(SUPERVISOR)
    assert {command.id for command in other.sync_port.next_batch(9)} == {*own.commands, *done.commands}
