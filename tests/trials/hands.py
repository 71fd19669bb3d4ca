"""SIGKILL to both desks and the centre while a draft is on its way from one desk to the other."""

import asyncio
import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from console.desk.rows import Draft
from console.domain.place import Place
from console.reference import bundled
from tests.desk.people import report
from tests.support.central import Cluster
from tests.support.forker import Driver
from tests.support.world import World
from tests.trials.hand_driver import DESKS, PACE
from tests.trials.place import Servers

OFFERS = (1, 4)  # to be seen before a kill

LATER_S = 0.08  # about as long as it takes until it is there


@dataclass
class Hands:
    """`ended_at`: behind which step the kills came; `hops`: how often it had been handed on."""

    kills: int = 0
    hops: int = 0
    ended_at: dict[str, int] = field(default_factory=dict)


def hand_round(cluster: Cluster, folder: Path, seed: int, kills: int) -> Hands:
    """Raises AssertionError where the draft is at no desk or at both, or lacks a word that was said to be
    on the disk; at its end it becomes a report like any other."""
    folder.mkdir(parents=True, exist_ok=True)
    dice, steps = random.Random(seed), Counter[str]()
    servers = Servers(cluster.database(), folder, count=1)
    desks = Driver("tests.trials.hand_driver", str(folder), servers.url, complaints=folder / "hands.log")
    try:
        for at in range(kills):
            desks.begin("go on" if at else "begin")
            offers = dice.randrange(*OFFERS)
            desks.until(lambda: sum("offered" in line for line in desks.lines) >= offers)  # noqa: B023
            threading.Event().wait(dice.uniform(0, LATER_S))
            said = _kill(servers, desks, first_the_centre=dice.random() < 0.5)
            steps[_last_step(said)] += 1
            servers.start(0)
            servers.wait_ready(0)
            typed = max((line["typed"] for line in said if "typed" in line), default=-1)
            draft = asyncio.run(_find(servers.url, folder, end=at == kills - 1))
            found = draft.description.split()
            where = f"seed {seed}, kill {at}, {said[-3:]}"
            assert found == [str(word) for word in range(len(found))], f"{where}: other words: {found}"
            assert len(found) > typed, f"{where}: the last word is gone"
    finally:
        desks.close()
        servers.close()
    return Hands(kills, len(found), dict(steps))


def _kill(servers: Servers, desks: Driver, first_the_centre: bool) -> list[dict[str, Any]]:
    """What the desks had said."""
    if first_the_centre:
        servers.kill(0)
        return desks.kill()
    said = desks.kill()
    servers.kill(0)
    return said


def _last_step(said: list[dict[str, Any]]) -> str:
    steps = [step for line in said for step in ("typed", "offered", "came") if step in line]
    return steps[-1] if steps else "before"


async def _find(url: str, folder: Path, end: bool) -> Draft:
    """The draft, once both desks know whose it is; `end`: saved as a report there."""
    async with World(url, folder) as world:
        seats = [await world.sit_down(station, user, pace=PACE) for station, user in DESKS.items()]

        async def settled() -> bool:
            """Nothing is on its way, and no desk has still to hear how it ended."""
            waiting = [await seat.desk.handed_on() for seat in seats]
            return not any(waiting) and any([await seat.desk.drafts() for seat in seats])

        for seat in seats:
            await seat.until(settled, "a draft that is somewhere")
        has = [(seat, draft) for seat in seats for draft in await seat.desk.drafts()]
        assert len(has) == 1, f"it is at {len(has)} desks"
        seat, draft = has[0]
        if end:
            ward = bundled().communes(draft.opened_at.date())[0]
            await seat.desk.log_report(draft, report(draft, place=Place(commune=ward.code)), None)
            await world.converged()
        return draft
