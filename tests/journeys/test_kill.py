"""A hundred SIGKILLs at random moments: what was reported saved is there, and no draft lost more than
its last half second."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.desk.clock import Clock
from console.desk.desk import Desk
from console.desk.opening import open_desk
from console.domain.command import LogReport
from console.reference import bundled
from tests.desk.people import DISPATCHER, KEY, MONDAY
from tests.journeys.kill_driver import BEAT, SHORT
from tests.support.forker import Driver
from tests.trials.drafts import LOST_S, late_s, lost_s

KILLS = 100
LINES = {"log": (1, 55), "type": (10, 65)}  # said before the kill: a call is 20 lines, a letter one


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    made = Driver("tests.journeys.kill_driver", str(tmp_path / "desk"))
    yield made
    made.close()


@pytest.mark.timeout(900)
def test_a_hundred_kills(driver: Driver, tmp_path: Path) -> None:
    seed = random.randrange(1 << 30)
    moments = random.Random(seed)
    saved: set[str] = set()
    there: set[str] = set()
    due = 0
    for kill in range(KILLS):
        how = "log" if kill % 2 else "type"
        said = driver.live_and_die(how, moments.randrange(*LINES[how]), moments.uniform(0, 0.05))
        saved |= {line["saved"] for line in said if "saved" in line}
        due += len(typed_in_time(said)) > 0
        there = asyncio.run(check(tmp_path / "desk", saved, there, said, f"kill {kill} of seed {seed}"))
    assert len(saved) > KILLS // 10, "hardly anything was logged: nothing was proved"
    assert due > KILLS // 10, "hardly any draft was long enough: nothing was proved"


async def check(
    folder: Path, saved: set[str], before: set[str], said: list[dict[str, Any]], where: str
) -> set[str]:
    """What was reported is there; what was typed is, but for its last half second. All reports there."""
    desk = await open_desk(folder, KEY, bundled(), DISPATCHER, undo_seconds=0, clock=Clock(starts_at=MONDAY))
    try:
        waiting = (await desk.outbox()).waiting
        there = {row.case for row in waiting if row.kind == LogReport.__struct_config__.tag}
        assert saved <= there, f"{where}: a saved report is gone"
        for case in there - before:
            view = await desk.case(case)
            assert view is not None, where
            assert view.case.description == SHORT, where
        unsaid = there - before - saved  # killed between the commit and the word of it
        if not unsaid:
            await check_draft(desk, said, late_s(folder.with_name(BEAT), said[-1]["t"]), where)
        for draft in await desk.drafts():
            await desk.discard_draft(draft.id)
        return there
    finally:
        await asyncio.to_thread(desk.close)


async def check_draft(desk: Desk, said: list[dict[str, Any]], late: float, where: str) -> None:
    """The call that was being typed. `late`: seconds that the machine let any writer wait."""
    lost = lost_s(said, [draft.description for draft in await desk.drafts()])
    if lost is not None:
        assert lost <= LOST_S + late, f"{where}: lost {lost:.2f} s, the machine was {late:.2f} s late"


def typed_in_time(said: list[dict[str, Any]]) -> str:
    """What of the unfinished call was typed half a second before the kill."""
    begun = max((at for at, line in enumerate(said) if "call" in line), default=len(said))
    if any("saved" in line for line in said[begun:]):
        return ""
    killed = said[-1]["t"]
    due = [line["typed"] for line in said[begun:] if "typed" in line and line["t"] <= killed - LOST_S]
    return due[-1] if due else ""
