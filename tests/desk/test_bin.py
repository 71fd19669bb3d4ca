"""The bin: thirty days, in full, and back."""

import pytest

from console.desk.desk import Desk
from console.desk.errors import NotHere
from console.desk.rows import Sending
from console.domain.command import AddNote, Assign
from console.domain.refusal import Code
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import LEAD, SUPERVISOR, WORDS


@pytest.fixture
def let_go(office: Office, desk: Desk, centre: TinyCentre) -> str:
    """A note that was refused and let go; the id of its command."""
    case = logged(office, desk, forward=False).case
    exchange(desk, centre)
    note = office.run(desk.act(case, AddNote(text="lời đã viết"))).commands[0]
    desk.sync_port.apply_verdicts([centre.refuse(desk.sync_port.next_batch(9)[0], Code.TOO_LONG)], centre.now)
    office.run(desk.let_go(note))
    return note


def test_it_says_what_when_and_whose(office: Office, desk: Desk, let_go: str) -> None:
    (row,) = office.run(desk.binned())
    assert (row.id, row.kind, row.by, row.let_go) == (let_go, "add_note", desk.actor.name, office.wall.at)
    assert row.refusal is not None
    item = office.run(desk.binned_item(let_go))
    assert item.command.body == AddNote(text="lời đã viết")


def test_it_empties_itself_after_thirty_days(office: Office, desk: Desk, let_go: str) -> None:
    office.wall.pass_(days=29, hours=23)
    assert len(office.run(desk.binned())) == 1
    office.wall.pass_(hours=1)
    with pytest.raises(NotHere):
        office.run(desk.out_of_bin(let_go))
    assert office.run(desk.binned()) == ()
    assert office.run(desk._held.call(lambda: desk._held.letters.in_bin(let_go))) is None


def test_a_refused_one_comes_back_refused_and_can_be_mended(
    office: Office, desk: Desk, centre: TinyCentre, let_go: str
) -> None:
    office.run(desk.out_of_bin(let_go))
    assert office.run(desk.binned()) == ()
    (row,) = office.run(desk.outbox()).attention
    assert (row.id, row.state) == (let_go, Sending.REFUSED)
    office.run(desk.give_again(let_go, AddNote(text="lời ngắn")))
    exchange(desk, centre)
    assert [e.data["text"] for e in centre.events[row.case] if e.kind == "add_note"] == ["lời ngắn"]


def test_one_that_another_was_given_for_is_only_read(office: Office, desk: Desk, let_go: str) -> None:
    office.run(desk.out_of_bin(let_go))
    office.run(desk.give_again(let_go, AddNote(text="lời ngắn")))
    (row,) = office.run(desk.binned())
    assert row.replaced
    with pytest.raises(NotHere):
        office.run(desk.out_of_bin(let_go))


def test_a_report_comes_back_with_all_that_was_let_go_with_it(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    done = logged(office, desk)
    office.wall.pass_(seconds=11)
    going = desk.sync_port.next_batch(9)
    verdicts = [centre.refuse(going[0], Code.BAD_PHONE), centre.refuse(going[1], Code.HELD_BACK)]
    desk.sync_port.apply_verdicts(verdicts, centre.now)
    office.run(desk.let_go(done.commands[0]))
    assert len(office.run(desk.binned())) == 2
    office.run(desk.out_of_bin(done.commands[-1]))
    rows = office.run(desk.outbox()).attention
    assert [(row.kind, row.state) for row in rows] == [
        ("log_report", Sending.REFUSED),
        ("assign", Sending.HELD_BACK),
    ]


def test_the_bin_outlives_the_program(office: Office, centre: TinyCentre) -> None:
    desk = office.open("other", actor=SUPERVISOR)
    case = logged(office, desk, forward=False).case
    exchange(desk, centre)
    note = office.run(desk.act(case, AddNote(text=WORDS))).commands[0]
    desk.sync_port.apply_verdicts([centre.refuse(desk.sync_port.next_batch(9)[0])], centre.now)
    office.run(desk.let_go(note))
    desk.close()
    again = office.open("other", actor=SUPERVISOR)
    assert [row.id for row in office.run(again.binned())] == [note]


def test_back_from_the_bin_it_stands_behind_a_refused_one(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    case = logged(office, desk, forward=False).case
    exchange(desk, centre)
    first = office.run(desk.act(case, AddNote(text="ghi chú thứ nhất"))).commands[0]
    second = office.run(desk.act(case, Assign(lead=LEAD, expects=None))).commands[0]
    desk.sync_port.apply_verdicts([centre.refuse(desk.sync_port.next_batch(9)[0])], centre.now)
    office.run(desk.let_go(second))
    office.run(desk.out_of_bin(second))
    rows = office.run(desk.outbox()).attention
    assert [(row.id, row.state) for row in rows] == [
        (first, Sending.REFUSED),
        (second, Sending.HELD_BACK),
    ]
