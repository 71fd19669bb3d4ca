"""An act is on disk, whole, when it is reported done."""

import pytest

from console.desk.changes import Changes
from console.desk.desk import Desk
from console.desk.errors import NotHere, RefusedHere
from console.desk.rows import Sending, View
from console.domain.case import Status
from console.domain.category import Urgency
from console.domain.command import Accept, AddNote, SetUrgency
from console.domain.refusal import Code
from tests.desk.conftest import Office, logged
from tests.desk.people import LEAD, OPERATOR, PHONE, report


def test_a_report_saved_and_forwarded_is_in_the_queue_and_in_the_outbox(office: Office, desk: Desk) -> None:
    done = logged(office, desk)
    row = office.run(desk.row(done.case))
    assert row is not None
    assert (row.number, row.status, row.lead, row.waiting) == (done.number, Status.ASSIGNED, LEAD, True)
    waiting = office.run(desk.outbox()).waiting
    assert [(x.kind, x.state) for x in waiting] == [("log_report", Sending.WAITING), ("assign", Sending.HELD)]
    assert done.undo_until == office.wall.at.replace(second=10)
    assert office.run(desk.drafts()) == ()


def test_what_was_reported_saved_is_there_after_the_file_is_opened_again(office: Office, desk: Desk) -> None:
    done = logged(office, desk)
    desk.close()
    again = office.open()
    view = office.run(again.case(done.case))
    assert view is not None
    assert view.case.description.startswith("Nắp cống vỡ")
    assert [event.kind for event in view.events] == ["log_report", "assign"]
    assert len(view.waiting) == 2
    assert len(office.run(again.outbox()).waiting) == 2


def test_nothing_personal_can_be_read_in_the_files(office: Office, desk: Desk) -> None:
    logged(office, desk)
    desk.sync_port.keep_secret("refresh", "a token nobody may read")
    draft = office.run(desk.open_draft())
    office.run(desk.save_draft(draft))
    files = [f for f in (office.folder / "desk").iterdir() if f.stat().st_size]
    names = {file.name for file in files}
    assert {"store.db", "store.db-wal"} <= names
    for file in files:
        content = file.read_bytes()
        for words in ("Nắp cống", "Long", PHONE, "912345678", "token", "SQLite format"):
            assert words.encode() not in content, file.name


def test_a_refused_act_stores_nothing(office: Office, desk: Desk) -> None:
    done = logged(office, desk, forward=False)
    before = office.run(desk.outbox())
    with pytest.raises(RefusedHere) as refused:
        office.run(desk.act(done.case, AddNote(text="đã xem"), Accept()))
    assert refused.value.refusal.code in (Code.WRONG_STATUS, Code.NOT_ALLOWED)
    assert office.run(desk.outbox()) == before
    view = office.run(desk.case(done.case))
    assert view is not None
    assert view.case.notes == 0


def test_a_refused_report_leaves_its_draft_open(office: Office, desk: Desk) -> None:
    draft = office.run(desk.open_draft())
    with pytest.raises(RefusedHere) as refused:
        office.run(desk.log_report(draft, report(draft, description="ngắn"), None))
    assert refused.value.refusal.code is Code.TOO_SHORT
    assert [d.id for d in office.run(desk.drafts())] == [draft.id]
    assert office.run(desk.case(draft.case)) is None


def test_an_act_on_a_case_that_is_not_here(office: Office, desk: Desk) -> None:
    with pytest.raises(NotHere):
        office.run(desk.act("no-such-case", AddNote(text="đã xem")))


def test_critical_ones_go_at_once(office: Office, desk: Desk) -> None:
    done = logged(office, desk, urgency=Urgency.CRITICAL)
    assert done.undo_until is None
    assert {x.state for x in office.run(desk.outbox()).waiting} == {Sending.WAITING}


def test_undo_switched_off_holds_nothing(office: Office) -> None:
    desk = office.open(undo_seconds=0)
    assert logged(office, desk).undo_until is None


def test_listeners_hear_of_an_act_before_it_is_reported_done(office: Office, desk: Desk) -> None:
    heard: list[Changes] = []
    end = desk.feed.subscribe(heard.append)
    done = logged(office, desk)
    assert heard[-1].cases == {done.case} == heard[-1].added
    assert heard[-1].outbox
    end()
    office.run(desk.act(done.case, AddNote(text="đã xem")))
    assert len(heard) == 2  # the draft's opening and the report


def test_the_connection_counts_what_waits(office: Office, desk: Desk) -> None:
    logged(office, desk)
    assert len(office.run(desk.outbox()).waiting) == 2
    assert desk.connection.waiting == 2
    assert desk.connection.attention == 0


def test_revealing_the_contact_is_an_act_of_its_own(office: Office, desk: Desk) -> None:
    done = logged(office, desk)
    reporter = office.run(desk.reveal(done.case, "gọi lại cho người dân"))
    assert reporter.phone == PHONE
    view = office.run(desk.case(done.case))
    assert view is not None
    assert view.events[-1].kind == "show_contact"
    assert PHONE not in str(view.events)


def test_many_notes_in_a_row_keep_their_order(office: Office, desk: Desk) -> None:
    done = logged(office, desk)
    for number in range(12):
        office.run(desk.act(done.case, AddNote(text=f"ghi chú số {number}")))
    view = office.run(desk.case(done.case))
    assert view is not None
    notes = [event.data["text"] for event in view.events if event.kind == "add_note"]
    assert notes == [f"ghi chú số {number}" for number in range(12)]


def test_urgency_moves_the_row(office: Office, desk: Desk) -> None:
    done = logged(office, desk)
    office.run(desk.act(done.case, SetUrgency(urgency=Urgency.HIGH, reason="có người ngã")))
    row = office.run(desk.row(done.case))
    assert row is not None
    assert row.urgency is Urgency.HIGH


def test_an_operator_sees_their_own_in_their_view(office: Office, desk: Desk) -> None:
    logged(office, desk)
    assert office.run(desk.counts())[View.MINE] == 1
    desk.sign_in(OPERATOR)
    counts = office.run(desk.counts())
    assert (counts[View.MINE], counts[View.OPEN]) == (0, 1)
