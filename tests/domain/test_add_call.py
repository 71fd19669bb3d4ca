"""Somebody calls again about a case: counted, told, and whose phone it was kept out of the timeline."""

from datetime import timedelta
from typing import Any

import pytest

from console.domain.acts_any import CALLERS_MOST
from console.domain.case import Case, Event, Status
from console.domain.command import AddCall, CallTimes
from console.domain.fold import Accepted, Refused, not_ahead
from console.domain.refusal import Code
from tests.support.builders import NOW, OPERATOR, case_in, command, done, give, new_case

OTHER = "+84987654321"


def called(case: Case, **values: Any) -> Case:
    return done(case, AddCall(**values), by=OPERATOR)


def event_of(case: Case, **values: Any) -> Event:
    outcome = give(case, AddCall(**values), by=OPERATOR)
    assert isinstance(outcome, Accepted)
    return outcome.events[0]


def refused(case: Case, **values: Any) -> Code:
    outcome = give(case, AddCall(**values), by=OPERATOR)
    assert isinstance(outcome, Refused)
    return outcome.refusal.code


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.MERGED])
def test_it_fits_any_case_but_a_merged_one_and_changes_neither_state_nor_hands(status: Status) -> None:
    before = case_in(status)
    case = called(before, text="Nước lên thêm nửa mét")
    assert (case.status, case.handler, case.calls_again) == (status, before.handler, 1)


def test_a_merged_one_goes_on_in_the_other() -> None:
    assert refused(case_in(Status.MERGED), text="Vẫn còn") is Code.WRONG_STATUS


def test_the_reporters_own_phone_is_no_other_caller() -> None:
    case = new_case()
    assert case.reporter is not None
    assert called(case, phone=case.reporter.phone).callers == ()


def test_each_other_phone_is_kept_once_with_its_name_and_not_in_the_event() -> None:
    said = {"phone": OTHER, "name": "Hoàng Thị Bưởi", "text": "Vẫn ngập"}
    case = called(called(new_case(), **said), phone=OTHER)
    (caller,) = case.callers
    assert (caller.phone, caller.name, case.calls_again) == (OTHER, "Hoàng Thị Bưởi", 2)
    assert event_of(case, **said).data == {"text": "Vẫn ngập"}


def test_the_last_callers_are_kept() -> None:
    case = new_case()
    for n in range(CALLERS_MOST + 3):
        case = called(case, phone=f"+8491{n:07d}")
    assert len(case.callers) == CALLERS_MOST
    assert case.callers[-1].phone == f"+8491{CALLERS_MOST + 2:07d}"
    assert case.calls_again == CALLERS_MOST + 3


def test_a_phone_that_is_none_is_refused() -> None:
    assert refused(new_case(), phone="0912") is Code.BAD_PHONE


def test_times_of_the_call_are_told_and_follow_a_clock_that_was_ahead() -> None:
    times = CallTimes(rang_at=NOW - timedelta(seconds=20), answered_at=NOW - timedelta(seconds=8))
    assert event_of(new_case(), call=times).data["rang_s"] == 12
    moved = not_ahead(command(AddCall(call=times), by=OPERATOR), NOW - timedelta(minutes=5)).body
    assert isinstance(moved, AddCall)
    assert moved.call is not None
    assert moved.call.answered_at == times.answered_at - timedelta(minutes=5)
