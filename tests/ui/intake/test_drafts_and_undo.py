"""Nothing typed is lost: drafts on disk, offered again; and the way back after a save."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from console.desk.desk import Desk
from console.domain.command import LogReport
from console.ui.intake.draft_keeper import PAUSE_MS
from console.ui.intake.fields import Field
from console.ui.words import t
from tests.desk.centre import TinyCentre
from tests.desk.people import MONDAY, REFERENCE
from tests.ui.conftest import Stage
from tests.ui.intake.conftest import STORY, Hands


def on_disk(stage: Stage, desk: Desk) -> str:
    return "".join(draft.description for draft in stage.run(desk.drafts()))


def test_what_is_typed_is_on_disk_a_pause_later(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.go("N")
    hands.type("nuoc ngap")
    stage.settle()
    hands.type(" sau nua met")
    assert PAUSE_MS < 500
    stage.until(lambda: hands.room.keeper.settled)
    stage.settle()
    assert on_disk(stage, desk) == "nuoc ngap sau nua met"
    assert hands.room.form.saved.text()


def test_a_new_room_offers_the_draft_and_opens_it_at_its_cursor(
    hands: Hands, stage: Stage, desk: Desk, seat: Callable[[Desk], Hands]
) -> None:
    hands.go("N")
    hands.type("nuoc ngap")
    stage.run(hands.room.flush())
    number = hands.room.state.draft.number
    hands.room.hide()
    again = seat(desk)
    assert again.room.drafts_bar.isVisible()
    assert [draft.number for draft in again.room.drafts_bar.drafts] == [number]
    again.key(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    stage.settle()
    assert again.at() is Field.CONTENT
    again.type(" sau")
    assert again.room.form.content.toPlainText() == "nuoc ngap sau"
    assert again.room.header.number.text() == number
    assert not again.room.drafts_bar.isVisible()


def test_undo_brings_the_form_back_and_saving_again_edits_and_forwards(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    hands.fill()
    number, lead = hands.room.state.draft.number, hands.room.state.reading.lead
    hands.ctrl(Qt.Key.Key_Return)
    case = hands.last_case
    assert stage.notices.undo_last()
    stage.settle()
    view = hands.case()
    assert view.case.lead is None
    draft = hands.room.state.draft
    assert draft.logged
    assert (draft.number, draft.description) == (number, STORY)
    assert hands.room.header.title.text().startswith(t("intake.title.logged"))
    hands.go("N")
    hands.key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    hands.type(" Rat nguy hiem.")
    hands.ctrl(Qt.Key.Key_Return)
    assert hands.last_case == case
    assert hands.case().case.number == number
    assert hands.case().case.description == f"{STORY} Rat nguy hiem."
    assert lead is not None
    assert hands.case().case.lead == lead.code


def test_a_wrong_call_is_closed_and_can_be_brought_back(hands: Hands, stage: Stage) -> None:
    hands.go("N")
    hands.type("goi nham")
    stage.settle()
    number = hands.room.state.draft.number
    hands.ctrl(Qt.Key.Key_W)
    assert not hands.room.state.touched
    assert stage.notices.undo_last()
    stage.settle()
    assert hands.room.header.number.text() == number
    assert hands.room.form.content.toPlainText() == "goi nham"


def test_ctrl_n_puts_the_call_aside_as_a_draft(hands: Hands, stage: Stage) -> None:
    hands.go("N")
    hands.type("cuoc thu nhat")
    stage.settle()
    hands.room.new()
    stage.settle()
    assert hands.room.form.content.toPlainText() == ""
    assert [draft.description for draft in hands.room.drafts_bar.drafts] == ["cuoc thu nhat"]


def test_after_an_undo_a_report_that_was_sent_is_edited_and_forwarded(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    hands.fill()
    hands.ctrl(Qt.Key.Key_Return)
    centre = TinyCentre(REFERENCE, MONDAY)
    sent = desk.sync_port.next_batch(10)
    assert [type(command.body) for command in sent] == [LogReport]
    desk.sync_port.apply_verdicts(centre.judge(sent), centre.now)
    assert stage.notices.undo_last()
    stage.settle()
    hands.go("N")
    hands.key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    hands.type(" Rat nguy hiem.")
    hands.ctrl(Qt.Key.Key_Return)
    assert [row.kind for row in stage.run(desk.outbox()).waiting] == ["edit_report", "assign"]


def test_an_undo_that_comes_too_late_says_so(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.fill()
    number = hands.room.state.draft.number
    hands.ctrl(Qt.Key.Key_Return)
    stage.wall.pass_(seconds=11)
    centre = TinyCentre(REFERENCE, stage.wall.at)
    desk.sync_port.apply_verdicts(centre.judge(desk.sync_port.next_batch(10)), centre.now)
    assert stage.notices.undo_last()
    stage.settle()
    shown = stage.notices.shown
    assert shown is not None
    assert shown.text == t("intake.undoLate", number=number)
    assert not hands.room.state.touched
