"""What a desk tells of its own day, out of its calls; what becomes of what others told."""

from datetime import timedelta

import pytest

from console.desk.desk import Desk
from console.domain.telephone import Answered, CallKind, Ended, Ending, LineState, Offer, Rang
from console.domain.zone import local_day
from console.protocol.board import DeskDay
from tests.desk.conftest import Office
from tests.desk.people import MONDAY, OPERATOR, SUPERVISOR

LINE = LineState(kind="ami", up=True, offers=frozenset({Offer.REST}))


def call(office: Office, desk: Desk, name: str, *, waits: int, talks: int | None, number: str) -> None:
    """Rings for `waits` seconds; `talks` None: nobody takes it."""
    desk.ear.heard(Rang(call=name, number=number))
    office.wall.pass_(seconds=waits)
    if talks is not None:
        desk.ear.heard(Answered(call=name))
        office.wall.pass_(seconds=talks)
    how = Ending.MISSED if talks is None else Ending.CALLER
    desk.ear.heard(Ended(call=name, how=how))
    if talks is not None:
        live = next(one for one in desk.calls() if one.line == name)
        office.run(desk.settle_call(live.id, CallKind.ENQUIRY))


def own(office: Office, desk: Desk) -> DeskDay:
    days = office.run(desk.desk_days()).days
    return next(day for day in days if day.user == desk.actor.user)


def test_a_day_is_counted_out_of_its_calls(office: Office) -> None:
    desk = office.open(actor=OPERATOR)
    desk.ear.line_is(LINE)
    call(office, desk, "a", waits=5, talks=100, number="0912345671")
    call(office, desk, "b", waits=20, talks=50, number="0912345672")
    call(office, desk, "c", waits=21, talks=60, number="0912345673")
    call(office, desk, "d", waits=30, talks=None, number="0912345674")
    call(office, desk, "e", waits=30, talks=None, number="0912345675")
    day = own(office, desk)
    assert (day.taken, day.in_time, day.ended, day.talk_s) == (3, 2, 3, 210)
    assert (day.missed, day.missed_open, day.called_back) == (2, 2, 0)
    entry = next(one for one in office.run(desk.missed_calls()) if one.number == "0912345674")
    office.run(desk.called_back(entry.id, reached=True))
    assert (own(office, desk).missed_open, own(office, desk).called_back) == (1, 1)
    office.wall.pass_(hours=12)
    assert (own(office, desk).taken, own(office, desk).missed, own(office, desk).missed_open) == (0, 0, 1)


def test_another_person_at_the_desk_has_a_day_of_their_own(office: Office) -> None:
    desk = office.open(actor=OPERATOR)
    call(office, desk, "a", waits=5, talks=100, number="0912345671")
    desk.sign_in(SUPERVISOR)
    assert own(office, desk).taken == 0


def test_how_the_desk_stands_and_since_when(office: Office) -> None:
    desk = office.open(actor=OPERATOR)
    assert own(office, desk).state == ""
    desk.ear.line_is(LINE)
    assert (own(office, desk).state, own(office, desk).since) == ("ready", None)
    desk.ear.heard(Rang(call="a", number="0912345671"))
    office.wall.pass_(seconds=4)
    desk.ear.heard(Answered(call="a"))
    answered = desk.clock.now()
    office.wall.pass_(seconds=40)
    assert (own(office, desk).state, own(office, desk).since) == ("active", answered)
    desk.ear.heard(Ended(call="a", how=Ending.CALLER))
    assert (own(office, desk).state, own(office, desk).since) == ("wrapup", desk.clock.now())


@pytest.mark.parametrize("leads", [True, False])
def test_what_was_told_of_others_stands_for_its_day_beside_this_desks_own(
    office: Office, leads: bool
) -> None:
    desk = office.open(actor=SUPERVISOR if leads else OPERATOR)
    me, today = desk.actor, local_day(MONDAY)
    other = DeskDay(day=today, user="op09", name="Hoàng Thu Thảo", station="09", taken=7)
    stale = DeskDay(day=today, user=me.user, station=me.station, taken=99)
    desk.sync_port.apply_days([other, stale])
    found = office.run(desk.desk_days())
    assert [(day.user, day.taken) for day in found.days] == (
        [(me.user, 0), ("op09", 7)] if leads else [(me.user, 0)]
    )
    assert (found.as_of is not None) is leads
    office.wall.pass_(days=1)
    assert [day.user for day in office.run(desk.desk_days()).days] == [me.user]
    assert desk.sync_port.day_to_tell() == own(office, desk)


def test_the_clock_of_a_break_is_the_lines(office: Office) -> None:
    desk = office.open(actor=OPERATOR)
    desk.ear.line_is(LineState(kind="ami", up=True, resting=True))
    began = desk.clock.now()
    office.wall.pass_(minutes=8)
    assert own(office, desk).since == began
    assert desk.clock.now() - began == timedelta(minutes=8)
