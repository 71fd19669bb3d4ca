"""The same matter again: the call goes to the case that is there, and no new one comes of it."""

from pathlib import Path

import pytest

from console.desk.desk import Desk
from console.desk.errors import NotHere, RefusedHere
from console.desk.rows import Sending, View
from console.domain.case import Reporter
from console.domain.command import AddCall, AddNote, Merge
from console.domain.telephone import CallKind
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import PHONE
from tests.desk.test_attachments import put
from tests.desk.test_calls import end, talk
from tests.support.pictures import PDF

MORE = "Nước đã vào nhà, cao thêm nửa mét"


def test_a_call_about_a_case_is_told_there_and_its_draft_and_telephone_call_are_done(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    old = logged(office, desk)
    exchange(desk, centre)
    call, draft = talk(desk), office.run(desk.open_draft())
    office.run(desk.attach_call(call, draft.id))
    office.run(desk.add_call(draft, old.case, AddCall(text=MORE, phone=PHONE), AddNote(text="Gọi lại")))
    view = office.run(desk.case(old.case))
    assert view is not None
    assert [event.kind for event in view.events[-2:]] == ["add_call", "add_note"]
    assert view.events[-2].data["text"] == MORE
    assert view.case.calls_again == 1
    assert office.run(desk.drafts()) == ()
    assert office.run(desk.queue(View.ALL)).total == 1
    assert [(one.case, one.kind) for one in desk.calls()] == [(old.case, CallKind.REPORT)]
    end(desk)
    assert desk.calls() == ()
    office.wall.pass_(seconds=11)
    exchange(desk, centre)
    assert [event.kind for event in centre.events[old.case]][-2:] == ["add_call", "add_note"]


def test_it_rests_for_an_undo_that_brings_the_draft_back(office: Office, desk: Desk) -> None:
    old, draft = logged(office, desk, forward=False), office.run(desk.open_draft())
    done = office.run(desk.add_call(draft, old.case, AddCall(text=MORE)))
    assert done.undo_until is not None
    assert office.run(desk.outbox()).waiting[-1].state is Sending.HELD
    assert office.run(desk.undo(done.commands))
    assert office.run(desk.take_back_draft(draft.id)).number == draft.number
    view = office.run(desk.case(old.case))
    assert view is not None
    assert view.case.calls_again == 0


def test_files_of_the_draft_go_with_it(office: Office, desk: Desk, tmp_path: Path) -> None:
    old, draft = logged(office, desk, forward=False), office.run(desk.open_draft())
    office.run(desk.attach_to_draft(draft, put(tmp_path / "phone", PDF, "don.pdf")))
    office.run(desk.add_call(draft, old.case, AddCall()))
    (row,) = office.run(desk.attachments(old.case))
    assert office.run(desk.attachments(draft.case)) == ()
    view = office.run(desk.case(old.case))
    assert view is not None
    assert view.case.attachments == (row.sha256,)


def test_what_does_not_fit_stores_nothing_and_the_draft_stays(office: Office, desk: Desk) -> None:
    into, old = logged(office, desk, forward=False), logged(office, desk, forward=False)
    office.run(desk.act(old.case, Merge(into=into.case)))
    draft = office.run(desk.open_draft())
    with pytest.raises(RefusedHere):
        office.run(desk.add_call(draft, old.case, AddCall(text=MORE)))
    with pytest.raises(NotHere):
        office.run(desk.add_call(draft, "nowhere", AddCall(text=MORE)))
    assert [one.id for one in office.run(desk.drafts())] == [draft.id]


def test_who_called_about_a_case_of_somebody_else_has_it_in_their_history(office: Office, desk: Desk) -> None:
    other = "+84977123456"
    own = logged(office, desk, forward=False, reporter=Reporter(phone=other))
    old, draft = logged(office, desk, forward=False), office.run(desk.open_draft())
    logged(office, desk, forward=False, description=f"Gọi lại số {other[1:]}, nắp cống vỡ")
    office.run(desk.add_call(draft, old.case, AddCall(phone=other)))
    assert {one.id for one in office.run(desk.earlier(other))} == {own.case, old.case}
    assert old.case in {one.id for one in office.run(desk.earlier(PHONE))}


def test_another_callers_digits_find_the_case(office: Office, desk: Desk) -> None:
    old, draft = logged(office, desk, forward=False), office.run(desk.open_draft())
    office.run(desk.add_call(draft, old.case, AddCall(phone="+84977123456", name="Đinh Văn Ổi")))
    assert [hit.row.id for hit in office.run(desk.search("7712")).hits] == [old.case]
