"""Ctrl+N in the whole window: the next call's letters are its own from the first key on."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.ui.theme import Theme
from tests.support.central import Central
from tests.support.office import ALT, CTRL, AtWork, awaited
from tests.support.world import World
from tests.ui.intake.test_turning import a_slow_disk

CALLS = [f"cuoc goi so {n} bi mat dien" for n in range(8)]


def test_letters_right_after_ctrl_n(
    loop: asyncio.AbstractEventLoop, theme: Theme, centre: Central, tmp_path: Path, qapp: QApplication
) -> None:
    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            seat = await world.sit_down("03", "op03")
            async with AtWork(seat, theme) as here:
                await here.sit_up()
                here.press(Qt.Key.Key_N, CTRL)
                intake = here.rooms.intake
                await here.sees(lambda: here.window.stack.currentWidget() is intake, "the intake")
                with a_slow_disk(seat.desk):
                    for words in CALLS:
                        here.press(Qt.Key.Key_N, ALT)
                        here.type(words)
                        assert intake.form.content.toPlainText() == words
                        here.press(Qt.Key.Key_N, CTRL)
                        assert intake.form.content.toPlainText() == ""
                await here.sees(lambda: intake.keeper.settled, "all of it on disk")
                drafts = await seat.desk.drafts()
                assert sorted(draft.description for draft in drafts) == sorted(CALLS)
                assert len({draft.number for draft in drafts}) == len(CALLS)

    awaited(loop, story)
