"""The outbox on a real desk: both sides of a conflict, refused words kept, nothing let go unseen."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.desk.rows import Sending
from console.domain.command import (
    AddNote,
    AskInfo,
    Assign,
    Command,
    EditReport,
    FieldChange,
    Merge,
    Refer,
)
from console.domain.refusal import Code
from console.ui.outbox.lines import HEAD
from console.ui.outbox.outbox_room import BIN, DRAFTS, OutboxRoom
from console.ui.outbox.pane_foot import DROP
from console.ui.outbox.reading import CONFLICT, READ, REFUSED
from console.ui.parts.time_text import clock_seconds_text
from console.ui.words import t
from tests.desk.people import LEAD, OTHER_LEAD, REFERENCE
from tests.ui.outbox.conftest import Scene

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def clash(scene: Scene) -> str:
    """Forwarded here and elsewhere: the command that came back. The room shows it."""
    case = scene.shared()
    scene.elsewhere(case, Assign(lead=OTHER_LEAD, expects=None))
    command = scene.act(case, Assign(lead=LEAD, expects=None, instruction="đi ngay"))
    scene.exchange()
    scene.read()
    return command


def given(scene: Scene) -> list[Command]:
    """What goes to the centre next."""
    return scene.desk.sync_port.next_batch(50)


def press(scene: Scene, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(scene.room, key, modifier)
    scene.read()


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


def refused(scene: Scene) -> str:
    """A note that the centre does not take."""
    command = scene.act(scene.shared(), AddNote(text="lời đã viết rất dài"))
    verdict = scene.centre.refuse(given(scene)[0], Code.TOO_LONG)
    scene.desk.sync_port.apply_verdicts([verdict], scene.centre.now)
    scene.read()
    return command


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


def test_groups_and_counts(scene: Scene, clash: str) -> None:
    QAbstractItemModelTester(
        scene.room.model, QAbstractItemModelTester.FailureReportingMode.Warning, scene.room
    )
    scene.act(scene.shared(), Assign(lead=LEAD, expects=None))
    scene.read()
    heads = {line.id: line.total for line in scene.room.model.lines if line.kind == HEAD}
    box = scene.stage.run(scene.desk.outbox())
    assert heads == {"attention": 1, "waiting": 1, "sent": len(box.sent)}
    assert heads["sent"] > 0
    assert scene.room.tabs._tabs["outbox"].count == 2
    held = next(line for line in scene.room.model.lines if line.id == box.waiting[0].id)
    assert held.cells[0] == t("outbox.held", n=10)
    scene.stage.wall.pass_(seconds=4)
    scene.room.tick()
    held = next(line for line in scene.room.model.lines if line.id == box.waiting[0].id)
    assert held.cells[0] == t("outbox.held", n=6)
    assert scene.room.durable.text().startswith(t("outbox.durable"))


def test_an_empty_group_and_an_empty_outbox_say_so(scene: Scene) -> None:
    scene.read()
    assert scene.room.blank.text() == t("outbox.empty.all")
    scene.shared()
    scene.read()
    assert not scene.room.blank.text()
    texts = [line.cells[0] for line in scene.room.model.lines]
    assert t("outbox.empty.attention") in texts


def test_heads_are_stepped_over(scene: Scene, clash: str) -> None:
    table, lines = scene.room.table, scene.room.model.lines
    assert table.current_id() == clash
    QTest.keyClick(table, Qt.Key.Key_J)
    assert table.current_id() == next(x.id for x in lines if x.choosable and x.id != clash)
    QTest.keyClick(table, Qt.Key.Key_K)
    assert table.current_id() == clash


def test_drafts_are_resumed_and_discarded(scene: Scene, qtbot: QtBot) -> None:
    draft = scene.stage.run(scene.desk.open_draft())
    scene.room.tabs._take(DRAFTS)
    scene.read()
    assert [line.id for line in scene.room.model.lines] == [draft.id]
    with qtbot.waitSignal(scene.room.resume) as resumed:
        QTest.keyClick(scene.room.table, Qt.Key.Key_Return)
    assert resumed.args == [draft.id]
    QTest.keyClick(scene.room.table, Qt.Key.Key_Delete)
    scene.read()
    assert scene.stage.run(scene.desk.drafts()) == ()
    assert scene.room.blank.text() == t("outbox.empty.drafts")
    scene.stage.notices.undo_last()
    scene.read()
    assert [line.id for line in scene.room.model.lines] == [draft.id]


def test_rows_read_whole_and_letters_do_not_go_to_the_input_method(scene: Scene, clash: str) -> None:
    index = scene.room.model.index(scene.room.model.row_of(clash) or 0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(t("outbox.conflict"))
    assert t("outbox.kind.assign") in spoken
    assert not scene.room.table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    shown = scene.room.keys()
    assert ("Ctrl Enter", t("outbox.key.apply")) in shown


def to_bin(scene: Scene) -> str:
    """Refused and let go; the room shows the bin."""
    command = refused(scene)
    scene.room.pane.foot.buttons[DROP].click()
    scene.read()
    for _ in (DRAFTS, BIN):
        QTest.keyClick(scene.room, Qt.Key.Key_Tab, CTRL)
    scene.read()
    assert scene.room.tabs.current == BIN
    return command


def test_the_bin_is_read_in_full_and_gives_back(scene: Scene) -> None:
    command = to_bin(scene)
    (line,) = scene.room.model.lines
    assert (line.id, line.cells[0]) == (command, t("outbox.bin.letGo"))
    assert scene.desk.actor.name in line.second
    pane = scene.room.pane
    assert pane.item is not None
    press(scene, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert "lời đã viết rất dài" in QApplication.clipboard().text()
    shown = scene.room.keys()
    assert ("Ctrl Enter", t("outbox.key.back")) in shown
    press(scene, Qt.Key.Key_Return, CTRL)
    assert scene.room.blank.text() == t("outbox.empty.bin")
    assert [row.id for row in scene.stage.run(scene.desk.outbox()).attention] == [command]


def test_after_thirty_days_the_bin_is_empty(scene: Scene) -> None:
    to_bin(scene)
    scene.stage.wall.pass_(days=30)
    scene.read()
    assert scene.room.model.lines == ()
    assert scene.room.pane.item is None


def test_a_held_one_says_when_it_goes_and_delete_undoes_it(scene: Scene) -> None:
    case = scene.shared()
    held = scene.act(case, Assign(lead=LEAD, expects=None))
    scene.read()
    scene.room.table.go(scene.room.model.row_of(held) or 0)
    scene.stage.settle()
    line = next(x for x in scene.room.model.lines if x.id == held)
    goes = clock_seconds_text(scene.stage.wall.at + timedelta(seconds=10))
    assert goes in line.second
    assert goes in scene.room.pane.sentence.text()
    QTest.keyClick(scene.room.table, Qt.Key.Key_Delete)
    scene.read()
    assert scene.stage.run(scene.desk.outbox()).waiting == ()
    view = scene.stage.run(scene.desk.case(case))
    assert view is not None
    assert view.case.lead is None


def test_what_waits_behind_a_refused_one_stands_under_it(scene: Scene) -> None:
    one, two = scene.shared(), scene.shared()
    first, second = scene.act(one, AddNote(text="thứ nhất")), scene.act(two, AddNote(text="thứ hai"))
    verdicts = [scene.centre.refuse(command, Code.TOO_LONG) for command in given(scene)]
    behind = scene.act(one, AddNote(text="đứng sau"))
    scene.desk.sync_port.apply_verdicts(verdicts, scene.centre.now)
    scene.read()
    lines = [line for line in scene.room.model.lines if line.id in (first, second, behind)]
    assert [(line.id, line.under) for line in lines] == [(first, False), (behind, True), (second, False)]
    assert t("outbox.behind", kind=t("outbox.kind.add_note")) in lines[1].second


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
