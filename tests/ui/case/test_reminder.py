"""A reminder by keys: level and words of the lists, filled in, given, seen; and one for many at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.domain.chase_lists import Escalation, Whom
from console.domain.command import Remind
from console.protocol.post import PostAnswer, PostRow
from console.ui.case.case_pane import CasePane
from console.ui.case.deadline_section import chasing_text
from console.ui.case.reminder_edit import ReminderEdit
from console.ui.words import t
from tests.desk.people import LEAD, MONDAY, OPERATOR, REFERENCE
from tests.ui.case.test_case_pane import pane_on, show
from tests.ui.conftest import Stage

CTRL = Qt.KeyboardModifier.ControlModifier
AGENCY = REFERENCE.agency(LEAD)


@pytest.fixture
def pane(stage: Stage, desk: Desk, qtbot: QtBot) -> Iterator[CasePane]:
    yield pane_on(stage, desk, qtbot)
    stage.settle()


def edit_of(pane: CasePane) -> ReminderEdit:
    assert pane.composer is not None
    return next(m.widget for m in pane.composer.inputs if isinstance(m.widget, ReminderEdit))


def test_d_a_digit_and_ctrl_enter_remind_the_agency(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    assert AGENCY is not None
    done = stage.log(desk, forward=True)
    show(stage, pane, done.case)
    qtbot.keyClick(pane._scroll, Qt.Key.Key_D)
    edit = edit_of(pane)
    first = edit.text.toPlainText()
    assert AGENCY.name in first
    assert done.number in first
    assert "{" not in first
    qtbot.keyClick(edit.level, Qt.Key.Key_2)
    assert edit.text.toPlainText() != first
    assert t("whom.agency_leader") in edit.whom.text()
    qtbot.keyClick(edit.level, Qt.Key.Key_Return, CTRL)
    stage.until(lambda: pane.view is not None and pane.view.case.reminders == 1)
    stage.settle()
    assert "đôn đốc" in pane.sheet.timeline.lines[-1]
    assert t("case.chase.reminded", n=1, time="")[:12] in pane.sheet.deadline.chasing.text()
    qtbot.keyClick(pane._scroll, Qt.Key.Key_D)
    assert edit_of(pane).chosen == 2, "the next level is proposed"


def test_words_that_were_changed_stay_when_the_level_changes(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    done = stage.log(desk, forward=True)
    show(stage, pane, done.case)
    pane.begin(done.case, "D")
    edit = edit_of(pane)
    edit.text.setPlainText("Gọi lại cho tổng đài trước 16 giờ")
    qtbot.keyClick(edit.level, Qt.Key.Key_3)
    assert edit.value() == ("3", "Gọi lại cho tổng đài trước 16 giờ")
    edit.text.setPlainText(" ")
    qtbot.keyClick(edit.text, Qt.Key.Key_Return, CTRL)
    assert pane.composer is not None
    assert t("act.field.reminder") in pane.composer.trouble.text()


def test_who_may_not_hears_why(stage: Stage, qtbot: QtBot) -> None:
    desk = stage.desk("other", actor=OPERATOR)
    pane = pane_on(stage, desk, qtbot)
    done = stage.log(desk)
    show(stage, pane, done.case)
    pane.begin(done.case, "D")
    assert pane.composer is None
    assert stage.notices.shown is not None
    assert t("act.remind.title") in stage.notices.shown.text
    stage.settle()


def test_what_comes_next_stands_under_the_deadline(stage: Stage, desk: Desk, pane: CasePane) -> None:
    done = stage.log(desk, forward=True)
    show(stage, pane, done.case)
    assert pane.view is not None
    case = pane.view.case
    assert case.deadline is not None
    step = Escalation(
        code="x",
        name="Quá hạn",
        name_en="Overdue",
        overdue_minutes=0,
        tell=(Whom.LEADER,),
        valid_from=date(2023, 1, 1),
    )
    reference = replace(REFERENCE, escalations=(step,))
    text = chasing_text(case, reference, case.deadline.start)
    assert text.startswith("Bậc tiếp theo: Quá hạn")
    assert t("whom.agency_leader") in text
    assert chasing_text(case, reference, case.deadline.due + timedelta(days=1)) == ""
    stage.run(desk.act(case.id, Remind(text="Nhanh lên")))


class Post:
    """The centre's messages."""

    def __init__(self) -> None:
        self.answer = PostAnswer(rows=(), more=False)

    def rows(self, case: str | None, failed: bool, before: str | None) -> PostAnswer:
        return self.answer


def test_how_messages_fare_stands_with_their_event(stage: Stage, desk: Desk, pane: CasePane) -> None:
    done = stage.log(desk, forward=True)
    stage.run(desk.act(done.case, Remind(text="Nhanh lên")))
    show(stage, pane, done.case)
    row = pane.sheet.timeline.newest.rows[2]
    assert row.item is not None
    assert row.item.facts == t("post.unknown")
    centre = Post()
    event = row.item.id
    centre.answer = PostAnswer(
        rows=(message(event, "1", state="sent"), message(event, "2", state="failed", reason="smtp 550")),
        more=False,
    )
    desk.sync_port.posts(centre)  # type: ignore[arg-type]
    pane.post_facts.follow(pane.view)
    stage.settle()
    assert row.item.facts == "Thư điện tử: Đã gửi · Thư điện tử: Thất bại: máy chủ thư trả lời 550"
    assert "Đã gửi" in row.accessibleName()


def message(event: str, name: str, **more: str) -> PostRow:
    usual = {
        "id": name,
        "case": "c",
        "event": event,
        "number": "",
        "kind": "remind",
        "whom": "agency_contact",
    }
    usual |= {"name": "", "channel": "email", "address": "", "subject": "", "reason": ""}
    return PostRow(**(usual | more), attempts=1, queued_at=MONDAY, ended_at=None)  # type: ignore[arg-type]
