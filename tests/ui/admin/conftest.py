"""The administration room on a real desk, with a centre in a few lines that takes what fits."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.desk.administration.errors import AdminOffline, AdminRefused, ChangedMeanwhile, DoesNotFit
from console.desk.desk import Desk
from console.domain.case import Actor, Role
from console.domain.zone import local_day
from console.protocol.administration import (
    HistoryAnswer,
    HistoryLine,
    OneTimeCode,
    PeopleAnswer,
    Person,
    ReferenceImport,
    StationRow,
    StationsAnswer,
)
from console.protocol.wire import ImportChange, ReferenceAnswer, ReferenceItem
from console.reference import items, key_of
from console.reference.diff import plan
from console.reference.fitting import misfits
from console.reference.shapes import values_of
from console.ui.admin.admin_room import AdminRoom
from console.ui.more_rooms import Kit
from tests.ui.conftest import Stage

ADMIN = Actor(user="adm01", name="Lê Thu Hà", role=Role.ADMIN, station="01")


class SmallCentre:
    """What the desk asks of the centre, without a wire."""

    def __init__(self, desk: Desk, now: datetime) -> None:
        self._desk, self._now = desk, now
        self.away = False
        self.touched: dict[str, int] = {}  # codes that somebody else changed, with the version
        self.lines: list[HistoryLine] = []
        self.persons = {
            "adm01": Person(code="adm01", name="Lê Thu Hà", role=Role.ADMIN, version=0, has_password=True),
            "sup02": Person(
                code="sup02", name="Võ Văn An", role=Role.SUPERVISOR, version=0, has_password=True
            ),
        }
        self.desks = {"03": StationRow(code="03", name="Bàn 3", enrolled_at=now, enrolled_by="sup01")}
        self.news: list[ReferenceItem] = []

    def _reach(self) -> None:
        if self.away:
            raise AdminOffline("away")

    def publish(self, asked: ReferenceImport) -> tuple[ImportChange, ...]:
        self._reach()
        reference = self._desk.reference
        made = plan(reference, asked.items)
        assert asked.expects is not None
        if any(self.touched.get(i.key.partition("@")[0], 0) > asked.expects for i in made.changed):
            raise ChangedMeanwhile
        if found := misfits(reference, made, local_day(self._now)):
            raise DoesNotFit([f"{x.kind} {x.key}: {x.sentence}" for x in found])
        had = {(k, i.key): i for k in {x.kind for x in made.changed} for i in _wire(reference, k)}
        for item in made.changed:
            old = had.get((item.kind, item.key))
            line = HistoryLine(
                id=len(self.lines) + 1, at=self._now, author="adm01", author_name="Lê Thu Hà", station="01",
                note=asked.note, version=item.version, kind=item.kind, key=item.key,
                before=old.body if old else None, after=item.body,
            )  # fmt: skip
            self.lines.insert(0, line)
        self.news += made.changed
        return made.lines

    def history(self, kind: str, code: str, before: int | None) -> HistoryAnswer:
        self._reach()
        return HistoryAnswer(lines=tuple(line for line in self.lines if line.kind == kind))

    def people(self) -> PeopleAnswer:
        self._reach()
        return PeopleAnswer(people=tuple(self.persons.values()))

    def keep_person(self, person: Person) -> Person:
        self._reach()
        if person.code == "adm01" and person.role is not Role.ADMIN:
            raise AdminRefused("last_administrator")
        self.persons[person.code] = person
        return person

    def reset(self, code: str) -> OneTimeCode:
        self._reach()
        return OneTimeCode(user=code, code="ABCD-2345", until=self._now + timedelta(days=1))

    def stations(self) -> StationsAnswer:
        self._reach()
        return StationsAnswer(stations=tuple(self.desks.values()))

    def keep_station(self, row: StationRow) -> StationRow:
        self._reach()
        self.desks[row.code] = row
        return row


def _wire(reference: Any, kind: str) -> list[ReferenceItem]:
    return [
        ReferenceItem(kind=kind, key=key_of(item), version=1, body=values_of(item))
        for item in getattr(reference, kind)
    ]


class Scene:
    """The room and its centre."""

    def __init__(self, stage: Stage, actor: Actor = ADMIN) -> None:
        self.stage = stage
        self.desk = stage.desk(actor=actor)
        self.centre = SmallCentre(self.desk, stage.wall.at.astimezone(UTC))
        self.desk.sync_port.administers(self.centre, lambda: None)
        self.room = self.make()

    def make(self) -> AdminRoom:
        stage = self.stage
        kit = Kit(
            desk=self.desk, signals=stage.signals(self.desk), theme=stage.theme, tasks=stage.tasks,
            notices=stage.notices, memory=stage.memory, errand=asyncio.to_thread,
            queue=None, window=None,  # type: ignore[arg-type]
        )  # fmt: skip
        return AdminRoom(kit)

    def pull(self) -> None:
        """The desk hears what was published."""
        version = self.desk.reference.version + 1
        known = {(i.kind, i.key): i for i in items(self.desk.reference)}
        known |= {(i.kind, i.key): i for i in self.centre.news}
        self.centre.news = []
        answer = ReferenceAnswer(version=version, practice=True, items=tuple(known.values()))
        thread = Thread(target=self.desk.sync_port.apply_reference, args=(answer,))
        thread.start()
        self.stage.until(lambda: not thread.is_alive())
        self.settle()

    def settle(self) -> None:
        room = self.room
        self.stage.settle()
        self.stage.until(lambda: not (room.soon.isActive() or room.resting.isActive() or self._builds()))
        self.stage.settle()

    def _builds(self) -> bool:
        questions = self.room.pane.form.edits.get("questions")
        return bool(questions and questions.building)  # type: ignore[attr-defined]

    def shows(self, kind: str, code: str = "") -> None:
        """A list, and an item of it."""
        self.room.index.choose(kind)
        self.settle()
        if code:
            row = next(at for at, line in enumerate(self.room.model.lines) if line.code == code)
            self.room.table.go(row)
            self.settle()

    def press(self, key: Qt.Key, *how: Qt.KeyboardModifier) -> None:
        focus = QApplication.focusWidget() or self.room
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in how:
            modifiers |= one
        QTest.keyClick(focus, key, modifiers)
        self.settle()

    def types(self, field: str, text: str) -> None:
        """Into a field, in the place of what it held."""
        line = self.room.pane.form.edits[field].focusProxy()
        line.setFocus()
        line.selectAll()  # type: ignore[union-attr]
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(line, event)
        self.settle()


@pytest.fixture
def scene(stage: Stage) -> Iterator[Scene]:
    made = Scene(stage)
    made.room.resize(1600, 860)
    made.room.show()
    made.room.activateWindow()
    made.settle()
    yield made
    made.settle()
    made.room.close()
    made.room.deleteLater()


Story = Callable[[Scene], None]
