"""A long timeline in the case's pane: its end at once, older stretches on demand, the place held."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.desk.questions import NEWEST
from console.domain.case import Event
from console.domain.command import AddNote
from console.domain.identity import new_id
from console.ui.case.case_pane import CasePane
from console.ui.case.known_events import STRETCH
from tests.desk.people import DISPATCHER, MONDAY
from tests.ui.conftest import Stage

LONG = 99  # and the report itself, which waits: it stands last


def note(case: str, place: int) -> Event:
    """Forty to a day, up to yesterday."""
    at = MONDAY - timedelta(days=1 + (LONG - place) // 40)
    data = {"text": f"số {place}", "audience": "internal"}
    return Event(
        id=new_id(),
        case=case,
        kind="add_note",
        at=at,
        by=DISPATCHER,
        data=data,
        seq=1000 + place,
        public=False,
    )


def lengthen(stage: Stage, desk: Desk, case: str, count: int = LONG) -> None:
    """As if the centre had told them all."""

    def write() -> None:
        with desk._held.store.transaction():
            desk._held.cases.add_events(case, [note(case, place) for place in range(count)])

    stage.run(desk._held.worker.call(write))


@pytest.fixture
def pane(stage: Stage, desk: Desk, qtbot: QtBot) -> Iterator[CasePane]:
    made = CasePane(desk, stage.signals(desk), stage.theme, stage.tasks, stage.notices)
    qtbot.addWidget(made)
    made.resize(446, 950)
    made.show()
    yield made
    stage.settle()


def show(stage: Stage, pane: CasePane, case: str) -> None:
    pane.show_case(case)
    stage.until(lambda: pane.view is not None and pane.view.case.id == case)
    built(stage, pane)


def built(stage: Stage, pane: CasePane) -> None:
    stage.settle()
    stage.until(lambda: not pane.sheet.timeline._timer.isActive())
    stage.until(lambda: pane.sheet.height() >= pane.sheet.heightForWidth(pane.sheet.width()))
    stage.run(asyncio.sleep(0))


def said(pane: CasePane) -> list[str]:
    """As the rows that stand there say it, from above."""
    line = pane.sheet.timeline
    rows = [row for part in (*line.older, line.newest) for row in part.rows[: part.built]]
    tops = [row.mapTo(pane.sheet, QPoint(0, 0)).y() for row in rows]
    assert tops == sorted(tops)
    assert all(row.isVisible() for row in rows)
    return [row.accessibleName() for row in rows]


def test_the_end_of_a_long_case_stands_there_and_the_rest_comes_by_keys(
    stage: Stage, desk: Desk, pane: CasePane
) -> None:
    case = stage.log(desk).case
    lengthen(stage, desk, case)
    show(stage, pane, case)
    line = pane.sheet.timeline
    assert said(pane) == line.lines
    assert len(line.lines) == NEWEST
    assert str(LONG + 1 - NEWEST) in line.button.text()
    assert line.button.focusPolicy() & Qt.FocusPolicy.TabFocus
    while line.known.left:
        before = line.known.left
        line.button.setFocus()
        QTest.keyClick(line.button, Qt.Key.Key_Space)
        stage.until(lambda before=before: line.known.left < before)  # type: ignore[misc]
        built(stage, pane)
        assert said(pane) == line.lines
        assert pane._scroll.hasFocus()
    assert len(line.lines) == LONG + 1
    assert not line.button.isVisible()
    days = [row._day.text() for part in (*line.older, line.newest) for row in part.rows if row._day
            and row._day.isVisible()]  # fmt: skip
    assert len(days) == len(set(days)) == 4, "each day once, also where stretches meet"


def test_what_is_read_stays_in_its_place_while_reading_upward_brings_more(
    stage: Stage, desk: Desk, pane: CasePane
) -> None:
    case = stage.log(desk).case
    lengthen(stage, desk, case)
    show(stage, pane, case)
    line, bar = pane.sheet.timeline, pane._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert not line.older
    row = line.newest.rows[3]

    def place() -> int:
        return row.mapTo(pane._scroll.viewport(), QPoint(0, 0)).y()

    bar.setValue(bar.value() - place_above(pane, row) - 40)
    before = place()
    stage.until(lambda: len(line.lines) > NEWEST)
    built(stage, pane)
    assert abs(place() - before) <= 3, "no more than paragraphs settling to whole pixels"
    assert said(pane) == line.lines


def place_above(pane: CasePane, row: object) -> int:
    """How far the row lies above what is in sight."""
    top = row.mapTo(pane._scroll.viewport(), QPoint(0, 0)).y()  # type: ignore[attr-defined]
    return -int(top)


def test_what_was_read_stays_when_something_new_happens_and_waiting_ones_are_marked(
    stage: Stage, desk: Desk, pane: CasePane
) -> None:
    case = stage.log(desk).case
    lengthen(stage, desk, case)
    show(stage, pane, case)
    line = pane.sheet.timeline
    line.button.click()
    stage.until(lambda: len(line.lines) == NEWEST + STRETCH)
    first = line.newest.rows[0]
    stage.run(desk.act(case, AddNote(text="vừa xong")))
    stage.until(lambda: "vừa xong" in str(line.newest.items[-1].line.quote))
    built(stage, pane)
    assert len(line.lines) == NEWEST + STRETCH + 1
    assert line.newest.rows[0] is first
    assert said(pane) == line.lines
    marked = [row._waits is not None and row._waits.isVisible() for row in line.newest.rows[-3:]]
    assert marked == [False, True, True]
    last = QAccessible.queryAccessibleInterface(line.newest.rows[-1])
    assert last is not None
    assert last.text(QAccessible.Text.Name) == line.lines[-1]


def test_another_case_shows_its_own_events_only(stage: Stage, desk: Desk, pane: CasePane) -> None:
    long, short = stage.log(desk).case, stage.log(desk, forward=True).case
    lengthen(stage, desk, long)
    show(stage, pane, long)
    pane.sheet.timeline.button.click()
    stage.until(lambda: len(pane.sheet.timeline.lines) == NEWEST + STRETCH)
    show(stage, pane, short)
    assert said(pane) == pane.sheet.timeline.lines
    assert len(pane.sheet.timeline.lines) == 2
    assert not pane.sheet.timeline.button.isVisible()
    show(stage, pane, long)
    assert len(said(pane)) == NEWEST
