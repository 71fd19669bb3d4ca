"""A desk to which citizens' reports have come from the centre, and the triage room in a window."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.domain.case import Actor, Channel, Reporter, Role
from console.domain.command import AnyBody, Command, LogReport
from console.domain.identity import new_id
from console.domain.number import make_number
from console.domain.zone import month_code
from console.ui.more_rooms import Kit
from console.ui.triage.triage_room import TriageRoom, make
from tests.desk.centre import TinyCentre
from tests.desk.people import DISPATCHER, MONDAY, PHONE, REFERENCE, WARDS
from tests.ui.conftest import Stage

TYPE = next(kind for kind in REFERENCE.types if kind.code == "drainage.manhole")
PORTAL = Actor(user="system", name="Cổng thông tin", role=Role.SYSTEM, station="00")


class Inbox:
    """What the centre takes in and tells the desk."""

    def __init__(self, stage: Stage, desk: Desk) -> None:
        self._stage, self.desk = stage, desk
        self.centre = TinyCentre(REFERENCE, MONDAY)
        self._taken = 0

    def report(self, **changed: Any) -> str:
        """A citizen's report; it is at the desk when this returns."""
        self._taken += 1
        ward = WARDS[0]
        at = self._stage.wall.at
        values: dict[str, Any] = {
            "number": make_number(month_code(at), "00", self._taken),
            "channel": Channel.PORTAL,
            "type": TYPE.code,
            "urgency": TYPE.urgency,
            "title": "Nắp cống vỡ trước cổng chợ",
            "description": "Nắp cống vỡ trước cổng chợ, hố sâu, trẻ em hay đi qua",
            "place": {
                "commune": ward.code,
                "text": "Cổng chợ",
                "point": {"lon": ward.lon, "lat": ward.lat + self._taken * 0.00001},
            },
            "reporter": Reporter(name="Trần Văn Mười", phone=PHONE, callback=True),
            "happened_at": at,
        } | changed
        body = msgspec.convert(values | {"kind": "log_report"}, LogReport)
        case = new_id()
        self.done(case, body, PORTAL)
        return case

    def done(self, case: str, body: AnyBody, by: Actor) -> None:
        """Somebody elsewhere did this; the desk hears of it."""
        after = self.centre.seq
        command = Command(id=new_id(), case=case, at=self._stage.wall.at, by=by, body=body)
        verdict = self.centre.judge([command])[0]
        assert verdict.accepted, verdict.refusal
        self.desk.sync_port.apply_changes(self.centre.changes(after))


class Window:
    """What the room asks of its window."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open_case(self, case: str) -> None:
        self.opened.append(case)


@pytest.fixture
def triage_desk(stage: Stage) -> Desk:
    return stage.desk(actor=DISPATCHER)


@pytest.fixture
def inbox(stage: Stage, triage_desk: Desk) -> Inbox:
    return Inbox(stage, triage_desk)


Open = Callable[[], TriageRoom]


@pytest.fixture
def open_room(stage: Stage, triage_desk: Desk, qtbot: QtBot) -> Iterator[Open]:
    """Opens the room on whatever has come by then, its proposal ready."""
    rooms: list[TriageRoom] = []

    def opened() -> TriageRoom:
        signals = stage.signals(triage_desk)
        given: Any = (None, None, Window())  # it asks no errand of a thread, and nothing of the other list
        shared = (triage_desk, signals, stage.theme, stage.tasks, stage.notices, stage.memory)
        kit = Kit(*shared, *given)
        room = make(kit)
        stack = QStackedWidget()
        stack.addWidget(room)
        qtbot.addWidget(stack)
        stage.notices.live_in(stack)
        stack.resize(1366, 700)
        stack.show()
        rooms.append(room)
        room.activated()
        stage.until(lambda: room.list.state.loaded_at is not None)
        if room.list.state.total:
            stage.until(lambda: ready(room))
        return room

    yield opened
    for room in rooms:
        room.close_room()
    stage.settle()


def ready(room: TriageRoom) -> bool:
    """Whether the proposal stands for the report under the cursor."""
    state = room.looking.state
    return state is not None and state.case.id == room.list.chosen and (state.ready or not state.waits)
