"""Logging, editing, urgency, questions: each row of the table that concerns the report itself."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from console.domain.case import Case, Channel, Reporter, Role, Status
from console.domain.category import Urgency
from console.domain.command import (
    AskInfo,
    Assign,
    CallTimes,
    EditReport,
    FieldChange,
    GiveInfo,
    LogReport,
    SetUrgency,
)
from console.domain.fields import plain
from console.domain.fold import Accepted, Refused
from console.domain.number import make_number
from console.domain.place import Place, Point
from console.domain.refusal import Code, Refusal
from tests.support.builders import (
    AGENCY,
    DISPATCHER,
    NOW,
    OPERATOR,
    OUTAGE,
    POTHOLE,
    REFERENCE,
    ROADS,
    TOWN,
    VILLAGE,
    a_report,
    actor,
    case_in,
    done,
    give,
    new_case,
)

HOUR = timedelta(hours=1)


def refused(case: Case | None, body: object, **more: object) -> Refusal:
    outcome = give(case, body, **more)  # type: ignore[arg-type]
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal


def edit(case: Case, **new: object) -> EditReport:
    """Fields to their new plain values, from what stands there now."""
    return EditReport(fields={name: FieldChange(plain(case, name), value) for name, value in new.items()})


# log_report


def test_a_logged_report_is_new_and_runs_to_assign() -> None:
    case = new_case()
    assert (case.status, case.number, case.handler) == (Status.NEW, "2411-07001-2", OPERATOR.user)
    assert (case.lead, case.revision, case.entered_at) == (None, 0, NOW)
    assert case.deadline is not None
    assert (case.deadline.stage, case.deadline.start) == ("assign", NOW)
    assert case.deadline.due == NOW + 2 * HOUR


def test_the_event_bears_the_commands_id_and_nothing_of_the_reporter() -> None:
    outcome = give(None, a_report(), OPERATOR)
    assert isinstance(outcome, Accepted)
    (event,) = outcome.events
    assert (event.kind, event.case, event.seq, event.public) == ("log_report", "case-1", 0, True)
    told = msgspec.json.encode(event.data).decode()
    assert "912345678" not in told
    assert "Nguyễn" not in told


@pytest.mark.parametrize(
    ("rang", "answered"),
    [
        (NOW + HOUR, NOW + HOUR),
        (NOW, NOW - HOUR),
        (NOW - timedelta(days=8), NOW),
        (NOW.replace(tzinfo=None), NOW.replace(tzinfo=None)),
        (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)),
    ],
)
def test_times_of_a_call_that_cannot_be_are_left_out_and_the_report_is_taken(
    rang: datetime, answered: datetime
) -> None:
    outcome = give(None, a_report(call=CallTimes(rang_at=rang, answered_at=answered)), OPERATOR)
    assert isinstance(outcome, Accepted)
    assert "rang" not in outcome.events[0].data


def test_an_empty_title_becomes_the_types_name() -> None:
    assert new_case(title="  ").title == "Ổ gà, mặt đường hư hỏng"


def test_text_is_kept_composed_and_without_control_characters() -> None:
    case = new_case(description="O\u0302\u0309 ga\u0300 sâu\x00 quá\r\nnguy hiểm  ")
    assert case.description == "Ổ gà sâu quá\nnguy hiểm"


def test_late_entry_number_follows_the_entry_deadline_the_call() -> None:
    called = datetime.fromisoformat("2024-10-31T08:00:00+07:00")
    outcome = give(None, a_report(happened_at=called), OPERATOR)
    assert isinstance(outcome, Accepted)
    case = outcome.case
    assert (case.happened_at, case.entered_at) == (called, NOW)
    assert case.deadline is not None
    assert case.deadline.due == called + 2 * HOUR


def test_the_centres_own_reports_bear_station_00() -> None:
    system = actor(Role.SYSTEM, user="centre", station="00")
    outcome = give(None, a_report(number=make_number("2411", "00", 5), channel=Channel.APP), system)
    assert isinstance(outcome, Accepted)
    assert outcome.case.handler == ""


def test_anonymous_needs_no_phone() -> None:
    assert new_case(reporter=Reporter(anonymous=True)).reporter == Reporter(anonymous=True)


def test_a_point_just_outside_of_the_outlines_is_taken() -> None:
    assert new_case(place=Place(commune=TOWN, point=Point(106.585, 17.45))).place.point is not None


BAD_REPORTS: list[tuple[dict[str, object], Code, str]] = [
    ({"number": ""}, Code.MISSING, "number"),
    ({"number": "2411-07001-3"}, Code.BAD_NUMBER, "number"),
    ({"number": make_number("2411", "08", 1)}, Code.BAD_NUMBER, "number"),
    ({"number": make_number("2412", "07", 1)}, Code.BAD_NUMBER, "number"),
    ({"type": ""}, Code.MISSING, "type"),
    ({"type": "no.such"}, Code.UNKNOWN_TYPE, "type"),
    ({"type": "road.old"}, Code.UNKNOWN_TYPE, "type"),
    ({"title": "x" * 201}, Code.TOO_LONG, "title"),
    ({"description": " \n "}, Code.MISSING, "description"),
    ({"description": "chín chữ "}, Code.TOO_SHORT, "description"),
    ({"description": "x" * 100_000}, Code.TOO_LONG, "description"),
    ({"place": Place(commune="")}, Code.MISSING, "place"),
    ({"place": Place(commune="999")}, Code.UNKNOWN_COMMUNE, "place"),
    ({"place": Place(commune="10")}, Code.UNKNOWN_COMMUNE, "place"),
    ({"place": Place(commune=TOWN, point=Point(105.85, 21.03))}, Code.OUTSIDE_PROVINCE, "place"),
    ({"place": Place(commune=TOWN, point=Point(106.575, 17.45))}, Code.OUTSIDE_PROVINCE, "place"),
    ({"place": Place(commune=TOWN, point=Point(float("nan"), 17.45))}, Code.OUTSIDE_PROVINCE, "place"),
    ({"place": Place(commune=TOWN, text="x" * 501)}, Code.TOO_LONG, "place"),
    ({"place": Place(commune=TOWN, accuracy_m=-1)}, Code.BAD_VALUE, "place"),
    ({"reporter": Reporter()}, Code.MISSING, "reporter"),
    ({"reporter": Reporter(phone="0912345678")}, Code.BAD_PHONE, "reporter"),
    ({"reporter": Reporter(phone="+84912345678", name="x" * 201)}, Code.TOO_LONG, "reporter"),
    ({"answers": {"q": "x" * 201}}, Code.TOO_LONG, "answers"),
    ({"answers": {str(i): "a" for i in range(31)}}, Code.TOO_LONG, "answers"),
    ({"happened_at": NOW + timedelta(days=1)}, Code.BAD_VALUE, "happened_at"),
    ({"happened_at": NOW - timedelta(days=2000)}, Code.BAD_VALUE, "happened_at"),
    ({"happened_at": NOW.replace(tzinfo=None)}, Code.BAD_VALUE, "happened_at"),
]


@pytest.mark.parametrize(("values", "code", "field"), BAD_REPORTS)
def test_a_report_that_does_not_fit(values: dict[str, object], code: Code, field: str) -> None:
    refusal = refused(None, a_report(**values), by=OPERATOR)
    assert (refusal.code, refusal.field) == (code, field)
    assert (refusal.limit is not None) == (code in (Code.TOO_LONG, Code.TOO_SHORT))


def test_a_number_of_next_months_first_hour_is_taken() -> None:
    at = datetime.fromisoformat("2024-11-30T23:30:00+07:00")
    body = a_report(number=make_number("2412", "07", 1), happened_at=at)
    assert isinstance(give(None, body, OPERATOR, at), Accepted)


def test_an_id_is_taken_once() -> None:
    assert refused(new_case(), a_report(), by=OPERATOR).code is Code.CASE_EXISTS


def test_any_other_command_needs_a_case() -> None:
    assert refused(None, SetUrgency(urgency=Urgency.LOW)).code is Code.UNKNOWN_CASE


@pytest.mark.parametrize("at", [NOW.replace(tzinfo=None), NOW.replace(year=1970), NOW.replace(year=9998)])
def test_a_command_has_a_sane_time(at: datetime) -> None:
    refusal = refused(new_case(), SetUrgency(urgency=Urgency.LOW), at=at)
    assert (refusal.code, refusal.field) == (Code.BAD_VALUE, "at")


# edit_report


def test_fields_that_nobody_else_touched_are_merged() -> None:
    before = new_case()
    moved = done(before, edit(before, place={"commune": VILLAGE}), DISPATCHER)
    after = done(moved, edit(before, title="Ổ gà rất lớn"), OPERATOR)
    assert (after.place, after.title) == (Place(commune=VILLAGE), "Ổ gà rất lớn")
    assert after.handler == OPERATOR.user


def test_a_field_that_changed_is_refused_alone() -> None:
    before = new_case()
    theirs = done(before, edit(before, title="Của họ"), DISPATCHER)
    outcome = give(theirs, edit(before, title="Của tôi", description="Nội dung mới của tôi"), OPERATOR)
    assert isinstance(outcome, Accepted)
    assert (outcome.case.title, outcome.case.description) == ("Của họ", "Nội dung mới của tôi")
    assert outcome.partial == (Refusal(code=Code.FIELD_CHANGED, field="title", now="Của họ"),)
    assert set(outcome.events[0].data["fields"]) == {"description"}


def test_only_changed_fields_refuse_the_whole() -> None:
    before = new_case()
    theirs = done(before, edit(before, title="Của họ"), DISPATCHER)
    refusal = refused(theirs, edit(before, title="Của tôi"), by=OPERATOR)
    assert (refusal.code, refusal.field, refusal.now) == (Code.FIELD_CHANGED, "title", "Của họ")


def test_equal_values_are_never_a_conflict() -> None:
    before = new_case()
    theirs = done(before, edit(before, title="Như nhau", urgency="high"), DISPATCHER)
    outcome = give(theirs, edit(before, title="Như nhau", urgency="high"), OPERATOR)
    assert isinstance(outcome, Accepted)
    assert (outcome.partial, outcome.events[0].data) == ((), {})


def test_values_are_compared_by_meaning() -> None:
    case = new_case()
    old = {"commune": TOWN, "text": "Đường Lý Thường Kiệt", "point": {"lat": 17.45, "lon": 106.62}}
    body = EditReport(fields={"place": FieldChange(old, {"commune": VILLAGE})})
    assert done(case, body, OPERATOR).place.commune == VILLAGE
    moment = EditReport(
        fields={"happened_at": FieldChange("2024-11-04T14:00:00+07:00", "2024-11-04T06:00:00Z")}
    )
    assert done(case, moment, OPERATOR).happened_at == NOW - HOUR


def test_the_reporter_is_edited_but_not_told() -> None:
    case = new_case()
    outcome = give(case, edit(case, reporter={"phone": "+84987654321", "name": "Trần Văn Mới"}), OPERATOR)
    assert isinstance(outcome, Accepted)
    assert outcome.case.reporter == Reporter(phone="+84987654321", name="Trần Văn Mới")
    assert outcome.events[0].data == {"fields": {"reporter": {}}}


def test_another_type_takes_its_name_and_its_term() -> None:
    case = new_case(title="")
    after = done(case, edit(case, type=OUTAGE), OPERATOR)
    assert (after.type, after.title) == (OUTAGE, "Mất điện")
    assigned = case_in(Status.ASSIGNED)
    after = done(assigned, edit(assigned, type=OUTAGE), OPERATOR)
    assert after.deadline is not None
    assert (after.deadline.due, after.deadline.original) == (NOW + timedelta(minutes=2100),) * 2
    assert after.title == assigned.title


def test_another_time_of_the_call_moves_the_time_to_assign() -> None:
    case = new_case(urgency=Urgency.CRITICAL)
    after = done(case, edit(case, happened_at="2024-11-04T06:00:00Z"), OPERATOR)
    assert after.deadline is not None
    assert after.deadline.due == NOW - HOUR + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("title", 5, Code.BAD_VALUE),
        ("urgency", "mad", Code.BAD_VALUE),
        ("title", None, Code.BAD_VALUE),
        ("place", {"commune": "999"}, Code.UNKNOWN_COMMUNE),
        ("type", "road.old", Code.UNKNOWN_TYPE),
        ("description", "ngắn", Code.TOO_SHORT),
        ("reporter", {"phone": "12"}, Code.BAD_PHONE),
        ("happened_at", "2030-01-01T00:00:00Z", Code.BAD_VALUE),
    ],
)
def test_a_new_value_that_never_fits_refuses_the_whole(name: str, value: object, code: Code) -> None:
    case = new_case()
    refusal = refused(case, edit(case, **({"answers": {"hurt": "no"}} | {name: value})), by=OPERATOR)
    assert (refusal.code, refusal.field) == (code, name)


@pytest.mark.parametrize(
    "fields", [{}, {"number": FieldChange("a", "b")}, {"status": FieldChange(None, None)}]
)
def test_only_fields_of_the_report_are_edited(fields: dict[str, FieldChange]) -> None:
    assert refused(new_case(), EditReport(fields=fields), by=OPERATOR).code in (Code.MISSING, Code.BAD_VALUE)


# set_urgency


def test_urgency_counts_the_running_deadline_anew_from_its_start() -> None:
    case = done(case_in(Status.ASSIGNED), SetUrgency(urgency=Urgency.CRITICAL), at=NOW + HOUR)
    assert case.deadline is not None
    assert (case.urgency, case.deadline.due) == (Urgency.CRITICAL, NOW + timedelta(minutes=120))


def test_a_deadline_set_by_hand_does_not_follow_the_urgency() -> None:
    due = NOW + timedelta(days=3)
    case = done(new_case(), Assign(lead=ROADS, expects=None, due=due))
    case = done(case, SetUrgency(urgency=Urgency.CRITICAL))
    assert case.deadline is not None
    assert case.deadline.due == due


def test_urgency_of_a_closed_case_is_but_a_word() -> None:
    case = done(case_in(Status.CLOSED), SetUrgency(urgency=Urgency.LOW))
    assert (case.urgency, case.deadline) == (Urgency.LOW, None)


# ask_info, give_info


@pytest.mark.parametrize("status", [Status.NEW, Status.ASSIGNED, Status.IN_PROGRESS])
def test_a_question_rests_the_clock_and_its_answer_leads_back(status: Status) -> None:
    case = case_in(status, type=OUTAGE)
    asked = done(case, AskInfo(question=" Ở đâu? "), OPERATOR, NOW + HOUR)
    assert (asked.status, asked.question, asked.back_to) == (Status.NEED_INFO, "Ở đâu?", status)
    assert asked.deadline is not None
    assert case.deadline is not None
    left = (case.deadline.due - NOW - HOUR) // timedelta(minutes=1)
    assert (asked.deadline.resting_since, asked.deadline.remaining_minutes) == (NOW + HOUR, left)
    back = done(asked, GiveInfo(answer="Trước chợ"), OPERATOR, NOW + 6 * HOUR)
    assert (back.status, back.question, back.back_to) == (status, "", None)
    assert back.deadline is not None
    assert back.deadline.due == back.deadline.original == case.deadline.due + 5 * HOUR
    assert back.deadline.near == case.deadline.near + 5 * HOUR
    assert (back.deadline.resting_since, back.deadline.remaining_minutes) == (None, None)


def test_urgency_set_while_it_rests_counts_after_the_rest() -> None:
    case = case_in(Status.ASSIGNED, type=OUTAGE)
    asked = done(case, AskInfo(question="Ở đâu?"), AGENCY, NOW + HOUR)
    raised = done(asked, SetUrgency(urgency=Urgency.HIGH), at=NOW + 2 * HOUR)
    assert raised.deadline is not None
    assert raised.deadline.remaining_minutes == 900 - 60
    back = done(raised, GiveInfo(answer="Trước chợ"), OPERATOR, NOW + 3 * HOUR)
    assert back.deadline is not None
    assert back.deadline.due == NOW + 2 * HOUR + timedelta(minutes=900)


def test_an_overdue_case_is_as_overdue_after_the_rest() -> None:
    case = case_in(Status.NEW, type=OUTAGE)
    late = NOW + timedelta(minutes=150)
    asked = done(case, AskInfo(question="Ở đâu?"), OPERATOR, late)
    assert asked.deadline is not None
    assert asked.deadline.remaining_minutes == -30
    back = done(asked, GiveInfo(answer="Trước chợ"), OPERATOR, late + 5 * HOUR)
    assert back.deadline is not None
    assert back.deadline.due == late + 5 * HOUR - timedelta(minutes=30)


def test_an_answer_labelled_before_its_question_moves_nothing() -> None:
    case = case_in(Status.NEW, type=OUTAGE)
    asked = done(case, AskInfo(question="Ở đâu?"), OPERATOR, NOW + HOUR)
    assert done(asked, GiveInfo(answer="Đây"), OPERATOR, NOW).deadline == case.deadline


@pytest.mark.parametrize(
    ("status", "body", "field"),
    [(Status.NEW, AskInfo(question=""), "question"), (Status.NEED_INFO, GiveInfo(answer=" "), "answer")],
)
def test_question_and_answer_have_words(status: Status, body: AskInfo | GiveInfo, field: str) -> None:
    refusal = refused(case_in(status), body, by=OPERATOR)
    assert (refusal.code, refusal.field) == (Code.MISSING, field)


def test_types_of_the_report_are_those_of_its_day() -> None:
    at = datetime.fromisoformat("2024-06-03T09:00:00+07:00")
    case = new_case(at=at, type="road.old", number=make_number("2406", "07", 1))
    assert case.type == "road.old"
    assert isinstance(give(case, SetUrgency(urgency=Urgency.HIGH), DISPATCHER, NOW), Accepted)


def test_commands_of_the_wire_come_back_the_same() -> None:
    body = a_report(type=POTHOLE)
    assert msgspec.json.decode(msgspec.json.encode(body), type=LogReport) == body
    assert REFERENCE.version == 1
