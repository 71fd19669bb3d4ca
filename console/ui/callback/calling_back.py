"""From G on a case to the call that is recorded: who is called, what is said, what is stored of it."""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from console.desk.errors import DeskError
from console.desk.rows import Composed, Done
from console.desk.telling import Telling
from console.domain.callbacks import next_attempt, waking
from console.domain.case import Callback, Case, Status
from console.domain.command import RecordCallback, Reopen, Rework
from console.domain.rights import can
from console.domain.telephone import Offer
from console.ui.callback.callback_desk import CallbackDesk
from console.ui.callback.callback_panel import LATER, MISSED, TOLD, CallbackPanel, Outcome
from console.ui.notices import Notices
from console.ui.parts.failure_text import failure_text, refusal_text
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

PAUSE_MS = 400
"""What is typed is on disk so soon."""
SLOT = "callback"  # of words that are kept: the case's own pane has them in the same place


class CallingBack(QObject):
    """`recorded(case)`: it is on disk."""

    recorded = Signal(str)

    def __init__(
        self, desk: CallbackDesk, theme: Theme, tasks: Tasks, notices: Notices, strip: QWidget
    ) -> None:
        super().__init__(strip)
        self._desk, self._tasks, self._notices = desk, tasks, notices
        self.panel = CallbackPanel(theme, strip)
        self.panel.dialled.connect(lambda: tasks.start(self._dial()))
        self.panel.given.connect(lambda outcome: tasks.start(self._give(outcome)))
        self.panel.left.connect(self._keep)
        self._kept: dict[str, str] = {}
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self.write)

    def begin(self, case_id: str) -> None:
        """G on a case."""
        self._tasks.start(self._begin(case_id))

    async def _begin(self, case_id: str) -> None:
        if self.panel.isVisible():
            self._keep()
        telling, kept = await self._desk.telling(case_id), await self._desk.composed(case_id)
        if telling is None:
            self._notices.problem(t("error.not_here"))
            return
        refusal = can(self._desk.actor, "record_callback", telling.case, self._desk.reference)
        if refusal is None and telling.case is not telling.whole:
            refusal = can(self._desk.actor, "record_callback", telling.whole, self._desk.reference)
        if refusal is not None:
            self._notices.problem(f"{t('callback.title')}: {refusal_text(refusal, self._desk.reference)}")
            return
        now = self._desk.clock.now()
        body = again_body(telling.whole, "")
        why = can(self._desk.actor, type(body), telling.whole, self._desk.reference)
        why_not = refusal_text(why, self._desk.reference) if why is not None else ""
        words = t("callback.reopen" if isinstance(body, Reopen) else "callback.rework")
        self.panel.begin(telling, self._proposed(telling, now), now, words, why_not)
        mine = next((one for one in kept if one.slot == SLOT), None)
        if mine is not None:
            value, said = mine.values.get("reached"), mine.values.get("words")
            self.panel.restore(str(value or ""), str(said or ""))
        self._kept = self.panel.typed
        self._timer.start()

    def _proposed(self, telling: Telling, now: datetime) -> datetime:
        """When to try again, if this call is in vain."""
        in_vain = Callback(id="", at=now, by=self._desk.actor, reached=False)
        at = next_attempt((*telling.tried, in_vain), now, telling.usual)
        return waking(at) if at > now else at

    # the call

    async def _dial(self) -> None:
        """The number is shown, which is logged, and dialled where the line can."""
        telling = self.panel.telling
        if telling is None:
            return
        reporter = await self._desk.reveal(telling.case.id, t("callback.reason"))
        if self.panel.telling is not telling:
            return
        self.panel.show_who(reporter, True)
        line = self._desk.line
        if not line.up or Offer.DIAL not in line.offers:
            self.panel.say(t("callback.byHand"))
            return
        try:
            await self._desk.dial(reporter.phone or "")
        except DeskError as error:
            self.panel.say(failure_text(error), bad=True)

    # what comes of it

    async def _give(self, outcome: Outcome) -> None:
        panel, telling = self.panel, self.panel.telling
        if telling is None:
            return
        case, whole = telling.case, telling.whole
        record = RecordCallback(
            reached=outcome.value != MISSED,
            satisfied=int(outcome.value) if outcome.value not in (MISSED, LATER, TOLD) else None,
            words=outcome.words,
            again_at=outcome.again_at,
        )
        again = [again_body(whole, outcome.words)] if outcome.reopen else []
        try:
            if whole.id == case.id:
                done = await self._desk.act(case.id, record, *again)
            else:
                done = await self._desk.act(case.id, record)
                done = await self._desk.act(whole.id, *again) if again else done
        except DeskError as error:
            panel.failed(failure_text(error, self._desk.reference))
            return
        await self._desk.forget_composed(case.id, SLOT)
        if panel.telling is telling:
            self._timer.stop()
            panel.telling = None
            panel.shut()
        self._say(case.number, done, bool(again))
        self.recorded.emit(case.id)

    def _say(self, number: str, done: Done, again: bool) -> None:
        if not again or done.undo_until is None:
            self._notices.say(t("callback.saved.again" if again else "callback.saved", number=number))
            return
        left = (done.undo_until - self._desk.clock.now()).total_seconds()
        text = t("callback.saved.again", number=number)
        self._notices.say(text, lambda: self._take_back(done), max(1, round(left)))

    def _take_back(self, done: Done) -> None:
        self._tasks.start(self._undo(done))

    async def _undo(self, done: Done) -> None:
        if await self._desk.undo(done.commands):
            self._notices.say(t("callback.undone"), seconds=5)
        else:
            self._notices.problem(t("undo.gone"))

    # what was typed and not given

    def _keep(self) -> None:
        """Put away: it is there again the next time."""
        self.write()
        self._timer.stop()
        self.panel.telling = None

    def write(self) -> None:
        """What stands in the panel goes to disk, where it is not there yet."""
        telling, typed = self.panel.telling, self.panel.typed
        if telling is None or typed == self._kept:
            return
        self._kept, case = typed, telling.case
        if not any(typed.values()):
            self._tasks.start(self._desk.forget_composed(case.id, SLOT))
            return
        kept = Composed(
            case=case.id, slot=SLOT, kind="record_callback", values={**typed},
            status=case.status.value, lead=case.lead, saved_at=self._desk.clock.now(),
        )  # fmt: skip
        self._tasks.start(self._desk.keep_composed(kept))


def again_body(whole: Case, words: str) -> Reopen | Rework:
    """The case is taken up again, the caller on the line: what is only resolved goes back to its agency."""
    if whole.status is Status.RESOLVED:
        return Rework(missing=words)
    return Reopen(reason=words, on_line=True)
