"""A caller whose report is open: told at once what is known of it, and the call added to it by one key."""

import pytest
from PySide6.QtCore import Qt

from console.desk.desk import Desk
from console.domain.case import Reporter
from console.domain.command import Merge
from console.domain.telephone import Answered, Rang
from console.ui.case.case_sheet import came_text
from tests.desk.people import LEAD
from tests.ui.conftest import Stage
from tests.ui.intake.conftest import Hands

_ALT = Qt.KeyboardModifier.AltModifier
MORE = "Nước đã vào nhà, cao thêm nửa mét"


@pytest.mark.parametrize("spelled", ["0912345678", "+84 912.345.678", "84912345678"])
def test_an_answered_call_shows_an_open_report_with_the_sentence_to_read(
    hands: Hands, stage: Stage, desk: Desk, spelled: str
) -> None:
    stage.log(desk, forward=True)
    desk.ear.heard(Rang(call="1", number=spelled))
    desk.ear.heard(Answered(call="1"))
    hands.room.calling.open(desk.calls()[0])
    history = hands.room.caller.history
    stage.until(lambda: history.cards)
    agency = desk.reference.agency(LEAD)
    assert agency is not None
    assert f"đang do {agency.short} xử lý" in history.told.text()
    assert history.meant is not None


def test_the_same_matter_by_one_key_adds_the_call_and_makes_no_report(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    old = stage.log(desk, forward=True)
    hands.go("P")
    hands.type("0912345678")
    stage.until(lambda: hands.room.caller.history.cards)
    hands.go("N")
    hands.paste(MORE)
    hands.key(Qt.Key.Key_S, _ALT)
    stage.until(lambda: hands.last_case == old.case)
    stage.settle()
    view = stage.run(desk.case(old.case))
    assert view is not None
    assert view.events[-1].kind == "add_call"
    assert view.events[-1].data["text"] == MORE
    assert "2 lần gọi" in came_text(view.case, desk.clock.now())
    assert stage.run(desk.drafts()) == ()
    assert not hands.room.state.touched
    assert stage.notices.undo_last()
    stage.until(lambda: hands.room.state.draft.description == MORE)
    view = stage.run(desk.case(old.case))
    assert view is not None
    assert view.case.calls_again == 0


def test_without_an_open_report_the_key_says_what_to_do_and_a_closed_one_is_meant_by_hand(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    into = stage.log(desk, reporter=Reporter(phone="+84987654321"))
    old = stage.log(desk)
    stage.run(desk.act(old.case, Merge(into=into.case)))
    hands.go("P")
    hands.type("0912345678")
    stage.until(lambda: hands.room.caller.history.cards)
    hands.key(Qt.Key.Key_S, _ALT)
    assert "Alt+H" in hands.room.foot.message.text()
    hands.go("H")
    hands.key(Qt.Key.Key_S, _ALT)
    stage.settle()
    assert hands.room.state.draft.phone_text == "0912345678"  # merged: refused, and what was typed stays
    assert not hands.last_case
