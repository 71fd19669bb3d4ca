"""The outbox on a real desk: both sides of a conflict, refused words kept, nothing let go unseen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk.rows import Sending
from console.domain.command import (
    AddNote,
    AskInfo,
    Assign,
    EditReport,
    FieldChange,
    Merge,
    Refer,
)
from console.domain.refusal import Code
from console.ui.outbox.outbox_room import OutboxRoom
from console.ui.outbox.pane_foot import DROP
from console.ui.outbox.reading import CONFLICT, READ, REFUSED
from console.ui.words import t
from tests.desk.people import LEAD, OTHER_LEAD, REFERENCE
from tests.ui.outbox.conftest import Scene, given, press, refused

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_a_conflict_shows_both_sides_and_who_acted(scene: Scene, clash: str) -> None:
    pane = scene.room.pane
    assert pane.mode == CONFLICT
    assert pane.head.text() == t("conflict.assign")
    assert "Phạm Thị Lan" in pane.sentence.text()
    lead = pane.pairs[0].field
    mine, theirs = REFERENCE.agency(LEAD), REFERENCE.agency(OTHER_LEAD)
    assert mine is not None
    assert theirs is not None
    assert (lead.mine, lead.theirs, lead.same) == (mine.short, theirs.short, False)
    assert [pair.field.same for pair in pane.pairs] == [False, True, True]
    assert pane.text is not None
    assert pane.text.toPlainText() == "đi ngay"


def test_ctrl_enter_forwards_again_in_place_of_the_lead_that_stands_there(scene: Scene, clash: str) -> None:
    press(scene, Qt.Key.Key_Return, CTRL)
    (command,) = given(scene)
    assert command.body == Assign(lead=LEAD, expects=OTHER_LEAD, instruction="đi ngay")
    assert scene.stage.run(scene.desk.outbox()).attention == ()
    scene.exchange()
    assert scene.centre.cases[command.case].lead == LEAD


def test_2_takes_theirs_and_the_note_goes_on_alone(scene: Scene, clash: str) -> None:
    pair = scene.room.pane.pairs[0]
    QTest.keyClick(pair, Qt.Key.Key_2)
    assert pair.side == "theirs"
    QTest.keyClick(pair, Qt.Key.Key_1)
    assert pair.side == "mine"
    QTest.keyClick(scene.room.table, Qt.Key.Key_2)
    assert pair.side == "theirs"
    press(scene, Qt.Key.Key_Return, CTRL)
    assert [command.body for command in given(scene)] == [AddNote(text="đi ngay")]


def test_alt_t_keeps_the_note_as_it_was_changed(scene: Scene, clash: str) -> None:
    assert scene.room.pane.text is not None
    scene.room.pane.text.setPlainText("bà Thủy giữ mẫu nước")
    press(scene, Qt.Key.Key_T, ALT)
    assert [command.body for command in given(scene)] == [AddNote(text="bà Thủy giữ mẫu nước")]


def test_alt_t_without_a_note_lets_it_go_to_the_bin(scene: Scene, clash: str) -> None:
    assert scene.room.pane.text is not None
    scene.room.pane.text.clear()
    press(scene, Qt.Key.Key_T, ALT)
    assert given(scene) == []
    assert [row.id for row in scene.stage.run(scene.desk.binned())] == [clash]


def test_what_is_typed_stays_over_later_and_another_row(scene: Scene, clash: str) -> None:
    other = scene.act(scene.shared(), AddNote(text="ghi chú khác"))
    scene.read()
    pane, table = scene.room.pane, scene.room.table
    assert pane.text is not None
    pane.text.setPlainText("chưa xong")
    pane.pairs[0].take("theirs")
    QTest.keyClick(pane.text, Qt.Key.Key_Escape)
    row = scene.room.model.row_of(other)
    assert row is not None
    table.go(row)
    scene.stage.until(lambda: pane.mode == READ)
    table.go(scene.room.model.row_of(clash) or 0)
    scene.stage.until(lambda: pane.mode == CONFLICT)
    assert pane.text is not None
    assert pane.text.toPlainText() == "chưa xong"
    assert pane.pairs[0].side == "theirs"


def test_a_changed_field_is_given_again_on_what_stands_there_now(scene: Scene) -> None:
    case = scene.shared()
    old = scene.centre.cases[case].title
    scene.elsewhere(case, EditReport(fields={"title": FieldChange(old, "Nắp cống bị mất")}))
    scene.act(case, EditReport(fields={"title": FieldChange(old, "Nắp cống vỡ đôi")}))
    scene.exchange()
    scene.read()
    (pair,) = scene.room.pane.pairs
    assert (pair.field.mine, pair.field.theirs) == ("Nắp cống vỡ đôi", "Nắp cống bị mất")
    press(scene, Qt.Key.Key_Return, CTRL)
    edit = EditReport(fields={"title": FieldChange("Nắp cống bị mất", "Nắp cống vỡ đôi")})
    assert [command.body for command in given(scene)] == [edit]


def test_refused_words_can_be_mended_and_given_again(scene: Scene) -> None:
    refused(scene)
    pane = scene.room.pane
    assert pane.mode == REFUSED
    assert pane.text is not None
    assert (pane.text.toPlainText(), pane.text.isReadOnly()) == ("lời đã viết rất dài", False)
    pane.text.setPlainText("lời ngắn")
    press(scene, Qt.Key.Key_Return, CTRL)
    assert [command.body for command in given(scene)] == [AddNote(text="lời ngắn")]


def test_let_go_is_kept_in_the_bin(scene: Scene) -> None:
    command = refused(scene)
    scene.room.pane.foot.buttons[DROP].click()
    scene.read()
    assert [row.id for row in scene.stage.run(scene.desk.binned())] == [command]
    assert scene.room.pane.mode == READ


def test_refused_here_again_says_why_and_keeps_the_words(scene: Scene) -> None:
    refused(scene)
    pane = scene.room.pane
    assert pane.text is not None
    pane.text.setPlainText("x" * 20_000)
    press(scene, Qt.Key.Key_Return, CTRL)
    assert not pane.problem.isHidden()
    assert t("field.text") in pane.problem.text()
    assert pane.text.toPlainText() == "x" * 20_000
    assert [r.state for r in scene.stage.run(scene.desk.outbox()).attention] == [Sending.REFUSED]


def test_another_status_offers_theirs_first(scene: Scene) -> None:
    case = scene.shared()
    scene.elsewhere(case, Refer(to="enquiry", note="đã giải đáp qua điện thoại"))
    scene.act(case, AskInfo(question="Nắp cống ở gần số nhà nào?"))
    scene.exchange()
    scene.read()
    (pair,) = scene.room.pane.pairs
    assert (pair.field.name, pair.side) == ("whole", "theirs")
    assert scene.room.pane.head.text() == t("conflict.title")
    press(scene, Qt.Key.Key_Return, CTRL)
    assert [command.body for command in given(scene)] == [AddNote(text="Nắp cống ở gần số nhà nào?")]


def test_words_for_a_command_without_any_become_a_note(scene: Scene) -> None:
    case, other = scene.shared(), scene.shared()
    scene.elsewhere(case, Refer(to="enquiry", note="đã giải đáp qua điện thoại"))
    scene.act(case, Merge(into=other))
    scene.exchange()
    scene.read()
    pane = scene.room.pane
    assert pane.item is not None
    pane.pairs[0].take("mine")
    assert pane.text is not None
    pane.text.setPlainText("cùng một nắp cống")
    assert pane.bodies() == (Merge(into=other), AddNote(text="cùng một nắp cống"))


def test_what_is_being_typed_goes_on_when_the_centre_changes_under_it(scene: Scene, clash: str) -> None:
    pane = scene.room.pane
    assert pane.text is not None
    scene.room.activateWindow()
    pane.text.setFocus()
    scene.stage.until(pane.text.hasFocus)
    QTest.keyClicks(pane.text, "abc")
    assert pane.item is not None
    scene.elsewhere(pane.item.row.case, AddNote(text="bên kia ghi thêm"))
    scene.exchange()
    scene.read()
    assert pane.text.toPlainText() == "abcđi ngay"
    assert pane.text.textCursor().position() == 3
    assert pane.text.hasFocus()


def test_the_same_agency_twice_leaves_nothing_to_choose(scene: Scene) -> None:
    case = scene.shared()
    scene.elsewhere(case, Assign(lead=LEAD, expects=None))
    scene.act(case, Assign(lead=LEAD, expects=None, instruction="mang theo rào chắn"))
    scene.exchange()
    scene.read()
    pane = scene.room.pane
    assert [pair.field.same for pair in pane.pairs] == [True, True, True]
    assert pane.bodies() == (AddNote(text="mang theo rào chắn"),)


def test_a_refused_report_goes_to_the_intake_whole(scene: Scene, qtbot: QtBot) -> None:
    done = scene.stage.log(scene.desk)
    verdict = scene.centre.refuse(given(scene)[0], Code.BAD_PHONE)
    scene.desk.sync_port.apply_verdicts([verdict], scene.centre.now)
    scene.read()
    with qtbot.waitSignal(scene.room.resume) as resumed:
        QTest.keyClick(scene.room, Qt.Key.Key_E, CTRL)
        scene.stage.settle()
    (draft,) = scene.stage.run(scene.desk.drafts())
    assert resumed.args == [draft.id]
    assert (draft.case, draft.logged) == (done.case, True)


def test_the_result_of_a_field_can_be_written_out_of_both(scene: Scene) -> None:
    case = scene.shared()
    old = scene.centre.cases[case].title
    scene.elsewhere(case, EditReport(fields={"title": FieldChange(old, "Nắp cống bị mất")}))
    scene.act(case, EditReport(fields={"title": FieldChange(old, "Nắp cống vỡ đôi")}))
    scene.exchange()
    scene.read()
    pane = scene.room.pane
    (pair,) = pane.pairs
    result = pane.written["title"]
    assert result.toPlainText() == "Nắp cống vỡ đôi"
    pair.take("theirs")
    assert result.toPlainText() == "Nắp cống bị mất"
    assert pane.bodies() == ()
    result.setPlainText("Nắp cống vỡ đôi, một nửa bị mất")
    assert "một nửa bị mất" in pane._result.text()
    press(scene, Qt.Key.Key_Return, CTRL)
    both = FieldChange("Nắp cống bị mất", "Nắp cống vỡ đôi, một nửa bị mất")
    assert [command.body for command in given(scene)] == [EditReport(fields={"title": both})]


def test_what_is_typed_about_a_refused_one_outlives_the_program(scene: Scene, clash: str) -> None:
    pane, stage = scene.room.pane, scene.stage
    assert pane.text is not None
    pane.text.setPlainText("bà Thủy giữ mẫu nước")
    pane.pairs[0].take("theirs")
    stage.until(lambda: not scene.room.halves._touched)
    stage.settle()
    parts = (stage.theme, stage.tasks, stage.notices, scene.errand)
    again = OutboxRoom(scene.desk, stage.signals(scene.desk), *parts)
    again.activated()
    stage.settle()
    assert again.pane.text is not None
    assert again.pane.text.toPlainText() == "bà Thủy giữ mẫu nước"
    assert again.pane.pairs[0].side == "theirs"
    again.acts.apply()
    stage.settle()
    assert stage.run(scene.desk.composed(clash)) == ()
    again.deleteLater()
