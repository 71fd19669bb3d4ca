"""The board by keyboard: figures open lists of so many rows, Y and X decide, S scores; the wall."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.case import Role
from console.domain.category import Urgency
from console.ui.board.board_words import TILES, percent_text
from console.ui.board.lines import Cell, Column, Line, LineTable
from console.ui.board.score_sheet import ScoreSheet
from console.ui.more_rooms import ROOMS
from tests.desk.people import DISPATCHER, LEAD
from tests.ui.board.conftest import BoardStage
from tests.ui.conftest import Stage


def press(board: BoardStage, key: Qt.Key) -> None:
    target = QApplication.focusWidget()
    QTest.keyClick(target if target is not None else board.room, key)
    board.stage.settle()


def test_a_figure_opens_the_list_that_has_so_many_rows(board: BoardStage) -> None:
    stage = board.stage
    for _ in range(3):
        stage.log(board.desk, forward=True)
    stage.wall.pass_(days=9)
    stage.log(board.desk)
    board.read()
    shown = {name: tile.figure.value for name, tile in board.room.tiles.items()}
    assert tuple(shown) == TILES
    assert (shown["open"], shown["overdue"], shown["onTime"], shown["answered"]) == ("4", "3", "–", "–")
    for name in ("open", "overdue", "near", "asking"):
        board.room.tiles[name].click()
        stage.settle()
        assert str(board.queue.state.total) == shown[name], name
    assert board.window.asked == ["queue"] * 4
    for name, rows in (("open", 1), ("overdue", 3)):  # taken in today; where most overdue ones are
        QTest.keyClick(board.room.tiles[name], Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        stage.settle()
        assert board.queue.state.total == rows, name
    assert [line.cells[0].text for line in board.room.late.model_.lines] == [
        "Nắp cống vỡ giữa làn xe máy"
    ] * 3


def test_y_grants_what_is_asked_for_and_can_be_undone(board: BoardStage) -> None:
    stage, case = board.stage, board.stage.log(board.desk, forward=True).case
    board.asking(case)
    assert board.room.tiles["asking"].figure.value == "1"
    assert board.window.counts["supervisor"] == 1
    board.room.activated()
    press(board, Qt.Key.Key_Y)
    view = stage.run(board.desk.case(case))
    assert [one.state for one in view.case.extensions] == ["granted"]
    assert board.room.tiles["asking"].figure.value == "0"
    assert stage.notices.undo_last()
    stage.settle()
    view = stage.run(board.desk.case(case))
    assert [one.state for one in view.case.extensions] == ["pending"]
    assert board.room.approvals.table.key == case


def test_x_asks_for_a_reason_and_keeps_it_until_it_is_given(board: BoardStage) -> None:
    stage, case = board.stage, board.stage.log(board.desk, forward=True).case
    board.asking(case)
    board.room.activated()
    panel = board.room.approvals
    press(board, Qt.Key.Key_X)
    assert panel.reason.hasFocus()
    press(board, Qt.Key.Key_Return)
    assert panel.reason.isVisible()
    assert stage.run(board.desk.case(case)).case.extensions[0].state == "pending"
    panel.reason.setText("Đã gia hạn hai lần")
    press(board, Qt.Key.Key_Escape)
    assert (panel.line.isVisible(), panel.reason.text()) == (False, "Đã gia hạn hai lần")
    press(board, Qt.Key.Key_X)
    press(board, Qt.Key.Key_Return)
    decided = stage.run(board.desk.case(case)).case.extensions[0]
    assert (decided.state, decided.decision) == ("refused", "Đã gia hạn hai lần")
    assert (panel.line.isVisible(), panel.reason.text()) == (False, "")


def test_who_may_not_decide_or_score_is_told_so(board: BoardStage) -> None:
    board.asking(board.stage.log(board.desk, forward=True).case)
    board.desk.sign_in(DISPATCHER)
    board.read()
    panel = board.room.approvals
    assert not panel.yes.isEnabled()
    assert panel.yes.toolTip()
    assert board.room.score.isHidden()
    board.room.activated()
    press(board, Qt.Key.Key_Y)
    press(board, Qt.Key.Key_S)
    assert board.room.tiles["asking"].figure.value == "1"


def test_d_reminds_the_agency_of_the_overdue_case_under_the_cursor(board: BoardStage) -> None:
    case = board.stage.log(board.desk, forward=True).case
    board.stage.wall.pass_(days=9)
    board.read()
    board.room.late.setFocus()
    press(board, Qt.Key.Key_D)
    view = board.stage.run(board.desk.case(case))
    assert view.case.lead == LEAD
    assert view.case.reminders == 1
    assert view.events[-1].kind == "remind"


def test_s_scores_the_next_call_by_digits(board: BoardStage) -> None:
    stage = board.stage
    case = stage.log(board.desk, urgency=Urgency.CRITICAL).case
    board.read()
    board.room.late.setFocus()
    press(board, Qt.Key.Key_S)
    sheet = board.room.findChild(ScoreSheet)
    assert sheet is not None
    form = board.room.board.sampling.form  # type: ignore[union-attr]
    sheet.finish()
    assert sheet.isVisible(), "items without points are asked for"
    sheet.items.choose(form.items[0].code)
    QTest.keyClick(sheet.items, Qt.Key.Key_9)
    assert form.items[0].code not in sheet.kept.points
    for item in form.items:
        QTest.keyClick(sheet.items, Qt.Key(Qt.Key.Key_0.value + item.most))
    QTest.keyClick(sheet.items, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    given = stage.run(board.desk.score_of(case))
    assert given is not None
    assert (given.total, given.by) == (form.most, board.desk.actor.user)
    stage.notices.look()
    stage.settle()
    again = board.room.findChildren(ScoreSheet)[-1]
    assert again.kept.points == given.points
    again.items.choose(form.items[0].code)
    QTest.keyClick(again.items, Qt.Key.Key_0)
    again.finish()
    stage.settle()
    changed = stage.run(board.desk.score_of(case))
    assert changed is not None
    assert changed.total < given.total
    assert board.room.board.sampling.scored == 1  # type: ignore[union-attr]


def test_f6_finds_every_part_that_has_something(board: BoardStage) -> None:
    board.stage.log(board.desk, forward=True)
    board.stage.wall.pass_(days=9)
    board.read()
    panes = board.room.panes()
    assert panes == [board.room.figures, board.room.intake, board.room.late_panel, board.room.desks_panel]
    for pane in panes:
        pane.setFocus()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert pane.isAncestorOf(focused)


def test_without_word_of_the_centre_it_is_said_that_this_desk_stands_alone(board: BoardStage) -> None:
    note = board.room.desks_panel.note.text()
    board.desk.sync_port.apply_days([])
    board.read()
    assert note != board.room.desks_panel.note.text()


def test_the_wall_shows_no_word_that_was_typed_and_esc_ends_it(board: BoardStage) -> None:
    board.stage.log(board.desk, forward=True, title="Chú Ba ở số 5 bị chó cắn")
    board.stage.wall.pass_(days=9)
    board.read()
    board.room.late.setFocus()
    board.room.open_wall()
    board.stage.settle()
    wall = board.room.screen_wall.window
    assert wall is not None
    assert [value for _, value, _ in wall.figures] == ["1", "1", "0", "–"]
    assert "Chú Ba" not in wall.accessibleDescription()
    assert len(wall.late) == 1
    assert len(wall.map.board) == 1
    assert wall.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert wall.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    QTest.keyClick(board.room.late, Qt.Key.Key_Escape)
    assert board.room.screen_wall.window is None


def test_lines_change_in_their_place_while_somebody_is_in_them(stage: Stage, qtbot: QtBot) -> None:
    table = LineTable(stage.theme, [Column("Tên"), Column("Số", 60, True)], "Bảng")
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)

    def lines(*keys: str) -> list[Line]:
        return [Line(key, (Cell(key), Cell("1"))) for key in keys]

    def keys() -> list[str]:
        return [line.key for line in table.model_.lines]

    table.put(lines("a", "b", "c"))
    table.setFocus()
    table.choose("c")
    table.put(lines("c", "d", "b", "a"))
    assert (keys(), table.key) == (["a", "b", "c", "d"], "c")
    table.put(lines("d", "b"))
    assert (keys(), table.key) == (["b", "d"], "d")
    table.model_.put(lines("d", "b"), held=False)
    assert keys() == ["d", "b"]


@pytest.mark.parametrize(
    ("share", "text"), [(94.99, "94,9%"), (95.0, "95,0%"), (100.0, "100,0%"), (0.0, "0,0%")]
)
def test_a_share_is_rounded_down_so_that_none_seems_to_reach_a_target(share: float, text: str) -> None:
    assert percent_text(share) == text


def test_the_room_is_one_of_those_of_supervisors_and_dispatchers() -> None:
    room = next(room for room in ROOMS if room.name == "supervisor")
    assert room.roles == {Role.SUPERVISOR, Role.DISPATCHER}
