"""The outbox as a list: groups, drafts, the bin, what rests and what is held back."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.command import (
    AddNote,
    Assign,
)
from console.domain.refusal import Code
from console.ui.outbox.lines import HEAD
from console.ui.outbox.outbox_room import BIN, DRAFTS
from console.ui.outbox.pane_foot import DROP
from console.ui.parts.time_text import clock_seconds_text
from console.ui.words import t
from tests.desk.people import LEAD
from tests.ui.outbox.conftest import Scene, given, press, refused

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


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
