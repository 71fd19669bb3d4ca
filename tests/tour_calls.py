"""The tour's telephone: three callers at once, and what opens from the strip."""

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from console.desk.desk import Desk
from console.domain.telephone import Ended, Ending, Rang, Said
from console.ui.main_window import MainWindow
from tests.desk.test_calls import Hands

if TYPE_CHECKING:
    from tests.tour import Walker

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SAID = (
    "Alo, tổng đài phải không ạ?",
    "Tôi báo cái nắp cống vỡ đôi ngay làn xe máy, tối qua có người ngã.",
    "Số 118 đường Lý Thường Kiệt, phường Đồng Phú.",
)


def desk_of(main: MainWindow) -> Desk:
    """The desk behind the window, with a line that does what it is told."""
    desk = main._desk
    assert isinstance(desk, Desk)
    desk.set_line(Hands(desk))
    return desk


async def answer_calls(walker: "Walker", main: MainWindow) -> None:
    """One is on hold with a draft begun, one is being heard, one rings; the intake is at the second."""
    desk = desk_of(main)
    desk.ear.heard(Rang(call="1", number="0917 000 206"))
    walker.press(Qt.Key.Key_F9)
    await walker.until(lambda: main.stack.currentWidget() is not main.workspace, "the intake")
    await asyncio.sleep(0.5)
    walker.type("mat nuoc")
    await asyncio.sleep(0.3)
    desk.ear.heard(Rang(call="2", number="0905 000 384"))
    await asyncio.sleep(0.3)
    walker.press(Qt.Key.Key_F9)
    for sentence in SAID:
        desk.ear.heard(Said(call="2", text=sentence))
    await walker.until(lambda: main._rooms.intake.calling.shown() is not None, "the second call's draft")
    desk.ear.heard(Rang(call="3", number="0233 3000 119"))
    await asyncio.sleep(0.5)


async def look_at_the_strip(walker: "Walker", main: MainWindow) -> None:
    """Where a call goes, what it was, who is to be called back; then all of them are over."""
    desk = desk_of(main)
    desk.ear.heard(Ended(call="3", how=Ending.MISSED))
    main.show_room("intake")
    walker.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    await asyncio.sleep(0.5)
    for name, key, how in (
        ("call-transfer", Qt.Key.Key_F7, ()),
        ("call-outcome", Qt.Key.Key_W, (CTRL, SHIFT)),
        ("call-back", Qt.Key.Key_F9, (SHIFT,)),
    ):
        walker.press(key, *how)
        await asyncio.sleep(0.5)
        await walker.shoot(main, name)
        walker.press(Qt.Key.Key_Escape)
    for call in ("1", "2"):
        desk.ear.heard(Ended(call=call, how=Ending.CALLER))
    walker.press(Qt.Key.Key_W, CTRL)
    await walker.until(lambda: not desk.calls(), "the end of all calls")
    main.show_room("queue")
