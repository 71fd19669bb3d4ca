"""A desk that takes one call after another and says on stdout what it was told is on the disk.

`python -m tests.journeys.call_driver FOLDER` forks, for each line on stdin, a process that works until it is
killed. Every second call becomes a report while they still talk.
"""

import asyncio
import sys
from itertools import count
from pathlib import Path

import msgspec

from console.desk.clock import Clock
from console.desk.desk import Desk
from console.desk.opening import open_desk
from console.domain.phone import parse_phone
from console.domain.telephone import Answered, Ended, Ending, Rang
from console.reference import bundled
from tests.desk.people import DISPATCHER, KEY, MONDAY, report
from tests.support.forker import fork_for_each_order, say

WORDS = "Nước ngập đến đầu gối"


async def take(desk: Desk, n: int) -> None:
    """One call: heard in another thread as from a line, answered, typed, perhaps saved."""
    line = f"{n}"
    await asyncio.to_thread(desk.ear.heard, Rang(call=line, number=f"0912{n:06d}"))
    await asyncio.to_thread(desk.ear.heard, Answered(call=line))
    call = next(call.id for call in desk.calls() if call.line == line)
    draft = await desk.open_draft()
    await desk.attach_call(call, draft.id)
    draft = await desk.save_draft(msgspec.structs.replace(draft, description=WORDS))
    say(call=call, draft=draft.id)
    if n % 2:
        await desk.log_report(draft, report(draft, happened_at=desk.clock.now()), None)
        say(reported=call)
        await asyncio.to_thread(desk.ear.heard, Ended(call=line, how=Ending.CALLER))


async def live(folder: Path) -> None:
    """Open the desk and take calls for ever."""
    desk = await open_desk(folder, KEY, bundled(), DISPATCHER, undo_seconds=0, clock=Clock(starts_at=MONDAY))
    for n in count(1):
        await take(desk, n)


if __name__ == "__main__":
    bundled()
    parse_phone("0912345678")  # the number plan is read once
    fork_for_each_order(lambda order: asyncio.run(live(Path(sys.argv[1]))))
