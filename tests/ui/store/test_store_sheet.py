"""The sheet about this workstation's store: what it says, its numbers as a table, and what its buttons do."""

from datetime import date, timedelta

import msgspec
from PySide6.QtWidgets import QWidget

from console.desk.desk import Desk
from console.desk.store_state import Size, StoreState
from console.ui.store.growth import Growth
from console.ui.store.store_sheet import StoreSheet
from console.ui.store.store_text import lines_of, notes_of
from tests.desk.people import MONDAY
from tests.ui.conftest import Stage

STATE = StoreState(
    bytes=1_440_000_000, free_bytes=0, sizes=(), open=1234, closed=98_765, oldest_ms=1_672_531_200_000,
    files_bytes=0, files_most=2_000_000_000, months=24, from_centre=True, checked=None,
    disk_free=1_000_000_000, short=True, gives_back=True, compacts_next=False, rebuilding=False,
    fill_rests=True,
)  # fmt: skip


def test_its_words_say_what_to_do() -> None:
    text = " / ".join(line.text for line in lines_of(STATE, MONDAY))
    for words in ("1,4 GB", "1.234 đang mở · 98.765 đã kết thúc", "01/01/2023", "24 tháng", "Sắp hết chỗ"):
        assert words in text
    assert "Tự tải tiếp" in notes_of(STATE)[0]
    old = msgspec.structs.replace(STATE, gives_back=False, free_bytes=5000)
    assert "cần thu gọn" in lines_of(old, MONDAY)[0].text


def test_the_line_says_its_ends(stage: Stage) -> None:
    growth = Growth(stage.theme)
    assert "ngày mai" in growth.words()
    growth.show_sizes([Size(date(2024, 10, 1) + timedelta(days=n), 10**8 + n * 10**6) for n in range(30)])
    assert growth.accessibleName() == "Từ 100 MB ngày 01/10 đến 129 MB ngày 30/10"
    growth.resize(growth.sizeHint())
    assert not growth.grab().isNull()
    growth.deleteLater()


def test_its_buttons_check_rebuild_and_turn_to_the_table(stage: Stage, desk: Desk) -> None:
    case = stage.log(desk).case
    window = QWidget()
    sheet = StoreSheet(desk, stage.theme, stage.tasks, stage.notices, window)
    sheet.open()
    stage.until(lambda: sheet.state is not None)
    sheet.check.click()
    stage.until(lambda: sheet.state is not None and sheet.state.checked is not None)
    assert "nguyên vẹn" in sheet.lines[7][1].text()
    sheet.rebuild.click()
    stage.settle()
    assert stage.notices.shown is not None
    assert "chỉ mục" in stage.notices.shown.text
    found = stage.run(desk.search("nap cong"))
    assert [hit.row.id for hit in found.hits] == [case]
    sheet.turn.click()
    assert sheet.shown.currentWidget() is sheet.table
    assert sheet.table.rowCount() == 1
    sheet.accept()
    window.deleteLater()
