"""A supervisor at the board, by keys in the real window: another desk, a yes given offline, the wall."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from console.desk.connection import Net
from console.domain.command import Accept, AskExtension, Assign
from console.domain.telephone import Answered, CallKind, Ended, Ending, LineState, Rang
from console.sync import board as teller
from console.ui.board.board_room import BoardRoom
from console.ui.theme import Theme
from tests.desk.people import LEAD
from tests.journeys.test_lifecycles import by_agency
from tests.support.central import Central
from tests.support.office import CTRL, AtWork, awaited
from tests.support.world import Seat, World

SHIFT = Qt.KeyboardModifier.ShiftModifier


async def takes_a_call(seat: Seat) -> None:
    seat.desk.ear.line_is(LineState(kind="ami", up=True))
    seat.desk.ear.heard(Rang(call="a", number="0912345671"))
    seat.desk.ear.heard(Answered(call="a"))
    seat.desk.ear.heard(Ended(call="a", how=Ending.CALLER))
    await seat.desk.settle_call(seat.desk.calls()[0].id, CallKind.ENQUIRY)


def test_a_shift_is_led_from_the_board(
    loop: asyncio.AbstractEventLoop,
    theme: Theme,
    centre: Central,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(teller, "DAY_S", 0.0)

    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            chief, one = await world.sit_down("01", "sup01"), await world.sit_down("03", "op02")
            await takes_a_call(one)
            async with AtWork(chief, theme) as at:
                await at.sit_up()
                at.press(Qt.Key.Key_5, CTRL)
                await at.sees(lambda: isinstance(at.window.stack.currentWidget(), BoardRoom), "the board")
                room = at.window.stack.currentWidget()
                assert isinstance(room, BoardRoom)

                def figure(name: str) -> str:
                    return room.tiles[name].figure.value

                case = await chief.log(Assign(lead=LEAD, expects=None))
                await chief.sent()
                due = chief.desk.clock.now() + timedelta(days=20)
                await by_agency(centre, case, Accept(), AskExtension(new_due=due, reason="Chờ vật tư"))
                await chief.knows(case, lambda view: view.row.display_status == "pending_approval")
                one.line.try_now()
                chief.line.try_now()

                def counted() -> bool:
                    room.refresh()
                    return (figure("open"), figure("asking"), figure("answered")) == ("1", "1", "100%")

                await at.sees(counted, "the figures")
                await chief.unplug()
                room.activated()
                at.press(Qt.Key.Key_Y)
                await at.sees(lambda: figure("asking") == "0", "granted here")
                assert chief.desk.connection.net is Net.OFFLINE
                assert figure("answered") == "100%", "as the centre told it last"
                at.press(Qt.Key.Key_F, CTRL | SHIFT)
                await at.sees(lambda: room.screen_wall.window is not None, "the wall")
                await at.sees(lambda: bool(room.screen_wall.window.figures), "its numerals")  # type: ignore[union-attr]
                await at.sit_up()
                at.press(Qt.Key.Key_F, CTRL | SHIFT)
                await at.sees(lambda: room.screen_wall.window is None, "no wall")
                await chief.plug()
                await chief.sent()
                room.tiles["open"].setFocus()
                at.press(Qt.Key.Key_Return)
                await at.sees(lambda: at.rooms.queue.state.total == 1, "the list of one row")
            held = await chief.desk.case(case)
            assert held is not None
            assert [asked.state for asked in held.case.extensions] == ["granted"]

    awaited(loop, story)
