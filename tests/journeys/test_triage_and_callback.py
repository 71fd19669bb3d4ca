"""From a report in the portal to the call that tells its result: by keys, at two desks and a real centre."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt

from console.domain.case import Channel, Status
from console.domain.command import Merge, Resolve
from console.ui.theme import Theme
from console.ui.triage.triage_room import TriageRoom
from tests.support.central import Central
from tests.support.office import CTRL, AtWork, awaited
from tests.support.world import Seat, World

Key = Qt.Key


async def writes_in(portal: Seat, *readers: Seat, n: int) -> str:
    """A citizen's report, at the centre and at these desks."""
    case = await portal.log(channel=Channel.PORTAL, title=f"Nắp cống vỡ số {n}")
    await portal.sent()
    for seat in readers:
        await seat.knows(case)
    return case


async def opens_triage(at: AtWork) -> TriageRoom:
    """Ctrl+3."""
    await at.sit_up()
    at.press(Key.Key_3, CTRL)
    await at.sees(lambda: isinstance(at.window.stack.currentWidget(), TriageRoom), "the triage room")
    room = at.window.stack.currentWidget()
    assert isinstance(room, TriageRoom)
    return room


async def proposal(at: AtWork, room: TriageRoom, case: str) -> None:
    """It stands there for this report."""

    def stands() -> bool:
        state = room.looking.state
        return room.list.chosen == case and state is not None and state.case.id == case and state.ready

    await at.sees(stands, "the proposal")


def test_reports_are_sorted_online_and_offline_and_each_reporter_hears_the_result(
    loop: asyncio.AbstractEventLoop, theme: Theme, centre: Central, tmp_path: Path
) -> None:
    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            portal = await world.sit_down("00", "system")
            one, two = await world.sit_down("03", "op03"), await world.sit_down("05", "op05")
            cases = [await writes_in(portal, one, two, n=n) for n in range(2)]
            async with AtWork(one, theme) as here:
                room = await opens_triage(here)
                await here.sees(lambda: room.list.chosen, "a row")
                first = room.list.chosen
                second = next(case for case in cases if case != first)
                await proposal(here, room, first)
                assert here.window.rail.entries["triage"].count == 2
                here.press(Key.Key_Return)
                await two.knows(first, lambda view: view.case.status is Status.ASSIGNED)
                await proposal(here, room, second)
                await one.unplug()
                here.press(Key.Key_Return)
                await one.knows(second, lambda view: view.case.status is Status.ASSIGNED)
                view = await two.desk.case(second)
                assert view is not None
                assert view.case.status is Status.NEW, "that desk cannot know yet"
                await one.plug()
                await two.knows(second, lambda view: view.case.status is Status.ASSIGNED)
                third = await writes_in(portal, one, two, n=3)
                here.press(Key.Key_F5)
                await proposal(here, room, third)
                await two.desk.act(third, Merge(into=first))
                await here.sees(lambda: two.desk.actor.name in room.pane.line.text(), "who was faster")
                await tells_the_result(here, one, portal, first, third)
            await world.converged()

    awaited(loop, story)


async def tells_the_result(at: AtWork, seat: Seat, portal: Seat, whole: str, part: str) -> None:
    """G, a digit, Ctrl+Enter, on a report that was merged."""
    await seat.desk.act(whole, Resolve(result="Đã thay nắp cống mới"))
    await at.chooses(part)
    at.press(Key.Key_G)
    sheets = at.window.sheets
    await at.sees(lambda: sheets.calling_back and sheets.calling_back.panel.choice.hasFocus(), "the panel")
    assert sheets.calling_back is not None
    assert "Đã thay nắp cống mới" in sheets.calling_back.panel.spoken.text()
    at.press(Key.Key_4)
    at.press(Key.Key_Return, CTRL)
    await portal.knows(part, lambda view: [call.satisfied for call in view.case.callbacks] == [4])
    rows = await seat.desk.rows([whole, part])
    assert {case for case, row in rows.items() if row.callback_due} == {whole}
