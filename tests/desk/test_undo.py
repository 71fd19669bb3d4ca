"""Undo: what still rests here can be taken back, whole or not at all."""

from datetime import timedelta

from console.desk.connection import Connection, Net
from console.desk.desk import Desk
from console.domain.case import Status
from console.domain.command import AddNote, Assign
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import LEAD, OTHER_LEAD


def status(office: Office, desk: Desk, case_id: str) -> Status | None:
    row = office.run(desk.row(case_id))
    return row.status if row else None


def test_the_forward_is_taken_back_and_the_report_stays(office: Office, desk: Desk) -> None:
    done = logged(office, desk)
    assert office.run(desk.undo(done.commands))
    assert status(office, desk, done.case) is Status.NEW
    assert [x.kind for x in office.run(desk.outbox()).waiting] == ["log_report"]
    view = office.run(desk.case(done.case))
    assert view is not None
    assert [event.kind for event in view.events] == ["log_report"]


def test_once_only(office: Office, desk: Desk) -> None:
    done = logged(office, desk)
    assert office.run(desk.undo(done.commands))
    assert not office.run(desk.undo(done.commands))


def test_not_after_it_left(office: Office, desk: Desk) -> None:
    done = logged(office, desk)
    office.wall.pass_(seconds=10)
    assert len(desk.sync_port.next_batch(10)) == 2
    assert not office.run(desk.undo(done.commands))
    assert status(office, desk, done.case) is Status.ASSIGNED


def test_what_goes_at_once_cannot_be_undone(office: Office, desk: Desk) -> None:
    done = logged(office, desk, forward=False)
    assert not office.run(desk.undo(done.commands))


def test_a_note_given_with_it_stays(office: Office, desk: Desk) -> None:
    case = logged(office, desk, forward=False).case
    done = office.run(desk.act(case, Assign(lead=LEAD, expects=None), AddNote(text="gấp")))
    assert office.run(desk.undo(done.commands))
    assert [x.kind for x in office.run(desk.outbox()).waiting] == ["log_report", "add_note"]
    assert office.run(desk.drafts()) == ()


def test_on_a_confirmed_case_the_centres_copy_is_back(office: Office, desk: Desk, centre: TinyCentre) -> None:
    case = logged(office, desk).case
    office.wall.pass_(seconds=11)
    exchange(desk, centre)
    before = office.run(desk.case(case))
    done = office.run(desk.act(case, Assign(lead=OTHER_LEAD, expects=LEAD)))
    assert office.run(desk.undo(done.commands))
    assert office.run(desk.case(case)) == before


def test_a_held_one_delays_later_ones_of_its_case_only(office: Office, desk: Desk) -> None:
    first = logged(office, desk)
    note = office.run(desk.act(first.case, AddNote(text="gấp")))
    other = logged(office, desk, forward=False)
    going = [command.id for command in desk.sync_port.next_batch(10)]
    assert going == [first.commands[0], other.commands[0]]
    assert desk.sync_port.next_hold() == first.undo_until
    office.wall.pass_(seconds=10)
    assert [c.id for c in desk.sync_port.next_batch(10)] == [*first.commands, *note.commands, *other.commands]
    assert desk.sync_port.next_hold() is None


def test_a_clock_set_right_keeps_nothing_at_rest(office: Office) -> None:
    """The wall clock is a day fast until the centre says so: a rest of ten seconds is not one of a day."""
    office.wall.pass_(days=1)
    desk = office.open()
    done = logged(office, desk)
    port = desk.sync_port
    port.set_connection(Connection(net=Net.ONLINE, since=desk.clock.now(), clock_offset_s=-86_400.0))
    hold = port.next_hold()
    assert hold is not None
    assert hold - desk.clock.now() == timedelta(seconds=10)
    office.wall.pass_(seconds=10)
    assert len(port.next_batch(10)) == len(done.commands) == 2


def test_a_clock_set_right_while_the_desk_was_closed_keeps_nothing_at_rest(office: Office) -> None:
    office.wall.pass_(days=1)
    desk = office.open()
    logged(office, desk)
    desk.close()
    office.wall.pass_(days=-1)
    desk = office.open()
    office.wall.pass_(seconds=10)
    assert len(desk.sync_port.next_batch(10)) == 2
