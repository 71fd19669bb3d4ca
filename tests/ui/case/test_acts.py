"""The table of acts: each key once, every field in words, and the commands they become."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.domain.canned import holes
from console.domain.case import Actor, Case, Channel, Extension, Request, Role, Status
from console.domain.category import Urgency
from console.domain.command import (
    AddNote,
    Approve,
    AskApproval,
    Assign,
    Close,
    GrantExtension,
    RecordCallback,
    RefuseExtension,
    Reject,
    SetUrgency,
    TellCitizen,
    Unmerge,
)
from console.domain.place import Place
from console.domain.refusal import Code
from console.ui.case.acts import (
    ASK_EXTENSION,
    ASSIGN,
    CALLBACK,
    CLOSE,
    DECIDE_EXTENSION,
    UNMERGE,
    URGENCY,
)
from console.ui.case.acts_more import NOTE
from console.ui.case.due_edit import DueEdit
from console.ui.case.grid_acts import EVERY_ACT, MENU, SLOTS, act_in, missing, slot_of_key, why_not
from console.ui.case.situation import Situation, fill
from console.ui.words import Words
from tests.desk.people import DISPATCHER, LEAD, OPERATOR, REFERENCE, SUPERVISOR, TYPE, WARDS
from tests.ui.conftest import Stage

NOW = datetime(2024, 11, 4, 7, 0, tzinfo=UTC)
CASE = Case(
    id="c1",
    number="2411-07001-3",
    channel=Channel.PHONE,
    status=Status.IN_PROGRESS,
    urgency=Urgency.NORMAL,
    type=TYPE.code,
    title="Nắp cống vỡ",
    description="Nắp cống vỡ giữa làn xe",
    place=Place(commune=WARDS[0].code),
    happened_at=NOW,
    entered_at=NOW,
    logged_by=DISPATCHER,
    lead=LEAD,
)
AGENCY = Actor(user="ag", name="Lê Văn Tám", role=Role.AGENCY, station="", agency=LEAD)
ASKED = Extension(
    id="x", asked_at=NOW, asked_by=AGENCY, old_due=NOW, new_due=NOW + timedelta(days=1), reason="Chờ vật tư"
)
WAITING = msgspec.structs.replace(CASE, extensions=(ASKED,))


def test_every_act_has_a_key_of_its_own_and_words_for_all_it_shows() -> None:
    words = Words()
    acts = {
        act_in(slot, actor, case)
        for slot in (*SLOTS, *MENU)
        for actor in (DISPATCHER, SUPERVISOR)
        for case in _both()
    }
    keys = {act.key for act in acts}
    assert len(keys) == len(SLOTS) + len(MENU)
    assert not keys & {"J", "K", "W"}
    for act in EVERY_ACT:
        assert slot_of_key(act.key) == act.slot
        parts = ("title", "send", "done") if act.fields else ("title", "done")
        wanted = [f"act.{act.name}.{part}" for part in parts]
        wanted += [f"slot.{act.slot}"] + [field.text for field in act.fields]
        assert [key for key in wanted if key not in words] == []
    assert slot_of_key("W") is None


def _both() -> tuple[Case, Case]:
    return CASE, msgspec.structs.replace(CASE, status=Status.NEED_INFO)


def test_one_key_asks_and_gives_information_as_the_case_stands() -> None:
    asking, giving = (act_in("info", DISPATCHER, case) for case in _both())
    assert (asking.kind, giving.kind) == ("ask_info", "give_info")


def test_forwarding_carries_the_lead_it_expects_to_replace() -> None:
    due = NOW + timedelta(hours=3)
    body = ASSIGN.build(
        {"lead": "b", "supporting": ("c",), "due": due, "instruction": " Rào chắn ngay "}, CASE
    )
    assert body == Assign(lead="b", expects=LEAD, supporting=("c",), due=due, instruction="Rào chắn ngay")
    by_rule = ASSIGN.build({"lead": "b"}, CASE)
    assert isinstance(by_rule, Assign)
    assert by_rule.due is None


def test_a_supervisor_decides_and_an_agency_asks() -> None:
    assert act_in("extend", SUPERVISOR, WAITING) is DECIDE_EXTENSION
    assert act_in("extend", AGENCY, CASE) is ASK_EXTENSION
    granted = DECIDE_EXTENSION.build({"decision": "grant", "reason": "Được"}, WAITING)
    refused = DECIDE_EXTENSION.build({"decision": "refuse", "reason": "Không"}, WAITING)
    assert granted == GrantExtension(note="Được")
    assert refused == RefuseExtension(reason="Không")
    assert [f.name for f in missing(DECIDE_EXTENSION, {"decision": "refuse"})] == ["reason"]
    assert missing(DECIDE_EXTENSION, {"decision": "grant"}) == []


def test_what_cannot_be_done_says_why() -> None:
    def code(act: object, actor: Actor, case: Case) -> Code | None:
        refusal = why_not(act, actor, case, REFERENCE)  # type: ignore[arg-type]
        return refusal.code if refusal else None

    assert code(NOTE, DISPATCHER, CASE) is None
    assert code(CLOSE, DISPATCHER, CASE) is Code.WRONG_STATUS
    assert code(ASK_EXTENSION, DISPATCHER, CASE) is None
    assert code(ASK_EXTENSION, AGENCY, CASE) is None
    assert code(ASK_EXTENSION, AGENCY, WAITING) is Code.EXTENSION_PENDING
    assert code(DECIDE_EXTENSION, SUPERVISOR, CASE) is Code.NO_EXTENSION_PENDING
    assert code(DECIDE_EXTENSION, SUPERVISOR, WAITING) is None


@pytest.mark.parametrize(
    ("reached", "body"),
    [
        ("4", RecordCallback(reached=True, satisfied=4, words="Cảm ơn")),
        ("0", RecordCallback(reached=False, words="Cảm ơn")),
        ("reached", RecordCallback(reached=True, words="Cảm ơn")),
    ],
)
def test_a_call_back_is_recorded_as_it_went(reached: str, body: RecordCallback) -> None:
    assert CALLBACK.build({"reached": reached, "words": "Cảm ơn"}, CASE) == body


def test_other_bodies() -> None:
    assert CLOSE.build({"public_answer": "Đã xong", "publish": True}, CASE) == Close(
        public_answer="Đã xong", publish=True
    )
    assert URGENCY.build({"urgency": "high"}, CASE) == SetUrgency(urgency=Urgency.HIGH)
    assert [field.name for field in missing(CLOSE, {"public_answer": ""})] == ["public_answer"]


def test_a_merged_one_is_split_off_by_whom_it_concerns_and_no_other_is() -> None:
    merged = msgspec.structs.replace(CASE, status=Status.MERGED, merged_into="c2", merged_from=Status.NEW)
    assert why_not(UNMERGE, DISPATCHER, merged, REFERENCE) is None
    found = [why_not(UNMERGE, *who, REFERENCE) for who in ((DISPATCHER, CASE), (AGENCY, merged))]
    assert [one.code for one in found if one] == [Code.WRONG_STATUS, Code.NOT_ALLOWED]
    assert UNMERGE.build({"note": " Hai nắp cống khác nhau "}, merged) == Unmerge(
        note="Hai nắp cống khác nhau"
    )


def rejected_by(actor: Actor, case: Case, at: datetime | None = None) -> str:
    return act_in("reject", actor, case, REFERENCE, at).name


def test_what_somebody_may_not_do_they_ask_for() -> None:
    new = msgspec.structs.replace(CASE, status=Status.NEW, lead=None)
    assert rejected_by(DISPATCHER, new) == "reject"
    assert rejected_by(OPERATOR, new) == "ask_reject"
    asked = act_in("reject", OPERATOR, new, REFERENCE)
    body = asked.build({"reason": "joke", "text": "Trêu đùa", "note": "Gọi ba lần"}, new)
    assert body == AskApproval(act=Reject(reason="joke", text="Trêu đùa"), note="Gọi ba lần")
    assert why_not(asked, OPERATOR, new, REFERENCE) is None
    assert rejected_by(OPERATOR, CASE) == "reject"  # not in this status, whoever it is


def test_the_key_of_no_declines_what_waits_or_takes_back_what_one_asked() -> None:
    request = Request(id="r1", kind="reject", at=NOW, by=OPERATOR, words="Trêu đùa")
    new = msgspec.structs.replace(CASE, status=Status.NEW, lead=None, request=request)
    assert rejected_by(SUPERVISOR, new) == "decline"
    assert rejected_by(OPERATOR, new) == "drop_request"
    assert rejected_by(DISPATCHER, new) == "reject"
    assert rejected_by(SUPERVISOR, WAITING) == "refuse_extension"
    assert act_in("approve", SUPERVISOR, new, REFERENCE).build({}, new) == Approve(request="r1")
    assert act_in("approve", SUPERVISOR, WAITING, REFERENCE).name == "grant"
    refusal = why_not(act_in("approve", SUPERVISOR, CASE), SUPERVISOR, CASE, REFERENCE)
    assert refusal is not None
    assert refusal.code is Code.NO_REQUEST_PENDING


def test_three_acts_for_three_readers() -> None:
    acts = [act_in(slot, DISPATCHER, CASE) for slot in ("agency", "note", "citizen")]
    assert [act.to for act in acts] == ["agency", "internal", "citizen"]
    bodies = [act.build({"text": " Đã xem "}, CASE) for act in acts]
    assert bodies == [
        AddNote(text="Đã xem", audience="agency"),
        AddNote(text="Đã xem"),
        TellCitizen(text="Đã xem"),
    ]
    refusal = why_not(acts[2], DISPATCHER, msgspec.structs.replace(CASE, reporter=None), REFERENCE)
    assert refusal is not None
    assert refusal.code is Code.NO_CONTACT


def test_a_time_set_by_hand_can_be_read(stage: Stage, qtbot: QtBot) -> None:
    holder = QWidget()
    edit = DueEdit(stage.theme, None, NOW)
    QVBoxLayout(holder).addWidget(edit)
    qtbot.addWidget(holder)
    holder.resize(400, 90)
    holder.show()
    line = edit.edit.lineEdit()
    assert line is not None
    assert line.width() > line.fontMetrics().horizontalAdvance(line.text())


def test_a_template_keeps_the_fields_that_the_case_cannot_fill() -> None:
    bare = msgspec.structs.replace(CASE, lead=None, deadline=None)
    at = Situation(bare, REFERENCE, NOW, "Cầu Dài", ())
    text = "{số}: {đơn vị} đến {place} trước {hạn}"
    assert fill(text, at) == "2411-07001-3: {đơn vị} đến Cầu Dài trước {hạn}"
    assert holes(fill(text, at)) == ["{đơn vị}", "{hạn}"]
    assert holes("lấy { 2 } và {3}, số {2411}") == []
    assert fill("{agency}", at, agency_to_come=True) == "đơn vị xử lý"
