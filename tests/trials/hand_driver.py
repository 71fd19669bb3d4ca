"""Forks two desks in one process that hand one draft to and fro: `python -m tests.trials.hand_driver FOLDER
URL`.

Whoever has it types a word more before it goes back. `typed`: a word that the disk has; `offered`, `came`: to
whom it goes, and that it is there.
"""

import asyncio
import sys
from pathlib import Path

import msgspec

from console.desk.rows import Draft
from console.reference import bundled
from tests.support.forker import fork_for_each_order, say
from tests.support.world import QUICK, Seat, World

DESKS = {"03": "op03", "08": "op07"}
PACE = msgspec.structs.replace(QUICK, views=0.3, poll_with_stream=0.3)
"""What the stream has told before a kill is asked for soon."""
FOLDER, URL = (*sys.argv[1:3], *[""] * 2)[:2]


async def where(seats: list[Seat]) -> tuple[int, Draft]:
    """At which desk it is; it waits on its way for as long as that takes."""
    while True:
        for at, seat in enumerate(seats):
            for draft in await seat.desk.drafts():
                return at, draft
        await asyncio.sleep(0.01)


async def hand_about(seats: list[Seat]) -> None:
    """For ever."""
    while True:
        at, draft = await where(seats)
        here, there = seats[at], list(DESKS)[1 - at]
        word = len(draft.description.split())
        text = f"{draft.description} {word}".strip()
        draft = await here.desk.save_draft(msgspec.structs.replace(draft, description=text))
        say(typed=word)
        await here.desk.hand_on(draft, there)
        say(offered=there)
        assert (await where(seats))[0] != at
        say(came=there)


async def live(begin: bool) -> None:
    async with World(URL, Path(FOLDER)) as world:
        seats = [await world.sit_down(station, user, pace=PACE) for station, user in DESKS.items()]
        if begin:
            await seats[0].desk.open_draft()
        await hand_about(seats)


if __name__ == "__main__":
    bundled()
    fork_for_each_order(lambda order: asyncio.run(live(order == "begin")))
