"""Who else has the case open: in its head, above an act being written, and in the queue's row."""

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.desk.presence import Looking
from console.protocol.wire import Presence
from console.ui.case.case_pane import CasePane
from console.ui.parts.present_text import initials, open_text
from console.ui.queue.columns import CONTENT, NUMBER
from console.ui.queue.model import PRESENT
from console.ui.queue.queue_room import QueueRoom
from tests.ui.case.test_case_pane import pane_on, show
from tests.ui.conftest import Stage

OTHER = {"user": "op07", "name": "Nguyễn Thị Hồng Ánh", "station": "12"}


def comes(desk: Desk, case: str | None, *, typing: bool = False, **who: str) -> None:
    """The stream tells of somebody."""
    line = Presence(**{**OTHER, **who}, case=case, typing=typing)
    desk.sync_port.colleagues.heard(line)


@pytest.fixture
def pane(stage: Stage, desk: Desk, qtbot: QtBot) -> CasePane:
    return pane_on(stage, desk, qtbot)


def test_the_head_says_who_else_has_it_open_and_forgets_who_left(
    stage: Stage, desk: Desk, pane: CasePane
) -> None:
    done = stage.log(desk)
    show(stage, pane, done.case)
    line = pane.sheet.company
    assert not line.isVisible()
    comes(desk, done.case)
    stage.until(line.isVisible)
    assert line.words.text() == "Đang mở: Nguyễn Thị Hồng Ánh (bàn 12)"
    comes(desk, done.case, typing=True)
    stage.until(lambda: "đang nhập" in line.words.text())
    comes(desk, None)
    stage.until(lambda: not line.isVisible())


def test_the_composer_warns_before_acting(stage: Stage, desk: Desk, pane: CasePane) -> None:
    done = stage.log(desk)
    show(stage, pane, done.case)
    pane.begin(done.case, "N")
    assert pane.composer is not None
    assert not pane.composer.company.isVisible()
    comes(desk, done.case, typing=True)
    composer = pane.composer
    stage.until(composer.company.isVisible)
    assert composer.company.text().startswith("Nguyễn Thị Hồng Ánh (bàn 12) đang nhập")
    comes(desk, None)
    stage.until(lambda: not composer.company.isVisible())


def test_another_case_does_not_show_the_company_of_the_first(
    stage: Stage, desk: Desk, pane: CasePane
) -> None:
    one, two = stage.log(desk), stage.log(desk)
    comes(desk, one.case)
    show(stage, pane, one.case)
    stage.until(pane.sheet.company.isVisible)
    show(stage, pane, two.case)
    assert not pane.sheet.company.isVisible()


def test_the_desk_is_told_what_is_open_and_whether_one_writes(
    stage: Stage, desk: Desk, pane: CasePane
) -> None:
    done, told = stage.log(desk), desk.sync_port.colleagues
    assert told.looking == Looking()
    show(stage, pane, done.case)
    assert told.looking == Looking(done.case)
    pane.begin(done.case, "N")
    assert told.looking == Looking(done.case, True)
    assert pane.composer is not None
    pane.composer.dropped.emit()
    assert told.looking == Looking(done.case)
    pane.hide()
    assert told.looking == Looking()
    pane.show()
    assert told.looking == Looking(done.case)


def test_one_who_stops_writing_is_no_longer_writing(stage: Stage, desk: Desk, pane: CasePane) -> None:
    done, told = stage.log(desk), desk.sync_port.colleagues
    show(stage, pane, done.case)
    pane.together._typing.setInterval(0)
    pane.begin(done.case, "N")
    stage.until(lambda: told.looking == Looking(done.case))
    assert pane.composer is not None
    edit = next(m.widget for m in pane.composer.inputs if isinstance(m.widget, QPlainTextEdit))
    edit.insertPlainText("đã gọi")
    assert told.looking == Looking(done.case, True)


def test_the_row_in_the_queue_is_marked(stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    done = stage.log(desk)
    room = QueueRoom(desk, stage.signals(desk), stage.theme, stage.tasks, stage.memory)
    qtbot.addWidget(room)
    room.resize(792, 600)
    room.show()
    room.start()
    stage.until(lambda: room.model.rowCount() == 1)
    stage.settle()
    row = room.model.index(0, CONTENT)
    before = room.table.grab().toImage()
    with qtbot.waitSignal(room.model.dataChanged):
        comes(desk, done.case)
    assert [one.station for one in row.data(PRESENT)] == ["12"]
    assert room.table.grab().toImage() != before
    spoken = room.model.data(room.model.index(0, NUMBER), 11)  # Qt's AccessibleTextRole
    assert "Đang mở: Nguyễn Thị Hồng Ánh (bàn 12)" in spoken
    comes(desk, None)
    stage.until(lambda: not row.data(PRESENT))


def test_those_who_write_come_first_and_two_letters_stand_for_a_name() -> None:
    from console.desk.presence import Present

    idle = Present(user="op05", name="Lê An", station="05")
    busy = Present(user="op07", name="Trần Thị Minh Hà", station="08", typing=True)
    assert open_text((idle, busy)) == "Đang mở: Trần Thị Minh Hà (bàn 08) đang nhập, Lê An (bàn 05)"
    assert [initials(name) for name in ("Trần Thị Minh Hà", "Ánh", "")] == ["TH", "Á", ""]
