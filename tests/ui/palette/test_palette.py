"""Ctrl+K in a whole window: cases, commands, places and agencies by keys, the focus back where it was."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.desk.rows import View
from console.domain.command import Reject
from console.domain.text import fold_text
from console.ui.main_window import MainWindow
from console.ui.palette.entries import AGENCIES, CALLERS, CASES, COMMANDS, PLACES, RECENT
from console.ui.palette.palette import Palette
from console.ui.words import t
from tests.desk.people import LEAD
from tests.ui.conftest import Stage
from tests.ui.test_main_window import press, window_on

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(stage: Stage, desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    for _ in range(2):
        stage.log(desk, forward=True)
    made = window_on(stage, desk, qtbot, 1366, 768)
    stage.settle()
    yield made
    stage.settle()


def palette(window: MainWindow) -> Palette:
    return window.findChildren(Palette)[0]


def opened(window: MainWindow, stage: Stage, qtbot: QtBot) -> Palette:
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    stage.settle()
    return palette(window)


def type_in(stage: Stage, shown: Palette, text: str) -> None:
    QTest.keyClicks(shown.line, text)
    stage.settle()


def groups(shown: Palette) -> set[str]:
    return {line.group for line in shown.list.entries.lines if not isinstance(line, str)}


def test_a_case_is_found_by_its_words_and_opened_and_is_recent_then(
    window: MainWindow, stage: Stage, desk: Desk, qtbot: QtBot
) -> None:
    shown = opened(window, stage, qtbot)
    type_in(stage, shown, "lan xe nap cong")
    found = shown.list.current()
    assert found is not None
    assert found.group == CASES
    assert [found.title[a:b] for a, b in found.title_marks] == ["Nắp", "cống", "làn", "xe"]
    QTest.keyClick(shown.line, Qt.Key.Key_Down)
    second = shown.list.current()
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    stage.settle()
    assert not shown.isVisible()
    assert second is not None
    assert second.row is not None
    assert window._rooms.queue.chosen == second.row.id
    opened(window, stage, qtbot)
    first = shown.list.current()
    assert first is not None
    assert (first.group, first.id) == (RECENT, second.id)


def test_escape_gives_the_focus_back(window: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    before = window.focusWidget()
    shown = opened(window, stage, qtbot)
    assert shown.line.hasFocus()
    QTest.keyClick(shown.line, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert window.focusWidget() is before


def test_commands_places_and_agencies_are_found_without_diacritics(
    window: MainWindow, stage: Stage, desk: Desk, qtbot: QtBot
) -> None:
    shown = opened(window, stage, qtbot)
    assert COMMANDS in groups(shown)
    type_in(stage, shown, "hop gui")
    assert COMMANDS in groups(shown)
    shown.line.clear()
    type_in(stage, shown, "bac ly")
    assert PLACES in groups(shown)
    shown.line.clear()
    agency = desk.reference.agency(LEAD)
    assert agency is not None
    type_in(stage, shown, fold_text(agency.short))
    assert AGENCIES in groups(shown)
    while (entry := shown.list.current()) is not None and entry.group != AGENCIES:
        QTest.keyClick(shown.line, Qt.Key.Key_Tab)
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    stage.settle()
    assert len(window._rooms.queue.bar.filter.leads) == 1


def test_a_slip_is_told_and_nothing_found_says_so(window: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    shown = opened(window, stage, qtbot)
    type_in(stage, shown, "cogn vo nap")
    assert "cong" in shown.note.text()
    shown.line.clear()
    type_in(stage, shown, "zzzz")
    assert "zzzz" in shown.note.text()
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    stage.settle()
    assert shown.isVisible(), "the centre is asked, and is not reached: that is said in place"
    assert shown.note.text() == t("error.search_offline")


def test_a_caller_is_found_as_a_person_and_enter_lists_what_was_reported(
    window: MainWindow, stage: Stage, desk: Desk, qtbot: QtBot
) -> None:
    queue = window._rooms.queue
    closed = stage.log(desk)
    stage.run(desk.act(closed.case, Reject(reason="already_answered", text="Không có")))
    shown = opened(window, stage, qtbot)
    type_in(stage, shown, "345678")
    found = shown.list.current()
    assert found is not None
    assert (found.group, found.title) == (CALLERS, "N. V. Long")
    assert found.detail.startswith(f"09xx 345 678 · {t('palette.reportsOpen', n=3, open=2)}")
    assert found.detail[slice(*found.detail_marks[0])] == "345 678"
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    stage.until(lambda: queue.state.view is View.ALL and queue.state.total == 3)
    stage.settle()
    assert "678" not in " ".join(queue.bar.chips.words()), "the number is shown to nobody who did not ask"
    assert queue.bar.chips.words() == [f"{t('filter.field.callers')}: {found.id.removeprefix('caller ')}"]
    assert queue.tabs._tabs["saved"].accessibleName() == f"{t('views.all')}: 3"
    queue.show_view(View.OPEN)
    stage.until(lambda: queue.state.total == 2)
    assert (queue.tabs.current, queue.tabs._tabs["saved"].text()) == ("open", t("views.tab"))


def test_each_sign_finds_its_own_kind_alone(
    window: MainWindow, stage: Stage, desk: Desk, qtbot: QtBot
) -> None:
    done = stage.log(desk)
    shown = opened(window, stage, qtbot)
    assert shown.prefixes.isVisible(), "the empty palette names them"
    for typed, kinds in {
        "nguyen long": {CALLERS, CASES},
        ">": {COMMANDS},
        "> hop": {COMMANDS},
        "@nguyen long": {CALLERS},
        "@ bac ly": {PLACES, AGENCIES},
        f"#{done.number}": {CASES},
        f"#{done.number[-4:]}": {CASES},
    }.items():
        shown.line.clear()
        type_in(stage, shown, typed)
        assert groups(shown) == kinds, typed
        assert not shown.prefixes.isVisible()
    first = shown.list.entries.lines[1]
    assert not isinstance(first, str)
    assert first.id == f"case {done.case}"


def test_a_sign_with_nothing_that_fits_says_what_to_type(
    window: MainWindow, stage: Stage, desk: Desk, qtbot: QtBot
) -> None:
    number = stage.log(desk).number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    shown = opened(window, stage, qtbot)
    for typed, note in {
        "> zzzz": t("palette.noCommand", q="zzzz"),
        "@": t("palette.people.how"),
        "@zzzz": t("palette.people.none", q="zzzz"),
        "#": t("palette.numbers.how"),
        "#4": t("palette.numbers.how"),
        "#5678": t("palette.nothing", q="5678"),  # in a phone, but in no number
        f"#{wrong}": t("search.badCheck", text=wrong),
    }.items():
        shown.line.clear()
        type_in(stage, shown, typed)
        assert shown.note.text() == note, typed


def test_several_words_of_a_name_mean_a_person_and_one_word_a_report(
    window: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    shown = opened(window, stage, qtbot)
    for typed, first in {"van long": CALLERS, "long": CASES}.items():
        shown.line.clear()
        type_in(stage, shown, typed)
        entry = shown.list.entries.lines[1]
        assert not isinstance(entry, str)
        assert (entry.group, groups(shown) >= {CALLERS, CASES}) == (first, True), typed


def test_a_sign_that_is_pressed_is_typed(window: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    shown = opened(window, stage, qtbot)
    shown.prefixes.wanted.emit("@")
    stage.settle()
    assert (shown.line.text(), shown.line.hasFocus()) == ("@", True)
    assert shown.note.text() == t("palette.people.how")


def test_what_the_map_does_by_key_is_found_and_done_on_the_map(
    window: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    done: list[bool] = []
    pane = window._rooms.map
    pane.add_key(Qt.Key.Key_K, lambda: done.append(pane.isVisible()), "K", "khoanh vùng chọn")
    shown = opened(window, stage, qtbot)
    type_in(stage, shown, ">khoanh vung")
    entry = shown.list.current()
    assert entry is not None
    assert (entry.title, entry.key) == (t("palette.ofMap", act="khoanh vùng chọn"), "K")
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    assert done == [True], "where it is seen"
