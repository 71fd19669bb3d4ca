"""An administrator at one desk, an operator at the next, by keys: what is published is asked in the next
report, without a restart."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.ui.admin.admin_room import AdminRoom
from console.ui.admin.item_pane import FORM, HISTORY
from console.ui.admin.questions_edit import QuestionsEdit
from console.ui.theme import Theme
from console.ui.words import t
from tests.support.central import Central
from tests.support.office import ALT, CTRL, AtWork, awaited
from tests.support.world import World

TYPE, ASKED, BELOW = "animal.bite", "Con vật còn ở đó không?", "Đã nhốt chưa?"


async def goes_to_administration(here: AtWork) -> AdminRoom:
    """By the palette: the room, with its lists read."""
    await here.sit_up()
    here.window.show_room("admin")
    await here.sees(lambda: isinstance(here.window.stack.currentWidget(), AdminRoom), "the room")
    room = here.window.stack.currentWidget()
    assert isinstance(room, AdminRoom)
    await here.sees(lambda: room.model.lines, "the types")
    await here.sees(room.index.hasFocus, "the cursor in the lists")
    return room


async def opens(here: AtWork, room: AdminRoom, code: str) -> None:
    """Search, Enter, Enter: into the form of an item."""
    here.press(Qt.Key.Key_F, ALT)
    here.type(code)
    await here.sees(lambda: [line.code for line in room.model.lines] == [code], code)
    here.press(Qt.Key.Key_Return)
    here.press(Qt.Key.Key_Down)
    await here.sees(lambda: room.editing.line is not None and room.pane.page == FORM, "the form")
    here.press(Qt.Key.Key_Return)


def asked_first(edit: QuestionsEdit) -> QWidget:
    """The card of the last question but one."""
    return edit._cards[id(edit._bodies[-2])][0]


def test_a_question_with_a_branch_is_asked_at_the_other_desk_and_undone_again(
    loop: asyncio.AbstractEventLoop, theme: Theme, centre: Central, tmp_path: Path
) -> None:
    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            one, two = await world.sit_down("01", "admin"), await world.sit_down("08", "op07")
            async with AtWork(one, theme) as here, AtWork(two, theme) as there:
                room = await goes_to_administration(here)
                await opens(here, room, TYPE)
                had = one.desk.reference.type(TYPE)
                assert had is not None
                for text in (ASKED, BELOW):
                    here.press(Qt.Key.Key_Q, ALT)
                    here.type(text)
                edit = room.pane.form.edits["questions"]
                assert isinstance(edit, QuestionsEdit)
                first, below = edit.value()[-2:]
                assert (first["text"], below["text"]) == (ASKED, BELOW)
                await here.sees(lambda: not edit.building, "all questions")
                for _ in range(40):  # back to the last line of the question before
                    here.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
                    inside = asked_first(edit).isAncestorOf(here.focus())
                    if inside and here.focus().accessibleName() == t("admin.answer.opens", n=2):
                        break
                assert asked_first(edit).isAncestorOf(here.focus())
                here.type(below["code"])
                await here.sees(lambda: "Thêm 1 · Kết thúc 1" in room.pane.does.text(), "what it would do")
                here.press(Qt.Key.Key_Return, CTRL)
                await here.sees(room.pane.good.text, "published")

                def asked() -> list[str]:
                    kind = two.desk.reference.type_on(TYPE, room.today())
                    return [question.text for question in kind.questions] if kind else []

                await there.sees(lambda: asked()[-2:] == [ASKED, BELOW], "the questions at the other desk")
                intake = there.rooms.intake
                await there.sit_up()
                there.press(Qt.Key.Key_N, CTRL)
                await there.sees(intake.form.type.hasFocus, "the cursor in the type")
                there.type("cho can")
                there.press(Qt.Key.Key_Return)
                await there.sees(
                    lambda: any(row.question.text == ASKED for row in intake.form.questions._all), "it"
                )
                shown = [row.question.text for row in intake.form.questions._shown()]
                assert ASKED in shown
                assert BELOW not in shown, "a branch waits for its answer"

                await here.sit_up()
                here.press(Qt.Key.Key_H, CTRL)
                await here.sees(
                    lambda: room.pane.page == HISTORY and room.pane.history.changes, "the history"
                )
                here.press(Qt.Key.Key_U, CTRL)
                await there.sees(lambda: asked() == [q.text for q in had.questions], "it is as before")

    awaited(loop, story)
