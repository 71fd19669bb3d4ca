"""Forwarding, accepting, returning, more time, results: each row of the table between desk and agency."""

from datetime import timedelta

import pytest

from console.domain.case import Case, Extension, Role, Status
from console.domain.category import Urgency
from console.domain.command import (
    Accept,
    AnyBody,
    AskExtension,
    Assign,
    Close,
    GrantExtension,
    RefuseExtension,
    Reopen,
    Resolve,
    Return,
    Rework,
    SetUrgency,
)
from console.domain.deadline import outcome as judged
from console.domain.fold import Accepted, Refused
from console.domain.refusal import Code
from tests.support.builders import (
    AGENCY,
    DISPATCHER,
    NOW,
    OPERATOR,
    OUTAGE,
    POWER,
    ROADS,
    SUPERVISOR,
    TOWN_HALL,
    actor,
    case_in,
    done,
    give,
    new_case,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TERM = timedelta(minutes=2100)
"""To resolve an outage, round the clock, urgency normal."""


def due_of(case: Case) -> object:
    assert case.deadline is not None
    return case.deadline.due


def code_of(case: Case, body: AnyBody, by: object = DISPATCHER, **more: object) -> tuple[Code, str | None]:
    outcome = give(case, body, by, **more)  # type: ignore[arg-type]
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code, outcome.refusal.field


def asked(new_due: object = NOW + 4 * DAY, case: Case | None = None) -> Case:
    """An outage in progress whose agency asks for more time."""
    case = case or done(assigned(), Accept(), actor(Role.AGENCY, POWER))
    return done(case, AskExtension(new_due=new_due, reason="Chờ vật tư"), actor(Role.AGENCY, POWER))  # type: ignore[arg-type]


def assigned() -> Case:
    return done(new_case(type=OUTAGE), Assign(lead=POWER, expects=None))


# assign


def test_the_first_assignment_starts_the_time_to_resolve() -> None:
    body = Assign(lead=POWER, expects=None, supporting=(TOWN_HALL, POWER, TOWN_HALL), instruction=" Gấp ")
    case = done(new_case(type=OUTAGE), body, at=NOW + HOUR)
    assert (case.status, case.lead, case.supporting) == (Status.ASSIGNED, POWER, (TOWN_HALL,))
    assert (case.instruction, case.assigned_at, case.handler) == ("Gấp", NOW + HOUR, DISPATCHER.user)
    assert case.deadline is not None
    assert (case.deadline.stage, case.deadline.start) == ("resolve", NOW + HOUR)
    assert case.deadline.due == case.deadline.original == NOW + HOUR + TERM
    assert case.deadline.near == NOW + HOUR + 0.75 * TERM


def test_assigning_again_keeps_the_deadline_running() -> None:
    case = done(assigned(), Assign(lead=ROADS, expects=POWER), at=NOW + 5 * HOUR)
    assert (case.lead, due_of(case), case.accepted_at) == (ROADS, NOW + TERM, None)


def test_a_returned_case_is_assigned_with_its_clock() -> None:
    case = done(assigned(), Return(reason="Không thuộc"), actor(Role.AGENCY, POWER), NOW + HOUR)
    assert (case.status, case.return_reason, case.lead) == (Status.RETURNED, "Không thuộc", POWER)
    case = done(case, Assign(lead=ROADS, expects=POWER), at=NOW + 2 * HOUR)
    assert (case.status, case.return_reason, due_of(case)) == (Status.ASSIGNED, "", NOW + TERM)


def test_a_due_time_by_hand_comes_before_the_rule() -> None:
    case = done(new_case(type=OUTAGE), Assign(lead=POWER, expects=None, due=NOW + DAY))
    assert case.deadline is not None
    assert (case.deadline.due, case.deadline.original, case.deadline.by_hand) == (NOW + DAY, NOW + DAY, True)


@pytest.mark.parametrize(("days", "original"), [(5, NOW + TERM), (1, NOW + DAY)])
def test_a_later_time_by_hand_shows_as_extended_a_nearer_one_counts(days: int, original: object) -> None:
    case = done(assigned(), Assign(lead=ROADS, expects=POWER, due=NOW + days * DAY), at=NOW + HOUR)
    assert case.deadline is not None
    assert (case.deadline.due, case.deadline.original) == (NOW + days * DAY, original)


def test_another_lead_than_expected_refuses() -> None:
    outcome = give(assigned(), Assign(lead=ROADS, expects=None))
    assert isinstance(outcome, Refused)
    assert (outcome.refusal.code, outcome.refusal.now) == (Code.LEAD_CHANGED, POWER)
    outcome = give(new_case(), Assign(lead=ROADS, expects=POWER))
    assert isinstance(outcome, Refused)
    assert (outcome.refusal.code, outcome.refusal.now) == (Code.LEAD_CHANGED, None)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (Assign(lead="", expects=None), (Code.MISSING, "lead")),
        (Assign(lead="Z.9", expects=None), (Code.UNKNOWN_AGENCY, "lead")),
        (Assign(lead="A.09", expects=None), (Code.UNKNOWN_AGENCY, "lead")),
        (Assign(lead=ROADS, expects=None, supporting=("Z.9",)), (Code.UNKNOWN_AGENCY, "supporting")),
        (Assign(lead=ROADS, expects=None, due=NOW), (Code.BAD_DEADLINE, "due")),
        (Assign(lead=ROADS, expects=None, due=NOW.replace(year=9000)), (Code.BAD_DEADLINE, "due")),
        (Assign(lead=ROADS, expects=None, due=NOW.replace(tzinfo=None)), (Code.BAD_DEADLINE, "due")),
        (Assign(lead=ROADS, expects=None, instruction="x" * 5001), (Code.TOO_LONG, "instruction")),
    ],
)
def test_an_assignment_that_does_not_fit(body: Assign, expected: tuple[Code, str]) -> None:
    assert code_of(new_case(), body) == expected


# accept, return


def test_the_lead_agency_accepts() -> None:
    case = done(case_in(Status.ASSIGNED), Accept(note="Đã cử tổ"), AGENCY, NOW + HOUR)
    assert (case.status, case.accepted_at, case.handler) == (Status.IN_PROGRESS, NOW + HOUR, DISPATCHER.user)


def test_a_return_has_a_reason_and_takes_its_request_back() -> None:
    assert code_of(case_in(Status.ASSIGNED), Return(reason=" "), AGENCY) == (Code.MISSING, "reason")
    case = done(asked(), Return(reason="Không thuộc"), actor(Role.AGENCY, POWER))
    assert [e.state for e in case.extensions] == ["withdrawn"]


# extensions


def test_a_request_waits_and_moves_nothing() -> None:
    case = asked()
    (extension,) = case.extensions
    assert isinstance(extension, Extension)
    assert (extension.state, extension.old_due, extension.new_due) == ("pending", NOW + TERM, NOW + 4 * DAY)
    assert (case.status, due_of(case)) == (Status.IN_PROGRESS, NOW + TERM)


def test_a_granted_request_keeps_the_original() -> None:
    case = done(asked(), GrantExtension(note="Đồng ý"), SUPERVISOR, NOW + DAY)
    assert case.deadline is not None
    assert (case.deadline.due, case.deadline.original) == (NOW + 4 * DAY, NOW + TERM)
    assert case.deadline.near == NOW + 3 * DAY
    (extension,) = case.extensions
    assert (extension.state, extension.decision, extension.decided_at) == ("granted", "Đồng ý", NOW + DAY)
    raised = done(case, SetUrgency(urgency=Urgency.CRITICAL))
    assert raised.deadline == case.deadline


def test_a_refused_request_leaves_the_deadline() -> None:
    case = done(asked(), RefuseExtension(reason="Không đủ lý do"), SUPERVISOR)
    assert (due_of(case), [e.state for e in case.extensions]) == (NOW + TERM, ["refused"])
    assert [e.state for e in asked(case=case).extensions] == ["refused", "pending"]


def test_a_grant_never_shortens_what_runs_by_then() -> None:
    """The urgency fell while the request waited, and with it the rule gave more than was asked for."""
    case = done(asked(NOW + TERM + HOUR), SetUrgency(urgency=Urgency.LOW))
    assert due_of(case) == NOW + timedelta(minutes=3000)
    assert due_of(done(case, GrantExtension(), SUPERVISOR)) == NOW + timedelta(minutes=3000)


def test_another_lead_takes_the_request_back_the_same_lead_does_not() -> None:
    same = done(asked(), Assign(lead=POWER, expects=POWER))
    other = done(asked(), Assign(lead=ROADS, expects=POWER))
    assert [e.state for e in (*same.extensions, *other.extensions)] == ["pending", "withdrawn"]


def test_extensions_that_do_not_fit() -> None:
    power = actor(Role.AGENCY, POWER)
    late = AskExtension(new_due=NOW + 5 * DAY, reason="Chờ")
    assert code_of(asked(), late, power) == (Code.EXTENSION_PENDING, None)
    earlier = AskExtension(new_due=NOW + HOUR, reason="Chờ")
    assert code_of(assigned(), earlier, power) == (Code.BAD_DEADLINE, "new_due")
    past = AskExtension(new_due=NOW + 2 * DAY, reason="Chờ")
    assert code_of(assigned(), past, power, at=NOW + 3 * DAY) == (Code.BAD_DEADLINE, "new_due")
    assert code_of(assigned(), AskExtension(new_due=NOW + 5 * DAY, reason=""), power) == (
        Code.MISSING,
        "reason",
    )
    assert code_of(assigned(), GrantExtension(), SUPERVISOR) == (Code.NO_EXTENSION_PENDING, None)
    assert code_of(assigned(), RefuseExtension(reason="x"), SUPERVISOR) == (Code.NO_EXTENSION_PENDING, None)
    assert code_of(asked(), RefuseExtension(reason=""), SUPERVISOR) == (Code.MISSING, "reason")
    assert code_of(asked(), GrantExtension(), DISPATCHER) == (Code.NOT_ALLOWED, None)


# resolve, rework, and how it ended


@pytest.mark.parametrize(
    ("hours", "extend", "expected"),
    [
        (1, False, "met"),
        (35, False, "met"),
        (36, False, "late"),
        (36, True, "metExtended"),
        (97, True, "late"),
    ],
)
def test_a_case_ends_in_time_in_time_by_extension_or_late(hours: int, extend: bool, expected: str) -> None:
    case = done(asked(), GrantExtension(), SUPERVISOR) if extend else assigned()
    case = done(case, Resolve(result="Đã có điện"), actor(Role.AGENCY, POWER), NOW + hours * HOUR)
    assert (case.status, case.deadline, judged(case)) == (Status.RESOLVED, None, expected)
    case = done(case, Close(public_answer="Đã có điện", publish=False), at=NOW + 300 * HOUR)
    assert judged(case) == expected


def test_a_dispatcher_resolves_on_the_agencys_behalf() -> None:
    digest = "ab" * 32
    case = done(case_in(Status.ASSIGNED), Resolve(result=" Đã vá ", attachments=(digest, digest)))
    assert (case.result, case.attachments) == ("Đã vá", (digest,))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (Resolve(result=""), (Code.MISSING, "result")),
        (Resolve(result="x" * 5001), (Code.TOO_LONG, "result")),
        (Resolve(result="Đã vá", attachments=("zz",)), (Code.BAD_VALUE, "attachments")),
    ],
)
def test_a_result_that_does_not_fit(body: Resolve, expected: tuple[Code, str]) -> None:
    assert code_of(case_in(Status.IN_PROGRESS), body, AGENCY) == expected


def test_rework_goes_on_with_the_deadline_that_ran() -> None:
    before = done(asked(), GrantExtension(), SUPERVISOR)
    resolved = done(before, Resolve(result="Đã có điện"), at=NOW + 5 * DAY)
    case = done(resolved, Rework(missing="Thiếu ảnh"), at=NOW + 6 * DAY)
    assert (case.status, case.deadline, case.stopped) == (Status.IN_PROGRESS, before.deadline, None)
    assert (case.resolved_at, case.resolve_due, judged(case)) == (None, None, "")
    assert code_of(resolved, Rework(missing=""), DISPATCHER) == (Code.MISSING, "missing")


def test_after_reopening_a_new_time_to_resolve_counts() -> None:
    closed = case_in(Status.CLOSED, type=OUTAGE)
    case = done(closed, Reopen(reason="Lại mất điện"), SUPERVISOR, NOW + 30 * DAY)
    case = done(case, Assign(lead=POWER, expects=None), at=NOW + 31 * DAY)
    assert due_of(case) == NOW + 31 * DAY + TERM


def test_an_operator_does_not_assign() -> None:
    assert code_of(new_case(), Assign(lead=ROADS, expects=None), OPERATOR) == (Code.NOT_ALLOWED, None)


def test_events_tell_what_was_replaced_and_until_when() -> None:
    outcome = give(assigned(), Assign(lead=ROADS, expects=POWER, supporting=(TOWN_HALL,)))
    assert isinstance(outcome, Accepted)
    assert outcome.events[0].data == {
        "lead": ROADS,
        "replaced": POWER,
        "supporting": [TOWN_HALL],
        "due": "2024-11-05T18:00:00Z",
    }
