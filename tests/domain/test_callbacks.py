"""Who is to be told, and when to try: by the rules, and through `fold`."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from console.domain.callbacks import FARTHEST_AGAIN, best_hours, is_due, next_attempt
from console.domain.case import Callback, Case, Reporter, Status
from console.domain.command import Merge, RecordCallback
from console.domain.fold import Refused
from console.domain.refusal import Code
from tests.support.builders import NOW, OPERATOR, case_in, done, give, new_case

HOUR = timedelta(hours=1)
TEN = datetime(2024, 11, 4, 3, 0, tzinfo=UTC)  # 10:00 here
WANTS = Reporter(name="Nguyễn Văn Long", phone="+84912345678", callback=True)


def call(at: datetime, **more: Any) -> Callback:
    return Callback(id=f"c{at}", at=at, by=OPERATOR, **{"reached": False, **more})


def wanting(case: Case, **more: Any) -> Case:
    return msgspec.structs.replace(case, reporter=WANTS, **more)


def refused(case: Case, body: RecordCallback, **more: Any) -> tuple[Code, str | None]:
    outcome = give(case, body, OPERATOR, **more)
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code, outcome.refusal.field


def test_who_asked_is_due_until_they_have_heard_it() -> None:
    case = wanting(case_in(Status.RESOLVED))
    at = case.resolved_at
    assert at is not None
    assert is_due(case)
    assert not is_due(msgspec.structs.replace(case, reporter=Reporter(phone="+84912345678")))
    told = msgspec.structs.replace(case, callbacks=(call(at + HOUR, reached=True),))
    assert not is_due(told)
    later = call(at + HOUR, reached=True, again_at=at + 9 * HOUR)
    assert is_due(msgspec.structs.replace(case, callbacks=(later,))), "they asked for another time"
    before = msgspec.structs.replace(case, callbacks=(call(at - HOUR, reached=True),))
    assert is_due(before), "that was about a result that does not stand any more"


def test_a_merged_report_is_due_with_the_case_that_it_is_part_of() -> None:
    whole = case_in(Status.RESOLVED)
    part = wanting(done(new_case("case-2"), Merge(into=whole.id), lookup={whole.id: whole}.get))
    assert part.status is Status.MERGED
    assert not is_due(part)
    assert is_due(part, whole)
    assert not is_due(part, case_in(Status.IN_PROGRESS))
    at = (whole.resolved_at or NOW) + HOUR
    assert refused(part, RecordCallback(reached=True), at=at) == (Code.UNKNOWN_CASE, "into")
    open_ = {whole.id: case_in(Status.IN_PROGRESS)}
    assert refused(part, RecordCallback(reached=True), at=at, lookup=open_.get)[0] is Code.WRONG_STATUS
    told = done(
        part, RecordCallback(reached=True, satisfied=4), OPERATOR, at=at, lookup={whole.id: whole}.get
    )
    assert not is_due(told, whole)


def test_a_time_to_call_again_is_ahead_and_not_far_and_goes_with_no_rating() -> None:
    case, at = case_in(Status.RESOLVED), NOW + 9 * HOUR
    for wrong in (at, at - HOUR, at + FARTHEST_AGAIN + HOUR, datetime(2024, 11, 5)):  # noqa: DTZ001
        body = RecordCallback(reached=False, again_at=wrong)
        assert refused(case, body, at=at) == (Code.BAD_VALUE, "again_at")
    body = RecordCallback(reached=True, satisfied=5, again_at=at + HOUR)
    assert refused(case, body, at=at) == (Code.BAD_VALUE, "satisfied")
    body = RecordCallback(reached=True, again_at=at + HOUR)
    assert done(case, body, OPERATOR, at=at).callbacks[-1].again_at == at + HOUR


@pytest.mark.parametrize(
    ("tried", "usual", "expected"),
    [
        ([], (), TEN),
        ([call(TEN)], (), TEN + 2 * HOUR),
        ([call(TEN)], ((18, 20),), TEN + 8 * HOUR),  # where they were reached before
        ([call(TEN - 2 * HOUR), call(TEN)], (), TEN + 8 * HOUR),  # after a morning the evening
        ([call(TEN), call(TEN + 8 * HOUR)], (), TEN + 22 * HOUR),  # after an evening the morning
        ([call(TEN, reached=True, again_at=TEN + 30 * HOUR)], (), TEN + 30 * HOUR),  # as they asked
        ([call(TEN + 9 * HOUR)], (), TEN + 22 * HOUR),  # 19:00: two hours later it is too late
    ],
)
def test_the_next_attempt(
    tried: list[Callback], usual: tuple[tuple[int, int], ...], expected: datetime
) -> None:
    now = tried[-1].at if tried else TEN
    assert next_attempt(tried, now, usual) == expected


def test_nobody_is_called_at_night_and_what_is_past_is_now() -> None:
    night = TEN + 13 * HOUR  # 23:00
    assert next_attempt([], night) == TEN + 22 * HOUR
    assert next_attempt([call(TEN)], TEN + 5 * HOUR) == TEN + 5 * HOUR


def test_hours_in_which_somebody_was_heard_most_often_first() -> None:
    evening, morning = TEN + 8 * HOUR, TEN - 2 * HOUR
    assert best_hours([morning, evening, evening + HOUR]) == ((18, 20), (8, 10))
    assert best_hours([]) == ()
