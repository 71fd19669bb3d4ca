"""Agencies are found by a few letters without diacritics, and chosen by keys alone."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.domain.reference import in_force
from console.ui.case.agency_picker import AgenciesPicker, AgencyPicker, entries, find
from console.ui.theme import Theme
from tests.desk.people import REFERENCE

ALL = entries(in_force(REFERENCE.agencies, date(2024, 11, 4)))


def test_words_in_any_order_without_marks_find_it() -> None:
    hits = find(ALL, "dong hoi dien luc")
    assert hits
    assert "Điện lực" in hits[0].name
    assert find(ALL, "khong co don vi nay") == []


def test_those_of_the_place_come_first_and_stand_there_before_typing() -> None:
    near = [ALL[40].agency.code, ALL[7].agency.code]
    assert [agency.code for agency in find(ALL, "", near)] == near
    assert find(ALL, "", []) == []


def test_typing_and_enter_choose_one(qtbot: QtBot) -> None:
    picker = AgencyPicker(Theme(), ALL, ())
    qtbot.addWidget(picker)
    picker.show()
    picker.edit.setFocus()
    qtbot.keyClicks(picker.edit, "dien luc dong hoi")
    assert not picker.hits.isHidden()
    first = picker.hits.item(0).text()
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert picker.edit.text() == first
    assert picker.chosen
    assert picker.hits.isHidden()
    qtbot.keyClicks(picker.edit, "x")
    assert picker.chosen == ""


def test_arrows_move_and_escape_only_shuts_the_list(qtbot: QtBot) -> None:
    picker = AgencyPicker(Theme(), ALL, ())
    qtbot.addWidget(picker)
    picker.show()
    qtbot.keyClicks(picker.edit, "ubnd")
    assert picker.hits.currentRow() == 0
    qtbot.keyClick(picker.edit, Qt.Key.Key_Down)
    assert picker.hits.currentRow() == 1
    qtbot.keyClick(picker.edit, Qt.Key.Key_Escape)
    assert picker.hits.isHidden()
    assert picker.isVisible()


def test_supporting_agencies_are_collected_and_taken_out(qtbot: QtBot) -> None:
    picker = AgenciesPicker(Theme(), ALL, ())
    qtbot.addWidget(picker)
    picker.show()
    one, two = ALL[3].agency.code, ALL[5].agency.code
    for code in (one, two, one):
        picker.picker.choose(code)
    assert picker.chosen == [one, two]
    assert picker.picker.edit.text() == ""
    picker._drop(one)
    assert picker.chosen == [two]
