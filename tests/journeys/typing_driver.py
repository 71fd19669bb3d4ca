"""A whole console, off any centre, that says on stdout what stands in it while somebody types with an input
method.

`python -m tests.journeys.typing_driver FOLDER` forks, for each line on stdin, a process that works in FOLDER
until it is killed. Two calls are there from the beginning: one answered, one that rings.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtCore import QObject, QPoint, QSize, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

from console.app import SWITCH_S
from console.desk.clock import Clock
from console.desk.desk import Desk
from console.desk.opening import open_desk
from console.domain.telephone import Answered, Rang
from console.place import Place
from console.reference import bundled
from console.settings import Settings
from console.shift import Shift
from console.sync.credentials import PracticeBox
from console.sync.line import Line
from console.ui.collect_here import CollectHere
from console.ui.intake.intake_room import IntakeRoom
from console.ui.memory import Memory
from console.ui.theme import Theme
from tests.desk.people import DISPATCHER, KEY, MONDAY, report
from tests.support.forker import fork_for_each_order, say

LOOK_MS = 10
SIZE = QSize(1900, 1060)  # nothing that is clicked on is scrolled away
LINE = 14  # pixels: within the first line of a list
ROWS = 4  # cases in the queue
NOWHERE = "http://127.0.0.1:9"


class Teller(QObject):
    """Says how everything stands, each time that it stands otherwise."""

    def __init__(self, shift: Shift) -> None:
        super().__init__(shift)
        self._shift = shift
        self._said: dict[str, Any] = {}
        self._letters: list[str] = []
        shift.rooms.queue.table.letter.connect(lambda _case, letter: self._letters.append(letter))
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        now = self._stands()
        if now != self._said:
            self._said = now
            say(state=now)

    def _stands(self) -> dict[str, Any]:
        rooms, window = self._shift.rooms, self._shift.window
        queue, intake = rooms.queue, rooms.late_intake.made
        stands: dict[str, Any] = {
            "active": window.isActiveWindow(),
            "room": "intake" if window.stack.currentWidget() is intake else "queue",
            "focus": type(QApplication.focusWidget()).__name__,
            "row": queue.table.currentIndex().row(),
            "letters": "".join(self._letters),
        }
        if intake is None:
            return stands
        form, draft = intake.form, intake.state.draft
        here = form.focused()
        return stands | {
            "field": here[0].value if here else "",
            "draft": draft.id,
            "settled": intake.keeper.settled,
            "type": draft.type,
            "type_text": form.type.full_text(),
            "suggested": bool(form.type.suggestions),
            "commune": draft.commune,
            "commune_text": form.commune.full_text(),
            "content": form.content.toPlainText(),
            "composed": form.content.full_text(),
            "note": form.note.text(),
            "note_composed": form.note.full_text(),
            "phone": form.phone.text(),
            "place": form.place.full_text(),
            "places": bool(form.place.suggestions),
            "message": intake.foot.message.text(),
            "spots": {name: spot(widget) for name, widget in self._spots(intake).items()},
            "under": [name for name, widget in self._spots(intake).items() if under(widget)],
        }

    def _spots(self, intake: IntakeRoom) -> dict[str, QWidget]:
        """What is clicked on. The list is seen as long as it is."""
        form = intake.form
        return {
            "later": intake.foot.save_later,
            "chip": self._shift.window.strip.places.chips[0],
            "note": form.note,
            "suggestion": form.type._list,
        }


def spot(widget: QWidget) -> tuple[int, int]:
    """Where on the screen something of it is: its middle, or its first line."""
    at = widget.mapToGlobal(QPoint(widget.width() // 2, min(widget.height() // 2, LINE)))
    return at.x(), at.y()


def under(widget: QWidget) -> bool:
    """Whether the pointer is on it."""
    met = QApplication.widgetAt(QCursor.pos())
    return met is not None and (met is widget or widget.isAncestorOf(met))


async def say_saved(desk: Desk, case: str) -> None:
    """The report as the store has it."""
    view = await desk.case(case)
    assert view is not None
    say(saved=view.case.description)


async def live(folder: Path, theme: Theme) -> None:
    """Open the desk, show its window, and answer the keyboard for ever."""
    desk = await open_desk(folder, KEY, bundled(), DISPATCHER, undo_seconds=0, clock=Clock(starts_at=MONDAY))
    for _ in range(ROWS):
        draft = await desk.open_draft()
        await desk.log_report(draft, report(draft), None)
    await asyncio.to_thread(_two_calls, desk)
    box = PracticeBox(folder)
    station = desk.actor.station
    line = Line(NOWHERE, station, desk.sync_port, tokens=box, vault=box, broken=_broken)
    place = Place(url=NOWHERE, station=station, folder=folder, practice=True, settings=Settings())
    shift = Shift(desk, line, theme, Memory(), place, asyncio.to_thread)
    Teller(shift)
    work = asyncio.get_running_loop().create_task(shift.work())
    shift.window.showNormal()
    shift.window.resize(SIZE)
    shift.window.activateWindow()
    shift.rooms.intake.saved.connect(lambda case: shift.tasks.start(say_saved(desk, case)))
    await work


def _two_calls(desk: Desk) -> None:
    desk.ear.heard(Rang(call="1", number="0912000001"))
    desk.ear.heard(Answered(call="1"))
    desk.ear.heard(Rang(call="2", number="0912000002"))


def _broken(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)
    os._exit(1)


def child(folder: Path) -> None:
    """One console."""
    sys.setswitchinterval(SWITCH_S)
    app = QApplication(["typing-driver"])
    theme = Theme()
    theme.apply(app)
    collector = CollectHere()
    collector.start()
    with qasync.QEventLoop(app) as loop:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(live(folder, theme))


if __name__ == "__main__":
    bundled()
    fork_for_each_order(lambda order: child(Path(sys.argv[1]) / order))
