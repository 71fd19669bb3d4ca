"""The book of the shifts at the centre: the last writing of the roster, the first signature of a sheet."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from console.domain.handover import (
    Handover,
    HandoverRead,
    SheetContent,
    SheetDesk,
    Signature,
    digest_of,
    plain,
)
from console.domain.identity import new_id
from console.domain.roster import RosterEntry
from console.protocol.wire import DeskFacts, RosterPast, ShiftBookAnswer
from tests.central.reports import LEAD
from tests.support.central import Central, Client

DAY = date(2024, 11, 4)
replace = msgspec.structs.replace


@pytest.fixture
def lead(central: Central) -> Iterator[Client]:
    made = central.client("01", "sup01")
    yield made
    made.close()


@pytest.fixture
def other(central: Central) -> Iterator[Client]:
    made = central.twin().client("02", "sup02")
    yield made
    made.close()


def content(desk: Client, **more: Any) -> SheetContent:
    now = desk.clock.now()
    usual: dict[str, Any] = {
        "shift_name": "Ca chiều", "shift_name_en": "Afternoon", "begins": now, "ends": now, "made_at": now,
        "station": desk.station, "notes": "Cầu Dài đang sửa",
    }  # fmt: skip
    return SheetContent(**usual | more)


def signature(desk: Client, digest: str, **more: Any) -> Signature:
    usual: dict[str, Any] = {
        "user": desk.user, "name": "?", "station": desk.station, "at": desk.clock.now(), "digest": digest,
    }  # fmt: skip
    return Signature(**usual | more)


def sheet(desk: Client, **more: Any) -> Handover:
    body = plain(content(desk, **more))
    return Handover(
        id=new_id(), day=DAY, shift="afternoon", content=body, signed=signature(desk, digest_of(body))
    )


def accepts(desk: Client, one: Handover, **more: Any) -> Handover:
    return replace(one, accepted=signature(desk, one.signed.digest, **more))


def put(desk: Client, one: Handover) -> Handover:
    answer = desk.raw("PUT", f"/shift-book/sheets/{one.id}", one)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Handover)


def refused(desk: Client, one: Handover) -> str:
    answer = desk.raw("PUT", f"/shift-book/sheets/{one.id}", one)
    assert answer.status_code >= 400
    return str(answer.json()["code"])


def book(desk: Client, version: int = 0) -> ShiftBookAnswer:
    found: ShiftBookAnswer = desk.get(f"/shift-book?after={version}", ShiftBookAnswer)
    return found


def entry(desk: Client, user: str = "op03", **more: Any) -> RosterEntry:
    usual: dict[str, Any] = {
        "day": DAY, "shift": "afternoon", "user": user, "name": "Ai đó", "station": "03", "by": desk.user,
        "changed_at": desk.clock.now(),
    }  # fmt: skip
    return RosterEntry(**usual | more)


def put_entry(desk: Client, one: RosterEntry) -> RosterEntry:
    answer = desk.raw("PUT", "/shift-book/roster", one)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=RosterEntry)


def test_of_two_sheets_of_a_shift_the_first_stands_and_the_second_is_kept_as_such(
    lead: Client, other: Client
) -> None:
    one, two = sheet(lead), sheet(other)
    first = put(lead, one)
    assert (first.state, first.signed.name) == ("stands", lead.actor.name)
    assert put(other, two).state == "second"
    assert put(lead, one) == first, "a lost answer"
    assert {s.id: s.state for s in book(lead).sheets} == {one.id: "stands", two.id: "second"}
    taken = put(lead, accepts(lead, two, user="sup02", station="02"))
    assert taken.accepted is None, "nobody takes over by a sheet that does not stand"


def test_a_signed_sheet_is_frozen_and_its_first_acceptance_stands(
    central: Central, lead: Client, other: Client
) -> None:
    one = sheet(lead)
    put(lead, one)
    changed = {**one.content, "notes": "khác"}
    forged = replace(one, content=changed, signed=replace(one.signed, digest=digest_of(changed)))
    assert refused(lead, forged) == "sheet_frozen"
    assert refused(lead, replace(one, content=changed)) == "bad_request"
    assert refused(lead, accepts(lead, one)) == "same_person"
    taken = put(other, accepts(other, one))
    assert taken.accepted is not None
    assert (taken.accepted.name, taken.content) == (other.actor.name, one.content)
    put_entry(lead, entry(lead, leads=True))
    third = central.client("03", "op03")
    assert put(third, accepts(third, one)) == taken, "the first stands"
    third.close()


def test_who_leads_by_the_roster_or_supervises_signs_and_nobody_in_anothers_name(
    central: Central, lead: Client
) -> None:
    operator = central.client("03", "op03")
    one = sheet(operator)
    assert refused(operator, one) == "not_allowed"
    put_entry(lead, entry(lead, leads=True))
    assert put(operator, one).state == "stands"
    strange = sheet(operator)
    strange = replace(strange, shift="night", signed=replace(strange.signed, user="sup02"))
    assert refused(operator, strange) == "not_allowed", "sup02 was never at that desk"
    agency = central.client("00", f"ag-{LEAD}")
    assert agency.raw("GET", "/shift-book").status_code == 403
    for client in (operator, agency):
        client.close()


def test_what_is_unsent_needs_a_reason(lead: Client) -> None:
    open_ = (SheetDesk(station="05", waiting=2),)
    assert refused(lead, sheet(lead, desks=open_)) == "reason_needed"
    unknown = (SheetDesk(station="05", unknown_since=lead.clock.now()),)
    assert refused(lead, sheet(lead, desks=unknown, reason=" ")) == "reason_needed"
    assert put(lead, sheet(lead, desks=open_, reason="Máy 05 mất điện")).state == "stands"


def test_the_last_writing_of_the_roster_stands_and_each_is_kept(
    central: Central, lead: Client, other: Client
) -> None:
    first = put_entry(lead, entry(lead))
    assert put_entry(lead, replace(first, version=0)) == first, "a lost answer"
    later = put_entry(other, entry(other, station="05", changed_at=first.changed_at + timedelta(seconds=1)))
    assert put_entry(lead, replace(first, version=0)) == later
    assert (later.by_name, later.station) == (other.actor.name, "05")
    (stands,) = book(lead, first.version).entries
    assert stands == later
    past: RosterPast = lead.get(f"/shift-book/past?first={DAY}&last={DAY}", RosterPast)
    assert past.entries == (first, later)
    operator = central.client("03", "op03")
    assert operator.raw("PUT", "/shift-book/roster", entry(operator)).json()["code"] == "not_allowed"
    assert lead.raw("PUT", "/shift-book/roster", entry(lead, station="x")).status_code == 400
    operator.close()


def test_desks_tell_what_they_have_not_sent_and_who_has_read(lead: Client, other: Client) -> None:
    assert other.raw("PUT", "/shift-book/desk", DeskFacts(waiting=3, promised=1)).status_code == 200
    (facts,) = book(lead).desks
    assert (facts.station, facts.waiting, facts.promised, facts.name) == ("02", 3, 1, other.actor.name)
    one = sheet(lead)
    put(lead, one)
    read = HandoverRead(sheet=one.id, day=DAY, user=other.user, name="", station="02", at=other.clock.now())
    answers = [other.raw("PUT", "/shift-book/reads", read).content for _ in range(2)]
    assert answers[0] == answers[1]
    assert [(r.user, r.name) for r in book(lead).reads] == [(other.user, other.actor.name)]
    lost = other.raw("PUT", "/shift-book/reads", replace(read, sheet=new_id()))
    assert lost.json()["code"] == "no_such_sheet"
    assert {"op03", "sup01"} <= {one.user for one in book(lead).staff}
