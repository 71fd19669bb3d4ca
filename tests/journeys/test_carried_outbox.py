"""The network stays away: a supervisor carries the outbox to a desk that has it. Real desks, real centre."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from console.desk.carrying import province_of
from console.desk.parcel import read_parcel, write_parcel
from console.domain.command import AddNote, Assign
from tests.desk.people import LEAD
from tests.support.world import World

PHRASE = "mười hai con cò"


def test_each_is_applied_once_whichever_desk_delivers_first(
    tell: Callable[[Callable[[World], Awaitable[None]]], None], tmp_path: Path
) -> None:
    async def story(world: World) -> None:
        away, there = await world.sit_down("03", "op03"), await world.sit_down("09", "sup01")
        known = await away.log()
        await away.sent()
        await away.unplug()
        new = await away.log(Assign(lead=LEAD, expects=None))
        await away.desk.act(known, AddNote(text="Viết khi mất mạng"))

        file = tmp_path / "stick.iochopthu"
        write_parcel(file, await away.desk.pack_outbox(), PHRASE)
        reference = there.desk.reference
        parcel = read_parcel(file, PHRASE, practice=there.desk.practice, province=province_of(reference))
        assert await there.desk.take_in(parcel) == 3
        outbox = await there.sent()
        assert outbox.attention == ()
        later = await away.desk.act(known, AddNote(text="Viết sau khi chép"))

        await away.plug()
        outbox = await away.sent()
        assert outbox.attention == ()
        assert {row.id for row in outbox.sent} >= {*later.commands, *(p.command.id for p in parcel.letters)}
        view = await there.knows(known, lambda view: view.case.notes == 2)
        assert [event.by.station for event in view.events if event.kind == "add_note"] == ["03", "03"]
        forwarded = await away.knows(new)
        assert [event.kind for event in forwarded.events] == ["log_report", "assign"]
        assert {event.by.user for event in forwarded.events} == {"op03"}
        await world.converged()

    tell(story)
