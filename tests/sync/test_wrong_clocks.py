"""A workstation whose clock is wrong changes no order and no deadline."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.command import AddNote, Assign
from tests.desk.people import LEAD
from tests.support.central import Central
from tests.support.world import World


@pytest.mark.parametrize("hours", [-30, 5])
def test_a_clock_wrong_by_hours(centre: Central, tmp_path: Path, hours: int) -> None:
    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            right = await world.sit_down("03", "op03")
            wrong = await world.sit_down("08", "op07", clock_wrong_by=timedelta(hours=hours))
            here, there = right.desk.clock.now(), wrong.desk.clock.now()
            assert abs(here - there) < timedelta(seconds=5)
            assert wrong.desk.connection.clock_offset_s == pytest.approx(
                right.desk.connection.clock_offset_s - hours * 3600, abs=5
            )

            first = await right.log(Assign(lead=LEAD, expects=None))
            await wrong.knows(first)
            await wrong.desk.act(first, AddNote(text="từ máy sai giờ"))
            await wrong.sent()
            second = await wrong.log(Assign(lead=LEAD, expects=None))
            await wrong.sent()
            await right.knows(second)
            await world.converged()

            views = [await right.desk.case(case) for case in (first, second)]
            assert views[0] is not None
            assert views[1] is not None
            assert [event.kind for event in views[0].events] == ["log_report", "assign", "add_note"]
            times = [event.at for view in views if view is not None for event in view.events]
            assert max(times) - min(times) < timedelta(minutes=2)
            due = [view.case.deadline.due for view in views if view is not None and view.case.deadline]
            assert abs(due[0] - due[1]) < timedelta(minutes=2)

    asyncio.run(story())
