"""SIGKILL in the middle of calls: whoever was answered stands on the strip with what was typed for them, and
what was saved is linked with its call."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk.clock import Clock
from console.desk.desk import Desk
from console.desk.opening import open_desk
from console.domain.telephone import CallKind, CallState
from console.reference import bundled
from tests.desk.people import DISPATCHER, KEY, MONDAY
from tests.journeys.call_driver import WORDS
from tests.support.forker import Driver

KILLS = 12


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    made = Driver("tests.journeys.call_driver", str(tmp_path / "desk"))
    yield made
    made.close()


def test_calls_survive_kills(driver: Driver, tmp_path: Path) -> None:
    seed = random.randrange(1 << 30)
    moments = random.Random(seed)
    taken = reported = 0
    for kill in range(KILLS):
        said = driver.live_and_die("calls", moments.randrange(2, 14), moments.uniform(0, 0.02))
        drafts = {line["call"]: line["draft"] for line in said if "call" in line}
        done = {line["reported"] for line in said if "reported" in line}
        asyncio.run(check(tmp_path / "desk", drafts, done, f"kill {kill} of seed {seed}"))
        taken, reported = taken + len(drafts), reported + len(done)
    assert taken > KILLS, "hardly any call was taken: nothing was proved"
    assert reported, "no call was reported: nothing was proved"


async def check(folder: Path, drafts: dict[str, str], done: set[str], where: str) -> None:
    desk = await open_desk(folder, KEY, bundled(), DISPATCHER, undo_seconds=0, clock=Clock(starts_at=MONDAY))
    try:
        here = {call.id: call for call in desk.calls()}
        typed = {draft.id: draft.description for draft in await desk.drafts()}
        unsaid = {call for call in drafts if call not in here} - done
        linked = await reports(desk)
        assert done | unsaid <= linked, f"{where}: a saved report knows nothing of its call"
        for call in drafts.keys() - done - unsaid:
            assert here[call].state is CallState.ENDED, where
            assert here[call].answered_at is not None, where
            assert here[call].draft == drafts[call], where
            assert typed[drafts[call]] == WORDS, where
        assert not done & here.keys(), f"{where}: reported and over, yet on the strip"
        for call in here:
            await desk.settle_call(call, CallKind.ENQUIRY)
        for draft in typed:
            await desk.discard_draft(draft)
    finally:
        await asyncio.to_thread(desk.close)


async def reports(desk: Desk) -> set[str]:
    """Calls that are linked with a case that is here."""
    sql = "SELECT call_log.id FROM call_log JOIN case_row ON case_row.id = call_log.case_id"
    held = desk._held
    return {row[0] for row in await held.call(lambda: held.store.read(sql))}
