"""The outbox: verdicts, what comes back, and what its author can do then."""

import pytest

from console.desk.desk import Desk
from console.desk.errors import NotHere, RefusedHere
from console.desk.rows import Sending, View
from console.domain.case import Status
from console.domain.command import Accept, AddNote, Assign, Command, EditReport, FieldChange, Resolve
from console.domain.identity import new_id
from console.domain.refusal import Code
from console.protocol.wire import Verdict
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import LEAD, OTHER_LEAD, SUPERVISOR, report


@pytest.fixture
def shared(office: Office, desk: Desk, centre: TinyCentre) -> str:
    """A case that both sides have, not forwarded yet."""
    case = logged(office, desk, forward=False).case
    exchange(desk, centre)
    return case


def elsewhere(centre: TinyCentre, case: str, body: object) -> Verdict:
    """Somebody at another desk acts first."""
    command = Command(id=new_id(), case=case, at=centre.now, by=SUPERVISOR, body=body)  # type: ignore[arg-type]
    (verdict,) = centre.judge([command])
    assert verdict.accepted
    return verdict


def states(office: Office, desk: Desk) -> list[tuple[str, Sending]]:
    found = office.run(desk.outbox())
    return [(row.kind, row.state) for row in (*found.attention, *found.waiting)]


def test_accepted_ones_leave_and_are_listed_as_sent(office: Office, desk: Desk, centre: TinyCentre) -> None:
    done = logged(office, desk)
    office.wall.pass_(seconds=11)
    exchange(desk, centre)
    box = office.run(desk.outbox())
    assert (box.waiting, box.attention) == ((), ())
    assert [row.kind for row in box.sent] == ["assign", "log_report"]
    view = office.run(desk.case(done.case))
    assert view is not None
    assert view.waiting == ()
    assert not view.row.waiting
    assert view.case == centre.cases[done.case]
    assert list(view.events) == centre.events[done.case]
    assert office.run(desk.queue(View.OPEN)).total == 1


def test_a_conflict_comes_back_with_both_sides(
    office: Office, desk: Desk, centre: TinyCentre, shared: str
) -> None:
    elsewhere(centre, shared, Assign(lead=OTHER_LEAD, expects=None))
    mine = office.run(desk.act(shared, Assign(lead=LEAD, expects=None, instruction="đi ngay")))
    office.wall.pass_(seconds=11)
    exchange(desk, centre)
    attention = office.run(desk.outbox()).attention
    assert [(r.id, r.state, r.conflict) for r in attention] == [(mine.commands[0], Sending.REFUSED, True)]
    item = office.run(desk.outbox_item(mine.commands[0]))
    assert isinstance(item.command.body, Assign)
    assert item.command.body.instruction == "đi ngay"
    assert item.row.refusal is not None
    assert item.row.refusal.code is Code.LEAD_CHANGED
    assert item.now is not None
    assert item.now.lead == OTHER_LEAD
    assert [e.kind for e in item.now_events][:2] == ["log_report", "assign"]
    row = office.run(desk.row(shared))
    assert row is not None
    assert (row.lead, row.attention) == (OTHER_LEAD, True)


def test_one_that_was_refused_holds_back_later_ones_of_its_case(
    office: Office, desk: Desk, centre: TinyCentre, shared: str
) -> None:
    mine = office.run(desk.act(shared, AddNote(text="ghi chú thứ nhất")))
    (command,) = desk.sync_port.next_batch(10)
    office.run(desk.act(shared, AddNote(text="ghi chú thứ hai")))
    desk.sync_port.apply_verdicts([centre.refuse(command)], centre.now)
    office.run(desk.act(shared, AddNote(text="ghi chú thứ ba")))
    other = logged(office, desk, forward=False)
    assert states(office, desk) == [
        ("add_note", Sending.REFUSED),
        ("add_note", Sending.HELD_BACK),
        ("add_note", Sending.HELD_BACK),
        ("log_report", Sending.WAITING),
    ]
    assert [c.id for c in desk.sync_port.next_batch(10)] == list(other.commands)
    assert (desk.connection.attention, desk.connection.waiting) == (3, 1)
    office.run(desk.let_go(mine.commands[0]))
    exchange(desk, centre)
    assert [e.data["text"] for e in centre.events[shared] if e.kind == "add_note"] == [
        "ghi chú thứ hai",
        "ghi chú thứ ba",
    ]
    assert [row.id for row in office.run(desk.binned())] == list(mine.commands)


def test_given_again_it_takes_its_old_place(
    office: Office, desk: Desk, centre: TinyCentre, shared: str
) -> None:
    elsewhere(centre, shared, Assign(lead=OTHER_LEAD, expects=None))
    mine = office.run(desk.act(shared, Assign(lead=LEAD, expects=None)))
    office.wall.pass_(seconds=11)
    desk.sync_port.apply_verdicts(centre.judge(desk.sync_port.next_batch(10)), centre.now)
    office.run(desk.act(shared, AddNote(text="sau cùng")))
    with pytest.raises(RefusedHere):
        office.run(desk.give_again(mine.commands[0], Assign(lead=LEAD, expects=None)))
    done = office.run(
        desk.give_again(mine.commands[0], Assign(lead=LEAD, expects=OTHER_LEAD), AddNote(text="giữ ghi chú"))
    )
    assert len(done.commands) == 2
    going = desk.sync_port.next_batch(10)
    assert [c.kind for c in going] == ["assign", "add_note", "add_note"]
    desk.sync_port.apply_verdicts(centre.judge(going), centre.now)
    assert centre.cases[shared].lead == LEAD
    assert states(office, desk) == []
    with pytest.raises(NotHere):
        office.run(desk.give_again(mine.commands[0], AddNote(text="x y z")))


def test_the_centres_held_back_gets_a_new_id(
    office: Office, desk: Desk, centre: TinyCentre, shared: str
) -> None:
    first = office.run(desk.act(shared, AddNote(text="ghi chú thứ nhất")))
    second = office.run(desk.act(shared, AddNote(text="ghi chú thứ hai")))
    going = desk.sync_port.next_batch(10)
    verdicts = [centre.refuse(going[0]), centre.refuse(going[1], Code.HELD_BACK)]
    desk.sync_port.apply_verdicts(verdicts, centre.now)
    office.run(desk.let_go(first.commands[0]))
    (again,) = desk.sync_port.next_batch(10)
    assert again.id != second.commands[0]
    assert again.body == AddNote(text="ghi chú thứ hai")
    exchange(desk, centre)
    assert states(office, desk) == []


def test_one_that_the_centre_took_in_spite_of_a_refusal_before_it_leaves(
    office: Office, desk: Desk, centre: TinyCentre, shared: str
) -> None:
    office.run(desk.act(shared, AddNote(text="ghi chú thứ nhất")))
    office.run(desk.act(shared, AddNote(text="ghi chú thứ hai")))
    one, two = desk.sync_port.next_batch(10)
    desk.sync_port.apply_verdicts([centre.refuse(one)], centre.now)
    desk.sync_port.apply_verdicts(centre.judge([two]), centre.now)
    assert states(office, desk) == [("add_note", Sending.REFUSED)]


def test_a_refused_report_stays_visible_with_its_words(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    done = logged(office, desk)
    note = office.run(desk.act(done.case, AddNote(text="người dân rất lo")))
    (command,) = desk.sync_port.next_batch(10)
    desk.sync_port.apply_verdicts([centre.refuse(command, Code.UNKNOWN_TYPE)], centre.now)
    view = office.run(desk.case(done.case))
    assert view is not None
    assert view.row.attention
    assert view.case.description == report(office.run(desk.open_draft())).description
    assert view.case.status is Status.ASSIGNED
    assert states(office, desk) == [
        ("log_report", Sending.REFUSED),
        ("assign", Sending.HELD_BACK),
        ("add_note", Sending.HELD_BACK),
    ]
    assert office.run(desk.outbox_item(note.commands[0])).now is None


def test_a_refused_report_can_be_corrected_and_given_again(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    done = logged(office, desk)
    (command,) = desk.sync_port.next_batch(10)
    desk.sync_port.apply_verdicts([centre.refuse(command, Code.UNKNOWN_TYPE)], centre.now)
    body = office.run(desk.outbox_item(command.id)).command.body
    office.run(desk.give_again(command.id, body))
    office.wall.pass_(seconds=11)
    exchange(desk, centre)
    assert centre.cases[done.case].lead == LEAD
    assert states(office, desk) == []


def test_letting_a_refused_report_go_takes_its_case_along(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    done = logged(office, desk)
    (command,) = desk.sync_port.next_batch(10)
    desk.sync_port.apply_verdicts([centre.refuse(command, Code.UNKNOWN_TYPE)], centre.now)
    office.run(desk.let_go(command.id))
    assert office.run(desk.row(done.case)) is None
    assert office.run(desk.queue(View.OPEN)).total == 0
    assert states(office, desk) == []
    assert [row.kind for row in office.run(desk.binned())] == ["assign", "log_report"]
    assert {row.state for row in office.run(desk.binned())} == {Sending.BINNED}


def test_the_bin_is_emptied_after_thirty_days(
    office: Office, desk: Desk, centre: TinyCentre, shared: str
) -> None:
    done = office.run(desk.act(shared, AddNote(text="ghi chú thứ nhất")))
    desk.sync_port.apply_verdicts([centre.refuse(desk.sync_port.next_batch(1)[0])], centre.now)
    office.run(desk.let_go(done.commands[0]))
    office.wall.pass_(days=29)
    desk.close()
    again = office.open()
    assert len(office.run(again.binned())) == 1
    office.wall.pass_(days=2)
    again.close()
    assert office.run(office.open().binned()) == ()


def test_one_refused_field_comes_back_alone_and_blocks_nothing(
    office: Office, desk: Desk, centre: TinyCentre, shared: str
) -> None:
    title = centre.cases[shared].title
    elsewhere(centre, shared, EditReport(fields={"title": FieldChange(title, "Nắp cống sập")}))
    mine = EditReport(
        fields={
            "title": FieldChange(title, "Nắp hố ga vỡ"),
            "description": FieldChange(centre.cases[shared].description, "Nắp cống vỡ trước cổng trường học"),
        }
    )
    office.run(desk.act(shared, mine))
    exchange(desk, centre)
    assert centre.cases[shared].description == "Nắp cống vỡ trước cổng trường học"
    assert centre.cases[shared].title == "Nắp cống sập"
    (back,) = office.run(desk.outbox()).attention
    assert back.conflict
    body = office.run(desk.outbox_item(back.id)).command.body
    assert isinstance(body, EditReport)
    assert body.fields == {"title": FieldChange(title, "Nắp hố ga vỡ")}
    office.run(desk.act(shared, AddNote(text="vẫn ghi chú được")))
    assert [c.kind for c in desk.sync_port.next_batch(10)] == ["add_note"]


def test_the_same_verdict_again_changes_nothing(
    office: Office, desk: Desk, centre: TinyCentre, shared: str
) -> None:
    office.run(desk.act(shared, AddNote(text="ghi chú thứ nhất")))
    verdicts = centre.judge(desk.sync_port.next_batch(10))
    desk.sync_port.apply_verdicts(verdicts, centre.now)
    elsewhere(centre, shared, Assign(lead=OTHER_LEAD, expects=None))
    desk.sync_port.apply_changes(centre.changes(desk.sync_port.cursor() or 0))
    before = office.run(desk.case(shared))
    desk.sync_port.apply_verdicts(verdicts, centre.now)
    assert office.run(desk.case(shared)) == before


def test_a_verdict_that_comes_again_late_sets_nothing_back(
    office: Office, desk: Desk, centre: TinyCentre, shared: str
) -> None:
    office.run(desk.act(shared, AddNote(text="ghi chú thứ nhất")))
    lost = centre.judge(desk.sync_port.next_batch(10))  # this answer never arrives
    elsewhere(centre, shared, Assign(lead=OTHER_LEAD, expects=None))
    desk.sync_port.apply_changes(centre.changes(desk.sync_port.cursor() or 0))
    desk.sync_port.apply_verdicts(centre.judge(desk.sync_port.next_batch(10)), centre.now)
    assert lost[0].case is not None
    view = office.run(desk.case(shared))
    assert view is not None
    assert (view.case, list(view.events)) == (centre.cases[shared], centre.events[shared])
    assert view.case.lead == OTHER_LEAD


def test_what_no_longer_fits_is_not_shown_as_if_it_did(
    office: Office, desk: Desk, centre: TinyCentre, shared: str
) -> None:
    office.run(desk.act(shared, Assign(lead=LEAD, expects=None)))
    elsewhere(centre, shared, Assign(lead=OTHER_LEAD, expects=None))
    desk.sync_port.apply_changes(centre.changes(desk.sync_port.cursor() or 0))
    view = office.run(desk.case(shared))
    assert view is not None
    assert (view.case.lead, view.row.waiting) == (OTHER_LEAD, True)
    assert view.waiting == ()


def test_an_act_that_the_case_here_does_not_allow_is_refused_here(
    office: Office, desk: Desk, shared: str
) -> None:
    with pytest.raises(RefusedHere):
        office.run(desk.act(shared, Resolve(result="Đã thay nắp cống mới")))
    with pytest.raises(RefusedHere):
        office.run(desk.act(shared, Accept()))
