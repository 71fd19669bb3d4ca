"""The sheet of a shift at one desk: what stands on it, what is kept of it, and what is refused."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from console.desk.desk import Desk
from console.desk.errors import RosterNotYours, ShiftNotYours, ShiftWordsLong
from console.desk.outages import put_outage
from console.desk.shift_rows import SheetDraft
from console.domain.case import Actor, Role
from console.domain.category import Urgency
from console.domain.command import Accept, Resolve
from console.domain.handover import WORDS_MOST, SheetContent, SheetOutage
from console.domain.roster import RosterEntry
from console.domain.shifts import Duty, duty_at, duty_before
from console.domain.telephone import Answered, Rang
from console.protocol.wire import DeskFacts, ShiftBookAnswer
from tests.desk.conftest import Office, logged
from tests.desk.people import LEAD, MONDAY, OPERATOR, SUPERVISOR

NOTES = "Cầu Dài đang sửa\n\n  thụt đầu dòng "
REASON = SheetDraft(reason="đang mất mạng")
replace = msgspec.structs.replace


@pytest.fixture
def lead(office: Office) -> Desk:
    return office.open(actor=SUPERVISOR)


def duty(desk: Desk) -> Duty:
    found = duty_at(desk.reference, desk.clock.now())
    assert found is not None
    return found


def sheet(office: Office, desk: Desk) -> SheetContent:
    office.run(desk.keep_index())
    return office.run(desk.gather_sheet(duty(desk)))


def test_what_is_typed_stands_there_as_typed_after_the_program_ends(office: Office) -> None:
    desk = office.open(actor=SUPERVISOR)
    office.run(desk.keep_sheet_draft(duty(desk), SheetDraft(notes=NOTES)))
    before = duty_before(desk.reference, duty(desk))
    assert before is not None
    desk.close()
    desk = office.open(actor=SUPERVISOR)
    assert office.run(desk.sheet_draft(duty(desk))).notes == NOTES
    assert office.run(desk.sheet_draft(before)) == SheetDraft(), "each shift has its own"
    assert sheet(office, desk).notes == NOTES


def test_urgent_cases_and_promises_stand_on_it_callers_masked(office: Office, lead: Desk) -> None:
    urgent = logged(office, lead, urgency=Urgency.CRITICAL, title="Ngập sâu")
    logged(office, lead, urgency=Urgency.HIGH)
    logged(office, lead)
    done = logged(office, lead, urgency=Urgency.CRITICAL)
    lead.sign_in(Actor(user="ag", name="Điện lực", role=Role.AGENCY, station="01", agency=LEAD))
    office.run(lead.act(done.case, Accept(), Resolve(result="Đã kê cao tài sản")))
    lead.sign_in(SUPERVISOR)
    lead.ear.heard(Rang(call="a", number="0912345678"))
    lead.ear.heard(Answered(call="a"))
    (call,) = lead.calls()
    office.run(lead.promise_callback(call.id, MONDAY + timedelta(hours=2), "gọi bà Mơ"))
    office.wall.pass_(days=1)
    made = office.run(lead.gather_sheet(duty(lead)))
    assert [case.urgency for case in made.cases] == [Urgency.CRITICAL, Urgency.HIGH]
    assert (made.cases[0].id, made.cases[0].title, made.cases[0].overdue) == (urgent.case, "Ngập sâu", True)
    assert made.overdue == 3
    promise, result = made.promises
    assert (result.case, result.number, result.whom) == (done.case, done.number, "")
    assert (promise.whom, promise.due) == ("09xx xxx 678", MONDAY + timedelta(hours=2))
    assert b"0912345678" not in msgspec.json.encode(made)
    (own,) = made.desks
    assert (own.station, own.waiting > 0, own.promised) == ("01", True, 1)


def test_other_desks_stand_on_it_as_the_centre_heard_them(office: Office, lead: Desk) -> None:
    now = lead.clock.now()
    told = [
        DeskFacts(station="05", name="Lan", waiting=2, told_at=now),
        DeskFacts(station="06", told_at=now - timedelta(days=3)),
        DeskFacts(station="07", attention=1, told_at=now - timedelta(days=3)),
    ]
    lead.sync_port.apply_shifts(ShiftBookAnswer(version=1, desks=tuple(told)))
    away = RosterEntry(
        day=duty(lead).day, shift=duty(lead).shift.code, user="op09", name="x", station="09", changed_at=now
    )
    office.run(lead.write_roster([away]))
    lines = {desk.station: desk for desk in sheet(office, lead).desks}
    assert sorted(lines) == ["01", "05", "07", "09"], "06 had nothing and did not work"
    assert (lines["05"].waiting, lines["05"].unknown_since) == (2, now), "this desk is not online itself"
    assert lines["09"].unknown_since == duty(lead).begins


def test_outages_are_written_as_they_begin_and_an_end_that_nobody_saw_is_the_programs(office: Office) -> None:
    desk = office.open(actor=SUPERVISOR)
    held = desk._held
    office.wall.pass_(minutes=10)
    began = desk.clock.now() - timedelta(minutes=5)
    office.run(held.call(lambda: put_outage(held, SheetOutage(began=began))))
    assert sheet(office, desk).outages == (SheetOutage(began=began),)
    desk.close()
    office.wall.pass_(hours=1)
    (one,) = sheet(office, office.open(actor=SUPERVISOR)).outages
    assert one.ended is not None
    assert one.ended < began + timedelta(hours=1)


def test_who_may_not_sign_or_write_is_told_and_nothing_is_signed(office: Office, lead: Desk) -> None:
    now = duty(lead)
    made = replace(sheet(office, lead), reason="x")
    with pytest.raises(ShiftWordsLong):
        office.run(lead.sign_shift(now, replace(made, notes="x" * (WORDS_MOST + 1))))
    lead.sign_in(replace(OPERATOR, station="01"))
    with pytest.raises(ShiftNotYours):
        office.run(lead.sign_shift(now, made))
    with pytest.raises(RosterNotYours):
        office.run(lead.write_roster([]))
    assert office.run(lead.sheets(now.day, now.day)) == ()
    lead.sign_in(SUPERVISOR)
    leads: dict[str, Any] = {"day": now.day, "shift": now.shift.code, "user": OPERATOR.user}
    entry = RosterEntry(**leads, name="x", station="01", leads=True, changed_at=lead.clock.now())
    office.run(lead.write_roster([entry]))
    lead.sign_in(replace(OPERATOR, station="01"))
    assert office.run(lead.sign_shift(now, made)).waiting


def test_what_the_centre_does_not_take_stays_and_says_so(office: Office, lead: Desk) -> None:
    office.run(lead.keep_sheet_draft(duty(lead), REASON))
    now = duty(lead)
    kept = office.run(lead.sign_shift(now, sheet(office, lead)))
    (told,) = lead.sync_port.shifts_to_tell()
    lead.sync_port.shift_refused(told, "not_allowed")
    assert lead.sync_port.shifts_to_tell() == []
    (refused,) = office.run(lead.sheets(now.day, now.day))
    assert (refused.refused, refused.sheet) == ("not_allowed", kept.sheet)
    assert office.run(lead.sign_shift(now, sheet(office, lead))).sheet.id != kept.sheet.id, "signed again"
