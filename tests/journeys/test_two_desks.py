"""Two desks with real windows, driven by keys; a real centre between them."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt

from console.desk.connection import Net
from console.desk.rows import Sending
from console.domain.case import Status
from console.domain.command import Assign
from console.domain.refusal import Code
from console.ui.theme import Theme
from tests.support.central import Central
from tests.support.office import ALT, AtWork, awaited
from tests.support.world import World

WORDS = "Nắp cống vỡ giữa làn xe máy, có hai người đã ngã"
MINE, THEIRS = "Cử người rào chắn ngay", "Kiểm tra rồi báo lại"


def test_a_call_logged_by_keys_is_at_the_other_desk(
    loop: asyncio.AbstractEventLoop, theme: Theme, centre: Central, tmp_path: Path
) -> None:
    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
            async with AtWork(one, theme) as here, AtWork(two, theme) as there:
                case = await here.logs_a_call(WORDS, forward=True)
                await there.sees(lambda: there.rooms.queue.model.rowCount() == 1, "a row")
                await there.chooses(case)
                pane = there.rooms.case
                await there.sees(lambda: pane.view and pane.view.case.status is Status.ASSIGNED, "assigned")
                assert pane.view is not None
                assert pane.view.case.description == WORDS
                assert pane.view.case.deadline is not None
                await world.converged()

    awaited(loop, story)


def test_the_whole_way_with_the_cable_out(
    loop: asyncio.AbstractEventLoop, theme: Theme, centre: Central, tmp_path: Path
) -> None:
    """Log and forward offline at desk 1 while desk 2 reassigns; both end equal, nothing lost, and the
    refused command is back with its words."""

    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
            async with AtWork(one, theme) as here, AtWork(two, theme) as there:
                shared = await here.logs_a_call(WORDS, forward=False)
                await two.knows(shared)

                here.window.plug.emit(False)
                await here.sees(here.window.banner.isVisible, "the offline banner")
                alone = await here.logs_a_call("Mất điện cả xóm, nhà có người già thở máy", forward=True)
                await here.forwards(shared, "dien luc dong hoi", MINE)
                await there.forwards(shared, "ubnd tp dong hoi", THEIRS)
                await two.sent()
                assert await two.desk.case(alone) is None
                assert one.desk.connection.net is Net.OFFLINE

                here.window.plug.emit(True)
                await two.knows(alone)
                outbox = await one.sent()
                (back,) = outbox.attention
                assert (back.case, back.state) == (shared, Sending.REFUSED)
                assert back.refusal is not None
                assert back.refusal.code is Code.LEAD_CHANGED
                await self_settles(here, back.id)
                await world.converged()
                view = await one.knows(shared, lambda view: view.case.notes == 1)
                assert view.case.instruction == THEIRS
                assert any(event.data.get("text") == MINE for event in view.events)

    awaited(loop, story)


async def self_settles(here: AtWork, command: str) -> None:
    """In the outbox the words are there; Alt+T keeps the other's agency, and the words as a note."""
    await here.sit_up()
    here.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    outbox = here.rooms.outbox
    await here.sees(lambda: outbox.pane.item is not None and outbox.pane.item.row.id == command, "the item")
    item = outbox.pane.item
    assert item is not None
    assert isinstance(item.command.body, Assign)
    assert item.command.body.instruction == MINE
    assert MINE in outbox.pane.words()
    here.press(Qt.Key.Key_T, ALT)
    await here.sees(lambda: outbox.box is not None and not outbox.box.attention, "the outbox settled")
