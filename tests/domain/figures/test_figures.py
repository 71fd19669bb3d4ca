"""The figures of a period, counted once more the slow way; and what each of them counts."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import Case, Status
from console.domain.deadline import outcome
from console.domain.figures.counting import Counting, Districts, districts_of
from console.domain.figures.fact import Fact, FactCall, FactDeadline, FactPlace, facts_of
from console.domain.figures.figures import Figures, on_time, permille
from console.domain.figures.period import (
    Period,
    PeriodFault,
    PeriodKind,
    beside,
    fault_of,
    period_of,
    steps_of,
)
from console.domain.zone import local_day
from tests.support.builders import reference

OCTOBER = Period(first=date(2024, 10, 1), last=date(2024, 10, 31))
NOW = datetime(2024, 11, 4, 7, 0, tzinfo=UTC)
SPANS = Districts(
    (("101", "10", date(2023, 7, 1), date(2024, 10, 15)), ("101", "11", date(2024, 10, 16), date.max))
)
EDGES = (OCTOBER.start, OCTOBER.end, NOW, datetime(2024, 10, 15, 17, 0, tzinfo=UTC))
moments = st.sampled_from(
    [edge + timedelta(seconds=s) for edge in EDGES for s in (-1, 0, 1)]
    + [datetime(2024, 10, 3, 4, tzinfo=UTC) + timedelta(days=2.3 * n, minutes=n) for n in range(9)]
)
maybe = st.none() | moments
facts = st.builds(
    Fact,
    channel=st.sampled_from(("phone", "portal", "app")),
    status=st.sampled_from([status.value for status in Status]),
    type=st.sampled_from(("a", "b", "c")),
    place=st.builds(FactPlace, st.sampled_from(("101", "102"))),
    happened_at=moments,
    entered_at=moments,
    lead=st.sampled_from((None, "A", "B")),
    deadline=st.none() | st.builds(FactDeadline, moments, maybe),
    resolved_at=maybe,
    resolve_due=maybe,
    resolve_original=maybe,
    referred_to=st.sampled_from(("", "113")),
    reopened=st.integers(0, 2),
    answers=st.dictionaries(
        st.sampled_from(("hurt", "who")), st.sampled_from(("yes", "no", "Bác Tư", "")), max_size=2
    ),
    callbacks=st.lists(st.builds(FactCall, st.booleans(), st.none() | st.integers(1, 5)), max_size=3).map(
        tuple
    ),
)


def counted(*found: Fact, period: Period = OCTOBER, spans: Districts = SPANS) -> Figures:
    counting = Counting(period, spans, NOW)
    counting.take(found)
    return counting.figures()


@given(st.lists(facts, min_size=8, max_size=24))
def test_a_naive_recount_comes_to_the_same(found: list[Fact]) -> None:
    made = counted(*found)
    within = [f for f in found if OCTOBER.first <= local_day(f.entered_at) <= OCTOBER.last]
    done = [
        f
        for f in found
        if f.resolved_at and f.status != "merged"
        if OCTOBER.first <= local_day(f.resolved_at) <= OCTOBER.last
    ]
    assert made.received == len(within) == sum(c.n for c in made.course)
    for counts, of in (
        (made.channels, [f.channel for f in within]),
        (made.types, [f.type for f in within]),
        (made.communes, [f.place.commune for f in within]),
        (made.districts, [_district(f) for f in within]),
    ):
        assert {c.code: c.n for c in counts} == {code: of.count(code) for code in set(of)}
    assert {c.code: c.n for c in made.course} == {
        day.isoformat(): sum(local_day(f.entered_at) == day for f in within) for day in steps_of(OCTOBER)
    }
    said_of = [(f.type, f"{q}={a if a.isascii() else ''}") for f in within for q, a in f.answers.items() if a]
    assert {(a.type, a.key): a.n for a in made.answers} == {one: said_of.count(one) for one in set(said_of)}
    stands = [_stands(f) for f in within]
    assert msgspec.structs.asdict(made.standing) == {
        name: stands.count(name) for name in ("open", "resolved", "closed", "rejected", "merged", "referred")
    } | {"overdue": sum(s == "open" and _overdue(f) for s, f in zip(stands, within, strict=True))}
    assert made.ended == sum(f.reopened > 0 or f.status in ("closed", "rejected") for f in within)
    assert made.reopened == sum(f.reopened > 0 for f in within)
    assert made.results.total == len(done) == sum(a.punctual.total for a in made.agencies)
    for agency in made.agencies:
        own = [f for f in done if (f.lead or "") == agency.code]
        ends = [_judged(f) for f in own]
        assert msgspec.structs.asdict(agency.punctual) == {
            name: ends.count(name) for name in ("met", "extended", "late", "unjudged")
        }
        assert agency.median_minutes == int(median(map(_minutes, own)))
    assert made.median_minutes == (int(median(map(_minutes, done))) if done else None)
    said = [[c.satisfied for c in f.callbacks if c.satisfied] for f in done]
    assert made.satisfaction.ratings == tuple(sum(s[-1:] == [n] for s in said) for n in range(1, 6))
    silent = [f for f, s in zip(done, said, strict=True) if f.callbacks and not s]
    assert made.satisfaction.unrated == sum(any(c.reached for c in f.callbacks) for f in silent)
    assert made.satisfaction.unreached == sum(not any(c.reached for c in f.callbacks) for f in silent)


def _district(fact: Fact) -> str:
    day = local_day(fact.entered_at)
    return {"101": "10" if day <= date(2024, 10, 15) else "11"}.get(fact.place.commune, "")


def _stands(fact: Fact) -> str:
    if fact.status == "closed" and fact.referred_to:
        return "referred"
    return fact.status if fact.status in ("resolved", "closed", "rejected", "merged") else "open"


def _overdue(fact: Fact) -> bool:
    running = fact.deadline
    return running is not None and running.resting_since is None and running.due <= NOW


def _minutes(fact: Fact) -> int:
    assert fact.resolved_at is not None
    return max(0, int((fact.resolved_at - fact.happened_at).total_seconds() // 60))


def _judged(fact: Fact) -> str:
    """By the rule that cases are shown by."""
    case = msgspec.convert(
        {name: getattr(fact, name) for name in ("resolved_at", "resolve_due", "resolve_original")}, _Ended
    )
    found = outcome(case)  # type: ignore[arg-type]
    return {"": "unjudged", "metExtended": "extended"}.get(found, found)


class _Ended(msgspec.Struct):
    resolved_at: datetime | None
    resolve_due: datetime | None
    resolve_original: datetime | None


@given(st.lists(facts, max_size=20), st.randoms())
def test_the_order_of_the_cases_and_how_they_are_sliced_change_nothing(
    found: list[Fact], random: Random
) -> None:
    shuffled, counting = [*found], Counting(OCTOBER, SPANS, NOW)
    random.shuffle(shuffled)
    counting.take(shuffled[:7])
    counting.take(shuffled[7:])
    assert counting.figures() == counted(*found)


def test_a_fact_reads_what_a_case_writes() -> None:
    names = {field.encode_name for field in msgspec.structs.fields(Fact)}
    assert names <= {field.encode_name for field in msgspec.structs.fields(Case)}
    body = (
        b'{"id":"x","channel":"phone","status":"new","type":"t","place":{"commune":"9","text":"?"},'
        b'"happened_at":"2024-10-01T00:00:00Z","entered_at":"2024-10-01T00:01:00Z","lead":null,"new":{}}'
    )
    (fact,) = facts_of([body])
    assert (fact.place.commune, fact.lead, fact.callbacks) == ("9", None, ())


def test_days_are_those_of_the_switchboard() -> None:
    assert OCTOBER.start == datetime(2024, 9, 30, 17, tzinfo=UTC)
    assert OCTOBER.end == datetime(2024, 10, 31, 17, tzinfo=UTC)
    assert not OCTOBER.over(OCTOBER.end - timedelta(seconds=1))
    assert OCTOBER.over(OCTOBER.end)


def test_periods_follow_one_another_without_a_gap_and_know_what_they_are() -> None:
    for kind in PeriodKind:
        period = period_of(kind, date(2024, 2, 29))
        after = beside(kind, period, 1)
        assert (after.first - period.last).days == 1
        assert beside(kind, after, -1) == period
        assert period.kind is kind
    year = period_of(PeriodKind.YEAR, date(2024, 5, 5))
    assert (year.first, year.last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert len(steps_of(year)) == 12
    quarter = period_of(PeriodKind.QUARTER, date(2024, 12, 31))
    assert steps_of(quarter)[:2] == (date(2024, 10, 1), date(2024, 10, 7))


def test_what_can_be_no_period_is_named() -> None:
    day = local_day(NOW)
    assert fault_of(Period(first=day, last=day), NOW) is None
    assert fault_of(Period(first=day, last=day - timedelta(days=1)), NOW) is PeriodFault.BACKWARD
    assert (
        fault_of(Period(first=day + timedelta(days=1), last=day + timedelta(days=1)), NOW)
        is PeriodFault.FUTURE
    )
    assert fault_of(Period(first=date(2020, 1, 1), last=day), NOW) is PeriodFault.TOO_LONG


def test_a_commune_belongs_to_a_district_while_both_are_in_force() -> None:
    ends = {"101": date(2025, 6, 30), "10": date(2024, 12, 31)}
    units = [
        msgspec.structs.replace(unit, valid_to=ends.get(unit.code, unit.valid_to))
        for unit in reference().units
        if unit.code in ("101", "10", "1")
    ]
    (span,) = districts_of(reference(units=tuple(units))).spans
    assert (span[0], span[1], span[3]) == ("101", "10", date(2024, 12, 31))


def test_shares_are_rounded_half_up_and_of_nothing_there_is_none() -> None:
    assert (permille(1, 3), permille(1, 2000), permille(0, 5), permille(3, 0)) == (333, 1, 0, None)
    assert on_time(counted().results) is None
