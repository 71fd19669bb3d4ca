"""What the keys of the telephone do, and where they lead. What comes of an act is heard from the line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from console.desk.call_rows import SLOTS, LiveCall, MissedCall
from console.desk.changes import Changes
from console.desk.errors import CallGone
from console.domain.case import Role
from console.domain.telephone import EMERGENCY, CallKind, CallState, Offer
from console.ui.calls.call_desk import CallDesk
from console.ui.calls.faces import Known, first_ringing, in_hand, next_to_do, number_text, phone_state
from console.ui.calls.strip import CallStrip
from console.ui.notices import Notices
from console.ui.parts.number_note_text import note_gist
from console.ui.parts.time_text import clock_text, short_moment_text
from console.ui.rooms import Late
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

if TYPE_CHECKING:
    from console.ui.calls.back_list import BackPanel
    from console.ui.calls.outcome import OutcomePanel
    from console.ui.calls.transfer import TransferPanel
    from console.ui.intake.intake_room import IntakeRoom


class CallHands(QObject):
    """`intake_wanted`: the workspace of a call is in the intake; `case_wanted(str)`: of a saved one;
    `queue_wanted`: nothing is left to write down; `stands(str, bool)`: how the desk stands (`phone_state`),
    and whether the line lets it rest."""

    intake_wanted = Signal()
    case_wanted = Signal(str)
    queue_wanted = Signal()
    stands = Signal(str, bool)

    def __init__(
        self,
        strip: CallStrip,
        desk: CallDesk,
        signals: DeskSignals,
        theme: Theme,
        tasks: Tasks,
        notices: Notices,
        intake: Late[IntakeRoom],
        shown: Callable[[], QWidget | None],
    ) -> None:
        """`shown`: the room at the front."""
        super().__init__(strip)
        self._strip, self._desk, self._theme = strip, desk, theme
        self._tasks, self._notices, self._intake, self._shown = tasks, notices, intake, shown
        self._known: dict[str, Known] = {}
        self._asked: set[str] = set()
        self._rung: set[str] = set()
        self._counting = False
        self._handing = self._settling = ""  # the calls that the open panels are about
        self._back: BackPanel | None = None
        self._transfer: TransferPanel | None = None
        self._outcome: OutcomePanel | None = None
        strip.wanted.connect(self.open)
        strip.missed.clicked.connect(self.back_list)
        strip.hold.clicked.connect(self.hold)
        strip.transfer.clicked.connect(self.transfer)
        strip.end.clicked.connect(self.end)
        signals.changed.connect(self._on_changes)
        intake.when_made(self._wire_intake)

    def _wire_intake(self, room: IntakeRoom) -> None:
        room.turning.turned.connect(lambda _field, _caret: self.refresh())
        room.emergency.connect(self.emergency)
        room.saved.connect(lambda _case: self.go_on())
        room.dropped.connect(self.go_on)

    def acts(self) -> dict[str, Callable[[], object]]:
        """By the names of the window's keys."""
        made: dict[str, Callable[[], object]] = {
            "call_answer": self.answer,
            "call_hold": self.hold,
            "call_transfer": self.transfer,
            "call_end": self.end,
            "call_back": self.back_list,
            "call_outcome": self.outcome,
            "call_rest": self.rest,
        }
        made |= {f"call_{slot}": partial(self._open_at, slot) for slot in range(1, SLOTS + 1)}
        return made | {f"call_{number}": partial(self.emergency, number) for number in EMERGENCY}

    def _open_at(self, slot: int) -> None:
        self.open(self._strip.call_at(slot))

    # showing

    def start(self) -> None:
        """Show what stands there already."""
        self.refresh()
        self._count()

    def refresh(self) -> None:
        """The strip as it is now."""
        calls, line = self._desk.calls(), self._desk.line
        self._strip.show_calls(calls, self._known, self._draft(), self._now())
        self._strip.show_line(line, len(calls))
        self._strip.show_hand(self.in_hand(), line)
        self.stands.emit(phone_state(calls, line), line.up and Offer.REST in line.offers)

    def tick(self, now: datetime) -> None:
        """Once a second."""
        self._strip.tick(now)

    def _now(self) -> datetime:
        return self._desk.clock.now()

    def _draft(self) -> str:
        """The draft on the screen; "" where none is."""
        room = self._intake.made
        return room.state.draft.id if room is not None and self._shown() is room else ""

    def _call(self, call_id: str) -> LiveCall | None:
        return next((one for one in self._desk.calls() if one.id == call_id), None)

    def in_hand(self) -> LiveCall | None:
        """The call that hold, transfer and end are about."""
        return in_hand(self._desk.calls(), self._draft())

    def _on_changes(self, changes: Changes) -> None:
        if changes.numbers:
            for phone in tuple(self._known):
                self._tasks.start(self._look_up(phone))
        if not changes.calls:
            return
        self.refresh()
        calls = self._desk.calls()
        self._rung &= {call.id for call in calls}
        for call in calls:
            if call.phone and call.phone not in self._asked:
                self._asked.add(call.phone)
                self._tasks.start(self._look_up(call.phone))
            if call.state is CallState.RINGING and call.incoming and call.id not in self._rung:
                self._rung.add(call.id)
                self._announce(t("call.announced", number=number_text(call)))
        self._count()

    async def _look_up(self, phone: str) -> None:
        """What is known of the number: asked when it rings, forgotten when its calls are gone."""
        found = await self._desk.earlier(phone)
        here = {call.phone for call in self._desk.calls()}
        self._asked &= {number for number in here if number}
        self._known = {known: it for known, it in self._known.items() if known in here}
        before = self._known.get(phone)
        known = Known(len(found), sum(one.open for one in found), before.note if before is not None else "")
        self._known[phone] = known
        self.refresh()
        if self._desk.actor.role is not Role.AGENCY:
            note = await self._desk.number_note(phone)
            self._known[phone] = known._replace(note=note_gist(note) if note is not None else "")
            self.refresh()

    def _announce(self, words: str) -> None:
        event = QAccessibleAnnouncementEvent(self._strip, words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)

    def _count(self) -> None:
        """How many there are to call back; once at a time."""
        if not self._counting:
            self._counting = True
            self._tasks.start(self._counted())

    async def _counted(self) -> None:
        self._counting = False
        entries = await self._desk.missed_calls()
        self._strip.show_missed(len(entries))
        if self._back is not None and self._back.isVisible():
            self._back.fill(entries)

    # workspaces

    def open(self, call_id: str) -> None:
        """The workspace of a call: its draft, or the report that was made of it."""
        call = self._call(call_id)
        if call is None:
            return
        if call.case:
            self.case_wanted.emit(call.case)
            return
        room = self._intake.room()
        if self._shown() is not room:
            # before it turns: a room that comes to the front puts the cursor into what it holds
            self.intake_wanted.emit()
        room.calling.open(call)
        self.refresh()

    def go_on(self, but: str = "") -> None:
        """A report was saved or a draft closed: to the next call that is still to be written down, else back.
        `but`: the draft that was closed."""
        call = next_to_do(self._desk.calls(), but)
        if call is not None:
            self.open(call.id)
        else:
            self.queue_wanted.emit()

    # acts

    def answer(self) -> None:
        """F9: take who rings longest and turn to an empty draft at once; with nobody ringing, turn to the
        call that is being talked with."""
        ringing = first_ringing(self._desk.calls())
        call = ringing or in_hand(self._desk.calls(), "")
        if call is None:
            self._notices.say(t("call.nobodyRings"))
            return
        self.open(call.id)
        line = self._desk.line
        if ringing is not None and line.up and Offer.ANSWER in line.offers:
            self._tasks.start(self._desk.answer_call(ringing.id))

    def hold(self) -> None:
        """F8: hold the call in hand, or go on with it."""
        call = self._live()
        if call is not None:
            held = call.state is CallState.HELD
            self._tasks.start((self._desk.resume_call if held else self._desk.hold_call)(call.id))

    def end(self) -> None:
        """F12: the draft stays."""
        call = self.in_hand()
        if call is None:
            self._notices.say(t("call.noHand"))
        else:
            self._tasks.start(self._desk.hang_up_call(call.id))

    def transfer(self) -> None:
        """F7: ask where to."""
        call = self._live()
        if call is None:
            return
        if Offer.TRANSFER not in self._desk.line.offers:
            self._notices.problem(t("error.line_offers_not"))
            return
        if self._transfer is None:
            from console.ui.calls.transfer import TransferPanel

            self._transfer = TransferPanel(self._theme, self._strip, self._transferred)
        if self._transfer.isVisible():
            self._transfer.shut()
        else:
            self._handing = call.id
            self._transfer.begin(number_text(call))

    def _transferred(self, number: str) -> None:
        if number in EMERGENCY:
            self._tasks.start(self._emergency(self._handing, number))
        else:
            self._tasks.start(self._desk.transfer_call(self._handing, number))

    def rest(self) -> None:
        """Ctrl+F9: calls go to others for a while, or come here again."""
        self._tasks.start(self._rest(not self._desk.line.resting))

    async def _rest(self, on: bool) -> None:
        await self._desk.rest(on)
        self._notices.say(t("call.rest.on" if on else "call.rest.off"))

    def _live(self) -> LiveCall | None:
        """The call in hand that both sides are in; a sentence where there is none."""
        call = self.in_hand()
        if call is None or call.state is CallState.RINGING:
            self._notices.say(t("call.noHand"))
            return None
        return call

    def emergency(self, number: str) -> None:
        """Ctrl+Shift+3, 4, 5: to 113, 114, 115; the record stays open, with a note of it."""
        call = self._live()
        if call is not None:
            self._tasks.start(self._emergency(call.id, number))

    async def _emergency(self, call_id: str, number: str) -> None:
        await self._desk.transfer_call(call_id, number)
        call = self._call(call_id)
        time = clock_text(self._now())
        if call is not None and call.draft and self._intake.made is not None:
            await self._intake.made.calling.note(call.draft, number)
        self._notices.say(t("call.emergency.done", number=number, time=time))

    # what a call was

    def outcome(self) -> None:
        """Ctrl+Shift+W: no report comes of the call whose workspace is shown, or of the one in hand."""
        call = self._meant()
        if call is None:
            self._notices.say(t("call.noOutcome"))
            return
        if self._outcome is None:
            from console.ui.calls.outcome import OutcomePanel

            self._outcome = OutcomePanel(self._theme, self._strip, self._settle, self._promise, self._now)
        if self._outcome.isVisible():
            self._outcome.shut()
        else:
            self._settling = call.id
            self._outcome.begin(number_text(call), bool(call.phone or call.number))

    def _meant(self) -> LiveCall | None:
        draft = self._draft()
        shown = [call for call in self._desk.calls() if draft and call.draft == draft]
        ended = [c for c in self._desk.calls() if c.state is CallState.ENDED and not c.case]
        return next(iter((*shown, *ended)), None) or self.in_hand()

    def _settle(self, kind: CallKind, note: str) -> None:
        self._tasks.start(self._settled(self._settling, kind, note))

    async def _settled(self, call_id: str, kind: CallKind, note: str) -> None:
        """The call is that; a draft that was begun for it is closed, and stays for seven days."""
        call = self._call(call_id)
        if call is None:
            raise CallGone(call_id)
        await self._desk.settle_call(call_id, kind, note)
        room = self._intake.made
        if call.draft and room is not None:
            room.closing.close_draft(call.draft)
        else:
            self._notices.say(t("call.settled", what=t(f"call.kind.{kind.value}")))

    def _promise(self, when: datetime, note: str) -> None:
        self._tasks.start(self._promised(self._settling, when, note))

    async def _promised(self, call_id: str, when: datetime, note: str) -> None:
        await self._desk.promise_callback(call_id, when, note)
        self._notices.say(t("call.promised", time=short_moment_text(when, self._now())))

    # calls to give back

    def back_list(self) -> None:
        """Shift+F9: open the list, or close it."""
        if self._back is not None and self._back.isVisible():
            self._back.shut()
        else:
            self._tasks.start(self._open_back())

    async def _open_back(self) -> None:
        if self._back is None:
            from console.ui.calls.back_list import BackPanel

            desk, tasks = self._desk, self._tasks
            self._back = BackPanel(
                self._theme, self._strip, self._now, call=self._call_back,
                reached=lambda one: tasks.start(desk.called_back(one.id, True)),
                tried=lambda one: tasks.start(desk.called_back(one.id, False)),
                drop=lambda one: tasks.start(desk.drop_callback(one.id)),
            )  # fmt: skip
        entries = await self._desk.missed_calls()
        self._back.begin(entries, self._desk.line.up and Offer.DIAL in self._desk.line.offers)

    def _call_back(self, entry: MissedCall) -> None:
        line = self._desk.line
        if not line.up or Offer.DIAL not in line.offers:
            assert self._back is not None
            self._back.say(t("call.back.byHand"), bad=True)
            return
        self._tasks.start(self._desk.dial(entry.phone or entry.number))
