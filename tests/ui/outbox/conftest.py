"""An outbox on a real desk, with a centre in a few lines behind it."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.desk import Desk
from console.domain.command import AddNote, AnyBody, Assign, Command
from console.domain.identity import new_id
from console.domain.refusal import Code
from console.ui.outbox.outbox_room import OutboxRoom
from tests.desk.centre import TinyCentre
from tests.desk.people import LEAD, MONDAY, OTHER_LEAD, REFERENCE, SUPERVISOR
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


@pytest.fixture
def clash(scene: Scene) -> str:
    """Forwarded here and elsewhere: the command that came back. The room shows it."""
    case = scene.shared()
    scene.elsewhere(case, Assign(lead=OTHER_LEAD, expects=None))
    command = scene.act(case, Assign(lead=LEAD, expects=None, instruction="đi ngay"))
    scene.exchange()
    scene.read()
    return command


def given(scene: Scene) -> list[Command]:
    """What goes to the centre next."""
    return scene.desk.sync_port.next_batch(50)


def press(scene: Scene, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(scene.room, key, modifier)
    scene.read()


def refused(scene: Scene) -> str:
    """A note that the centre does not take."""
    command = scene.act(scene.shared(), AddNote(text="lời đã viết rất dài"))
    verdict = scene.centre.refuse(given(scene)[0], Code.TOO_LONG)
    scene.desk.sync_port.apply_verdicts([verdict], scene.centre.now)
    scene.read()
    return command
