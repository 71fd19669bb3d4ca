"""The centre works through the ladder by itself: at the right times, once, by one of several processes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from console.central.post.daily import due_day
from console.central.post.ladder import Ladder
from console.central.post_tables import messages, turns
from console.central.practice_start import BEGINS
from console.domain.agency_list import list_text
from console.domain.case import Case, Event, Role
from console.domain.category import Urgency
from console.domain.chasing import coming_step
from console.domain.command import AskExtension, AskInfo, Assign, GiveInfo, GrantExtension, Resolve
from console.domain.zone import ZONE
from tests.central.reports import LEAD, NAME, PHONE, REFERENCE, accepted, assigned, changes, logged
from tests.support.central import Central, Client

HOUR = timedelta(hours=1)


class SetClock:
    """Stands where it was set."""

    def __init__(self) -> None:
        self.at = BEGINS

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def still(cluster: Any, clock: SetClock) -> Iterator[Central]:
    made = Central(cluster.database(), clock)
    yield made
    made.close()


@pytest.fixture
def chief(still: Central) -> Iterator[Client]:
    made = still.client("05", "sup01")
    yield made
    made.close()


def ladder(central: Central) -> Ladder:
    made = Ladder(central.engine, central.centre.references, central.clock, central.centre.ledger)
    made.tick()
    return made


def standing(desk: Client, case_id: str) -> tuple[Case, list[Event]]:
    """The case as it stands, and its steps."""
    found = [r for r in changes(desk).records if r.case.id == case_id]
    return found[-1].case, [e for r in found for e in r.events if e.kind == "escalate"]


def step_at(desk: Client, case_id: str, now: datetime) -> tuple[str, datetime]:
    coming = coming_step(standing(desk, case_id)[0], REFERENCE, now)
    assert coming is not None
    return coming.step.code, coming.at


def steps(desk: Client, case_id: str) -> list[str]:
    return [event.data["step"] for event in standing(desk, case_id)[1]]


def test_each_step_is_taken_when_it_comes_and_told_to_those_it_names(
    still: Central, chief: Client, clock: SetClock
) -> None:
    mine = ladder(still)
    case = assigned(chief)
    seen = []
    for _ in range(3):
        name, at = step_at(chief, case, clock.at)
        clock.at = at - timedelta(minutes=1)
        assert mine.tick() == 0
        clock.at = at
        assert mine.tick() == 1
        assert mine.tick() == 0
        seen.append(name)
    assert seen == steps(chief, case) == ["resolve.75", "resolve.due", "resolve.480"]
    event = standing(chief, case)[1][1]
    assert (event.by.role, event.by.user, event.public) == (Role.SYSTEM, "@centre", True)
    with still.engine.connect() as connection:
        told = connection.execute(select(messages).where(messages.c.event_id == event.id)).all()
    assert {row.whom for row in told} == {"agency_contact", "agency_leader", "supervisor"}
    assert all(NAME not in row.body and PHONE[3:] not in row.body for row in told)
    assert coming_step(standing(chief, case)[0], REFERENCE, clock.at) is None


def test_a_rest_and_more_time_move_the_steps(still: Central, chief: Client, clock: SetClock) -> None:
    mine = ladder(still)
    case = assigned(chief)
    _, first = step_at(chief, case, clock.at)
    accepted(chief, chief.command(AskInfo(question="Ở đâu?"), case))
    clock.at = first + 30 * HOUR
    assert mine.tick() == 0, "the clock rests"
    accepted(chief, chief.command(GiveInfo(answer="Đầu cầu"), case))
    assert mine.tick() == 0
    _, later = step_at(chief, case, clock.at)
    assert later > clock.at
    clock.at = later
    assert mine.tick() == 1
    _, due = step_at(chief, case, clock.at)
    accepted(chief, chief.command(AskExtension(new_due=due + 240 * HOUR, reason="Chờ vật tư"), case))
    accepted(chief, chief.command(GrantExtension(), case))
    clock.at = due
    assert mine.tick() == 0, "not overdue any more"
    assert step_at(chief, case, clock.at)[0] == "resolve.75", "it lies ahead again"


def test_what_is_resolved_is_left_alone(still: Central, chief: Client, clock: SetClock) -> None:
    mine = ladder(still)
    case = assigned(chief)
    accepted(chief, chief.command(Resolve(result="Xong"), case))
    clock.at += timedelta(days=60)
    assert mine.tick() == 0


def test_nobody_hears_of_what_was_late_before_it_began(
    still: Central, chief: Client, clock: SetClock
) -> None:
    case = assigned(chief)
    clock.at += timedelta(days=60)
    mine = ladder(still)
    assert mine.tick() == 0
    assert steps(chief, case) == []


def test_one_of_two_processes_does_it_and_the_other_goes_on_after_it(
    still: Central, chief: Client, clock: SetClock
) -> None:
    twin = still.twin()
    one, two = ladder(still), ladder(twin)
    case = assigned(chief)
    clock.at = step_at(chief, case, clock.at)[1]
    assert (two.tick(), one.tick()) == (0, 1)
    with still.engine.begin() as connection:  # the first died, and its minute is over
        connection.execute(turns.update().values(until=BEGINS - timedelta(days=9000)))
    clock.at = step_at(chief, case, clock.at)[1]
    assert (two.tick(), one.tick()) == (1, 0)
    assert steps(chief, case) == ["resolve.75", "resolve.due"]


def test_two_that_both_believe_it_is_theirs_take_a_step_once(
    still: Central, chief: Client, clock: SetClock
) -> None:
    """The rule itself holds it, whatever happens to turns."""
    one, two = ladder(still), ladder(still.twin())
    case = assigned(chief)
    clock.at = step_at(chief, case, clock.at)[1]
    now, given = clock.at, []
    for each in (one, two):
        with still.engine.begin() as connection:
            connection.execute(turns.update().values(until=BEGINS - timedelta(days=9000)))
        each._since = BEGINS - timedelta(days=1)
        reference = each._look(now)
        given.append(list(each._reached(reference, now)))
    assert [len(g) for g in given] == [1, 1]
    assert [one._give(given[0]), two._give(given[1])] == [1, 0]
    assert len(steps(chief, case)) == 1


def test_each_agency_gets_its_list_once_in_the_morning(
    still: Central, chief: Client, clock: SetClock
) -> None:
    mine = ladder(still)
    late, fresh = assigned(chief), assigned(chief)
    critical = logged(chief, urgency=Urgency.CRITICAL)
    accepted(chief, chief.command(Assign(lead=LEAD, expects=None), critical))
    morning = datetime(2024, 11, 5, 7, 30, tzinfo=ZONE)

    def lists() -> list[Any]:
        with still.engine.connect() as connection:
            return list(connection.execute(select(messages).where(messages.c.kind == "daily")))

    clock.at = morning - timedelta(minutes=1)
    mine.tick()
    assert lists() == []
    clock.at = morning
    mine.tick()
    mine.tick()
    ladder(still.twin()).tick()
    (one,) = lists()
    numbers = [standing(chief, case)[0].number for case in (late, fresh, critical)]
    assert all(number in one.body for number in numbers)
    assert "QUÁ HẠN: 3" in one.body
    assert one.body.index(numbers[2]) < one.body.index(numbers[0])
    for secret in (NAME, PHONE[3:], "Nắp cống vỡ"):
        assert secret not in one.body + one.subject
    clock.at = morning + timedelta(days=1)
    mine.tick()
    assert len(lists()) == 2


def test_no_morning_list_at_night_or_on_sunday() -> None:
    assert due_day(REFERENCE, datetime(2024, 11, 5, 13, 29, tzinfo=ZONE)) is not None
    assert due_day(REFERENCE, datetime(2024, 11, 5, 13, 30, tzinfo=ZONE)) is None
    assert due_day(REFERENCE, datetime(2024, 11, 3, 8, 0, tzinfo=ZONE)) is None
    assert list_text([], REFERENCE, BEGINS) == ""
