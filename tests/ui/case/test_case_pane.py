"""The case on a real desk: read, masked, written to, refused and given back with its words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.domain.case import Status
from console.domain.command import AskApproval, Assign, Merge, Reject, Resolve
from console.domain.delegation import Delegation
from console.ui.case.agency_picker import AgencyPicker
from console.ui.case.case_pane import CasePane
from console.ui.case.near import near_agencies
from console.ui.words import t
from tests.desk.people import DISPATCHER, LEAD, MONDAY, OPERATOR, OTHER_LEAD, REFERENCE
from tests.ui.conftest import Stage

CONTROL = Qt.KeyboardModifier.ControlModifier


def pane_on(stage: Stage, desk: Desk, qtbot: QtBot) -> CasePane:
    made = CasePane(desk, stage.signals(desk), stage.theme, stage.tasks, stage.notices)
    qtbot.addWidget(made)
    made.resize(446, 950)
    made.show()
    return made


@pytest.fixture
def pane(stage: Stage, desk: Desk, qtbot: QtBot) -> Iterator[CasePane]:
    yield pane_on(stage, desk, qtbot)
    stage.settle()


def show(stage: Stage, pane: CasePane, case: str) -> None:
    pane.show_case(case)
    stage.until(lambda: pane.view is not None and pane.view.case.id == case)
    stage.settle()


def text_of(pane: CasePane) -> QPlainTextEdit:
    assert pane.composer is not None
    return next(m.widget for m in pane.composer.inputs if isinstance(m.widget, QPlainTextEdit))


def status_of(stage: Stage, desk: Desk, case: str) -> Status:
    view = stage.run(desk.case(case))
    assert view is not None
    return view.case.status


def test_it_shows_the_case_with_the_reporter_masked(stage: Stage, desk: Desk, pane: CasePane) -> None:
    done = stage.log(desk, forward=True)
    show(stage, pane, done.case)
    assert pane.sheet.number.text() == done.number
    assert pane.sheet.reporter.text.text() == "N. V. Long · 09xx xxx 678"
    assert "Nguyễn" not in pane.sheet.reporter.text.text()
    assert len(pane.sheet.timeline.lines) == 2
    assert "Tiếp nhận" in pane.sheet.timeline.lines[0]
    assert pane.sheet.deadline.chip.accessibleName().startswith("Còn")


def test_showing_the_contact_needs_a_reason_and_is_logged(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    done = stage.log(desk)
    show(stage, pane, done.case)
    line = pane.sheet.reporter
    qtbot.mouseClick(line.eye, Qt.MouseButton.LeftButton)
    assert line.reason.isVisible()
    qtbot.keyClick(line.reason, Qt.Key.Key_Return)
    assert not line.full
    qtbot.keyClicks(line.reason, "Goi lai hoi dia chi")
    qtbot.keyClick(line.reason, Qt.Key.Key_Return)
    stage.until(lambda: line.full)
    assert "0912 345 678" in line.text.text()
    stage.until(lambda: any("liên hệ" in text for text in pane.sheet.timeline.lines))
    assert line.full
    other = stage.log(desk)
    show(stage, pane, other.case)
    assert not line.full
    assert "xxx" in line.text.text()


def test_forwarding_by_keys_alone_and_undoing_it(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    done = stage.log(desk)
    show(stage, pane, done.case)
    pane.begin(done.case, "A")
    composer = pane.composer
    assert composer is not None
    assert pane.grid.isHidden()
    picker = composer.inputs[0].widget
    assert isinstance(picker, AgencyPicker)
    qtbot.waitUntil(lambda: picker.edit.hasSelectedText() or not picker.edit.text())
    qtbot.keyClicks(picker.edit, "dien luc dong hoi")
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    chosen = picker.chosen
    qtbot.keyClicks(text_of(pane), "Rao chan ngay")
    qtbot.keyClick(text_of(pane), Qt.Key.Key_Return, CONTROL)
    stage.until(lambda: pane.composer is None)
    stage.settle()
    view = stage.run(desk.case(done.case))
    assert view is not None
    assert (view.case.lead, view.case.instruction) == (chosen, "Rao chan ngay")
    assert stage.notices.undo_last()
    stage.until(lambda: pane.composer is not None)
    stage.settle()
    assert status_of(stage, desk, done.case) is Status.NEW
    assert text_of(pane).toPlainText() == "Rao chan ngay"


def test_what_is_missing_is_named_and_nothing_is_sent(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    done = stage.log(desk)
    show(stage, pane, done.case)
    pane.begin(done.case, "N")
    qtbot.keyClick(text_of(pane), Qt.Key.Key_Return, CONTROL)
    assert pane.composer is not None
    assert "Nội dung ghi chú" in pane.composer.trouble.text()
    assert pane.composer.send.isEnabled()


def test_a_case_that_moved_meanwhile_keeps_the_words_and_says_what_is_there_now(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    done = stage.log(desk, forward=True)
    show(stage, pane, done.case)
    pane.begin(done.case, "A")
    composer = pane.composer
    assert composer is not None
    composer.write({"lead": OTHER_LEAD})
    text_of(pane).setPlainText("Đề nghị kiểm tra ngay")
    third = next(a.code for a in REFERENCE.agencies if a.code not in (LEAD, OTHER_LEAD))
    stage.run(desk.act(done.case, Assign(lead=third, expects=LEAD)))
    stage.until(lambda: composer.trouble.isVisible())
    assert "vừa thay đổi" in composer.trouble.text()
    stage.settle()
    stage.run(desk.act(done.case, Resolve(result="Đã xong từ trước")))
    stage.until(lambda: pane.view is not None and pane.view.case.status is Status.RESOLVED)
    composer.submit()
    stage.until(lambda: "Hiện nay: Đã có kết quả" in composer.trouble.text())
    assert text_of(pane).toPlainText() == "Đề nghị kiểm tra ngay"
    assert composer.send.isEnabled()
    stage.settle()


def test_words_of_an_act_that_was_put_aside_are_there_again(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    one, other = stage.log(desk), stage.log(desk)
    show(stage, pane, one.case)
    pane.begin(one.case, "N")
    text_of(pane).setPlainText("Đang gõ dở")
    show(stage, pane, other.case)
    assert pane.composer is None
    pane.begin(other.case, "N")
    assert text_of(pane).toPlainText() == ""
    qtbot.keyClick(text_of(pane), Qt.Key.Key_Escape)
    show(stage, pane, one.case)
    pane.begin(one.case, "N")
    assert text_of(pane).toPlainText() == "Đang gõ dở"


def test_a_key_pressed_before_the_case_has_come_is_not_lost(stage: Stage, desk: Desk, pane: CasePane) -> None:
    done = stage.log(desk)
    pane.begin(done.case, "N")
    stage.until(lambda: pane.composer is not None)
    assert pane.case_id == done.case
    stage.settle()


def test_closed_acts_say_why_in_the_tooltip_and_when_pressed(
    stage: Stage, pane: CasePane, desk: Desk
) -> None:
    done = stage.log(desk)
    show(stage, pane, done.case)
    close = pane.grid.buttons["close"]
    assert not close.isEnabled()
    assert "Mới tiếp nhận" in close.toolTip()
    assert not close.isHidden()
    pane.begin(done.case, "C")
    assert pane.composer is None
    assert stage.notices.shown is not None
    assert stage.notices.shown.kind == "problem"


def test_a_plain_operator_may_note_but_not_forward(stage: Stage, qtbot: QtBot) -> None:
    desk = stage.desk("other", actor=OPERATOR)
    pane = pane_on(stage, desk, qtbot)
    done = stage.log(desk)
    show(stage, pane, done.case)
    assert not pane.grid.buttons["assign"].isEnabled()
    assert t("refusal.not_allowed") in pane.grid.buttons["assign"].toolTip()
    assert pane.grid.buttons["note"].isEnabled()
    stage.settle()


def test_resolve_close_and_reopen_in_the_pane(stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot) -> None:
    done = stage.log(desk, forward=True)
    show(stage, pane, done.case)
    steps = (
        ("P", {"result": "Đã thay nắp cống"}, Status.RESOLVED),
        ("C", {"public_answer": "Đã xong, cảm ơn", "publish": True}, Status.CLOSED),
        ("O", {"reason": "Hỏng lại", "on_line": True}, Status.NEW),
    )
    for letter, values, status in steps:
        pane.begin(done.case, letter)
        assert pane.composer is not None, letter
        pane.composer.write(values)
        pane.composer.submit()
        stage.until(lambda: pane.composer is None)
        stage.until(lambda status=status: pane.view is not None and pane.view.case.status is status)
        stage.settle()
        stage.wall.pass_(seconds=11)
    assert pane.sheet.timeline.lines[-1].endswith("mở lại")


def test_canned_texts_fill_in_number_and_place(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    done = stage.log(desk, forward=True)
    stage.run(desk.act(done.case, Resolve(result="Đã thay nắp cống")))
    show(stage, pane, done.case)
    pane.begin(done.case, "C")
    composer = pane.composer
    assert composer is not None
    qtbot.keyClicks(text_of(pane), "/xl ")
    written = text_of(pane).toPlainText()
    assert done.number in written
    assert "{" not in written


def test_letters_and_escape_in_the_pane(stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot) -> None:
    done = stage.log(desk)
    show(stage, pane, done.case)
    with qtbot.waitSignal(pane.step) as step:
        qtbot.keyClick(pane._scroll, Qt.Key.Key_J)
    assert step.args == [1]
    with qtbot.waitSignal(pane.left):
        qtbot.keyClick(pane._scroll, Qt.Key.Key_Escape)
    qtbot.keyClick(pane._scroll, Qt.Key.Key_N)
    assert pane.composer is not None


def test_a_case_that_is_not_here_says_so(stage: Stage, pane: CasePane) -> None:
    pane.show_case("nowhere")
    stage.until(lambda: pane.blank.text() == t("error.not_here"))
    assert not any(button.isEnabled() for button in pane.grid.buttons.values())


def test_the_sheet_is_never_wider_than_its_pane(stage: Stage, desk: Desk, pane: CasePane) -> None:
    done = stage.log(desk, forward=True)
    show(stage, pane, done.case)
    assert pane.sheet.minimumSizeHint().width() <= 446


def test_the_proposed_agency_stands_in_the_field_with_its_reason(
    stage: Stage, desk: Desk, pane: CasePane
) -> None:
    done = stage.log(desk)
    show(stage, pane, done.case)
    assert pane.view is not None
    near = near_agencies(pane.view.case, REFERENCE, desk.clock.now())
    assert near.lead
    assert near.codes[0] == near.lead
    pane.begin(done.case, "A")
    assert pane.composer is not None
    assert pane.composer.values()["lead"] == near.lead
    assert near.reason.startswith("Vì: ")
    assert near.reason in [found.text() for found in pane.composer.findChildren(QLabel)]


def test_forwarding_again_proposes_nobody_by_itself(stage: Stage, desk: Desk, pane: CasePane) -> None:
    done = stage.log(desk, forward=True)
    show(stage, pane, done.case)
    pane.begin(done.case, "A")
    assert pane.composer is not None
    assert pane.composer.values()["lead"] == ""


def test_a_merged_case_is_split_off_again_by_its_key(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    one, other = stage.log(desk), stage.log(desk)
    stage.run(desk.act(one.case, Merge(into=other.case)))
    show(stage, pane, one.case)
    assert other.number in pane.sheet.related.text()
    pane.begin(one.case, "M")
    qtbot.keyClicks(text_of(pane), "Hai nap cong khac nhau")
    qtbot.keyClick(text_of(pane), Qt.Key.Key_Return, CONTROL)
    stage.until(lambda: pane.composer is None)
    stage.settle()
    assert status_of(stage, desk, one.case) is Status.NEW
    view = stage.run(desk.case(one.case))
    assert view is not None
    assert (view.case.merged_into, view.events[-1].data["note"]) == (None, "Hai nap cong khac nhau")


def test_an_act_asked_for_before_the_case_has_come_takes_no_cursor_from_elsewhere(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    case = stage.log(desk).case
    elsewhere = QLineEdit()
    qtbot.addWidget(elsewhere)
    pane.begin(case, "N")
    elsewhere.show()
    elsewhere.activateWindow()
    elsewhere.setFocus()
    stage.until(elsewhere.hasFocus)
    stage.until(lambda: pane.view is not None)
    stage.settle()
    assert pane.composer is None
    assert QApplication.focusWidget() is elsewhere


def test_who_decides_in_a_supervisor_s_place_sees_so_and_says_yes_by_a_key(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    held = desk._held
    place = Delegation(
        code="d", by="sup01", by_name="Phạm Thị Lan", to=DISPATCHER.user, to_name=DISPATCHER.name,
        since=MONDAY, until=MONDAY + timedelta(hours=8), valid_from=MONDAY.date(),
    )  # fmt: skip
    held.reference = replace(held.reference, delegations=(place,))
    done = stage.log(desk)
    reject = Reject(reason="not_true", text="Không đúng sự thật")
    stage.run(desk.act(done.case, AskApproval(act=reject)))
    show(stage, pane, done.case)
    assert "thay Phạm Thị Lan" in pane.sheet.approval.place.text()
    pane.begin(done.case, "Y")
    stage.until(lambda: pane.view is not None and pane.view.case.status is Status.REJECTED)
    assert pane.sheet.approval.isHidden()
    assert stage.notices.undo_last()
    stage.until(lambda: pane.view is not None and pane.view.case.request is not None)
    assert pane.sheet.approval.yes.isVisible()
    stage.settle()
