"""The table beneath the map: model, words for the screen reader, keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from console.desk.rows import DistrictRow
from console.ui.map.district_model import DistrictModel
from console.ui.map.district_table import DistrictTable
from console.ui.theme import Theme

ROLE = Qt.ItemDataRole


def row(code: str, open: int = 0, soon: int = 0, overdue: int = 0) -> DistrictRow:
    return DistrictRow(code=code, name=f"Huyện {code}", open=open, soon=soon, overdue=overdue)


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[DistrictModel]:
    made = DistrictModel(Theme("light"))
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.set_rows([row("A", 41, 5, 2), row("B", 6)])
    yield made
    assert tester.model() is made


@pytest.fixture
def table(qtbot: QtBot) -> DistrictTable:
    made = DistrictTable(Theme("light"))
    qtbot.addWidget(made)
    made.set_rows([row("A", 41, 5, 2), row("B", 6), row("C", 1), row("D", 9, 1), row("E", 3)])
    return made


def text(model: DistrictModel) -> list[list[str]]:
    return [[model.index(r, c).data() for c in range(4)] for r in range(model.rowCount())]


def test_figures_and_dashes(model: DistrictModel) -> None:
    assert text(model) == [["Huyện A", "41", "5", "2"], ["Huyện B", "6", "–", "–"]]
    heads = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(4)]
    assert heads == ["Địa bàn", "Mở", "Sắp hạn", "Quá hạn"]


def test_colour_means_look_now(model: DistrictModel) -> None:
    theme = Theme("light")
    tones = [model.index(0, c).data(ROLE.ForegroundRole) for c in range(4)]
    assert tones == [theme.color(n) for n in ("text", "text", "warnText", "alarmText")]
    assert model.index(1, 3).data(ROLE.ForegroundRole) == theme.color("subtle")
    assert model.index(0, 3).data(ROLE.FontRole).weight() > model.index(1, 3).data(ROLE.FontRole).weight()


def test_a_screen_reader_hears_area_and_column(model: DistrictModel) -> None:
    assert model.index(0, 3).data(ROLE.AccessibleTextRole) == "Huyện A: Quá hạn 2"
    assert model.index(1, 2).data(ROLE.AccessibleTextRole) == "Huyện B: Sắp hạn 0"


def test_new_figures_change_only_their_row(qtbot: QtBot, model: DistrictModel) -> None:
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.extend(range(first.row(), last.row() + 1)))
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_rows([row("A", 41, 5, 2), row("B", 7)])
    assert changed == [1]
    assert text(model)[1][1] == "7"


def test_other_areas_reset(qtbot: QtBot, model: DistrictModel) -> None:
    with qtbot.waitSignal(model.modelReset):
        model.set_rows([row("X")])
    assert model.rowCount() == 1


def test_two_halves_the_first_the_larger(table: DistrictTable) -> None:
    assert [m.rowCount() for m in table.models] == [3, 2]


def test_letters_never_go_to_an_input_method(table: DistrictTable) -> None:
    for half in table.halves:
        assert not half.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_enter_chooses_the_area(qtbot: QtBot, table: DistrictTable) -> None:
    table.halves[0].setCurrentIndex(table.models[0].index(1, 0))
    with qtbot.waitSignal(table.area_chosen) as heard:
        qtbot.keyClick(table.halves[0], Qt.Key.Key_Return)
    assert heard.args == ["B"]


def test_arrows_cross_from_half_to_half(qtbot: QtBot, table: DistrictTable) -> None:
    left, right = table.halves
    left.setCurrentIndex(table.models[0].index(2, 3))
    qtbot.keyClick(left, Qt.Key.Key_Right)
    at = right.currentIndex()
    assert (at.row(), at.column()) == (1, 0)
    qtbot.keyClick(right, Qt.Key.Key_Left)
    at = left.currentIndex()
    assert (at.row(), at.column()) == (1, 3)


def test_the_name_column_has_room_for_the_longest_district(qtbot: QtBot) -> None:
    table = DistrictTable(Theme("light"))
    qtbot.addWidget(table)
    table.resize(606, 138)
    half = table.halves[0]
    table.layout().activate()
    half.resize(302, 128)
    longest = Theme("light").font("body")
    assert half.columnWidth(0) - 14 >= QFontMetrics(longest).horizontalAdvance("Quảng Trạch")


@pytest.mark.parametrize(("width", "scale", "brief"), [(606, 100, False), (541, 100, True), (512, 125, True)])
def test_names_keep_their_room_and_the_heads_of_figures_give_way(
    qtbot: QtBot, width: int, scale: int, brief: bool
) -> None:
    theme = Theme("light", scale=scale)
    table = DistrictTable(theme)
    qtbot.addWidget(table)
    names = ("Đồng Hới", "Minh Hóa", "Quảng Trạch", "Quảng Ninh")
    table.set_rows([DistrictRow(code=n, name=n, open=128, soon=1, overdue=2) for n in names])
    table.resize(width, 200)
    table.show()
    for half, model in zip(table.halves, table.models, strict=True):
        longest = max(QFontMetrics(theme.font("body")).horizontalAdvance(row.name) for row in model.rows)
        assert half.columnWidth(0) - 14 >= longest
        across = Qt.Orientation.Horizontal
        assert model.headerData(3, across) == ("Quá" if brief else "Quá hạn")
        assert model.headerData(3, across, ROLE.ToolTipRole) == "Quá hạn", "in full for who asks"
        assert model.index(0, 0).data(ROLE.ToolTipRole) == model.row(0).name
