"""One round with the centre, from the first command to the last change. No thread, no pause, no state shown.

    send what waits, in order, batch by batch, until nothing may go
    → reference data, then the first fill where it is not complete
    → pull changes to the end
    → handed drafts, shared views, notes on numbers, the book of the shifts, the audit

Whatever breaks is raised and ends the round. Everything that a round did is on disk: it may end anywhere.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from console.desk.connection import Net
from console.desk.sync_port import SyncPort
from console.domain.command import Command
from console.domain.refusal import Code, Refusal
from console.protocol.wire import BATCH, Verdict
from console.reference import ReferenceUnreadable
from console.sync.api import Api
from console.sync.audit import AuditTeller
from console.sync.board import DeskDayTeller, SampleScoreTeller
from console.sync.errors import BadAnswer, Rejected, ServerError, WireError
from console.sync.fill import fill
from console.sync.fill_apart import FillApart
from console.sync.handed_drafts import HandedDrafts
from console.sync.number_notes import NumberNotes
from console.sync.pace import Pace
from console.sync.shared_views import SharedViews
from console.sync.shift_book import ShiftBookTeller
from console.sync.suspects import Suspects

log = logging.getLogger(__name__)

PULL = 200  # cases per answer: one short transaction each
RESTORED = ("cursor_ahead", "ledger_restored")  # the centre's codes for a cursor that it never gave out
APART_FROM = 1000  # cases that remain of a first fill: from there on a process of its own is worth its start
APART_TRIES = 3  # in one round; then it goes on in this thread
SHOW_S = 0.25
OURS = (ServerError, BadAnswer, Rejected)  # failures that a single command may be guilty of


class FillPaused(Exception):
    """The first fill rests by an operator's wish; what was filled stays."""


Show = Callable[[Net, int, int], None]  # what the round is at; of a first fill: cases done, cases in all


class Round:
    """Call it again and again, from one thread."""

    def __init__(
        self,
        api: Api,
        port: SyncPort,
        pace: Pace,
        suspects: Suspects,
        show: Show,
        steady: Callable[[], float] = time.monotonic,
        apart: FillApart | None = None,
    ) -> None:
        self._api, self._port, self._pace, self._suspects, self._show = api, port, pace, suspects, show
        self._steady, self._apart = steady, apart
        self._views = SharedViews(api, port, pace, steady)
        self._notes = NumberNotes(api, port, pace, steady)
        self._day = DeskDayTeller(api, port, pace, steady)
        self._scores = SampleScoreTeller(api, port, pace, steady)
        self.handed = HandedDrafts(api, port, pace, steady)
        self.shifts = ShiftBookTeller(api, port, pace, steady)
        self._audit = AuditTeller(api, port, pace, steady)
        self._filled_shown, self._apart_tries = 0.0, APART_TRIES
        self._reference_due: float | None = None  # on the steady clock; None: not read yet
        self.went = False  # something was delivered in this round
        self._failure: WireError | None = None  # the centre's last one on a single command

    def __call__(self) -> datetime | None:
        """All of it; the centre's time for which the desk now holds everything."""
        self.went = False
        self._send()
        self._read_reference()
        try:
            as_of = self._keep_up()
        except FillPaused:
            return None  # without all cases there is no cursor to pull from
        if self._suspects.nothing_goes and self._failure is not None:
            raise self._failure
        self.handed()
        self._views()
        self._notes()
        self._scores()
        self._day()
        self.shifts()
        self._audit()
        return as_of

    def _keep_up(self) -> datetime:
        """All that the centre has."""
        self._fill()
        try:
            return self._pull()
        except Rejected as error:
            if error.problem not in RESTORED:
                raise
            return self._begin_again()

    # outward

    def _send(self) -> None:
        """Deliver until nothing is left that may go."""
        while batch := self._next_batch():
            self._show(Net.SENDING, 0, 0)
            self._suspects.batch_begins()
            self._deliver(batch)

    def _next_batch(self) -> list[Command]:
        """A case's commands go together, in order: the centre decides none behind one that it refuses."""
        return self._suspects.may_go(self._port.next_batch(BATCH))

    def _deliver(self, batch: list[Command]) -> None:
        """Verdicts for all of them, or, where the centre fails on the batch, for all but the guilty."""
        try:
            answer = self._api.commands(batch)
        except OURS as error:
            self._split(batch, error)
            return
        self._port.apply_verdicts(list(answer.verdicts), answer.server_time)
        self._suspects.delivered(batch)
        self.went = True

    def _split(self, batch: list[Command], error: WireError) -> None:
        """Half of it, then the other; of each case only the first, the rest waits for what becomes of it."""
        if len(batch) == 1:
            self._suspect(batch[0], error)
            return
        firsts: dict[str, Command] = {}
        for command in batch:
            firsts.setdefault(command.case, command)
        first = list(firsts.values())
        middle = (len(first) + 1) // 2
        for part in (first[:middle], first[middle:]):
            if part:
                self._deliver(part)

    def _suspect(self, command: Command, error: WireError) -> None:
        """The centre fails on this one. Where the centre itself is not well, that proves nothing."""
        if self._api.health().status != "ok":
            raise error
        self._failure = error
        log.warning("centre fails on command %s (%s): %s", command.id, command.kind, error.code)
        if self._suspects.failed(command):
            self._set_aside(command)
        elif self._suspects.nothing_goes:
            raise error

    def _set_aside(self, command: Command) -> None:
        verdict = Verdict(id=command.id, accepted=False, refusal=Refusal(code=Code.FAILED))
        self._port.apply_verdicts([verdict], None)
        self._suspects.given_up(command)

    # inward

    def reference_news(self) -> None:
        """There is some: it is read in the next round."""
        self._reference_due = None

    def _read_reference(self) -> None:
        if self._reference_due is not None and self._steady() < self._reference_due:
            return
        answer = self._api.reference(self._port.reference_version())
        self._reference_due = self._steady() + self._pace.reference
        if answer.items:
            try:
                self._port.apply_reference(answer)
            except ReferenceUnreadable as error:  # a newer centre's: what is here stays in use
                log.error("reference data %s not understood: %s", answer.version, error)

    def _fill(self) -> None:
        """The first fill, newest first, from where it broke; the desk is usable and sends meanwhile."""
        state = self._port.snapshot_state()
        if state.finished:
            return
        self._go_on_filling()
        self._show(Net.FILLING, state.done, state.total)
        self._apart_tries = APART_TRIES
        while not fill(self._api, self._port, self._filled):
            if self._apart is not None and self._apart(self._show_filled, self._send):
                return
            self._apart_tries -= 1

    def _begin_again(self) -> datetime:
        """The centre is behind what this desk has seen: it was restored from a backup."""
        log.warning("the centre is behind this desk: everything is filled in anew")
        self._port.begin_again()
        self._reference_due = None
        self._views.begin_again()
        self._notes.begin_again()
        self._scores.begin_again()
        self._day.begin_again()
        self.handed.begin_again()
        self.shifts.begin_again()
        self._send()
        self._read_reference()
        self._fill()
        return self._pull()

    def _go_on_filling(self) -> None:
        """Raises FillPaused where somebody wants no more of it for now: the next round looks again."""
        if self._port.fill_news.paused:
            raise FillPaused

    def _filled(self, done: int, total: int) -> bool:
        """A slice is on disk. The first ones come through this thread: the queue can be used at once. What
        remains is worth a process of its own, or not."""
        self._show_filled(done, total)
        self._send()
        apart = self._apart is not None and self._apart_tries > 0
        return not apart or total - done < APART_FROM

    def _show_filled(self, done: int, total: int) -> None:
        self._go_on_filling()
        if self._steady() - self._filled_shown >= SHOW_S or done >= total:
            self._filled_shown = self._steady()
            self._show(Net.FILLING, done, total)

    def _pull(self) -> datetime:
        while True:
            port = self._port
            answer = self._api.changes(port.cursor() or 0, PULL, port.seen(), port.whole_before())
            self._port.apply_changes(answer)
            if not answer.more:
                return answer.server_time
