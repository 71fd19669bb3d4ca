"""A desk with some of the practice province, and the room of reports in a window."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from console.central.practice.records import records
from console.desk.desk import Desk
from console.domain.case import Actor
from console.protocol.wire import CaseRecord
from console.ui.more_rooms import Kit
from console.ui.reports.reports_room import ReportsRoom, make
from tests.central.practice.province import END, START
from tests.desk.people import REFERENCE, SUPERVISOR
from tests.ui.conftest import Stage

Open = Callable[[Desk], ReportsRoom]


@pytest.fixture(scope="session")
def province() -> tuple[CaseRecord, ...]:
    return tuple(records(REFERENCE, 3, 150, START, END))


@pytest.fixture
def filled(stage: Stage, province: tuple[CaseRecord, ...]) -> Callable[[Actor], Desk]:
    def open_desk(actor: Actor = SUPERVISOR) -> Desk:
        desk = stage.desk(actor=actor)
        port = desk.sync_port
        stage.run(asyncio.to_thread(port.apply_snapshot, province, None, 1, len(province)))
        stage.run(asyncio.to_thread(port.finish_snapshot))
        return desk

    return open_desk


@pytest.fixture
def open_room(stage: Stage, qtbot: QtBot) -> Iterator[Open]:
    made: list[tuple[QMainWindow, ReportsRoom]] = []

    def open_on(desk: Desk) -> ReportsRoom:
        window = QMainWindow()
        qtbot.addWidget(window)
        kit = Kit(
            desk=desk, signals=stage.signals(desk), theme=stage.theme, tasks=stage.tasks,
            notices=stage.notices, memory=stage.memory,
            errand=None, queue=None, window=None,  # type: ignore[arg-type]
        )  # fmt: skip
        room = make(kit)
        made.append((window, room))
        window.setCentralWidget(room)
        window.resize(1290, 700)
        stage.notices.live_in(window)
        window.show()
        room.activated()
        return room

    yield open_on
    for _, room in made:
        room.close_room()
    stage.settle()
