"""The typed filter in a real window: completed by keys, judged while typing, shown as chips."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk.rows import DueState, Filter, Values
from console.domain.case import Channel
from console.reference import bundled
from console.ui.queue.filter_bar import FilterBar
from tests.ui.conftest import Stage

TODAY = date(2024, 11, 4)


@pytest.fixture
def bar(stage: Stage, qtbot: QtBot) -> Iterator[FilterBar]:
    made = FilterBar(stage.theme, bundled(), TODAY, "op03")
    qtbot.addWidget(made)
    made.resize(792, 200)
    made.show()
    made.open_line()
    yield made
    made.line.close_list()


def typed(bar: FilterBar, text: str) -> None:
    bar.line.setFocus()
    QTest.keyClicks(bar.line, text)
    bar.line.judge()


def test_a_line_becomes_a_filter_with_a_chip_for_each_part(bar: FilterBar) -> None:
    said: list[Filter] = []
    bar.changed.connect(said.append)
    typed(bar, "tre:quahan kenh:app,cong dv:cap nuoc cot nghieng")
    assert said[-1].due == (DueState.OVERDUE,)
    assert said[-1].channels == (Channel.APP, Channel.PORTAL)
    assert said[-1].words == "cot nghieng"
    assert [words.partition(":")[0] for words in bar.chips.words()] == ["Đơn vị", "Kênh", "Thời hạn", "Từ"]
    QTest.mouseClick(bar.chips._chips[2], Qt.MouseButton.LeftButton)
    assert said[-1] == msgspec.structs.replace(said[-1], due=())
    assert "quahan" not in bar.line.text()


def test_all_but_some_is_asked_by_a_hyphen_and_told_by_a_chip(bar: FilterBar) -> None:
    typed(bar, "-tt:dang xu ly,hoan thanh -xa:bac ly -dv:chua giao cot")
    bac_ly = next(unit.code for unit in bundled().units if unit.short == "Bắc Lý")
    but = Values(statuses=("in_progress", "closed"), communes=(bac_ly,), leads=("",))
    assert bar.filter == Filter(words="cot", but=but)
    assert bar.chips.words() == [
        "Trừ trạng thái: Đang xử lý, Hoàn thành", "Trừ đơn vị: Chưa giao", "Trừ xã, phường: Bắc Lý",
        "Từ: cot",
    ]  # fmt: skip
    QTest.mouseClick(bar.chips._chips[1], Qt.MouseButton.LeftButton)
    assert bar.filter.but == msgspec.structs.replace(but, leads=())
    bar.channel._take("phone")
    assert bar.filter.but == msgspec.structs.replace(but, leads=())
    assert "-xa:" in bar.line.text()


def test_a_hyphen_before_a_field_is_completed_and_before_a_day_told(bar: FilterBar) -> None:
    QTest.keyClicks(bar.line, "-d")
    assert "-dv:" in [one.main for one in bar.line.suggestions]
    assert "-den:" not in [one.main for one in bar.line.suggestions]
    QTest.keyClicks(bar.line, "v")
    QTest.keyClick(bar.line, Qt.Key.Key_Tab)
    assert bar.line.text() == "-dv:"
    typed(bar, "dien luc dong hoi")
    assert len(bar.filter.but.leads) == 1
    before = bar.filter
    typed(bar, " -ngay:homnay")
    assert bar.note.text().startswith("Dấu trừ không dùng được với ngày tiếp nhận.")
    assert bar.filter == before


def test_what_names_nothing_is_told_while_typing_and_the_last_filter_stands(bar: FilterBar) -> None:
    typed(bar, "han:quahan")
    before = bar.filter
    typed(bar, " dv:dien lucc")
    assert bar.note.text().startswith("Không có đơn vị “dien lucc”. Ý bạn là: Điện lực Đồng Hới, ")
    assert bar.note.isVisible()
    assert bar.filter == before
    assert bar.line.text() == "han:quahan dv:dien lucc"


def test_a_field_and_its_value_are_taken_by_keys(bar: FilterBar) -> None:
    QTest.keyClicks(bar.line, "xa")
    assert bar.line.suggestions
    QTest.keyClick(bar.line, Qt.Key.Key_Tab)
    assert bar.line.text() == "xa:"
    QTest.keyClicks(bar.line, "bac ly")
    assert [one.main for one in bar.line.suggestions] == ["Bắc Lý"]
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.line.text() == 'xa:"Bắc Lý" '
    assert len(bar.filter.communes) == 1


def test_a_plain_word_is_no_field_and_enter_goes_back_to_the_rows(bar: FilterBar, qtbot: QtBot) -> None:
    QTest.keyClicks(bar.line, "den")
    assert bar.line.suggestions
    with qtbot.waitSignal(bar.left):
        QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.filter == Filter(words="den")


def test_drop_downs_and_line_write_into_one_filter(bar: FilterBar) -> None:
    typed(bar, "han:sap den han")
    bar.channel._take("phone")
    assert bar.filter == Filter(due=(DueState.SOON,), channels=(Channel.PHONE,))
    assert "kenh:" in bar.line.text()
    bar.clear()
    assert (bar.filter, bar.line.text(), bar.chips.words()) == (Filter(), "", [])


def test_a_filter_of_what_is_no_longer_there_says_so_and_stands(bar: FilterBar) -> None:
    bar.set_filter(Filter(leads=("H46.99.999",), words="rác"))
    assert "H46.99.999" in bar.note.text()
    assert bar.filter.leads == ("H46.99.999",)
    assert any("H46.99.999" in words for words in bar.chips.words())


def test_a_question_and_its_answer_are_taken_by_keys_and_told_by_a_chip(bar: FilterBar) -> None:
    QTest.keyClicks(bar.line, "tl")
    QTest.keyClick(bar.line, Qt.Key.Key_Tab)
    QTest.keyClicks(bar.line, "nguoi bi")
    assert [one.main for one in bar.line.suggestions] == [
        "Có người bị thương không?", "Bao nhiêu người bị thương?",
    ]  # fmt: skip
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.line.text() == "tl:co-nguoi-bi-thuong-khong="
    assert [one.main for one in bar.line.suggestions] == ["Không", "Có", "Không rõ"]
    QTest.keyClicks(bar.line, "co")
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.line.text() == "tl:co-nguoi-bi-thuong-khong=co "
    assert bar.filter == Filter(answers=("injured=yes",))
    typed(bar, "-tl:da-goi-115 cot")
    assert bar.filter == Filter(words="cot", answers=("injured=yes",), but=Values(answers=("ambulance=",)))
    assert bar.chips.words() == [
        "Trả lời: Có người bị thương không? Có", "Trừ trả lời: Đã gọi 115 chưa? (đã trả lời)", "Từ: cot",
    ]  # fmt: skip
    before = bar.filter
    bar.set_filter(Filter())
    bar.set_filter(before)
    assert bar.line.text() == "cot tl:co-nguoi-bi-thuong-khong=co -tl:da-goi-115-chua"
    assert bar.line.line_filter() == before


def test_an_answer_that_there_is_not_is_told_with_those_that_there_are(bar: FilterBar) -> None:
    typed(bar, "tl:co-nguoi-bi-thuong=")
    typed(bar, "khoong")
    assert "Ý bạn là: Không, Không rõ?" in bar.note.text()
    assert bar.filter == Filter(answers=("injured=",)), "as it could be read before"


def test_an_answer_whose_question_nobody_knows_is_shown_by_its_code(bar: FilterBar) -> None:
    asked = Filter(answers=("tidal=ebb", "injured=yes"))
    bar.set_filter(asked)
    assert "tidal=ebb" in bar.note.text()
    assert bar.chips.words() == ["Trả lời: Có người bị thương không? Có", "Trả lời: tidal=ebb"]
    assert bar.line.line_filter() == asked
