"""One event loop under Qt, real desks on real encrypted files, and what every room is given."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication

from console.desk.desk import Desk
from console.desk.rows import Done
from console.domain.command import Assign
from console.ui.memory import Memory
from console.ui.notices import Notices
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from tests.desk.people import DISPATCHER, LEAD, MONDAY, Wall, open_at, report
from tests.support.qt_loop import KeyedLoop

T = TypeVar("T")
PATIENCE = 10.0  # seconds before a condition that never comes fails its test


class Stage:
    """A desk and everything a room needs; `run` awaits on Qt's loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, folder: Path) -> None:
        self.loop, self.folder = loop, folder
        self.wall = Wall(MONDAY)
        self.theme = Theme()
        self.notices = Notices(self.theme)
        self.tasks = Tasks(self.notices, loop)
        self.memory = Memory()
        self._desks: list[Desk] = []
        self._signals: list[DeskSignals] = []

    def run(self, what: Awaitable[T]) -> T:
        async def awaited() -> T:
            return await what

        return self.loop.run_until_complete(awaited())

    def until(self, fits: Callable[[], Any]) -> None:
        """Let the loop run until the condition holds."""

        async def wait() -> None:
            async with asyncio.timeout(PATIENCE):
                while not fits():
                    await asyncio.sleep(0.005)

        self.run(wait())

    def settle(self) -> None:
        """Until everything that the rooms started has ended."""
        self.run(self.tasks.settled())

    def desk(self, name: str = "desk", **more: Any) -> Desk:
        desk = self.run(open_at(self.folder / name, self.wall, **more))
        self._desks.append(desk)
        return desk

    def signals(self, desk: Desk) -> DeskSignals:
        made = DeskSignals(desk)
        self._signals.append(made)
        return made

    def log(self, desk: Desk, forward: bool = False, **changed: object) -> Done:
        """A call taken and saved."""
        draft = self.run(desk.open_draft())
        assign = Assign(lead=LEAD, expects=None) if forward else None
        return self.run(desk.log_report(draft, report(draft, **changed), assign))

    def close(self) -> None:
        self.tasks.stop()
        for signals in self._signals:
            signals.close()
        for desk in self._desks:
            desk.close()


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Cycles with Qt objects in them are collected by this thread, as in the program (`collect_here`)."""
    gc.collect()
    yield
    gc.collect()


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    qapp.setQuitOnLastWindowClosed(False)
    loop = KeyedLoop(qapp)
    asyncio.set_event_loop(loop)  # Qt may run its callbacks also while a test waits outside the loop
    made = Stage(loop, tmp_path)
    made.theme.apply(qapp)
    yield made
    made.close()
    made.run(asyncio.sleep(0))
    asyncio.set_event_loop(None)
    loop.close()


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return stage.desk(actor=DISPATCHER)
