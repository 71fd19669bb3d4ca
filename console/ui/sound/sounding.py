"""When a sound is due: calls, reports of utmost urgency, own deadlines, the line to the centre.

While somebody speaks on the telephone nothing is heard but a quiet tick for a second call; what came
meanwhile is told, and heard once, when the call is over. Muted, everything is told and nothing is heard.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from console.desk.alarms import Alarming
from console.desk.call_rows import LiveCall
from console.desk.changes import Cause, Changes
from console.desk.connection import Connection, Net
from console.desk.rows import Filter
from console.domain.category import Urgency
from console.domain.reference import Reference
from console.domain.telephone import CallState
from console.ui.memory import Memory
from console.ui.notices import Notices
from console.ui.signals import DeskSignals
from console.ui.sound.alarms import Alarms, Trouble
from console.ui.sound.player import NONE, Player, SystemPlayer
from console.ui.sound.tones import Sound
from console.ui.tasks import Tasks
from console.ui.words import language, t

RING_AGAIN_MS = 3000
LOOK_MS = 30_000  # how often own deadlines are looked at
BACK_S = 60  # so long the centre must have been there before its loss is heard again
MUTED = "sounds_muted"
_TALKS = (CallState.TALKING, CallState.HELD)
_THERE = (Net.ONLINE, Net.SENDING, Net.FILLING)


class Clock(Protocol):
    """The desk's clock."""

    def now(self) -> datetime: ...


class SoundDesk(Protocol):
    """What is asked of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def reference(self) -> Reference: ...
    @property
    def connection(self) -> Connection: ...
    def calls(self) -> tuple[LiveCall, ...]: ...
    async def alarming(self, ids: tuple[str, ...]) -> tuple[Alarming, ...]: ...
    async def gone_overdue(self, after: datetime, until: datetime) -> tuple[Alarming, ...]: ...


class Sounding(QObject):
    """`muted(bool)`: it is muted now, or no longer; `way_found(str)`: what plays, `player.NONE` for nothing.
    `show_list(Filter)` and `open_case(id)` are the window's. `player`: who plays; None for this system."""

    muted = Signal(bool)
    way_found = Signal(str)
    _found = Signal()

    def __init__(
        self,
        desk: SoundDesk,
        signals: DeskSignals,
        tasks: Tasks,
        notices: Notices,
        memory: Memory,
        show_list: Callable[[Filter], object],
        open_case: Callable[[str], object],
        player: Player | None = None,
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._notices, self._memory = desk, tasks, notices, memory
        self._show_list, self._open_case = show_list, open_case
        self._player = player or SystemPlayer(self._found.emit)
        self._found.connect(self._on_found)
        self._alarms = Alarms()
        self._told: dict[frozenset[str], str] = {}  # by cases: the sentence that stands
        self._ticked: set[str] = set()
        self._put_off: list[tuple[Sound, Callable[[], None]]] = []
        self._looked = desk.clock.now()
        self._net = desk.connection.net
        self._there_since = self._looked
        self._lost = False  # it was heard, and the centre has not been back for long
        self._again = _timer(self, RING_AGAIN_MS, self._ring)
        self._minute = _timer(self, LOOK_MS, self._look)
        self._minute.start()
        self._on_calls()
        signals.changed.connect(self._on_changes)
        signals.connection.connect(self._on_connection)

    # the setting

    @property
    def is_muted(self) -> bool:
        """Whether nothing is heard."""
        return bool(self._memory.number(MUTED, 0))

    def mute(self, on: bool) -> None:
        """Nothing is heard from now on, or everything again."""
        self._memory.keep(MUTED, int(on))
        if on:
            self._player.stop()
        else:
            self._ring()
        self.muted.emit(on)

    @property
    def way(self) -> str:
        """What plays: a program's name, "" before anything was played, `player.NONE`."""
        return self._player.way

    def try_out(self) -> None:
        """Let the ring be heard, also where it is muted."""
        self._player.play(Sound.RING)

    def close(self) -> None:
        """The shift ends."""
        self._again.stop()
        self._minute.stop()
        self._player.close()

    def _play(self, sound: Sound) -> None:
        if self.is_muted:
            return
        if self._player.way == NONE:
            self._beep()
        else:
            self._player.play(sound)

    def _on_found(self) -> None:
        if self._player.way == NONE:
            self._beep()
        self.way_found.emit(self._player.way)

    def _beep(self) -> None:
        """The window system's own, where nothing else plays."""
        if not self.is_muted:
            QApplication.beep()

    @property
    def _speaking(self) -> bool:
        return any(call.state in _TALKS for call in self._desk.calls())

    def _raise(self, sound: Sound, tell: Callable[[], None]) -> None:
        """Tell and be heard; behind the call where somebody speaks."""
        if self._speaking:
            self._put_off.append((sound, tell))
            return
        tell()
        if not self._again.isActive():  # nothing is to be heard over a ring
            self._play(sound)

    # calls

    def _on_changes(self, changes: Changes) -> None:
        if changes.calls:
            self._on_calls()
        if changes.cases and not changes.filled:
            fresh = changes.cause is Cause.CENTRE
            ids = changes.cases if fresh else self._alarms.concerns(changes.cases)
            if ids:
                self._tasks.start(self._judge(tuple(sorted(ids)), fresh))

    def _ringing(self) -> set[str]:
        return {c.id for c in self._desk.calls() if c.incoming and c.state is CallState.RINGING}

    def _on_calls(self) -> None:
        ringing = self._ringing()
        self._ticked &= ringing
        if self._speaking:
            self._hush()
            if ringing - self._ticked:
                self._play(Sound.TICK)
            self._ticked |= ringing
            return
        if not ringing:
            self._hush()
            self._make_good()
        elif not self._again.isActive():
            self._ring()

    def _ring(self) -> None:
        """And again, as long as somebody rings and nobody speaks."""
        if self._ringing() and not self._speaking:
            self._play(Sound.RING)
            self._again.start()
        else:
            self._hush()

    def _hush(self) -> None:
        if self._again.isActive():
            self._again.stop()
            self._player.stop()

    def _make_good(self) -> None:
        """The call is over: tell what came meanwhile, the weightiest is heard."""
        late, self._put_off = self._put_off, []
        for _, tell in late:
            tell()
        if late:
            self._play(min((sound for sound, _ in late), key=list(Sound).index))

    # cases

    async def _judge(self, ids: tuple[str, ...], fresh: bool) -> None:
        rows = await self._desk.alarming(ids)
        for trouble in self._alarms.take(rows, self._desk.reference, fresh):
            if trouble.new:
                self._raise(Sound.CRITICAL, partial(self._tell, trouble))
            elif not self._speaking:
                self._tell_more(trouble)

    def _tell(self, trouble: Trouble) -> None:
        words = self._sentence(trouble)
        self._told = {k: v for k, v in self._told.items() if self._notices.stands(v)}
        self._told[frozenset(case.id for case in trouble.cases)] = words
        self._notices.say(words, look=lambda: self._look_at(trouble))

    def _tell_more(self, trouble: Trouble) -> None:
        """One sentence for all of them, as long as it stands there; afterwards the queue tells of more."""
        ids = {case.id for case in trouble.cases}
        for known in [known for known in self._told if known <= ids]:
            if self._notices.withdraw(self._told.pop(known)):
                self._tell(trouble)

    def _sentence(self, trouble: Trouble) -> str:
        first, count = trouble.cases[0], len(trouble.cases)
        if count == 1:
            return t("sound.critical", title=first.title, place=first.place)
        kind, unit = self._desk.reference.type(first.type), self._desk.reference.unit(first.commune)
        name = (kind.name if language() == "vi" else kind.name_en) if kind else first.type
        return t("sound.critical.many", n=count, type=name, area=unit.short if unit else first.commune)

    def _look_at(self, trouble: Trouble) -> None:
        self._alarms.see(trouble.cases)
        if len(trouble.cases) == 1:
            self._open_case(trouble.cases[0].id)
        else:
            communes = (trouble.cases[0].commune,)
            self._show_list(Filter(urgencies=(Urgency.CRITICAL,), communes=communes))

    def _look(self) -> None:
        self._tasks.start(self._overdue())

    async def _overdue(self) -> None:
        after, self._looked = self._looked, self._desk.clock.now()
        cases = await self._desk.gone_overdue(after, self._looked)
        if cases:
            self._raise(Sound.OVERDUE, lambda: self._tell_overdue(cases))

    def _tell_overdue(self, cases: tuple[Alarming, ...]) -> None:
        first = cases[0]
        if len(cases) == 1:
            words = t("sound.overdue", number=first.number, title=first.title)
        else:
            words = t("sound.overdue.many", n=len(cases), number=first.number)
        self._notices.problem(words, look=lambda: self._open_case(first.id))

    # the line to the centre

    def _on_connection(self, connection: Connection) -> None:
        now, was, self._net = self._desk.clock.now(), self._net, connection.net
        if connection.net in _THERE and was not in _THERE:
            self._there_since = now
        if connection.net is not Net.OFFLINE or was not in _THERE:
            return
        stayed = (now - self._there_since).total_seconds() >= BACK_S
        if not self._lost or stayed:
            self._lost = True
            self._raise(Sound.LOST, lambda: None)  # the banner tells it


def _timer(parent: QObject, ms: int, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setInterval(ms)
    timer.timeout.connect(act)
    return timer
