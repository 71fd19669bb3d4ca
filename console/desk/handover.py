"""The handover sheet at this desk: gathered out of what is here, signed, accepted, read.

A signature is on disk before the centre hears of it, and nothing of it depends on the line. What is typed for
the sheet is this desk's, kept as typed.
"""

from datetime import date, datetime, timedelta

import msgspec

from console.desk import outages, questions, shift_book
from console.desk.connection import Net
from console.desk.errors import (
    NotHere,
    ShiftNotYours,
    ShiftReasonNeeded,
    ShiftSamePerson,
    ShiftTaken,
    ShiftWordsLong,
)
from console.desk.holdings import Holdings
from console.desk.rows import Filter, Page, Question, QueueRow, Sort, Values, View
from console.desk.shift_book import DRAFT, NEWS
from console.desk.shift_rows import KeptSheet, SheetDraft, Unread
from console.domain.case import Actor, Status
from console.domain.category import Urgency
from console.domain.handover import (
    REASON_MOST,
    STANDS,
    WORDS_MOST,
    Handover,
    SheetCase,
    SheetContent,
    SheetDesk,
    SheetPromise,
    Signature,
    digest_of,
    may_sign,
    plain,
)
from console.domain.identity import new_id
from console.domain.phone import mask_phone
from console.domain.roster import RosterEntry, leads
from console.domain.shifts import DAY, Duty, duty_at, duty_before, duty_by
from console.models.shift_rows import CLEAN, DIRTY, ShiftRow
from console.models.times import from_ms
from console.protocol.wire import DeskFacts

LISTED = 20  # cases; more are counted
PROMISES = 12
OUTAGES = 12
SILENT_S = 120.0  # a desk that said nothing for longer may have more by now
REACHED = (Net.ONLINE, Net.SENDING, Net.FILLING)
URGENT = Filter(urgencies=(Urgency.CRITICAL, Urgency.HIGH), but=Values(statuses=(Status.RESOLVED.value,)))
"""What still has to be done: where there is a result, citizens wait to be told, which is a promise."""
_draft = msgspec.json.Decoder(SheetDraft)
replace = msgspec.structs.replace


# what is typed


def draft(held: Holdings, duty: Duty) -> SheetDraft:
    """What was typed for the sheet of this shift."""
    row = held.shifts.get(DRAFT, duty.key)
    return _draft.decode(row.body) if row is not None else SheetDraft()


def keep_draft(held: Holdings, duty: Duty, typed: SheetDraft) -> None:
    """On disk when it returns."""
    row = ShiftRow(DRAFT, duty.key, duty.day.isoformat(), 0, CLEAN, msgspec.json.encode(typed))
    with held.store.transaction():
        held.shifts.put(row)


# what stands on it


async def gather(held: Holdings, duty: Duty) -> SheetContent:
    """The sheet as it would be signed now, with what was typed for it."""
    urgent = await questions.page(held, _asked(View.OPEN, URGENT, Sort.URGENCY), 0, LISTED)
    overdue = await questions.count(held, View.OVERDUE, Filter())
    promised = await questions.page(held, _asked(View.CALLBACK, Filter(), Sort.DUE), 0, PROMISES)
    return await held.call(lambda: _put_together(held, duty, urgent, overdue, promised))


def _asked(view: View, chosen: Filter, sort: Sort) -> Question:
    return Question(view=view, filter=chosen, sort=sort)


def _put_together(held: Holdings, duty: Duty, urgent: Page, overdue: int, promised: Page) -> SheetContent:
    now, typed, connection = held.clock.now(), draft(held, duty), held.connection.current
    online = connection.net in REACHED
    away = outages.outages(held, duty.begins, min(now, duty.ends) if now > duty.begins else duty.ends)
    own = tuple(
        SheetPromise(whom=mask_phone(row.phone or ""), due=from_ms(row.due_ms), station=held.actor.station)
        for row in held.calls.callbacks.open()
        if row.due_ms is not None
    )
    waits = tuple(_promise(row) for row in promised.rows)
    return SheetContent(
        shift_name=duty.shift.name, shift_name_en=duty.shift.name_en, begins=duty.begins, ends=duty.ends,
        made_at=now, station=held.actor.station, as_of=None if online else connection.data_as_of,
        cases=tuple(_case(row, now) for row in urgent.rows), more_cases=urgent.total - len(urgent.rows),
        overdue=overdue, promises=(*own, *waits)[:PROMISES],
        more_promises=max(0, len(own) + promised.total - PROMISES), desks=desk_lines(held, duty),
        outages=away[-OUTAGES:], more_outages=max(0, len(away) - OUTAGES), notes=typed.notes,
        troubles=typed.troubles, reason=typed.reason,
    )  # fmt: skip


def _case(row: QueueRow, now: datetime) -> SheetCase:
    late = row.due is not None and not row.resting and row.due <= now
    return SheetCase(
        id=row.id, number=row.number, title=row.title, place=row.place, urgency=row.urgency,
        status=row.display_status, agency=row.lead_name, due=None if row.resting else row.due, overdue=late,
    )  # fmt: skip


def _promise(row: QueueRow) -> SheetPromise:
    return SheetPromise(number=row.number, case=row.id, title=row.title)


def desk_lines(held: Holdings, duty: Duty) -> tuple[SheetDesk, ...]:
    """What each desk has not sent: this one as it is, others as the centre heard them. On the worker."""
    mine, here = shift_book.facts(held), held.actor.station
    online = held.connection.current.net in REACHED
    found = {
        here: SheetDesk(
            station=here, name=held.actor.name, waiting=mine.waiting, attention=mine.attention,
            promised=mine.promised,
        )
    }  # fmt: skip
    rostered = {e.station for e in shift_book.entries(held, duty.day, duty.day) if e.shift == duty.shift.code}
    for facts in shift_book.desks(held):
        if facts.station != here and _counts(facts, duty, rostered):
            silent = not online or facts.silent_s > SILENT_S
            found[facts.station] = SheetDesk(
                station=facts.station, name=facts.name, waiting=facts.waiting, attention=facts.attention,
                promised=facts.promised, unknown_since=facts.told_at if silent else None,
            )  # fmt: skip
    for station in rostered - set(found):
        found[station] = SheetDesk(station=station, unknown_since=duty.begins)
    return tuple(found[station] for station in sorted(found))


def _counts(facts: DeskFacts, duty: Duty, rostered: set[str]) -> bool:
    """It worked in this shift, should have, or has something unsent from before."""
    worked = facts.told_at is not None and facts.told_at >= duty.begins
    return worked or facts.station in rostered or facts.waiting + facts.attention > 0


# signing


def sign(held: Holdings, duty: Duty, content: SheetContent) -> KeptSheet:
    """Whoever is signed in hands the shift over as it stands in `content`. Raises ShiftNotYours,
    ShiftReasonNeeded, ShiftTaken, ShiftWordsLong, StoreFull: nothing is signed then."""
    me = held.actor
    if not may_sign(me.role, leads(_near(held, duty.day), duty.day, duty.shift.code, me.user)):
        raise ShiftNotYours
    if max(len(content.notes), len(content.troubles)) > WORDS_MOST or len(content.reason) > REASON_MOST:
        raise ShiftWordsLong
    if content.unsettled and not content.reason.strip():
        raise ShiftReasonNeeded(tuple(desk.station for desk in content.unsettled))
    if (there := standing(held, duty)) is not None:
        raise ShiftTaken(there.sheet.signed.name)
    body = plain(content)
    signed = _signature(held, me, digest_of(body), content.reason.strip())
    made = Handover(id=new_id(), day=duty.day, shift=duty.shift.code, content=body, signed=signed)
    kept = KeptSheet(sheet=made)
    with held.store.transaction():
        shift_book.put_sheet(held, kept, DIRTY)
    held.tell(NEWS)
    held.wake()
    return replace(kept, waiting=True)


def accept(held: Holdings, sheet_id: str, by: Actor | None, words: str, offline: bool = False) -> KeptSheet:
    """Somebody takes the shift over: whoever is signed in, or `by`, who gave their password here. Raises
    NotHere, ShiftNotYours, ShiftSamePerson, ShiftTaken, ShiftReasonNeeded, ShiftWordsLong, StoreFull."""
    kept, who = shift_book.sheet(held, sheet_id), by or held.actor
    if kept is None or kept.sheet.state != STANDS:
        raise NotHere(sheet_id)
    sheet = kept.sheet
    if sheet.accepted is not None:
        raise ShiftTaken(sheet.accepted.name)
    if who.user == sheet.signed.user:
        raise ShiftSamePerson
    if not may_sign(who.role, any(e.user == who.user and e.leads for e in _near(held, sheet.day))):
        raise ShiftNotYours
    if len(words) > REASON_MOST:
        raise ShiftWordsLong
    if not sheet.signed.words and not words.strip() and (open_ := _unsettled(held, sheet)):
        raise ShiftReasonNeeded(open_)
    accepted = _signature(held, who, sheet.signed.digest, words.strip(), offline)
    taken = replace(kept, sheet=replace(sheet, accepted=accepted), refused="")
    with held.store.transaction():
        shift_book.put_sheet(held, taken, DIRTY)
    held.tell(NEWS)
    held.wake()
    return replace(taken, waiting=True)


def _unsettled(held: Holdings, sheet: Handover) -> tuple[str, ...]:
    """Desks of the sheet that have something unsent now."""
    duty = duty_by(held.reference, sheet.day, sheet.shift)
    lines = desk_lines(held, duty) if duty is not None else ()
    return tuple(line.station for line in lines if not line.settled)


def _signature(held: Holdings, who: Actor, digest: str, words: str, offline: bool = False) -> Signature:
    away = offline or held.connection.current.net not in REACHED
    return Signature(
        user=who.user, name=who.name, station=held.actor.station, at=held.clock.now(), digest=digest,
        words=words, offline=away,
    )  # fmt: skip


def _near(held: Holdings, day: date) -> tuple[RosterEntry, ...]:
    return shift_book.entries(held, day - DAY, day + DAY)


def standing(held: Holdings, duty: Duty) -> KeptSheet | None:
    """The sheet of this shift that stands."""
    found = shift_book.sheets(held, duty.day, duty.day)
    return next((k for k in found if k.sheet.shift == duty.shift.code and _stands(k)), None)


def _stands(kept: KeptSheet) -> bool:
    return kept.sheet.state == STANDS and not (kept.refused and kept.sheet.version == 0)


def may_hand_over(held: Holdings, duty: Duty) -> bool:
    """Whether whoever is signed in may sign for this shift."""
    me = held.actor
    return may_sign(me.role, leads(_near(held, duty.day), duty.day, duty.shift.code, me.user))


# whoever takes a shift


def unread(held: Holdings, drafts: int) -> Unread:
    """What they find: the sheet left to them, as far as they have not read it."""
    duty = duty_at(held.reference, held.clock.now())
    before = duty_before(held.reference, duty) if duty is not None else None
    kept = standing(held, before) if before is not None else None
    if kept is not None and (
        kept.sheet.signed.user == held.actor.user or shift_book.has_read(held, kept.sheet.id, held.actor.user)
    ):
        kept = None
    tally = held.letters.tally()
    return Unread(sheet=kept, drafts=drafts, unsent=tally.waiting + tally.attention)


def sheet_days(now_day: date) -> tuple[date, date]:
    """Those of which sheets are looked at without being asked for others: the last month."""
    return now_day - timedelta(days=31), now_day + DAY
