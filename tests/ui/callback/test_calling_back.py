"""One call-back by keys, on a real desk: what is read, what is shown and logged, what is stored of it."""

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.domain.case import Case, Status
from console.domain.command import Assign, Close, Merge, Resolve
from console.domain.number import spoken_number
from console.ui.callback.callback_panel import CallbackPanel, read_again
from console.ui.callback.calling_back import CallingBack
from console.ui.words import t
from tests.desk.people import LEAD, MONDAY, SUPERVISOR
from tests.ui.conftest import Stage

CTRL = Qt.KeyboardModifier.ControlModifier
RESULT = "Đã thay nắp cống mới"


@pytest.fixture
def back(stage: Stage, desk: Desk, qtbot: QtBot) -> Iterator[CallingBack]:
    window, strip, list_ = QWidget(), QWidget(), QWidget()
    list_.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(window)
    column.addWidget(strip)
    column.addWidget(list_, 1)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    list_.setFocus()
    made = CallingBack(desk, stage.theme, stage.tasks, stage.notices, strip)
    yield made
    stage.settle()


def case(stage: Stage, desk: Desk, case_id: str) -> Case:
    view = stage.run(desk.case(case_id))
    assert view is not None
    return view.case


def resolved(stage: Stage, desk: Desk, *, closed: bool = False) -> str:
    one = stage.log(desk).case
    stage.run(desk.act(one, Assign(lead=LEAD, expects=None), Resolve(result=RESULT)))
    if closed:
        stage.run(desk.act(one, Close(public_answer=f"{RESULT}.", publish=True)))
    stage.wall.pass_(minutes=30)
    return one


def begin(back: CallingBack, stage: Stage, case_id: str) -> CallbackPanel:
    back.begin(case_id)
    stage.until(back.panel.isVisible)
    stage.settle()
    return back.panel


def give(panel: CallbackPanel, stage: Stage) -> None:
    QTest.keyClick(panel, Qt.Key.Key_Return, CTRL)
    stage.settle()


def is_due(stage: Stage, desk: Desk, case_id: str) -> bool:
    row = stage.run(desk.row(case_id))
    return row is not None and row.callback_due


def test_the_result_is_read_and_a_digit_tells_what_they_thought_of_it(
    back: CallingBack, desk: Desk, stage: Stage
) -> None:
    one = resolved(stage, desk)
    panel = begin(back, stage, one)
    now = case(stage, desk, one)
    assert now.reporter is not None
    assert now.reporter.name not in panel.who.text()
    assert panel.tried.text() == t("callback.tried.none")
    for words in (RESULT, spoken_number(now.number), t("callback.who")):
        assert words in panel.spoken.text()
    assert panel.choice.hasFocus()
    assert panel.choice.height() == panel.choice.sizeHint().height(), "no line is cut"
    give(panel, stage)
    assert panel.told.text() == t("callback.need.outcome")
    QTest.keyClick(panel.choice, Qt.Key.Key_5)
    give(panel, stage)
    assert not panel.isVisible()
    call = case(stage, desk, one).callbacks[-1]
    assert (call.reached, call.satisfied, call.again_at) == (True, 5, None)
    assert not is_due(stage, desk, one)


def test_the_number_is_shown_only_by_the_key_that_calls_and_that_is_logged(
    back: CallingBack, desk: Desk, stage: Stage
) -> None:
    one = resolved(stage, desk)
    panel = begin(back, stage, one)
    QTest.keyClick(panel.choice, Qt.Key.Key_G)
    stage.settle()
    assert "0912 345 678" in panel.who.text()
    assert "Nguyễn Văn Long" in panel.spoken.text()
    assert panel.told.text() == t("callback.byHand"), "this line cannot call out"
    view = stage.run(desk.case(one))
    assert view is not None
    assert [e.data["reason"] for e in view.events if e.kind == "show_contact"] == [t("callback.reason")]


def test_who_was_not_reached_is_tried_again_at_another_time(
    back: CallingBack, desk: Desk, stage: Stage
) -> None:
    one = resolved(stage, desk)
    panel = begin(back, stage, one)
    assert not panel.again_at.isEnabled()
    QTest.keyClick(panel.choice, Qt.Key.Key_0)
    assert panel.again_at.isEnabled()
    panel.again_at.setText("ba giờ")
    give(panel, stage)
    assert panel.told.text() == t("callback.need.time")
    assert panel.again_at.text() == "ba giờ"
    panel.again_at.setText("17:30")
    give(panel, stage)
    call = case(stage, desk, one).callbacks[-1]
    assert not call.reached
    assert call.again_at == MONDAY.replace(hour=10, minute=30)
    assert is_due(stage, desk, one)
    panel = begin(back, stage, one)
    assert "17:30" in panel.when.text()
    assert t("callback.missed") in panel.tried.text()
    QTest.keyClick(panel.choice, Qt.Key.Key_7)
    panel.again_at.setText("8:00 5/11")
    give(panel, stage)
    assert case(stage, desk, one).callbacks[-1].reached
    assert is_due(stage, desk, one), "they were reached, and not told yet"


@pytest.mark.parametrize("closed", [True, False])
def test_who_is_not_content_has_it_taken_up_again(
    back: CallingBack, desk: Desk, stage: Stage, closed: bool
) -> None:
    desk.sign_in(SUPERVISOR)
    one = resolved(stage, desk, closed=closed)
    panel = begin(back, stage, one)
    assert not panel.again.isEnabled()
    QTest.keyClick(panel.choice, Qt.Key.Key_1)
    assert panel.again.text() == t("callback.reopen" if closed else "callback.rework")
    panel.again.setChecked(True)
    give(panel, stage)
    assert panel.told.text() == t("callback.need.reason")
    panel.words.setPlainText("Nắp lại vỡ rồi")
    QTest.keyClick(panel.words, Qt.Key.Key_Return, CTRL)
    stage.settle()
    after = case(stage, desk, one)
    assert after.status is (Status.NEW if closed else Status.IN_PROGRESS)
    assert after.callbacks[-1].satisfied == 1
    stage.notices.undo_last()
    stage.settle()
    after = case(stage, desk, one)
    assert after.status is (Status.CLOSED if closed else Status.RESOLVED)
    assert after.callbacks[-1].satisfied == 1, "what they said stays"


def test_what_was_typed_and_put_away_is_there_again(back: CallingBack, desk: Desk, stage: Stage) -> None:
    one = resolved(stage, desk)
    panel = begin(back, stage, one)
    QTest.keyClick(panel.choice, Qt.Key.Key_4)
    panel.words.setPlainText("Cảm ơn tổng đài")
    QTest.keyClick(panel.words, Qt.Key.Key_Escape)
    stage.settle()
    assert not panel.isVisible()
    panel = begin(back, stage, one)
    assert (panel.choice.value, panel.words.toPlainText()) == ("4", "Cảm ơn tổng đài")


def test_what_is_typed_is_on_disk_while_the_panel_is_open(
    back: CallingBack, desk: Desk, stage: Stage
) -> None:
    one = resolved(stage, desk)
    panel = begin(back, stage, one)
    QTest.keyClick(panel.choice, Qt.Key.Key_2)
    panel.words.setPlainText("Chưa làm gì cả")

    async def on_disk() -> dict[str, object]:
        async with asyncio.timeout(10):
            while not (kept := await desk.composed(one)):
                await asyncio.sleep(0.01)
        return dict(kept[0].values)

    assert stage.run(on_disk()) == {"reached": "2", "words": "Chưa làm gì cả"}
    give(panel, stage)
    assert stage.run(desk.composed(one)) == ()


def test_whose_report_was_merged_hears_the_result_of_the_whole(
    back: CallingBack, desk: Desk, stage: Stage
) -> None:
    part = stage.log(desk).case
    whole = resolved(stage, desk)
    back.begin(part)
    stage.settle()
    assert not back.panel.isVisible(), "its own case has nothing to tell yet"
    stage.run(desk.act(part, Merge(into=whole)))
    panel = begin(back, stage, part)
    assert RESULT in panel.spoken.text()
    assert t("callback.others", n=1) in panel.number.text()
    QTest.keyClick(panel.choice, Qt.Key.Key_5)
    give(panel, stage)
    assert case(stage, desk, part).callbacks[-1].satisfied == 5
    assert not is_due(stage, desk, part)
    assert is_due(stage, desk, whole), "the other reporter has a call of their own"


def test_times_are_read_as_people_type_them() -> None:
    day = MONDAY.date()
    assert read_again("20 phút", MONDAY) is not None
    assert read_again("8h 5/11", MONDAY) == MONDAY.replace(day=day.day + 1, hour=1, minute=0)
    assert read_again("8:00 32/11", MONDAY) is None
    assert read_again("8:00 3/11", MONDAY) is None, "nobody is promised a call in a year"
    assert read_again("", MONDAY) is None
