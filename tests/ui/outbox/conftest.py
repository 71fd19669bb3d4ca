"""An outbox on a real desk, with a centre in a few lines behind it."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from console.desk.desk import Desk
from console.domain.command import AnyBody, Command
from console.domain.identity import new_id
from console.ui.outbox.outbox_room import OutboxRoom
from tests.desk.centre import TinyCentre
from tests.desk.people import MONDAY, REFERENCE, SUPERVISOR
from tests.ui.conftest import Stage


class Scene:
    """The room, its desk, and what happens elsewhere."""

    def __init__(self, stage: Stage, desk: Desk) -> None:
        self.stage, self.desk = stage, desk
        self.errands = ThreadPoolExecutor(1, "errand")
        self.centre = TinyCentre(REFERENCE, MONDAY)
        parts = (stage.theme, stage.tasks, stage.notices)
        self.room = OutboxRoom(desk, stage.signals(desk), *parts, self.errand)

    async def errand(self, work: Callable[[], Any]) -> Any:
        """In a thread of its own, as in the program."""
        return await asyncio.get_running_loop().run_in_executor(self.errands, work)

    def exchange(self) -> None:
        """Send all that may go, read all verdicts and changes."""
        self.stage.wall.pass_(seconds=11)
        self.centre.now = self.stage.wall.at
        port = self.desk.sync_port
        while batch := port.next_batch(50):
            port.apply_verdicts(self.centre.judge(batch), self.centre.now)
        port.apply_changes(self.centre.changes(port.cursor() or 0))

    def elsewhere(self, case: str, body: AnyBody) -> None:
        """Somebody at another desk acts first."""
        at = self.stage.wall.at
        command = Command(id=new_id(), case=case, at=at, by=SUPERVISOR, body=body)
        (verdict,) = self.centre.judge([command])
        assert verdict.accepted

    def shared(self) -> str:
        """A case that both sides have, not forwarded yet."""
        case = self.stage.log(self.desk).case
        self.exchange()
        return case

    def act(self, case: str, body: AnyBody) -> str:
        """An act at this desk; the id of its command."""
        return self.stage.run(self.desk.act(case, body)).commands[0]

    def read(self) -> None:
        """The room as it stands after everything has been read."""
        self.room.refresh()
        self.stage.settle()
        self.stage.until(lambda: not self.room._soon.isActive())
        self.stage.settle()


@pytest.fixture
def scene(stage: Stage, desk: Desk) -> Iterator[Scene]:
    made = Scene(stage, desk)
    made.room.resize(1420, 700)
    made.room.show()
    yield made
    stage.until(lambda: not made.room._soon.isActive())
    stage.settle()
    made.room.close()
    made.room.deleteLater()
    made.errands.shutdown()
