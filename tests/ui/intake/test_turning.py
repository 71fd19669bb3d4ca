"""From call to call at the key press: each letter goes to the call it was typed in, however slow the disk."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt

from console.desk.desk import Desk
from console.domain.refusal import Code
from tests.desk.centre import TinyCentre
from tests.desk.people import MONDAY, REFERENCE
from tests.ui.conftest import Stage
from tests.ui.intake.conftest import STORY, Hands

CTRL = Qt.KeyboardModifier.ControlModifier
CALLS = [f"cuoc goi thu {n} ke chuyen {n * 7}" for n in range(12)]


@contextmanager
def a_slow_disk(desk: Desk) -> Iterator[None]:
    """The database thread does nothing until this ends: what is asked of it waits in its line."""
    stands, go_on = threading.Event(), threading.Event()

    def stand_still() -> None:
        stands.set()
        go_on.wait()

    waiting = threading.Thread(target=desk._held.worker.wait, args=(stand_still,))
    waiting.start()
    stands.wait()
    try:
        yield
    finally:
        go_on.set()
        waiting.join()


def breathe(stage: Stage) -> None:
    """The loop turns a few times."""
    for _ in range(3):
        stage.run(asyncio.sleep(0))


def told(stage: Stage, desk: Desk) -> list[str]:
    return [draft.description for draft in stage.run(desk.drafts())]


def new_call(hands: Hands) -> None:
    """Ctrl+N as the window passes it on; nothing is waited for."""
    hands.room.new()
    hands.go("N")


def test_letters_typed_right_after_ctrl_n_are_the_new_calls(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.go("N")
    with a_slow_disk(desk):
        for words in CALLS:
            hands.type(words)
            assert hands.room.form.content.toPlainText() == words
            new_call(hands)
            breathe(stage)
    stage.until(lambda: hands.room.keeper.settled)
    stage.settle()
    assert sorted(told(stage, desk)) == sorted(CALLS)
    numbers = [draft.number for draft in stage.run(desk.drafts())]
    assert len(set(numbers)) == len(CALLS)


def test_the_number_comes_to_the_call_it_was_taken_for(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.go("N")
    with a_slow_disk(desk):
        hands.type("thu nhat")
        new_call(hands)
        hands.type("thu hai")
    stage.until(lambda: hands.room.keeper.settled)
    stage.settle()
    by_words = {draft.description: draft.number for draft in stage.run(desk.drafts())}
    assert hands.room.state.draft.number == by_words["thu hai"] != by_words["thu nhat"]
    assert hands.room.header.number.text() == by_words["thu hai"]
    assert [draft.number for draft in hands.room.drafts_bar.drafts] == [by_words["thu nhat"]]


def test_back_and_forth_between_two_calls_while_the_disk_is_slow(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    hands.go("N")
    hands.type("mot")
    stage.settle()
    new_call(hands)
    hands.type("hai")
    stage.until(lambda: hands.room.keeper.settled)
    stage.settle()
    with a_slow_disk(desk):
        for _ in range(5):
            hands.key(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
            breathe(stage)
            hands.type(" nua")
    stage.until(lambda: hands.room.keeper.settled)
    stage.settle()
    assert sorted(told(stage, desk)) == ["hai nua nua", "mot nua nua nua"]


def test_ctrl_n_while_a_report_is_being_saved(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.fill()
    number = hands.room.state.draft.number
    with a_slow_disk(desk):
        hands.key(Qt.Key.Key_Return, CTRL)
        new_call(hands)
        hands.type("cuoc sau")
        breathe(stage)
    stage.until(lambda: hands.room.keeper.settled)
    stage.settle()
    assert hands.room.form.content.toPlainText() == "cuoc sau"
    assert told(stage, desk) == ["cuoc sau"]
    assert {row.number for row in stage.run(desk.outbox()).waiting} == {number}


def test_words_typed_while_a_report_is_being_saved_stay(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.fill()
    hands.go("N")
    hands.key(Qt.Key.Key_End, CTRL)
    with a_slow_disk(desk):
        hands.key(Qt.Key.Key_S, CTRL)
        hands.type(" Them nua.")
        breathe(stage)
    stage.until(lambda: not hands.room.finishing.busy)
    stage.settle()
    assert hands.room.state.draft.logged
    assert hands.room.form.content.toPlainText().endswith(" Them nua.")
    hands.ctrl(Qt.Key.Key_S)
    assert hands.case().case.description.endswith(" Them nua.")


def test_a_draft_discarded_in_the_outbox_leaves_the_form(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.go("N")
    hands.type("goi nham so")
    stage.run(hands.room.flush())
    draft = hands.room.state.draft
    stage.run(desk.discard_draft(draft.id))
    stage.until(lambda: not hands.room.state.touched)
    stage.settle()
    assert hands.room.form.content.toPlainText() == ""
    assert told(stage, desk) == []
    stage.run(desk.take_back_draft(draft.id))
    stage.until(lambda: hands.room.drafts_bar.drafts)
    hands.key(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    stage.settle()
    assert hands.room.form.content.toPlainText() == "goi nham so"


def test_words_typed_into_a_discarded_draft_open_it_again(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.go("N")
    hands.type("goi nham so")
    stage.run(hands.room.flush())
    hands.type(" nhung van ke tiep")
    stage.run(desk.discard_draft(hands.room.state.draft.id))
    stage.until(lambda: hands.room.keeper.settled)
    stage.settle()
    assert told(stage, desk) == ["goi nham so nhung van ke tiep"]
    assert hands.room.form.content.toPlainText() == "goi nham so nhung van ke tiep"


def test_a_refused_report_is_mended_whole(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.fill()
    hands.ctrl(Qt.Key.Key_Return)
    stage.wall.pass_(seconds=11)
    centre = TinyCentre(REFERENCE, MONDAY)
    report, *rest = desk.sync_port.next_batch(9)
    verdicts = [centre.refuse(report, Code.BAD_PHONE), *(centre.refuse(c, Code.HELD_BACK) for c in rest)]
    desk.sync_port.apply_verdicts(verdicts, centre.now)
    draft = stage.run(desk.open_refused(report.id))
    hands.room.resume(draft.id)
    stage.settle()
    form = hands.room.form
    assert form.content.toPlainText() == STORY
    assert form.phone.text()
    assert hands.room.state.draft.answers
    hands.go("N")
    hands.key(Qt.Key.Key_End, CTRL)
    hands.type(" Da rao.")
    hands.ctrl(Qt.Key.Key_Return)
    assert stage.run(desk.outbox()).attention == ()
    desk.sync_port.apply_verdicts(centre.judge(desk.sync_port.next_batch(9)), centre.now)
    case = centre.cases[report.case]
    assert case.description == f"{STORY} Da rao."
    assert case.number == draft.number
    assert case.lead is not None
