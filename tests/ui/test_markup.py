"""What citizens write is shown as they wrote it: no label, tooltip or list takes it for markup."""

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import Qt as Gui
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QTextBrowser,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.domain.case import Reporter
from console.domain.command import AddNote, Assign, Resolve
from console.domain.place import Place, Point
from console.ui.case.case_pane import CasePane
from console.ui.intake.intake_room import IntakeRoom
from console.ui.main_window import MainWindow
from console.ui.map.map_pane import MapPane
from console.ui.more_rooms import Kit, MoreRooms, load_here
from console.ui.outbox.outbox_room import OutboxRoom
from console.ui.queue.queue_room import QueueRoom
from console.ui.rooms import Rooms
from tests.desk.people import LEAD, SUPERVISOR, WARDS
from tests.ui.conftest import Stage

MARK = "<b>dau</b><img src='file:///etc/hostname'>"
"""Qt takes a text that begins so for HTML, wherever it may choose."""


@pytest.fixture
def marked(stage: Stage) -> tuple[Desk, str]:
    """A case whose every text begins with markup."""
    desk = stage.desk(actor=SUPERVISOR, undo_seconds=0)
    place = Place(commune=WARDS[0].code, text=f"{MARK} ngõ 2", point=Point(WARDS[0].lon, WARDS[0].lat))
    words = {
        "title": f"{MARK} tiêu đề",
        "description": f"{MARK} nội dung dài hơn mười chữ",
        "place": place,
        "reporter": Reporter(name=f"{MARK} Long", phone="+84912345678", callback=True),
    }
    done = stage.log(desk, **words)
    stage.log(desk, **words)
    stage.run(desk.act(done.case, Assign(lead=LEAD, expects=None, instruction=f"{MARK} chỉ dẫn")))
    stage.run(desk.act(done.case, AddNote(text=f"{MARK} ghi chú")))
    stage.run(desk.act(done.case, Resolve(result=f"{MARK} kết quả")))
    draft = stage.run(desk.open_draft())
    stage.run(desk.save_draft(draft))
    return desk, done.case


def window_on(stage: Stage, desk: Desk, qtbot: QtBot) -> MainWindow:
    signals = stage.signals(desk)
    common = (desk, signals, stage.theme, stage.tasks)

    async def errand(work: object) -> None:
        raise AssertionError("nothing is fetched here")

    rooms = Rooms(
        queue=QueueRoom(*common, stage.memory),
        map=lambda: MapPane(stage.theme),
        case=lambda: CasePane(*common, stage.notices),
        intake=lambda: IntakeRoom(*common, stage.notices),
        outbox=lambda: OutboxRoom(*common, stage.notices, errand),
        more=MoreRooms(SUPERVISOR.role, load_here, lambda: kit),
    )
    window = MainWindow(*common, stage.notices, stage.memory, rooms, version="0.1.0")
    kit = Kit(*common, stage.notices, stage.memory, errand, rooms.queue, window)
    qtbot.addWidget(window, before_close_func=_stop)
    window.resize(1920, 1080)
    window.show()
    window.start()
    stage.until(lambda: rooms.queue.state.loaded_at is not None)
    stage.settle()
    return window


def _stop(window: QWidget) -> None:
    assert isinstance(window, MainWindow)
    window._rooms.map.close_map()
    window._rooms.intake.close_room()
    window._rooms.more.close()


def interpreted(text: str) -> bool:
    """Whether Qt, left to choose, would take the citizen's own tag for one."""
    return Gui.mightBeRichText(text) and "<b>dau" in text


def in_labels(top: QWidget) -> Iterator[str]:
    for one in top.findChildren(QLabel):
        rich = one.textFormat() == Qt.TextFormat.RichText
        if "<b>dau" in one.text() and (rich or one.textFormat() != Qt.TextFormat.PlainText):
            yield f"label {_name(one)}: {one.text()[:60]}"


def in_tooltips(top: QWidget) -> Iterator[str]:
    for one in [top, *top.findChildren(QWidget)]:
        if interpreted(one.toolTip()) or interpreted(one.whatsThis()):
            yield f"tooltip {_name(one)}: {one.toolTip()[:60]}"
        for action in one.actions():
            if interpreted(action.toolTip()):
                yield f"action of {_name(one)}"


def in_lists(top: QWidget) -> Iterator[str]:
    for view in [*top.findChildren(QAbstractItemView), *top.findChildren(QComboBox)]:
        model = view.model()
        for index in _cells(model):
            if interpreted(str(index.data(Qt.ItemDataRole.ToolTipRole) or "")):
                yield f"cell of {_name(view)}: {index.data(Qt.ItemDataRole.ToolTipRole)[:60]}"


def _cells(model: QAbstractItemModel | None) -> Iterator[QModelIndex]:
    if model is None:
        return
    for row in range(min(model.rowCount(QModelIndex()), 50)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
        for column in range(columns):
            yield model.index(row, column)


def in_documents(top: QWidget) -> Iterator[str]:
    """Text that is laid out: a tag that was taken for one is no text any more, and a picture is an object."""
    for edit in [*top.findChildren(QTextEdit), *top.findChildren(QTextBrowser)]:
        document: QTextDocument = edit.document()
        if "￼" in document.toRawText():
            yield f"picture in {_name(edit)}"


def _name(widget: QWidget) -> str:
    chain: list[str] = []
    here: QWidget | None = widget
    while here is not None and len(chain) < 4:
        chain.append(type(here).__name__)
        here = here.parentWidget()
    return " < ".join(chain)


def faults(window: QWidget) -> list[str]:
    tops: Sequence[QWidget] = [window, *(one for one in QApplication.topLevelWidgets() if one is not window)]
    return sorted(
        {
            fault
            for top in tops
            for look in (in_labels, in_tooltips, in_lists, in_documents)
            for fault in look(top)
        }
    )


def test_no_screen_takes_a_citizens_words_for_markup(
    stage: Stage, qtbot: QtBot, marked: tuple[Desk, str]
) -> None:
    desk, case = marked
    window = window_on(stage, desk, qtbot)
    window.open_case(case)
    stage.settle()
    seen = set(faults(window))
    pane = window._rooms.case
    for key in "ARNTGCMH":
        pane.begin(case, key)
        stage.settle()
        seen |= set(faults(window))
    shown = 0
    for name in ("queue", "intake", "map", "outbox", *(room.name for room in window._rooms.more)):
        window.show_room(name)
        stage.settle()
        seen |= set(faults(window))
        shown += 1
    assert shown >= 10
    assert sorted(seen) == []
