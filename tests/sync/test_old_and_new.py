"""A desk and a centre that are not of the same age go on working."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import msgspec

from console.desk.connection import Net
from console.domain.command import AddNote, Assign
from tests.desk.people import LEAD
from tests.support.world import Seat, World

Story = Callable[[World], Awaitable[None]]
JSON = {"Content-Type": "application/json"}


def newer(record: dict[str, Any], seq: int) -> dict[str, Any]:
    """The record as a newer centre might tell it: more fields everywhere, and an event of an unknown kind."""
    last = record["events"][-1]
    strange = {
        **last,
        "seq": seq,
        "id": last["id"][:-4] + "ffff",
        "kind": "escalate",
        "data": {"ladder": ["ca trực", "sở"], "note": "báo lãnh đạo"},
        "signed": True,
    }
    case = {
        **record["case"],
        "revision": seq,
        "mood": "calm",
        "place": {**record["case"]["place"], "plus": 1},
    }
    return {"case": case, "events": [*record["events"], strange], "weight": 3}


async def tells(seat: Seat, case: str) -> dict[str, Any]:
    """What the centre says of this case to this desk, as JSON."""
    api = seat.line.engine._api
    answer = await asyncio.to_thread(api.changes, 0)
    whole: dict[str, Any] = json.loads(msgspec.json.encode(answer))
    (record,) = [record for record in whole["records"] if record["case"]["id"] == case]
    return {**whole, "records": [newer(record, whole["cursor"] + 1)], "cursor": whole["cursor"] + 1, "era": 2}


def test_what_a_newer_centre_says_is_taken_and_an_unknown_event_stays_as_it_came(
    tell: Callable[[Story], None],
) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        case = await one.log(Assign(lead=LEAD, expects=None))
        await one.sent()
        await one.knows(case, lambda view: view.case.revision > 0)
        body = json.dumps(await tells(one, case)).encode()
        one.cable.fault("answer", "/changes", times=None, headers=JSON, body=body)
        one.line.try_now()
        view = await one.knows(case, lambda view: view.events[-1].kind == "escalate")
        assert view.events[-1].data["ladder"] == ["ca trực", "sở"]
        await one.unplug()
        await one.desk.act(case, AddNote(text="sau việc lạ"))  # folded on top of it
        view = await one.knows(case, lambda view: len(view.waiting) == 1)
        assert [event.kind for event in view.events[-2:]] == ["escalate", "add_note"]
        assert view.case.notes == 1

    tell(story)


def test_a_desk_too_old_says_so_keeps_logging_and_delivers_without_stream_or_presence(
    tell: Callable[[Story], None],
) -> None:
    async def story(world: World) -> None:
        two = await world.sit_down("08", "op07")
        await world.stand_up(await world.sit_down("03", "op03", start=False))  # enrolled when it was young
        old = await world.sit_down("03", "op03", start=False, protocol=0)
        old.line.start()
        await old.net(Net.TOO_OLD)
        assert abs(old.desk.connection.since - old.desk.clock.now()) < timedelta(minutes=2)
        cases = [await old.log(Assign(lead=LEAD, expects=None)) for _ in range(3)]
        for case in cases:
            await two.knows(case, lambda view: view.case.lead == LEAD)
        await old.sent()
        assert await asyncio.to_thread(old.cable.wait_for, "/stream", 1)
        assert old.desk.connection.attention == 0
        await old.net(Net.TOO_OLD)
        await world.stand_up(old)
        await world.sit_down("03", "op03")  # updated
        await world.converged()

    tell(story)
