"""The board's room on a real desk, beside a real queue; a window that remembers what it was asked for."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.desk.rows import Filter
from console.domain.case import Actor, Role
from console.domain.command import Accept, AskExtension
from console.ui.board.board_room import BoardRoom, make
from console.ui.more_rooms import Kit, RoomWindow
from console.ui.queue.queue_room import QueueRoom
from tests.desk.people import LEAD, SUPERVISOR
from tests.ui.conftest import Stage

AGENCY = Actor(user="ag01", name="Đơn vị", role=Role.AGENCY, station="00", agency=LEAD)


class Window:
    """What a room asks of the window."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.counts: dict[str, int] = {}

    def open_case(self, case: str) -> None:
        self.asked.append(case)

    def show_room(self, name: str) -> None:
        self.asked.append(name)

    def show_list(self, filter: Filter) -> None:
        self.asked.append("list")

    def set_count(self, name: str, count: int, calls: bool = False) -> None:
        self.counts[name] = count


class BoardStage:
    """The room, its queue, its desk."""

    def __init__(self, stage: Stage, desk: Desk, qtbot: QtBot) -> None:
        self.stage, self.desk, self.window = stage, desk, Window()
        signals = stage.signals(desk)
        self.queue = QueueRoom(desk, signals, stage.theme, stage.tasks, stage.memory)

        async def errand(work: Callable[[], Any]) -> Any:
            return work()

        kit = Kit(
            desk, signals, stage.theme, stage.tasks, stage.notices, stage.memory,
            cast("Callable[[Callable[[], Any]], Awaitable[Any]]", errand), self.queue,
            cast(RoomWindow, self.window),
        )  # fmt: skip
        self.room: BoardRoom = make(kit)
        qtbot.addWidget(self.queue)
        qtbot.addWidget(self.room)
        self.room.resize(1302, 654)
        self.room.show()
        self.read()

    def read(self) -> None:
        """Count anew, and wait for it."""
        self.room.refresh()
        self.stage.settle()

    def asking(self, case: str) -> None:
        """The agency asks for two days more."""
        self.desk.sign_in(AGENCY)
        self.stage.run(self.desk.act(case, Accept()))
        view = self.stage.run(self.desk.case(case))
        due = view.case.deadline.due
        later = AskExtension(new_due=due.replace(year=due.year + 1), reason="Chờ vật tư")
        self.stage.run(self.desk.act(case, later))
        self.desk.sign_in(SUPERVISOR)
        self.read()


@pytest.fixture
def board(stage: Stage, qtbot: QtBot) -> Iterator[BoardStage]:
    made = BoardStage(stage, stage.desk(actor=SUPERVISOR), qtbot)
    yield made
    made.room.close_room()
