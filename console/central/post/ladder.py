"""The centre works through the ladder of escalation by itself, and writes to each agency in the morning.

One process of all has the turn. It keeps of each open case when its next step comes, reads again what the
ledger says has changed, and gives a command for each step that has been reached, as the centre itself. `fold`
takes each step once, so that two processes that both believed to have the turn would do no harm. Steps that
were reached before this work was begun on this database are not taken: nobody gets reminders of last year.
"""

import logging
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from console.central.authors import CENTRE
from console.central.bugs import log_bug
from console.central.clock import Clock
from console.central.database import reading
from console.central.ledger import Ledger
from console.central.mail import opened
from console.central.post import shelf
from console.central.post.daily import daily_letters, due_day
from console.central.post.turns import day_done, give_back, holds, take_turn
from console.central.references import References
from console.central.tables import cases, events, ledger
from console.domain.case import Case, Status
from console.domain.chasing import NextStep, due_step, open_steps
from console.domain.command import Command, Escalate
from console.domain.identity import new_id
from console.domain.reference import Reference

log = logging.getLogger(__name__)

LOOK_S = 10.0
AGAIN = timedelta(minutes=10)
"""After a step that was refused."""
AT_ONCE = 25  # steps of one call
ENDED = tuple(status.value for status in Status if not status.is_open)
WORK = "chasing"


class Ladder:
    """A thread beside the server; `tick` is one round of it."""

    def __init__(self, engine: Engine, references: References, clock: Clock, commands: Ledger) -> None:
        self._engine, self._references, self._clock, self._commands = engine, references, clock, commands
        self._holder = new_id()
        self._open: dict[str, Case] = {}
        self._next: dict[str, datetime] = {}
        self._read_to: int | None = None  # None: nothing is known
        self._version = -1
        self._since = datetime.min.replace(tzinfo=UTC)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ladder", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and let another process go on at once."""
        self._ending.set()
        if not self._thread.is_alive():
            return
        self._thread.join()
        try:
            with self._engine.begin() as connection:
                give_back(connection, WORK, self._holder)
        except SQLAlchemyError:
            log.warning("chasing: the turn runs out by itself")

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                self.tick()
            except SQLAlchemyError as error:
                log.warning("chasing: %s", type(error).__name__)
            except Exception as bug:  # noqa: BLE001 - logged; the work goes on with the next round
                log_bug("chasing", bug)
                self._forget()
            self._ending.wait(LOOK_S)

    def tick(self) -> int:
        """One round, where it is this process's turn; how many steps were taken."""
        now = self._clock.now()
        with self._engine.begin() as connection:
            turn = take_turn(connection, WORK, self._holder, now)
        if turn is None:
            self._forget()
            return 0
        self._since = turn.since
        reference = self._look(now)
        given = list(self._reached(reference, now))
        for command in given:  # one that is accepted comes back with the next look
            self._next[command.case] = now + AGAIN
        taken = sum(self._give(given[at : at + AT_ONCE]) for at in range(0, len(given), AT_ONCE))
        self._daily(reference, now, turn.done_day)
        return taken

    def _reached(self, reference: Reference, now: datetime) -> Iterator[Command]:
        for case_id, at in tuple(self._next.items()):
            if at > now:
                continue
            step = due_step(self._open[case_id], reference, now)
            if step is not None and step.at >= self._since:
                yield self._command(self._open[case_id], step, now)

    def _forget(self) -> None:
        self._open, self._next, self._read_to = {}, {}, None

    def _look(self, now: datetime) -> Reference:
        """What has changed since, in one picture."""
        with reading(self._engine) as connection:
            reference = self._references.current(connection)
            head = connection.execute(select(ledger.c.seq)).scalar_one()
            asked = select(cases.c.id, cases.c.body)
            if self._read_to is None:
                self._open, self._next = {}, {}
                asked = asked.where(cases.c.status.not_in(ENDED))
            else:
                moved = select(events.c.case_id).where(events.c.seq > self._read_to)
                asked = asked.where(cases.c.id.in_(moved))
            found = [msgspec.json.decode(body, type=Case) for _, body in connection.execute(asked)]
        self._read_to = head
        again: Iterable[Case] = found
        for case in found:
            self._open.pop(case.id, None)
            if case.status.is_open:
                self._open[case.id] = case
        if reference.version != self._version:
            self._version, again = reference.version, (*found, *self._open.values())
        for case in again:
            self._plan(case, reference, now)
        return reference

    def _plan(self, case: Case, reference: Reference, now: datetime) -> None:
        steps = open_steps(case, reference, now) if case.id in self._open else []
        ahead = [step.at for step in steps if step.at >= self._since]
        if ahead:
            self._next[case.id] = ahead[0]
        else:
            self._next.pop(case.id, None)

    def _command(self, case: Case, step: NextStep, now: datetime) -> Command:
        return Command(
            id=new_id(), case=case.id, at=now, by=CENTRE.actor(), body=Escalate(step=step.step.code)
        )

    def _give(self, commands: list[Command]) -> int:
        verdicts = self._commands.take(opened(commands), CENTRE)
        return sum(msgspec.json.decode(verdict)["accepted"] for verdict in verdicts)

    def _daily(self, reference: Reference, now: datetime, done: object) -> None:
        """The lists of the day, when their time has come; in one transaction with the note that they are
        queued."""
        day = due_day(reference, now)
        if day is None or day == done:
            return
        with self._engine.begin() as connection:
            if not holds(connection, WORK, self._holder):
                return
            letters = daily_letters(self._open.values(), reference, now, day)
            shelf.put(connection, letters, now)
            day_done(connection, WORK, day)
