"""A desk with some pages of cases, made once and copied for each test; a room in a window of its own."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.domain.command import Assign
from console.ui.queue.queue_room import QueueRoom
from tests.desk.people import DISPATCHER, LEAD, MONDAY, WARDS, Wall, open_at, report
from tests.ui.conftest import Stage

CROWD = 130


@pytest.fixture(scope="session")
def crowd_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crowd") / "desk"
    wall = Wall(MONDAY)

    async def fill() -> None:
        desk = await open_at(folder, wall, actor=DISPATCHER)
        for at in range(CROWD):
            draft = await desk.open_draft()
            place = report(draft).place
            ward = WARDS[at % 5]
            body = report(draft, title=f"Nắp cống vỡ số {at}", place=type(place)(commune=ward.code))
            await desk.log_report(draft, body, Assign(lead=LEAD, expects=None) if at % 2 else None)
            wall.pass_(seconds=30)
        desk.close()

    asyncio.run(fill())
    return folder


@pytest.fixture
def crowd(stage: Stage, crowd_folder: Path) -> Desk:
    """A desk at which CROWD cases are open, every other one with an agency."""
    shutil.copytree(crowd_folder, stage.folder / "crowd")
    stage.wall.pass_(hours=2)
    return stage.desk("crowd", actor=DISPATCHER)


@pytest.fixture
def crowded(stage: Stage, crowd: Desk, qtbot: QtBot) -> Iterator[QueueRoom]:
    """The queue of that desk in a window, its first page read, keys going to its rows."""
    made = QueueRoom(crowd, stage.signals(crowd), stage.theme, stage.tasks, stage.memory)
    qtbot.addWidget(made)
    made.resize(792, 600)
    made.show()
    made.start()
    stage.until(lambda: made.state.total == CROWD)
    made.activated()
    stage.settle()
    yield made
    stage.settle()
