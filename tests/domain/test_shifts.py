"""Shifts by the clock, what is wrong with a roster, and what a signature covers."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from console.domain.case import Role
from console.domain.handover import SheetContent, SheetDesk, digest_of, may_sign, plain
from console.domain.reference import Reference
from console.domain.roster import Fault, RosterEntry, duty_for, expected, roster_faults
from console.domain.shift_time import ShiftTime
from console.domain.shifts import duty_after, duty_at, duty_before, time_gaps
from console.domain.zone import ZONE

DAY = date(2026, 12, 1)  # a Tuesday
NEXT = DAY + timedelta(days=1)
AT = datetime(2026, 11, 30, tzinfo=UTC)
replace = msgspec.structs.replace


def shift(code: str, starts: str, ends: str, **more: Any) -> ShiftTime:
    usual: dict[str, Any] = {"name": code, "name_en": code, "valid_from": date(2026, 1, 1)}
    return ShiftTime(code=code, starts=starts, ends=ends, **usual | more)


THREE = (shift("m", "06:00", "14:00"), shift("a", "14:00", "22:00"), shift("n", "22:00", "06:00"))
REFERENCE = Reference(shifts=THREE)


def at(day: date, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("clock", "day", "code"),
    [("06:00", DAY, "m"), ("13:59", DAY, "m"), ("14:00", DAY, "a"), ("22:00", DAY, "n"),
     ("05:59", DAY - timedelta(days=1), "n")],
)  # fmt: skip
def test_a_night_shift_belongs_to_the_day_on_which_it_begins(clock: str, day: date, code: str) -> None:
    duty = duty_at(REFERENCE, at(DAY, clock))
    assert duty is not None
    assert (duty.day, duty.shift.code) == (day, code)


def test_one_shift_follows_the_other_also_over_midnight_and_a_change_of_hours() -> None:
    night = duty_at(REFERENCE, at(DAY, "23:00"))
    assert night is not None
    after, before = duty_after(REFERENCE, night), duty_before(REFERENCE, night)
    assert after is not None
    assert before is not None
    assert (after.key, before.key) == ("2026-12-02/m", "2026-12-01/a")
    assert duty_at(Reference(), at(DAY, "12:00")) is None
    ended = tuple(replace(one, valid_to=DAY) for one in THREE)
    two = (shift("d", "07:00", "19:00", valid_from=NEXT), shift("e", "19:00", "07:00", valid_from=NEXT))
    changed = Reference(shifts=(*ended, *two))
    gaps = time_gaps(changed, DAY)
    assert [(gap.doubled, gap.begins) for gap in gaps] == [(False, at(NEXT, "06:00"))]
    assert time_gaps(changed, NEXT) == []
    early = Reference(shifts=(shift("m", "06:00", "15:00"), *THREE[1:]))
    assert [(gap.doubled, gap.begins) for gap in time_gaps(early, DAY)] == [(True, at(DAY, "14:00"))]


def entry(user: str, code: str, station: str = "03", day: date = DAY, **more: Any) -> RosterEntry:
    return RosterEntry(day=day, shift=code, user=user, name=user, station=station, changed_at=AT, **more)


FULL = (entry("a", "m", leads=True), entry("b", "a", leads=True), entry("c", "n", leads=True))


def test_a_full_day_has_nothing_wrong_and_each_fault_is_found() -> None:
    def kinds(*entries: RosterEntry, last: date = DAY) -> list[tuple[str, str]]:
        return [(f.kind.value, f.shift) for f in roster_faults(REFERENCE, entries, DAY, last)]

    assert kinds(*FULL) == []
    assert kinds(*FULL[:2]) == [(Fault.NOBODY, "n")]
    assert kinds(*FULL, replace(FULL[1], deleted=True, user="z", shift="x")) == []
    assert kinds(*FULL[:2], entry("c", "n")) == [(Fault.NO_LEAD, "n")]
    assert kinds(*FULL, entry("d", "m", "04", leads=True)) == [(Fault.TWO_LEADS, "m")]
    assert kinds(*FULL, entry("d", "m")) == [(Fault.DESK_TWICE, "m")]
    assert kinds(*FULL, entry("a", "a", "04")) == [(Fault.NO_REST, "a")]
    assert kinds(*FULL, entry("a", "n", "04")) == []
    assert kinds(*FULL, entry("d", "old", "04")) == [(Fault.NO_SHIFT, "old")]
    night_before = entry("a", "n", day=DAY - timedelta(days=1))
    assert kinds(*FULL, night_before) == [(Fault.NO_REST, "m")], "the shift of the day before"


def test_whoever_comes_early_signs_in_to_the_next_shift_where_the_roster_has_them() -> None:
    def code(user: str, clock: str) -> str:
        duty = duty_for(REFERENCE, FULL, user, at(DAY, clock))
        assert duty is not None
        return duty.shift.code

    assert [code("b", clock) for clock in ("13:00", "13:30", "14:10")] == ["m", "a", "a"]
    assert code("a", "13:30") == "m", "the one that runs is theirs"
    assert code("x", "13:30") == "m"
    assert [expected(REFERENCE, FULL, "03", at(DAY, c)) for c in ("08:00", "13:30", "15:00")] == [
        "a",
        "b",
        "b",
    ]
    assert expected(REFERENCE, FULL, "09", at(DAY, "08:00")) == ""
    assert expected(REFERENCE, (*FULL, entry("d", "m")), "03", at(DAY, "08:00")) == "", "two: nobody"


def test_a_digest_covers_every_field_whatever_their_order() -> None:
    content = SheetContent(
        shift_name="m", shift_name_en="m", begins=AT, ends=AT, made_at=AT, station="03", notes="a",
        desks=(SheetDesk(station="03"), SheetDesk(station="04", unknown_since=AT)),
    )  # fmt: skip
    body = plain(content)
    assert digest_of(dict(reversed(body.items()))) == digest_of(body)
    assert digest_of({**body, "newer": 1}) != digest_of(body) != digest_of({**body, "notes": "b"})
    assert [desk.station for desk in content.unsettled] == ["04"]
    assert may_sign(Role.SUPERVISOR, leads=False)
    assert may_sign(Role.OPERATOR, leads=True)
    assert not may_sign(Role.DISPATCHER, leads=False)
    assert not may_sign(Role.AGENCY, leads=True)
