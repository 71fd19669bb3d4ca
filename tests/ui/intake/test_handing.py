"""A draft handed to another desk by key, taken back by undo, and one that comes from there."""

import asyncio

import msgspec
from PySide6.QtCore import Qt

from console.desk.desk import Desk
from console.protocol.wire import HandedAnswer, HandedDraft, OtherDesk
from tests.ui.conftest import Stage
from tests.ui.intake.conftest import STORY, Hands

_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
DESKS = (OtherDesk(station="05", name="Hoàng Thị Lý"), OtherDesk(station="08"))


def know(stage: Stage, desk: Desk, *drafts: HandedDraft, desks: tuple[OtherDesk, ...] = DESKS) -> None:
    """The centre tells of the desks, and of drafts."""
    answer = HandedAnswer(version=len(drafts), drafts=drafts, desks=desks)
    stage.run(asyncio.to_thread(desk.sync_port.read_hands, answer))
    stage.settle()


def typed(hands: Hands, stage: Stage) -> str:
    hands.take_type()
    hands.go("N")
    hands.paste(STORY)
    stage.settle()
    return hands.room.state.draft.id


def ask(hands: Hands, stage: Stage) -> None:
    hands.key(Qt.Key.Key_B, _KEYS)
    stage.until(lambda: hands.room.handing.panel is not None and hands.room.handing.panel.isVisible())


def test_by_key_to_the_second_desk_and_back_by_undo(hands: Hands, stage: Stage, desk: Desk) -> None:
    know(stage, desk)
    draft = typed(hands, stage)
    ask(hands, stage)
    hands.key(Qt.Key.Key_2)
    hands.enter()
    stage.until(lambda: not hands.room.state.draft.id)
    stage.settle()
    assert stage.run(desk.drafts()) == ()
    assert [(one.draft, one.station) for one in stage.run(desk.handed_on())] == [(draft, "08")]
    assert hands.room.form.focused() is not None  # the next call can be typed
    assert stage.notices.undo_last()
    stage.until(lambda: hands.room.state.draft.id == draft)
    assert hands.room.state.draft.description == STORY
    assert [one.id for one in stage.run(desk.drafts())] == [draft]


def test_what_nobody_took_is_taken_back_from_the_list(hands: Hands, stage: Stage, desk: Desk) -> None:
    know(stage, desk)
    draft = typed(hands, stage)
    ask(hands, stage)
    hands.enter()
    stage.until(lambda: not hands.room.state.draft.id)
    stage.settle()
    ask(hands, stage)
    panel = hands.room.handing.panel
    assert panel is not None
    assert panel.lines.count() == 1, "nothing is typed: only what waits"
    hands.enter()
    stage.until(lambda: hands.room.state.draft.id == draft)


def test_without_another_desk_it_says_what_to_do_and_keeps_what_is_typed(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    draft = typed(hands, stage)
    ask(hands, stage)
    panel = hands.room.handing.panel
    assert panel is not None
    assert "trung tâm" in panel.told.text()
    know(stage, desk)  # it is asked, and answers while one looks
    stage.until(lambda: panel.lines.count() == 2 and panel.lines.hasFocus())
    hands.key(Qt.Key.Key_2)
    know(stage, desk, desks=(OtherDesk(station="02"), *DESKS))
    stage.until(lambda: panel.lines.count() == 3)
    assert panel.lines.currentRow() == 2, "the mark stays on its desk"
    hands.key(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert hands.room.state.draft.id == draft
    assert hands.room.form.focused() is not None


def test_one_that_comes_waits_with_its_desk_and_opens_by_its_key(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    other = stage.run(desk.open_draft())
    stage.run(desk.discard_draft(other.id))
    body = msgspec.to_builtins(msgspec.structs.replace(other, description=STORY, station="05"))
    hand = HandedDraft(
        id=other.case, state="offered", sender="05", receiver=desk.actor.station, case=other.case,
        number=other.number, draft=body,
    )  # fmt: skip
    know(stage, desk, hand)
    assert not hands.room.drafts_bar.isVisible()
    know(stage, desk, msgspec.structs.replace(hand, state="taken", draft=None))
    stage.until(hands.room.drafts_bar.isVisible)
    (button,) = hands.room.drafts_bar._buttons
    assert "từ bàn 05" in button.accessibleName()
    assert "Bàn 05 chuyển cho bạn" in said(stage)
    stage.notices.look()
    assert hands.room.state.draft.id == other.id
    assert hands.room.header.title.text().endswith("từ bàn 05")
    hands.room.new()
    stage.settle()
    hands.key(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    stage.until(lambda: hands.room.state.draft.id == other.id)
    assert hands.room.state.draft.description == STORY


def said(stage: Stage) -> str:
    """The newest sentence."""
    return stage.notices.shown.text if stage.notices.shown else ""


def hand_on(hands: Hands, stage: Stage, desk: Desk) -> tuple[str, HandedDraft]:
    """By key to the first desk, and told to the centre; the draft, and what was told."""
    know(stage, desk)
    draft = typed(hands, stage)
    ask(hands, stage)
    hands.enter()
    stage.until(lambda: not hands.room.state.draft.id)
    stage.settle()
    (hand,) = stage.run(asyncio.to_thread(desk.sync_port.hands_to_tell))
    return draft, msgspec.structs.replace(hand, draft=None)


def answered(stage: Stage, desk: Desk, hand: HandedDraft, state: str) -> None:
    """The centre's answer."""
    told = [msgspec.structs.replace(hand, state=state)]
    stage.run(asyncio.to_thread(desk.sync_port.apply_hands, told))
    stage.settle()


def test_undone_after_it_went_it_is_on_the_screen_when_the_centre_gives_it_back(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    draft, hand = hand_on(hands, stage, desk)
    assert stage.notices.undo_last()
    stage.settle()
    assert not hands.room.state.draft.id
    answered(stage, desk, hand, "taken_back")
    stage.until(lambda: hands.room.state.draft.id == draft)


def test_undone_too_late_it_says_where_the_draft_is(hands: Hands, stage: Stage, desk: Desk) -> None:
    draft, hand = hand_on(hands, stage, desk)
    hands.room.resume(draft)  # by the key of its call
    stage.until(lambda: "cuộc gọi này đã chuyển cho bàn 05" in said(stage))
    assert stage.notices.undo_last()
    stage.settle()
    answered(stage, desk, hand, "taken")
    stage.until(lambda: "đã nhận nháp" in said(stage))
    assert not hands.room.state.draft.id
