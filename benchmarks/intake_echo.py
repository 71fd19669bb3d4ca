"""Typing a call on a big store, through the real (offscreen) window: how late each letter is painted, and how
soon what is looked up for it is there.

Letters are posted by a thread of its own, twelve a second, while advice and possible duplicates are looked
for: `echo` is from the moment a key was pressed to the painting of its field, so that whatever holds up the
interface thread counts. The lookups are the desk's own, asked and answered on the loop.

    python -m benchmarks.intake_echo [CASES]
"""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.corpus import NOW, desk_in, store_of
from benchmarks.entry import Entry, entry, percentile
from console.desk.desk import Desk
from console.domain.case import Case
from console.domain.place import Place
from console.domain.zone import local_day
from console.ui.intake.fields import Field
from console.ui.intake.intake_room import IntakeRoom
from console.ui.notices import Notices
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme

CASES = 1_000_000
ECHO_MS, PHONE_MS, SOON_MS = 16.0, 10.0, 50.0
ASKED = 200
GAP_S = 1 / 12
STORY = (
    "Nap cong be tong vo doi ngay lan xe may, lot banh xe, toi qua da co nguoi nga nhe. "
    "Nguoi dan cam tam canh cay canh bao, nho cho nguoi toi sua gap trong dem nay."
)


class Echo(QObject):
    """When a key was pressed, and when its field was painted next."""

    def __init__(self, typed: QWidget, painted: QWidget) -> None:
        super().__init__(painted)
        self._typed, self._painted = typed, painted
        self._pressed: list[float] = []
        self.took: list[float] = []
        typed.installEventFilter(self)
        painted.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._painted and event.type() == QEvent.Type.Paint and self._pressed:
            self.took.append((time.perf_counter() - self._pressed[0]) * 1000)
            self._pressed.clear()
        return False

    def press(self, letter: str) -> None:
        """From any thread: the key is in the queue of events when this returns."""
        self._pressed.append(time.perf_counter())
        key = Qt.Key(ord(letter.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.postEvent(self._typed, event)


async def _typed(echo: Echo, text: str) -> None:
    """All of it, at the pace of a quick typist, whatever the window does meanwhile."""

    def type_on() -> None:
        due = time.perf_counter()
        for letter in text:
            due += GAP_S
            time.sleep(max(0.0, due - time.perf_counter()))
            echo.press(letter)

    hand = threading.Thread(target=type_on)
    hand.start()
    while hand.is_alive():
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.2)


async def _echoes(desk: Desk, tasks: Tasks, signals: DeskSignals, theme: Theme) -> list[float]:
    room = IntakeRoom(desk, signals, theme, tasks, Notices(theme))
    try:
        room.resize(1844, 960)
        room.show()
        room.begin()
        await tasks.settled()
        content = room.form.content
        echo = Echo(content, content.viewport())
        room.form.focus_field(Field.CONTENT)
        await _typed(echo, STORY)  # the type is guessed at
        room.state.take_type("drainage.manhole")
        hits = room.state.place_hits("118 ly thuong kiet")
        room.state.take_place(hits[0])
        await tasks.settled()
        room.form.focus_field(Field.CONTENT)
        await _typed(echo, f" {STORY}")  # and possible duplicates are looked for
        await room.flush()
        return echo.took
    finally:
        await tasks.settled()
        room.close_room()
        room.close()
        await desk.discard_draft(room.state.draft.id)


async def _times(asks: list[Callable[[], Awaitable[object]]]) -> list[float]:
    took = []
    for ask in asks:
        began = time.perf_counter()
        await ask()
        took.append((time.perf_counter() - began) * 1000)
    return took


async def _lookups(desk: Desk) -> dict[str, tuple[list[float], float]]:
    cases = await _sample(desk)
    phones = [case.reporter.phone for case in cases if case.reporter is not None and case.reporter.phone]
    day = local_day(NOW)

    def likely(case: Case) -> Callable[[], Awaitable[object]]:
        place = Place(commune=case.place.commune, text=case.place.text, point=case.place.point)
        return lambda: desk.suspects(case.type, place, case.description, NOW)

    return {
        "history by phone": (
            await _times([lambda phone=phone: desk.earlier(phone) for phone in phones]),
            PHONE_MS,
        ),
        "type out of what is told": (
            await _times([lambda c=c: desk.type_guesses(c.description, c.place.commune, day) for c in cases]),
            SOON_MS,
        ),
        "agency and urgency of the past": (
            await _times([lambda c=c: desk.past(c.type, c.place.commune) for c in cases]),
            SOON_MS,
        ),
        "possible duplicates": (await _times([likely(case) for case in cases]), SOON_MS),
    }


async def _sample(desk: Desk) -> list[Case]:
    """Cases from all over the store, the same each time."""

    def ids() -> list[str]:
        highest = desk._held.store.read("SELECT max(pk) FROM case_row", ())[0][0]
        luck = Random(6)
        found = []
        while len(found) < ASKED:
            rows = desk._held.store.read(
                "SELECT id FROM case_row WHERE pk >= ? ORDER BY pk LIMIT 1", (luck.randint(1, highest),)
            )
            found += [str(row[0]) for row in rows]
        return found

    views = [await desk.case(one) for one in await desk._held.call(ids)]
    return [view.case for view in views if view is not None]


async def _all(app: QApplication, cases: int, folder: Path | None) -> list[Entry]:
    theme, desk = Theme(), await desk_in(await store_of(cases, folder))
    theme.apply(app)
    tasks, signals = Tasks(Notices(theme)), DeskSignals(desk)
    learning = None
    try:
        await desk.keep_index()
        learning = tasks.keep(desk.keep_learning())
        began = time.perf_counter()
        await desk._held.learning.up_to_date.wait()
        learnt = time.perf_counter() - began
        echoes = await _echoes(desk, tasks, signals, theme)
        found = [
            entry(
                f"intake, echo of a letter, {cases:,} cases, {label}",
                percentile(echoes, q),
                "ms",
                "limit",
                ECHO_MS,
            )
            for label, q in (("median", 50), ("p99", 99), ("most", 100))
        ]
        for name, (took, limit) in (await _lookups(desk)).items():
            what = f"intake, {name}, {cases:,} cases, p95"
            found.append(entry(what, percentile(took, 95), "ms", "limit", limit))
        print(f"  learnt from past cases in {learnt:.0f} s of spare time", flush=True)
        return found
    finally:
        if learning is not None:
            learning.cancel()
        await tasks.settled()
        tasks.stop()
        signals.close()
        desk.close()


def measure(cases: int = CASES, folder: Path | None = None) -> list[Entry]:
    """The figures at so many cases; `folder`: the store's own, None for the usual place."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    with qasync.QEventLoop(app) as loop:
        found: list[Entry] = loop.run_until_complete(_all(app, cases, folder))
    return found


def run() -> list[Entry]:
    """At a million cases."""
    return measure()


if __name__ == "__main__":
    for line in measure(int(sys.argv[1]) if sys.argv[1:] else CASES):
        print(line)
