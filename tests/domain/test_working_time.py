"""Working time against a slow and obvious reference that counts minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.calendar import CalendarDay, DayKind, WorkingHours
from console.domain.category import Clock
from console.domain.reference import Reference
from console.domain.working_time import WorkingTime
from console.domain.zone import ZONE
from tests.support.builders import REFERENCE, reference

MINUTE = timedelta(minutes=1)
WORKING, ROUND = Clock.WORKING, Clock.ROUND
time_ = WorkingTime(REFERENCE)


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


@cache
def is_worked(moment: datetime) -> bool:
    """Whether the minute that begins at `moment` is worked: said once more, in other words."""
    here = moment.astimezone(ZONE)
    day = next((d for d in REFERENCE.days if d.day == here.date()), None)
    worked = day.kind is not DayKind.OFF if day else here.weekday() < 5
    clock = here.hour * 60 + here.minute
    return worked and (7 * 60 + 30 <= clock < 11 * 60 + 30 or 13 * 60 + 30 <= clock < 17 * 60)


def slowly_between(start: datetime, end: datetime) -> int:
    total = 0
    while start < end:
        total += is_worked(start)
        start += MINUTE
    return total


def slowly_added(start: datetime, minutes: int) -> datetime:
    while minutes:
        minutes -= is_worked(start)
        start += MINUTE
    return start


def slowly_taken(end: datetime, minutes: int) -> datetime:
    while minutes:
        end -= MINUTE
        minutes -= is_worked(end)
    return end


# three weeks with a Wednesday off (20th) and a Saturday worked (23rd)
moments = st.integers(0, 21 * 24 * 60).map(lambda m: datetime(2024, 11, 8, tzinfo=UTC) + m * MINUTE)
lengths = st.integers(1, 3_000)


@settings(max_examples=60, deadline=None)
@given(moments, lengths)
def test_adding_and_taking(start: datetime, minutes: int) -> None:
    assert time_.add(WORKING, start, minutes) == slowly_added(start, minutes)
    assert time_.add(WORKING, start, -minutes) == slowly_taken(start, minutes)


@settings(max_examples=60, deadline=None)
@given(moments, moments)
def test_counting(one: datetime, other: datetime) -> None:
    one, other = sorted((one, other))
    assert time_.between(WORKING, one, other) == slowly_between(one, other)
    assert time_.between(WORKING, other, one) == -slowly_between(one, other)


@given(moments, lengths, st.sampled_from(Clock))
def test_what_is_added_is_counted(start: datetime, minutes: int, clock: Clock) -> None:
    assert time_.between(clock, start, time_.add(clock, start, minutes)) == minutes
    assert time_.between(clock, time_.add(clock, start, -minutes), start) == minutes


@given(moments, lengths, lengths)
def test_adding_twice_is_adding_once(start: datetime, one: int, other: int) -> None:
    assert time_.add(WORKING, time_.add(WORKING, start, one), other) == time_.add(WORKING, start, one + other)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2024-11-04T14:00", 60, "2024-11-04T15:00"),
        ("2024-11-04T16:30", 60, "2024-11-05T08:00"),
        ("2024-11-04T11:00", 60, "2024-11-04T14:00"),
        ("2024-11-04T16:00", 60, "2024-11-04T17:00"),
        ("2024-11-08T16:30", 60, "2024-11-11T08:00"),
        ("2024-11-09T10:00", 30, "2024-11-11T08:00"),
        ("2024-11-19T16:30", 60, "2024-11-21T08:00"),
        ("2024-11-22T16:30", 60, "2024-11-23T08:00"),
        ("2024-11-04T14:00", 0, "2024-11-04T14:00"),
        ("2024-11-05T08:00", -60, "2024-11-04T16:30"),
        ("2024-11-21T07:00", -30, "2024-11-19T16:30"),
    ],
)
def test_by_hand(start: str, minutes: int, end: str) -> None:
    assert time_.add(WORKING, local(start), minutes) == local(end)


def test_round_the_clock_knows_no_calendar() -> None:
    start = local("2024-11-09T22:00")
    assert time_.add(ROUND, start, 180) == start + timedelta(hours=3)
    assert time_.between(ROUND, start, start + timedelta(hours=3)) == 180


def test_seconds_are_kept() -> None:
    assert time_.add(WORKING, local("2024-11-04T16:59:30"), 1) == local("2024-11-05T07:30:30")


def test_a_make_up_day_and_a_worked_holiday_have_the_days_hours() -> None:
    day = date(2024, 11, 24)  # a Sunday
    worked = reference(days=(CalendarDay(day=day, kind=DayKind.WORKING),))
    assert WorkingTime(worked).between(WORKING, local("2024-11-24T00:00"), local("2024-11-25T00:00")) == 450


def test_habits_change_by_date_and_do_not_count_twice() -> None:
    def hours(code: str, begin: int, end: int, **validity: date) -> WorkingHours:
        spans = ((time(begin), time(end)),)
        return WorkingHours(code=code, weekdays=(0, 1, 2, 3, 4), spans=spans, **validity)

    changed = reference(
        days=(),
        hours=(
            hours("old", 8, 12, valid_from=date(2023, 1, 1), valid_to=date(2024, 11, 5)),
            hours("new", 9, 10, valid_from=date(2024, 11, 6)),
            hours("too", 9, 11, valid_from=date(2024, 11, 6)),
        ),
    )
    count = WorkingTime(changed).between
    assert count(WORKING, local("2024-11-05T00:00"), local("2024-11-06T00:00")) == 240
    assert count(WORKING, local("2024-11-06T00:00"), local("2024-11-07T00:00")) == 120


@pytest.mark.parametrize(
    "empty",
    [
        Reference(),
        reference(
            hours=tuple(
                WorkingHours(code="none", weekdays=(), spans=(), valid_from=date(2023, 1, 1))
                for _ in range(1)
            )
        ),
    ],
)
def test_an_empty_calendar_still_ends(empty: Reference) -> None:
    start = local("2024-11-04T14:00")
    assert WorkingTime(empty).add(WORKING, start, 60) == start + timedelta(hours=1)
    assert WorkingTime(empty).add(WORKING, start, -60) == start - timedelta(hours=1)
