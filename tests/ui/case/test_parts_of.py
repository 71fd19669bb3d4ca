"""Reports that were merged into the open one, in its pane: listed, opened by Enter, followed live."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.domain.command import Merge
from console.ui.case.case_pane import CasePane
from console.ui.case.parts_of import FEW
from console.ui.words import t
from tests.ui.case.test_case_pane import pane_on, show
from tests.ui.conftest import Stage


@pytest.fixture
def pane(stage: Stage, desk: Desk, qtbot: QtBot) -> Iterator[CasePane]:
    yield pane_on(stage, desk, qtbot)
    stage.settle()


def merged(stage: Stage, desk: Desk, parent: str) -> str:
    stage.wall.pass_(minutes=1)
    done = stage.log(desk, title="Hố ga mất nắp")
    stage.run(desk.act(done.case, Merge(into=parent)))
    return done.case


def test_they_are_listed_and_enter_opens_one(stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot) -> None:
    parent = stage.log(desk).case
    show(stage, pane, parent)
    section = pane.sheet.parts
    assert not section.isVisible()
    first, second = (merged(stage, desk, parent) for _ in range(2))
    stage.until(lambda: len(section.lines) == 2)
    assert section.isVisible()
    assert section.head.text() == t("case.parts", n=2)
    row = stage.run(desk.row(second))
    assert row is not None
    assert section.lines[0].text() == f"{row.number} · Điện thoại · 14:02 hôm nay"
    section.lines[1].setFocus()
    with qtbot.waitSignal(pane.go_to) as told:
        qtbot.keyClick(section.lines[1], Qt.Key.Key_Return)
    assert told.args == [first]
    show(stage, pane, first)
    assert not section.isVisible()


def test_of_many_the_newest_are_shown_and_the_rest_by_a_key(
    stage: Stage, desk: Desk, pane: CasePane, qtbot: QtBot
) -> None:
    parent = stage.log(desk).case
    for _ in range(FEW + 3):
        merged(stage, desk, parent)
    stage.run(desk.keep_index())
    show(stage, pane, parent)
    lines = pane.sheet.parts.lines
    assert [line.text() for line in lines[FEW:]] == [t("case.parts.more", n=3)]
    qtbot.keyClick(lines[-1], Qt.Key.Key_Return)
    assert len(pane.sheet.parts.lines) == FEW + 3
    merged(stage, desk, parent)
    stage.until(lambda: len(pane.sheet.parts.lines) == FEW + 4)
