"""One console of the world: the real desk on a real file, the real engine on its wire thread."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import requests
from urllib3.exceptions import ProtocolError

from console.central.practice.people import staff
from console.desk.clock import Clock
from console.desk.connection import Net
from console.desk.desk import Desk
from console.desk.errors import DeskError
from console.desk.opening import open_desk
from console.sync.api import Api
from console.sync.clock_offset import ClockOffset
from console.sync.engine import Engine
from console.sync.pace import Pace
from tests.desk.people import KEY, MONDAY, REFERENCE
from tests.worlds.author import Author, holdings
from tests.worlds.centre import Centre, Task
from tests.worlds.disk import Disk
from tests.worlds.net import REACHES, Answer, Call, Line, Read, instead, spoilt
from tests.worlds.operator import Operator
from tests.worlds.seams import Desktop, Ended, Ids, Job, Killed, Time, Wire

USERS = ("op01", "op03", "sup01", "op02", "op04", "sup02")
PACE = Pace(patience=3, long_patience=4)
Watch = Callable[["Console", Call], None]


class Pass:
    """A token that never ends; the centre may refuse it all the same."""

    def access(self) -> str:
        return "token"

    def renew(self, spent: str) -> str:
        return "token"


class Console:
    """`fates`: what becomes of its next requests."""

    def __init__(
        self, index: int, root: Path, template: Path, time: Time, ids: Ids, centre: Centre, skew_s: int,
        loop: asyncio.AbstractEventLoop, watch: Watch,
    ) -> None:  # fmt: skip
        self.index, self._time, self._ids, self._centre = index, time, ids, centre
        self._loop, self._watch, self.skew_ms = loop, watch, skew_s * 1000
        self.actor = msgspec.structs.replace(staff()[USERS[index]], station=f"{index + 1:02d}")
        self.disk = Disk(root / f"console-{index}", template)
        self.author = Author()
        self.people = Operator(self.author)
        self.fates: deque[tuple[str, int]] = deque()
        self.desk: Desk | None = None
        self.bug: BaseException | None = None
        self.pause: float | None = 0.0
        self._parked: Any = None  # what the wire thread waits for; None: between two rounds
        self._task: Task | None = None
        self._fate = ("", 0)

    @property
    def key(self) -> str:
        """Who sits where, as the board knows them."""
        return f"{self.actor.station}/{self.actor.user}"

    # its life

    def start(self) -> None:
        """Open what lies on its disk."""
        clock = Clock(wall=self._wall, monotonic=self._time.steady)
        self._wire = Wire(f"wire-{self.index}")
        self._worker = Desktop(self._wire)
        self.disk.opened()
        opening = open_desk(self.disk.folder, KEY, REFERENCE, self.actor, clock=clock, worker=self._worker)
        try:
            with self.disk.watching():
                self.desk = desk = self._loop.run_until_complete(opening)
        except Killed:
            self._wire.kill()
            return
        if (kept := holdings(desk).meta.get("clock.offset_s")) is not None:
            clock.set_offset(float(kept))
        self._line()
        self._parked = self._task = None
        self.author.look(desk)

    def _line(self) -> None:
        assert self.desk is not None
        offset = ClockOffset(lambda: self._wall().timestamp(), self._time.steady)
        self.api = Api("http://127.0.0.1:1", offset=offset)
        self.api.holder = Pass()
        self.api._session.mount("http://", Line(self._wire.ask))
        self.engine = Engine(
            self.api,
            self.desk.sync_port,
            pace=PACE,
            broken=self._broken,
            steady=self._time.steady,
            jitter=lambda low, high: (low + high) / 2,
        )
        self._wire.once = self.engine.once

    def _wall(self) -> Any:
        from datetime import timedelta

        return MONDAY + timedelta(milliseconds=self._time.ms + self.skew_ms)

    def _broken(self, bug: BaseException) -> None:
        self.bug = bug

    def kill(self, power: bool = False, frozen: bool = False) -> None:
        """Nothing is closed in order. `frozen`: its disk was already kept as it was at that moment."""
        if self.desk is None:
            return
        if not frozen:
            self.disk.freeze(power)
        self._wire.kill()
        if self._task is not None:
            self._centre.loose.append(self._task)
        desk, self.desk = self.desk, None
        self._parked = self._task = None
        self.api.close()
        desk.close()

    # what people do

    def act(self, what: str, a: int, b: int) -> None:
        """What cannot be done is not done; a kill in the middle of it ends the console."""
        if self.desk is None:
            return
        for part, n in {
            "log": (("open", 0), ("save", -1)),
            "log_forward": (("open", 0), ("save_forward", -1)),
            "take": (("ring", a), ("answer", a)),
        }.get(what, ((what, a),)):
            if not self._one_act(part, n, b):
                return

    def _one_act(self, what: str, a: int, b: int) -> bool:
        assert self.desk is not None
        self._ids.maker = self.index + 1
        armed, intent = self.disk.armed, None
        try:
            intent = self.people.intend(self.desk, what, a, b)
            if intent is None:
                return False
            done = self._loop.run_until_complete(intent.do())
        except DeskError:
            return False
        except Killed:
            if armed == "after" and intent is not None:
                intent.effect(None)
            self.kill(frozen=True)
            return False
        intent.effect(done)
        return self._finish()

    def _finish(self) -> bool:
        """What the act left to be done behind its answer."""
        assert self.desk is not None
        try:
            self._worker.finish()
        except Killed:
            self.kill(frozen=True)
            return False
        self.author.look(self.desk)
        return True

    # what its engine does

    @property
    def idle(self) -> bool:
        """Between two rounds."""
        return self._parked is None

    def go(self) -> None:
        """One step of its engine: begin a round, one transaction, one stretch of a request's way."""
        if self.desk is None:
            self.start()
            return
        self._ids.maker = self.index + 1
        parked = self._parked
        try:
            if parked is None:
                self._take(self._wire.go_on())
            elif isinstance(parked, Job):
                self._take(self._do(parked))
            elif isinstance(parked, Call):
                self._carry(parked)
            else:
                self._read(parked)
        except Killed:
            self.kill(frozen=True)

    def _do(self, job: Job) -> Any:
        assert self.desk is not None
        try:
            with self.author.watching_rests(self.desk):
                answer = job.work()
                self._worker.finish()
        except Exception as error:  # noqa: BLE001 - it is the wire thread's
            return self._wire.go_on(error=error)
        return self._wire.go_on(answer)

    def _take(self, what: Any) -> None:
        """The wire's next question."""
        self._parked = what
        if isinstance(what, Ended):
            self._parked = None
            self.bug, self.pause = what.bug, what.pause
        if isinstance(what, Call):
            self._fate = self.fates.popleft() if self.fates else ("", 0)
            self._watch(self, what)

    def _carry(self, call: Call) -> None:
        fate, x = self._fate
        if self._task is None:
            self._send(call, fate)
            return
        self._task.go_on()
        if self._task.dead:
            self._task = None
            self._take(self._wire.go_on(error=requests.exceptions.ConnectionError("reset")))
        elif self._task.answer is not None:
            answer = spoilt(self._task.answer, fate, x)
            self._task = None
            self._answer(answer)

    def _send(self, call: Call, fate: str) -> None:
        if fate in ("late", "twice"):
            self._centre.loose.append(call)
        if fate not in REACHES:
            found = instead(fate)
            assert found is not None
            self._answer(found)
        elif not self._centre.up:
            self._answer(requests.exceptions.ConnectionError("refused"))
        else:
            self._task = Task(self._centre, call)

    def _answer(self, answer: Answer | Exception) -> None:
        if isinstance(answer, Exception):
            self._take(self._wire.go_on(error=answer))
        else:
            self._take(self._wire.go_on(answer))

    def _read(self, read: Read) -> None:
        try:
            piece = read.answer.next_piece()
        except ProtocolError as error:
            self._take(self._wire.go_on(error=error))
            return
        self._take(self._wire.go_on(piece))

    @property
    def online(self) -> bool:
        """The last round went well."""
        return self.desk is not None and self.desk.connection.net is Net.ONLINE


def threads_of_consoles() -> list[str]:
    """Those that still run."""
    return [t.name for t in threading.enumerate() if t.name.startswith("wire-")]
