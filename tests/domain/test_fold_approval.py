"""Asked for and approved, withdrawn, related, released, told: and what a delegation lets a dispatcher do."""

from datetime import date, timedelta

import pytest

from console.domain.agency import Agency
from console.domain.case import Case, Reporter, Role, Status
from console.domain.command import (
    AnyBody,
    Approve,
    AskApproval,
    AskExtension,
    AskInfo,
    Assign,
    Close,
    Decline,
    DropRequest,
    GrantExtension,
    Merge,
    Reject,
    Relate,
    ReleaseContact,
    Reopen,
    Return,
    TellCitizen,
    Withdraw,
)
from console.domain.delegation import Delegation
from console.domain.display import display_status
from console.domain.fold import Accepted, Refused
from console.domain.refusal import Code
from console.domain.rights import may
from tests.support.builders import (
    ABUSE,
    AGENCY,
    DISPATCHER,
    NOW,
    OPERATOR,
    POWER,
    REFERENCE,
    ROADS,
    SUPERVISOR,
    TOWN_HALL,
    actor,
    case_in,
    done,
    give,
    new_case,
    reference,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REJECT = Reject(reason="joke", text="Không đúng sự thật.")
CLOSE = Close(public_answer="Đã vá.", publish=True)


def code_of(case: Case, body: AnyBody, by: object = DISPATCHER, **more: object) -> tuple[Code, str | None]:
    outcome = give(case, body, by, **more)  # type: ignore[arg-type]
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code, outcome.refusal.field


def asked(case: Case | None = None, act: Reject | Close = REJECT) -> Case:
    return done(case or new_case(), AskApproval(act=act, note="Gọi lại ba lần"), OPERATOR)


def request(case: Case) -> str:
    assert case.request is not None
    return case.request.id


# approval


def test_what_was_asked_for_is_done_in_the_words_of_whoever_asked() -> None:
    case = asked()
    assert (case.status, display_status(case)) == (Status.NEW, "pending_approval")
    outcome = give(case, Approve(request=request(case)), SUPERVISOR)
    assert isinstance(outcome, Accepted)
    after = outcome.case
    assert (after.status, after.reject_reason, after.public_answer) == (
        Status.REJECTED,
        "joke",
        "Không đúng sự thật.",
    )
    assert after.request is None
    assert outcome.events[0].data == {
        "act": "reject",
        "asked_by": OPERATOR.name,
        "reason": "joke",
        "text": "Không đúng sự thật.",
    }


def test_a_sensitive_case_is_closed_by_approval() -> None:
    case = asked(case_in(Status.RESOLVED, type=ABUSE), CLOSE)
    assert code_of(case, Approve(request=request(case)), DISPATCHER)[0] is Code.NOT_ALLOWED
    closed = done(case, Approve(request=request(case)), SUPERVISOR)
    assert (closed.status, closed.published) == (Status.CLOSED, True)


def test_declined_it_stays_as_it_was() -> None:
    case = asked()
    assert code_of(case, Decline(request=request(case), reason=" "), SUPERVISOR) == (Code.MISSING, "reason")
    after = done(case, Decline(request=request(case), reason="Xác minh thêm"), SUPERVISOR)
    assert (after.status, after.request) == (Status.NEW, None)


def test_what_was_taken_back_or_overtaken_is_not_approved() -> None:
    case = asked()
    assert code_of(case, DropRequest(request=request(case)), actor(Role.OPERATOR, user="op-2")) == (
        Code.NOT_YOUR_REQUEST,
        None,
    )
    gone = done(case, DropRequest(request=request(case)), OPERATOR)
    assert code_of(gone, Approve(request=request(case)), SUPERVISOR) == (Code.NO_REQUEST_PENDING, None)
    again = asked(gone)
    assert code_of(again, Approve(request=request(case)), SUPERVISOR) == (Code.NO_REQUEST_PENDING, None)
    moved = done(again, AskInfo(question="Ở đoạn nào?"), OPERATOR)
    assert moved.request is None


def test_a_request_is_judged_when_it_is_made() -> None:
    assert code_of(new_case(), AskApproval(act=Reject(reason="mood", text="x")), OPERATOR) == (
        Code.UNKNOWN_REASON,
        "reason",
    )
    assert code_of(new_case(), AskApproval(act=CLOSE), OPERATOR)[0] is Code.WRONG_STATUS
    assert code_of(asked(), AskApproval(act=REJECT), OPERATOR) == (Code.REQUEST_PENDING, None)


def test_more_time_is_asked_for_in_the_agency_s_name() -> None:
    case = done(
        case_in(Status.IN_PROGRESS), AskExtension(new_due=NOW + 30 * DAY, reason="Chờ nhựa"), OPERATOR
    )
    assert display_status(case) == "pending_approval"
    assert case.extensions[0].asked_by == OPERATOR


# delegation


def away(since: timedelta, until: timedelta, to: str = DISPATCHER.user) -> Delegation:
    return Delegation(
        code="d1",
        by=SUPERVISOR.user,
        by_name="s",
        to=to,
        to_name="d",
        since=NOW + since,
        until=NOW + until,
        valid_from=date(2024, 11, 4),
    )


@pytest.mark.parametrize(
    ("delegation", "may_decide"),
    [
        (away(-HOUR, HOUR), True),
        (away(HOUR, 2 * HOUR), False),
        (away(-HOUR, timedelta(0)), False),
        (away(-HOUR, HOUR, "somebody"), False),
    ],
)
def test_a_dispatcher_decides_for_the_time_of_an_absence(delegation: Delegation, may_decide: bool) -> None:
    told = reference(delegations=(delegation,))
    case = asked()
    outcome = give(case, Approve(request=request(case)), DISPATCHER, reference=told)
    assert isinstance(outcome, Accepted) is may_decide
    if isinstance(outcome, Accepted):
        assert outcome.events[0].data["in_place_of"] == "s"
    sensitive = case_in(Status.RESOLVED, type=ABUSE)
    assert isinstance(give(sensitive, CLOSE, DISPATCHER, reference=told), Accepted) is may_decide
    asks = done(case_in(Status.ASSIGNED), AskExtension(new_due=NOW + 30 * DAY, reason="Chờ"), AGENCY)
    assert isinstance(give(asks, GrantExtension(), DISPATCHER, reference=told), Accepted) is may_decide


def test_an_operator_does_not_decide_whatever_is_written_down() -> None:
    told = reference(delegations=(away(-HOUR, HOUR, OPERATOR.user),))
    assert may(OPERATOR, "approve", asked(), told, NOW) is Code.NOT_ALLOWED
    assert may(DISPATCHER, "assign", None, told, NOW) is None


# withdrawn


def test_withdrawn_it_is_new_and_its_time_to_resolve_goes_on_with_the_next_lead() -> None:
    case = case_in(Status.ASSIGNED)
    ran = case.deadline
    assert code_of(case, Withdraw(expects=POWER, reason="Nhầm")) == (Code.LEAD_CHANGED, "lead")
    assert code_of(case, Withdraw(expects=ROADS, reason="")) == (Code.MISSING, "reason")
    new = done(case, Withdraw(expects=ROADS, reason="Chuyển nhầm đơn vị"), at=NOW + HOUR)
    assert (new.status, new.lead, new.supporting, new.assigned_at) == (Status.NEW, None, (), None)
    assert new.deadline is not None
    assert (new.deadline.stage, new.deadline.start) == ("assign", NOW + HOUR)
    again = done(new, Assign(lead=POWER, expects=None), at=NOW + 2 * HOUR)
    assert (again.deadline, again.stopped) == (ran, None)


def test_what_an_agency_has_accepted_is_not_withdrawn() -> None:
    case = case_in(Status.IN_PROGRESS)
    assert code_of(case, Withdraw(expects=ROADS, reason="Nhầm"))[0] is Code.WRONG_STATUS


def test_a_reopened_case_has_no_old_clock() -> None:
    new = done(case_in(Status.ASSIGNED), Withdraw(expects=ROADS, reason="Nhầm"))
    again = done(done(new, REJECT), Reopen(reason="Đúng sự thật"), SUPERVISOR)
    later = done(again, Assign(lead=POWER, expects=None), at=NOW + DAY)
    assert later.deadline is not None
    assert later.deadline.start == NOW + DAY


# instructions, contact, related, told


def test_each_supporting_agency_has_its_own_instruction() -> None:
    body = Assign(
        lead=ROADS,
        expects=None,
        supporting=(TOWN_HALL,),
        instructions={TOWN_HALL: " Phân luồng ", POWER: "không phối hợp"},
    )
    case = done(new_case(), body)
    assert case.instructions == {TOWN_HALL: "Phân luồng"}
    assert done(case, Assign(lead=ROADS, expects=ROADS)).instructions == {}


def test_an_agency_that_ended_gets_nothing() -> None:
    assert code_of(new_case(), Assign(lead="A.09", expects=None)) == (Code.UNKNOWN_AGENCY, "lead")
    ended = Agency(
        code="A.08",
        name="Sở cũ",
        short="Sở cũ",
        kind="department",  # type: ignore[arg-type]
        area="1",
        valid_from=date(2023, 7, 1),
        valid_to=date(2024, 10, 31),
    )
    told = reference(agencies=(*REFERENCE.agencies, ended))
    body = Assign(lead=ROADS, expects=None, supporting=("A.08",))
    assert code_of(new_case(), body, reference=told) == (Code.UNKNOWN_AGENCY, "supporting")


def released(case: Case | None = None, agency: str = TOWN_HALL) -> Case:
    return done(case or case_in(Status.ASSIGNED), ReleaseContact(agency=agency, reason="Hẹn gặp"))


def test_a_contact_is_released_to_one_agency_until_it_has_the_case_no_more() -> None:
    case = released()
    assert case.released_to == (TOWN_HALL,)
    back = done(case, ReleaseContact(agency=TOWN_HALL, reason="Đã gặp", on=False))
    assert back.released_to == ()
    assert done(case, Assign(lead=POWER, expects=ROADS)).released_to == ()
    assert done(case, Assign(lead=TOWN_HALL, expects=ROADS)).released_to == (TOWN_HALL,)
    assert done(case, Return(reason="Không thuộc"), AGENCY).released_to == ()
    assert code_of(case_in(Status.ASSIGNED), ReleaseContact(agency=POWER, reason="x")) == (
        Code.NOT_WITH_AGENCY,
        "agency",
    )
    assert code_of(case_in(Status.ASSIGNED), ReleaseContact(agency=ROADS, reason="x"), OPERATOR)[0] is (
        Code.NOT_ALLOWED
    )


def test_who_left_nothing_cannot_be_released_or_told() -> None:
    nobody = Reporter(anonymous=True)
    case = case_in(Status.ASSIGNED, reporter=nobody)
    assert code_of(case, ReleaseContact(agency=ROADS, reason="x")) == (Code.NO_CONTACT, None)
    assert code_of(case, TellCitizen(text="Đã chuyển"), OPERATOR) == (Code.NO_CONTACT, None)
    assert done(case_in(Status.ASSIGNED), TellCitizen(text="Đã chuyển"), OPERATOR).handler == OPERATOR.user


def test_two_cases_belong_together_and_stay_two() -> None:
    one, other = new_case(), new_case("other")
    known = {"other": other}.get
    related = done(one, Relate(to="other"), OPERATOR, lookup=known)
    assert (related.related, related.status) == (("other",), Status.NEW)
    assert done(related, Relate(to="other"), OPERATOR, lookup=known).related == ("other",)
    assert done(related, Relate(to="other", on=False), OPERATOR, lookup=known).related == ()
    assert code_of(one, Relate(to=one.id), OPERATOR) == (Code.ITSELF, "case")
    assert code_of(one, Relate(to="lost"), OPERATOR) == (Code.UNKNOWN_CASE, "case")
    assert code_of(one, Merge(into=one.id)) == (Code.MERGE_CYCLE, "into")
