"""The triage room by its keys, on a real desk: accepted, changed, asked, declined, merged, gone to others."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from console.desk.attachment_rows import Pasted
from console.desk.desk import Desk
from console.domain.case import Case, Status
from console.domain.category import ReportType, Urgency
from console.domain.command import AddNote, Assign
from console.domain.text import fold_text
from console.ui.files.files_of import png_of
from console.ui.files.picture_sheet import PictureSheet
from console.ui.parts.choice import ChoiceList
from console.ui.queue.many_sheet import ManySheet
from console.ui.triage.triage_room import TriageRoom
from console.ui.words import t
from tests.desk.people import LEAD, OPERATOR, REFERENCE, SUPERVISOR, WARDS
from tests.ui.conftest import Stage
from tests.ui.triage.conftest import TYPE, Inbox, Open, ready

CTRL = Qt.KeyboardModifier.ControlModifier


def case(stage: Stage, desk: Desk, case_id: str) -> Case:
    view = stage.run(desk.case(case_id))
    assert view is not None
    return view.case


def press(room: TriageRoom, stage: Stage, key: Qt.Key) -> None:
    QTest.keyClick(room.list.table, key)
    stage.settle()


def said(stage: Stage) -> str:
    return stage.notices.shown.text if stage.notices.shown is not None else ""


def test_enter_takes_one_up_as_proposed_goes_on_and_one_undo_takes_all_back(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    first, second = inbox.report(), inbox.report()
    room = open_room()
    taken = room.list.chosen
    other = second if taken == first else first
    state = room.looking.state
    assert state is not None
    press(room, stage, Qt.Key.Key_Return)
    after = case(stage, triage_desk, taken)
    assert (after.status, after.lead) == (Status.ASSIGNED, state.lead)
    assert room.list.chosen == other
    assert room.list.table.hasFocus()
    stage.notices.undo_last()
    stage.settle()
    assert case(stage, triage_desk, taken).status is Status.NEW
    assert room.list.chosen == taken


def test_after_f5_the_cursor_stands_on_what_still_waits(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    inbox.report()
    room = open_room()
    press(room, stage, Qt.Key.Key_Return)
    new = inbox.report()
    room.refresh()
    stage.until(lambda: room.list.chosen == new and ready(room))
    assert room.list.table.currentIndex().row() == 0


def test_a_key_that_is_held_down_takes_up_one_report_and_not_the_next(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    both = [inbox.report(), inbox.report()]
    room = open_room()
    press(room, stage, Qt.Key.Key_Return)
    stage.until(lambda: ready(room))
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(room.list.table, held)
    stage.settle()
    waiting = [one for one in both if case(stage, triage_desk, one).status is Status.NEW]
    assert len(waiting) == 1


def test_alt_and_a_letter_leads_to_one_field_alone(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    one = inbox.report()
    room = open_room()
    QTest.keyClick(room.list.table, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    box = room.pane.proposals.agency
    assert box.hasFocus()
    agency = REFERENCE.agency(LEAD)
    assert agency is not None
    box.setText("")
    QTest.keyClicks(box, fold_text(agency.name))
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert room.list.table.hasFocus()
    press(room, stage, Qt.Key.Key_Return)
    assert case(stage, triage_desk, one).lead == LEAD


def _calm(kind: ReportType) -> bool:
    """Of another category, and never sent at once."""
    return kind.category != TYPE.category and kind.urgency is Urgency.NORMAL


def test_what_is_changed_in_its_place_goes_with_it_and_comes_back_with_it(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    one = inbox.report()
    room = open_room()
    press(room, stage, Qt.Key.Key_E)
    fields = room.pane.proposals
    assert fields.type.hasFocus()
    fields.type.chosen.emit(next(kind.code for kind in REFERENCE.types if _calm(kind)))
    fields.commune.chosen.emit(WARDS[1].code)
    fields.agency.chosen.emit(LEAD)
    stage.settle()
    assert room.list.table.hasFocus(), "the last field leads back to the list"
    stage.until(lambda: ready(room))
    press(room, stage, Qt.Key.Key_Return)
    after = case(stage, triage_desk, one)
    assert (after.status, after.lead, after.place.commune) == (Status.ASSIGNED, LEAD, WARDS[1].code)
    assert after.type != TYPE.code
    assert triage_desk.sync_port.next_batch(9) == [], "nothing leaves before the undo has gone by"
    stage.notices.undo_last()
    stage.settle()
    back = case(stage, triage_desk, one)
    assert (back.status, back.type, back.place.commune) == (Status.NEW, TYPE.code, WARDS[0].code)


def test_a_question_rests_the_clock_and_half_a_question_waits_for_its_report(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    one = inbox.report()
    inbox.report()
    room = open_room()
    one = room.list.chosen
    press(room, stage, Qt.Key.Key_U)
    composer = room.pane.composer
    assert composer is not None
    composer.write({"question": "Hố ở trước nhà số mấy?"})
    QTest.keyClick(composer, Qt.Key.Key_Escape)
    stage.settle()
    assert room.list.table.hasFocus()
    press(room, stage, Qt.Key.Key_J)
    press(room, stage, Qt.Key.Key_K)
    stage.until(lambda: ready(room))
    press(room, stage, Qt.Key.Key_U)
    composer = room.pane.composer
    assert composer is not None
    assert composer.values()["question"] == "Hố ở trước nhà số mấy?"
    composer.submit()
    stage.settle()
    after = case(stage, triage_desk, one)
    assert after.status is Status.NEED_INFO
    assert after.deadline is not None
    assert after.deadline.resting_since is not None
    assert room.list.chosen != one


def decline(room: TriageRoom, stage: Stage) -> None:
    press(room, stage, Qt.Key.Key_X)
    composer = room.pane.composer
    assert composer is not None
    choice = next(one.widget for one in composer.inputs if isinstance(one.widget, ChoiceList))
    QTest.keyClick(choice, Qt.Key.Key_8)
    words = next(one.widget for one in composer.inputs if isinstance(one.widget, QPlainTextEdit))
    assert words.toPlainText(), "the reason's own words stand there to be sent"
    composer.submit()
    stage.settle()


def test_who_may_declines_with_the_reasons_own_words(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    one = inbox.report()
    decline(open_room(), stage)
    after = case(stage, triage_desk, one)
    assert (after.status, after.reject_reason) == (Status.REJECTED, "out_of_scope")


def test_who_may_not_decline_asks_the_supervisor(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    one = inbox.report()
    triage_desk.sign_in(OPERATOR)
    room = open_room()
    press(room, stage, Qt.Key.Key_Return)
    assert t("refusal.not_allowed") in said(stage), "nor may they forward"
    decline(room, stage)
    after = case(stage, triage_desk, one)
    assert (after.status, after.request is not None) == (Status.NEW, True)


def test_m_merges_into_the_proposed_duplicate(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    first = inbox.report()
    stage.run(triage_desk.act(first, Assign(lead=LEAD, expects=None)))
    stage.wall.pass_(minutes=20)
    one = inbox.report()
    room = open_room()
    state = room.looking.state
    assert state is not None
    assert state.duplicate is not None
    assert state.duplicate.row.number in room.pane.proposals.lines["dup"].value.text()
    press(room, stage, Qt.Key.Key_M)
    assert case(stage, triage_desk, one).merged_into == first


def test_of_two_that_wait_the_later_is_part_of_the_earlier(
    open_room: Open, inbox: Inbox, stage: Stage
) -> None:
    early = inbox.report()
    stage.wall.pass_(minutes=5)
    inbox.report()
    room = open_room()
    found = {}
    for key in (Qt.Key.Key_J, Qt.Key.Key_K):
        state = room.looking.state
        assert state is not None
        found[state.case.id] = state.duplicate.row.id if state.duplicate else None
        press(room, stage, key)
        stage.until(lambda: ready(room))
    assert found.pop(early) is None
    assert list(found.values()) == [early]


def test_nothing_is_taken_up_before_its_proposal_stands_there(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    one = inbox.report()
    room = open_room()
    assert room.looking.state is not None
    room.looking.state.ready = False
    press(room, stage, Qt.Key.Key_Return)
    assert case(stage, triage_desk, one).status is Status.NEW
    assert room.pane.line.text() == t("triage.wait")


def test_a_storm_is_merged_after_a_counted_question(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    storm = [inbox.report() for _ in range(4)]
    room = open_room()
    QTest.keyClick(room.list.table, Qt.Key.Key_A, CTRL)
    stage.settle()
    press(room, stage, Qt.Key.Key_Return)
    assert t("triage.single", n=4) in said(stage)
    press(room, stage, Qt.Key.Key_M)
    sheet = room.errands.acts.sheet
    assert isinstance(sheet, ManySheet)
    assert t("many.M.ask", n=3, number=case(stage, triage_desk, storm[0]).number) in sheet.sentence.text()
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    stage.settle()
    assert [case(stage, triage_desk, one).status for one in storm] == [Status.NEW, *[Status.MERGED] * 3]


def test_one_that_a_colleague_took_meanwhile_stays_in_its_place_and_says_who(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    inbox.report()
    inbox.report()
    room = open_room()
    one = room.list.chosen
    inbox.done(one, Assign(lead=LEAD, expects=None), SUPERVISOR)
    stage.until(lambda: room.looking.state is not None and not room.looking.state.waits)
    assert room.list.chosen == one
    assert SUPERVISOR.name in room.pane.line.text()
    press(room, stage, Qt.Key.Key_Return)
    assert case(stage, triage_desk, one).lead == LEAD, "Enter only goes on"
    assert room.list.chosen != one


def test_another_type_than_the_citizens_is_proposed_with_its_reason_and_both_are_searched_for_duplicates(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    wrong = next(kind for kind in REFERENCE.types if kind.category != TYPE.category and not kind.sensitive)
    inbox.report(type=wrong.code)
    stage.wall.pass_(minutes=5)
    one = inbox.report(type=wrong.code)
    room = open_room()
    while room.list.chosen != one:
        press(room, stage, Qt.Key.Key_J)
    stage.until(lambda: ready(room))
    line = room.pane.proposals.lines["type"]
    assert line.value.text() == TYPE.name
    assert wrong.name in line.why.text()
    assert room.looking.state is not None
    assert room.looking.state.duplicate is not None
    press(room, stage, Qt.Key.Key_Return)
    assert case(stage, triage_desk, one).type == TYPE.code


def test_news_of_a_report_take_nothing_from_whoever_is_changing_it(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    one = inbox.report()
    room = open_room()
    state = room.looking.state
    assert state is not None
    press(room, stage, Qt.Key.Key_E)
    inbox.done(one, AddNote(text="Đã gọi hỏi chợ"), SUPERVISOR)
    stage.until(lambda: state.view.case.notes == 1)
    assert room.looking.state is state
    assert room.pane.proposals.editing
    assert room.pane.proposals.type.hasFocus()
    inbox.done(one, Assign(lead=LEAD, expects=None), SUPERVISOR)
    stage.until(lambda: SUPERVISOR.name in room.pane.line.text())
    assert room.pane.proposals.editing, "what was typed is still there to be read"


def test_in_a_wide_window_the_pin_stands_on_a_map_and_ctrl_m_moves_it(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    one = inbox.report()
    room = open_room()
    assert not room.pane.map.isVisible()
    room.window().resize(1900, 900)
    stage.until(room.pane.map.isVisible)
    shown, before = room.pane.map.map, case(stage, triage_desk, one).place.point
    assert before is not None
    assert shown.tool.degrees() == pytest.approx((before.lon, before.lat), abs=1e-6)
    assert not shown.tool.active, "a click puts no pin while nothing is changed"
    QTest.keyClick(room.list.table, Qt.Key.Key_M, CTRL)
    assert shown.hasFocus()
    QTest.keyClick(shown, Qt.Key.Key_Right)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert room.list.table.hasFocus()
    stage.until(lambda: ready(room))
    press(room, stage, Qt.Key.Key_Return)
    after = case(stage, triage_desk, one)
    assert after.status is Status.ASSIGNED
    assert after.place.point is not None
    assert 0 < (after.place.point.lon - before.lon) * 106_000 < 10, "5 m to the east"


def test_space_shows_the_photo_and_says_where_there_is_none(
    open_room: Open, inbox: Inbox, triage_desk: Desk, stage: Stage
) -> None:
    one = inbox.report()
    room = open_room()
    press(room, stage, Qt.Key.Key_Space)
    assert t("triage.noPhoto") in said(stage)
    stage.run(triage_desk.attach(one, Pasted(name="ho.png", data=a_picture())))
    stage.until(lambda: room.files.rows)
    press(room, stage, Qt.Key.Key_Space)
    sheet = room.findChild(PictureSheet)
    assert sheet is not None
    stage.until(lambda: sheet.canvas.showing)
    QTest.keyClick(sheet, Qt.Key.Key_Space)
    assert not sheet.isVisible()


def a_picture() -> bytes:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    return png_of(image)


def test_words_of_citizens_are_inert(open_room: Open, inbox: Inbox) -> None:
    inbox.report(title="<b>Gấp</b>", description="<img src='file:///etc/passwd'> <a href='x'>bấm</a> hố sâu")
    room = open_room()
    assert room.pane.citizen.title.textFormat() is Qt.TextFormat.PlainText
    assert "&lt;img" in room.pane.citizen.words.text()
