"""The keys in the status bar: as many as have room, the last one always, and none of them cut."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.ui.shell.key_row import KeyRow
from tests.ui.conftest import Stage

KEYS = [("+", ""), ("-", "phóng to, thu nhỏ"), ("0", "toàn tỉnh"), ("K", "khoanh vùng"), ("F1", "phím tắt")]


def app() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


@pytest.fixture
def row(stage: Stage, qtbot: QtBot) -> Iterator[KeyRow]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 40)
    made = KeyRow(stage.theme)
    made.setParent(host)
    made.resize(1000, 30)
    host.show()
    made.show_keys(KEYS)
    yield made
    stage.theme.set_scale(100)
    stage.theme.apply(app())


def cut(row: KeyRow) -> list[int]:
    return [p.width() for p in row._parts if p.isVisible() and p.width() < p.sizeHint().width()]


def seen(stage: Stage, row: KeyRow, width: int) -> list[str]:
    row.resize(width, 30)
    QApplication.processEvents()
    return row.shown()


def test_what_has_no_room_is_left_out_and_the_last_one_stays(stage: Stage, row: KeyRow) -> None:
    everything = ["phóng to, thu nhỏ", "toàn tỉnh", "khoanh vùng", "phím tắt"]
    assert seen(stage, row, 1000) == everything
    assert seen(stage, row, 320) == ["phóng to, thu nhỏ", "phím tắt"]
    assert cut(row) == []
    row.show_keys(KEYS[:2])
    row.show_keys(KEYS)
    assert seen(stage, row, 320) == ["phóng to, thu nhỏ", "phím tắt"], "other keys are as many"
    assert seen(stage, row, 40) == ["phím tắt"]
    assert seen(stage, row, 1000) == everything


def test_larger_letters_leave_room_for_fewer(stage: Stage, row: KeyRow) -> None:
    row.resize(430, 30)
    before = row.shown()
    stage.theme.set_scale(150)
    stage.theme.apply(app())
    stage.until(lambda: len(row.shown()) < len(before))
    assert row.shown()[-1] == "phím tắt"
