"""Closing, rejecting, merging, referring, reopening, and what fits any status."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from console.domain.case import Case, Role, Status
from console.domain.command import (
    AddNote,
    AnyBody,
    AskExtension,
    AskInfo,
    Attach,
    Close,
    GiveInfo,
    Merge,
    RecordCallback,
    Refer,
    Reject,
    Reopen,
    Resolve,
    ShowContact,
    Unmerge,
    Watch,
)
from console.domain.fold import Accepted, Refused
from console.domain.number import make_number
from console.domain.refusal import Code
from tests.support.builders import (
    AGENCY,
    DISPATCHER,
    NOW,
    OPERATOR,
    OUTAGE,
    SUPERVISOR,
    actor,
    case_in,
    done,
    give,
    new_case,
)

HOUR = timedelta(hours=1)
DIGEST = "0f" * 32


def code_of(case: Case, body: AnyBody, by: object = DISPATCHER, **more: object) -> tuple[Code, str | None]:
    outcome = give(case, body, by, **more)  # type: ignore[arg-type]
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code, outcome.refusal.field


# close, reject, refer, reopen


def test_closing_has_an_answer_for_the_public() -> None:
    case = done(case_in(Status.RESOLVED), Close(public_answer=" Đã vá. ", publish=True), at=NOW + HOUR)
    assert (case.status, case.public_answer, case.published) == (Status.CLOSED, "Đã vá.", True)
    assert (case.closed_at, case.deadline, case.stopped) == (NOW + HOUR, None, None)
    assert code_of(case_in(Status.RESOLVED), Close(public_answer="", publish=True)) == (
        Code.MISSING,
        "public_answer",
    )


def test_a_sensitive_type_is_closed_by_a_supervisor() -> None:
    case, body = case_in(Status.RESOLVED, type="social.abuse"), Close(public_answer="Xong", publish=False)
    assert code_of(case, body) == (Code.NEEDS_SUPERVISOR, None)
    assert done(case, body, SUPERVISOR).status is Status.CLOSED


@pytest.mark.parametrize("status", [Status.NEW, Status.NEED_INFO, Status.RETURNED])
def test_rejecting_says_why(status: Status) -> None:
    case = done(case_in(status), Reject(reason="joke", text="Không đúng sự thật"), at=NOW + HOUR)
    assert (case.status, case.reject_reason, case.closed_at) == (Status.REJECTED, "joke", NOW + HOUR)
    assert (case.deadline, case.question, case.back_to) == (None, "", None)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (Reject(reason="", text="x"), (Code.MISSING, "reason")),
        (Reject(reason="mood", text="x"), (Code.UNKNOWN_REASON, "reason")),
        (Reject(reason="old", text="x"), (Code.UNKNOWN_REASON, "reason")),
        (Reject(reason="joke", text=" "), (Code.MISSING, "text")),
        (Refer(to="", note="x"), (Code.MISSING, "to")),
        (Refer(to="116"), (Code.BAD_VALUE, "to")),
        (Refer(to="113", note="x" * 5001), (Code.TOO_LONG, "note")),
    ],
)
def test_endings_that_do_not_fit(body: AnyBody, expected: tuple[Code, str]) -> None:
    assert code_of(new_case(), body) == expected


def test_rejecting_takes_a_waiting_request_back() -> None:
    ask = AskExtension(new_due=NOW + 900 * HOUR, reason="Chờ")
    case = done(done(case_in(Status.IN_PROGRESS), ask, AGENCY), AskInfo(question="Ở đâu?"), OPERATOR)
    case = done(case, Reject(reason="joke", text="Không đúng"))
    assert [e.state for e in case.extensions] == ["withdrawn"]


@pytest.mark.parametrize("to", ["enquiry", "113", "114", "115", "complaint", "other"])
def test_what_is_no_field_report_is_referred(to: str) -> None:
    case = done(new_case(), Refer(to=to), OPERATOR)
    assert (case.status, case.referred_to, case.deadline) == (Status.CLOSED, to, None)


def test_reopening_keeps_the_number_and_starts_anew() -> None:
    closed = case_in(Status.CLOSED, type=OUTAGE)
    case = done(closed, Reopen(reason="Lại hỏng"), SUPERVISOR, NOW + 9 * HOUR)
    assert (case.status, case.number, case.reopened) == (Status.NEW, closed.number, 1)
    assert (case.lead, case.supporting, case.assigned_at, case.accepted_at) == (None, (), None, None)
    assert (case.result, case.public_answer, case.published, case.closed_at) == ("", "", False, None)
    assert case.deadline is not None
    assert (case.deadline.stage, case.deadline.due) == ("assign", NOW + 11 * HOUR)
    rejected = done(case_in(Status.REJECTED), Reopen(reason="Có thật"), SUPERVISOR)
    assert (rejected.status, rejected.reject_reason) == (Status.NEW, "")


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.DISPATCHER])
def test_others_reopen_with_the_caller_on_the_line(role: Role) -> None:
    closed, by = case_in(Status.CLOSED), actor(role)
    assert code_of(closed, Reopen(reason="Lại hỏng"), by) == (Code.NOT_ALLOWED, "on_line")
    assert done(closed, Reopen(reason="Lại hỏng", on_line=True), by).status is Status.NEW
    assert code_of(closed, Reopen(reason="", on_line=True), by) == (Code.MISSING, "reason")


# merge, unmerge


def other(id: str, **more: object) -> Case:
    return new_case(id, number=make_number("2411", "07", 9), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [s for s in Status if s.is_open])
def test_merged_and_apart_again_a_case_stands_where_it_stood(status: Status) -> None:
    before = case_in(status)
    merged = done(before, Merge(into="b"), lookup={"b": other("b")}.get)
    assert (merged.status, merged.merged_into, merged.deadline) == (Status.MERGED, "b", None)
    apart = done(merged, Unmerge())
    assert (apart.status, apart.merged_into, apart.merged_from) == (status, None, None)
    assert (apart.deadline, apart.stopped) == (before.deadline, before.stopped)


def test_a_question_survives_a_merge() -> None:
    asked = done(case_in(Status.ASSIGNED), AskInfo(question="Ở đâu?"), OPERATOR)
    apart = done(done(asked, Merge(into="b"), lookup={"b": other("b")}.get), Unmerge())
    assert done(apart, GiveInfo(answer="Đây"), OPERATOR).status is Status.ASSIGNED


def test_the_event_names_the_other_case() -> None:
    outcome = give(new_case(), Merge(into="b"), lookup={"b": other("b")}.get)
    assert isinstance(outcome, Accepted)
    assert outcome.events[0].data == {"into": "b", "number": make_number("2411", "07", 9)}


def test_merges_that_do_not_fit() -> None:
    a, b = new_case("a"), other("b")
    b_in_a = done(b, Merge(into="a"), lookup={"a": a}.get)
    c_in_b = done(other("c"), Merge(into="b"), lookup={"b": b}.get)
    rejected = done(b, Reject(reason="joke", text="Không"))
    assert code_of(a, Merge(into="")) == (Code.MISSING, "into")
    assert code_of(a, Merge(into="b")) == (Code.UNKNOWN_CASE, "into")
    assert code_of(a, Merge(into="a")) == (Code.MERGE_CYCLE, "into")
    assert code_of(a, Merge(into="b"), lookup={"a": a, "b": b_in_a}.get) == (Code.MERGE_CYCLE, "into")
    assert code_of(a, Merge(into="c"), lookup={"b": b, "c": c_in_b}.get) == (Code.MERGED_PARENT, "into")
    assert code_of(a, Merge(into="b"), lookup={"b": rejected}.get) == (Code.WRONG_STATUS, "into")


def test_a_case_may_be_merged_into_a_closed_one() -> None:
    parent = case_in(Status.CLOSED, id="p")
    assert done(new_case("a"), Merge(into="p"), lookup={"p": parent}.get).merged_into == "p"


# what fits any status


def file(**other: Any) -> Attach:
    return Attach(**{"sha256": DIGEST, "name": "a.pdf", "media_type": "application/pdf", "size": 1, **other})


def test_a_case_takes_twenty_files_and_the_same_one_once() -> None:
    case = new_case()
    for number in range(20):
        case = done(case, file(sha256=f"{number:064x}"), OPERATOR)
    assert done(case, file(sha256=f"{3:064x}"), OPERATOR).attachments == case.attachments
    assert code_of(case, file(), OPERATOR) == (Code.TOO_MANY, "sha256")
    forwarded = msgspec.structs.replace(case_in(Status.ASSIGNED), attachments=case.attachments)
    result = Resolve(result="Xong", attachments=(DIGEST,))
    assert code_of(forwarded, result, AGENCY) == (Code.TOO_MANY, "attachments")


@pytest.mark.parametrize("status", list(Status))
def test_notes_files_watches_and_reveals_change_no_status(status: Status) -> None:
    before = case = case_in(status)
    case = done(case, AddNote(text="Đã gọi", audience="agency"), OPERATOR)
    case = done(case, Attach(sha256=DIGEST, name="a.jpg", media_type="image/jpeg", size=9), OPERATOR)
    case = done(case, Watch(), SUPERVISOR)
    case = done(case, ShowContact(reason="Gọi lại"), SUPERVISOR)
    assert (case.status, case.notes, case.attachments) == (status, 1, (DIGEST,))
    assert (case.watchers, case.handler) == ((SUPERVISOR.user,), before.handler)
    assert done(case, Watch(on=False), SUPERVISOR).watchers == ()


@pytest.mark.parametrize(
    ("body", "public"),
    [
        (AddNote(text="Nội bộ"), False),
        (AddNote(text="Gửi đơn vị", audience="agency"), True),
        (ShowContact(reason="Gọi lại"), False),
    ],
)
def test_agencies_do_not_see_internal_notes_and_reveals(body: AnyBody, public: bool) -> None:
    outcome = give(new_case(), body, OPERATOR)
    assert isinstance(outcome, Accepted)
    assert outcome.events[0].public is public


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED])
def test_a_call_back_is_kept(status: Status) -> None:
    case = done(case_in(status), RecordCallback(reached=True, satisfied=4, words="Cảm ơn"), OPERATOR)
    (call,) = case.callbacks
    assert (case.status, call.reached, call.satisfied, call.words) == (status, True, 4, "Cảm ơn")


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (Status.CLOSED, RecordCallback(reached=True, satisfied=6), (Code.BAD_VALUE, "satisfied")),
        (Status.CLOSED, RecordCallback(reached=False, satisfied=3), (Code.BAD_VALUE, "satisfied")),
        (Status.NEW, AddNote(text=""), (Code.MISSING, "text")),
        (Status.NEW, AddNote(text="x" * 5001), (Code.TOO_LONG, "text")),
        (Status.NEW, AddNote(text="x", audience="press"), (Code.BAD_VALUE, "audience")),
        (Status.NEW, ShowContact(reason=""), (Code.MISSING, "reason")),
        (Status.NEW, file(sha256="x"), (Code.BAD_VALUE, "sha256")),
        (Status.NEW, file(name=""), (Code.MISSING, "name")),
        (Status.NEW, file(media_type=""), (Code.MISSING, "media_type")),
        (Status.NEW, file(media_type="application/x-msdownload"), (Code.BAD_MEDIA_TYPE, "media_type")),
        (Status.NEW, file(size=0), (Code.BAD_VALUE, "size")),
        (Status.NEW, file(size=50 * 1024 * 1024 + 1), (Code.TOO_BIG, "size")),
    ],
)
def test_small_acts_that_do_not_fit(status: Status, body: AnyBody, expected: tuple[Code, str]) -> None:
    assert code_of(case_in(status), body, OPERATOR) == expected


def test_a_reveal_is_not_for_agencies() -> None:
    assert code_of(case_in(Status.ASSIGNED), ShowContact(reason="x"), AGENCY) == (Code.NOT_ALLOWED, None)


def test_a_refusal_code_for_each_reason_of_fold_is_tested() -> None:
    """Codes that are said elsewhere, by desk and centre, are few and named."""
    elsewhere = {
        Code.FILES_TOO_BIG,
        Code.UNREADABLE,
        Code.UNKNOWN_KIND,
        Code.ID_REUSED,
        Code.FAILED,
        Code.HELD_BACK,
    }
    told = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert {code for code in Code if f"Code.{code.name}" not in told} <= elsewhere


def test_a_resolved_case_keeps_its_files() -> None:
    case = done(case_in(Status.ASSIGNED), file(), AGENCY)
    assert done(case, Resolve(result="Xong", attachments=("aa" * 32,))).attachments == (DIGEST, "aa" * 32)
