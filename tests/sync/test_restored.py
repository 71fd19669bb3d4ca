"""The centre comes out of a backup: desks fill themselves anew and give again what it forgot."""

import asyncio
from collections.abc import Awaitable, Callable

from console.desk.connection import RESTORED, Net
from console.domain.command import AddNote, Assign, EditReport, FieldChange
from tests.central.reports import accepted
from tests.central.reports import report as logged
from tests.desk.people import LEAD
from tests.support.central import Central, Cluster
from tests.support.world import World

Story = Callable[[World], Awaitable[None]]


class Backup:
    """One of a centre, and its return."""

    def __init__(self, cluster: Cluster, centre: Central) -> None:
        self._cluster, self._centre = cluster, centre

    async def take(self) -> None:
        await asyncio.to_thread(self._take)

    def _take(self) -> None:
        self._centre.stop()
        self._kept = self._cluster.copy(self._centre.database_url)
        self._centre.start()

    async def restore(self) -> None:
        await asyncio.to_thread(self._restore)

    def _restore(self) -> None:
        self._centre.stop()
        self._centre.database_url = self._kept
        self._centre.start()


def test_what_a_restored_centre_forgot_is_given_again(
    tell: Callable[[Story], None], cluster: Cluster, centre: Central
) -> None:
    backup = Backup(cluster, centre)

    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        old = await one.log(Assign(lead=LEAD, expects=None))
        await two.knows(old)
        await world.rest()
        await backup.take()
        forgotten = await one.log(Assign(lead=LEAD, expects=None))
        await two.knows(forgotten)
        await two.desk.act(old, AddNote(text="đã gọi lại"))
        await one.desk.act(forgotten, AddNote(text="báo thêm"))
        from_outside = await asyncio.to_thread(_logged_elsewhere, centre)
        await one.knows(from_outside)
        await world.rest()
        await one.unplug()
        waiting = await one.log()
        draft = await one.desk.save_draft(await one.desk.open_draft())
        shown = []
        one.desk.on_connection(lambda now: shown.append((now.net, now.reason)))
        await backup.restore()
        await one.plug()
        await world.converged()
        assert (Net.FILLING, RESTORED) in shown
        assert one.desk.connection.reason == ""
        for seat in (one, two):
            for case in (old, forgotten, waiting):
                await seat.knows(case)
            assert await seat.desk.case(from_outside) is None
        view = await one.knows(old, lambda view: view.case.notes == 1)
        assert [event.kind for event in view.events] == ["log_report", "assign", "add_note"]
        view = await two.knows(forgotten, lambda view: view.case.notes == 1)
        assert [event.kind for event in view.events] == ["log_report", "assign", "add_note"]
        assert [kept.id for kept in await one.desk.drafts()] == [draft.id]

    tell(story)


def test_what_no_longer_fits_comes_back_to_its_author(
    tell: Callable[[Story], None], cluster: Cluster, centre: Central
) -> None:
    backup = Backup(cluster, centre)

    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        await world.rest()
        await backup.take()
        case = await asyncio.to_thread(_logged_elsewhere, centre)
        await one.knows(case)
        await one.desk.act(case, AddNote(text="người dân hẹn 15 giờ"))
        await world.rest()
        await one.unplug()
        await backup.restore()
        await one.plug()
        await one.net(Net.ONLINE)
        await two.net(Net.ONLINE)
        (back,) = (await one.sent()).attention
        item = await one.desk.outbox_item(back.id)
        assert isinstance(item.command.body, AddNote)
        assert item.command.body.text == "người dân hẹn 15 giờ"
        await world.converged(refused=1)

    tell(story)


def test_a_restored_centre_that_went_on_past_a_desk_is_found_out(
    tell: Callable[[Story], None], cluster: Cluster, centre: Central
) -> None:
    """Its numbers reach beyond the desk's cursor again, with other meaning."""
    backup = Backup(cluster, centre)

    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        old = await one.log()
        await two.knows(old)
        await world.rest()
        await backup.take()
        forgotten = await asyncio.to_thread(_logged_elsewhere, centre)
        await one.knows(forgotten)
        await world.rest()
        await one.unplug()
        await two.unplug()
        await backup.restore()
        others = [await asyncio.to_thread(_logged_elsewhere, centre) for _ in range(3)]
        await one.plug()
        await two.plug()
        for seat in (one, two):
            for case in (old, *others):
                await seat.knows(case)
        await world.converged()
        assert await one.desk.case(forgotten) is None

    tell(story)


def test_an_edit_taken_in_part_leaves_its_rest_over_once(
    tell: Callable[[Story], None], cluster: Cluster, centre: Central
) -> None:
    backup = Backup(cluster, centre)

    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        case = await one.log()
        view = await two.knows(case)
        title, text = view.case.title, view.case.description
        await one.unplug()
        ours = {
            "title": FieldChange(old=title, new="Cháy chợ"),
            "description": FieldChange(old=text, new="Khói nhiều"),
        }
        await one.desk.act(case, EditReport(fields=ours))
        theirs = {"title": FieldChange(old=title, new="Cháy kho")}
        await two.desk.act(case, EditReport(fields=theirs))
        await two.sent()
        await one.plug()
        await world.rest()
        assert len((await one.desk.outbox()).attention) == 1
        await backup.take()
        await one.log()
        await world.rest()
        await backup.restore()
        await world.converged(refused=1)

    tell(story)


def _logged_elsewhere(centre: Central) -> str:
    """A report that no desk of this world has given: its centre forgets it for good."""
    client = centre.client("05", "op05")
    try:
        command = client.command(logged(client))
        accepted(client, command)
        return command.case
    finally:
        client.close()
