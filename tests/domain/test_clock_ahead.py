"""A desk's clock that is ahead of the centre's: what it gave is set back, whole."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from console.domain.command import CallTimes, LogReport
from console.domain.fold import Accepted, fold, not_ahead
from tests.support.builders import NOW, OPERATOR, REFERENCE, a_report, command, nowhere

DAY = timedelta(days=1)


def told(at: datetime, happened_at: datetime) -> tuple[datetime, datetime]:
    body = not_ahead(command(a_report(happened_at=happened_at), OPERATOR, at=at), NOW)
    assert isinstance(body.body, LogReport)
    return body.at, body.body.happened_at


def test_a_report_stays_as_old_as_it_was() -> None:
    assert told(NOW + DAY, NOW + DAY - timedelta(minutes=5)) == (NOW, NOW - timedelta(minutes=5))


def test_the_times_of_its_call_go_with_it() -> None:
    rang = NOW + DAY - timedelta(minutes=5)
    call = CallTimes(rang_at=rang, answered_at=rang + timedelta(seconds=8))
    given = not_ahead(command(a_report(happened_at=rang, call=call), OPERATOR, at=NOW + DAY), NOW)
    outcome = fold(None, given, REFERENCE, nowhere)
    assert isinstance(outcome, Accepted)
    assert outcome.events[0].data["rang_s"] == 8
    assert outcome.events[0].data["rang"] == (rang - DAY).isoformat().replace("+00:00", "Z")


def test_one_that_is_not_ahead_stays_as_it_is() -> None:
    assert told(NOW - DAY, NOW - DAY - timedelta(hours=1)) == (NOW - DAY, NOW - DAY - timedelta(hours=1))


def test_it_is_taken_where_the_clock_was_a_day_fast() -> None:
    given = not_ahead(command(a_report(happened_at=NOW + DAY), OPERATOR, at=NOW + DAY), NOW)
    outcome = fold(None, given, REFERENCE, nowhere)
    assert isinstance(outcome, Accepted)
    assert outcome.case.happened_at == NOW


@pytest.mark.parametrize("year", [1, 2, 5000])
def test_times_out_of_all_reason_are_left_for_the_rules_to_refuse(year: int) -> None:
    far = datetime(year, 1, 1, tzinfo=UTC)
    assert told(datetime(9999, 12, 31, tzinfo=UTC), far) == (NOW, far)


def test_a_time_without_a_zone_is_left_for_the_rules_to_refuse() -> None:
    naive = (NOW + DAY).replace(tzinfo=None)
    body = msgspec.structs.replace(a_report(), happened_at=naive)
    given = not_ahead(command(body, OPERATOR, at=NOW + DAY), NOW)
    assert given.body == body
