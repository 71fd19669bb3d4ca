"""The queue as a Qt model: checked by Qt's own tester, read aloud row by row."""

from datetime import timedelta

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from console.domain.case import Status
from console.domain.category import Urgency
from console.models.times import to_ms
from console.ui.queue.columns import DUE, NUMBER, STATUS
from console.ui.queue.model import CHOSEN, DEPARTED, ROW, TINTED, QueueModel
from console.ui.queue.state import PAGE, QueueState
from tests.ui.queue.test_state import NOW, Book, row

ALOUD = Qt.ItemDataRole.AccessibleTextRole


def made(count: int = 120) -> tuple[QueueModel, Book]:
    book = Book([row(f"r{at}") for at in range(count)])
    model = QueueModel(QueueState(user="op01"), lambda: NOW)
    model.begin([book.page(0)])
    return model, book


def test_qt_finds_no_fault_with_it(qtbot: QtBot) -> None:
    model, book = made()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.take(book.page(PAGE))
    model.update([msgspec.structs.replace(book.rows[1], lead_name="Sở")])
    model.tick()
    book.rows.insert(0, row("new"))
    model.begin([book.page(0)])
    model.begin([])
    assert model.rowCount() == 0
    assert tester is not None


def test_a_row_that_is_not_here_asks_for_its_page(qtbot: QtBot) -> None:
    model, book = made()
    with qtbot.waitSignal(model.wanted) as asked:
        assert model.index(70, 0).data(ROW) is None
    assert asked.args == [1]
    assert "Đang tải" in str(model.index(70, 0).data(ALOUD))
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.take(book.page(PAGE))
    assert changed.args is not None
    assert (changed.args[0].row(), changed.args[1].row()) == (50, 99)


def test_a_row_reads_as_one_sentence(qtbot: QtBot) -> None:
    model, _ = made(1)
    urgent = row(
        "r0",
        urgency=Urgency.CRITICAL,
        title="Cột điện nghiêng…",
        place="Đường Trương Pháp",
        lead_name="Điện lực Đồng Hới",
        due_ms=to_ms(NOW + timedelta(minutes=18)),
        waiting=True,
    )
    model.update([urgent])
    assert model.index(0, NUMBER).data(ALOUD) == (
        "2411-07001-3. Khẩn cấp. Cột điện nghiêng. Đường Trương Pháp. "
        "Đã chuyển xử lý, Điện lực Đồng Hới. Còn 18 phút. Có việc chờ gửi."
    )
    assert model.index(0, DUE).data(ALOUD) == "Còn 18 phút"
    assert model.index(0, DUE).data(Qt.ItemDataRole.ToolTipRole) == "Hạn 14:18 04/11/2024"


def test_only_what_changed_is_tinted_and_only_for_a_while(qtbot: QtBot) -> None:
    model, book = made()
    accepted = msgspec.structs.replace(book.rows[2], status=Status.IN_PROGRESS, display_status="in_progress")
    model.update([accepted])
    assert model.index(2, STATUS).data(TINTED)
    assert not model.index(2, DUE).data(TINTED)
    qtbot.waitUntil(lambda: not model.index(2, STATUS).data(TINTED), timeout=5000)


def test_an_act_of_ones_own_is_not_tinted(qtbot: QtBot) -> None:
    model, book = made()
    model.update([msgspec.structs.replace(book.rows[2], lead_name="Sở")], quiet=frozenset({"r2"}))
    assert not model.index(2, STATUS).data(TINTED)
    assert model.index(2, STATUS).data(Qt.ItemDataRole.ToolTipRole) == "Đã chuyển xử lý\nSở"


def test_a_departed_row_is_marked(qtbot: QtBot) -> None:
    model, book = made()
    model.update([msgspec.structs.replace(book.rows[5], status=Status.CLOSED, display_status="closed")])
    assert model.index(5, 0).data(DEPARTED)
    assert model.rowCount() == 120


def test_the_pages_beside_what_is_seen_are_asked_for_before_they_are(qtbot: QtBot) -> None:
    model, _ = made()
    asked = list[int]()
    model.wanted.connect(asked.append)
    model.look_ahead(0, 20)
    assert asked == []
    model.look_ahead(10, 30)
    assert asked == [1]
    model.look_ahead(12, 32)
    assert asked == [1]


def test_a_chosen_row_says_so(qtbot: QtBot) -> None:
    model, _ = made()
    model.chosen.toggle("r3")
    assert model.index(3, 0).data(CHOSEN)
    assert not model.index(4, 0).data(CHOSEN)
    assert str(model.index(3, NUMBER).data(ALOUD)).endswith("Đã chọn.")
