"""What the centre says, written down: verdicts, changed cases, the first fill, reference data.

Equal values are never a conflict, absence is never a deletion, and an answer that comes late never sets
a case back: the higher revision stands.
"""

from collections.abc import Sequence, Set

from console.desk import window
from console.desk.changes import Cause, Changes
from console.desk.holdings import Holdings
from console.desk.outbox import hold_back_later, leftover
from console.desk.proof import done_after_all, done_here
from console.desk.restored import AGAIN, SEEN
from console.desk.standing import confirmed_of, restand
from console.domain.case import Case, Event
from console.domain.reference import Reference
from console.domain.refusal import Code, Refusal
from console.models.case_rows import Local
from console.models.cases import Known, Made, Stored
from console.models.letters import REFUSED, SENT, Letter
from console.protocol.wire import CaseRecord, ReferenceAnswer, ReferenceItem, Verdict


class Incoming:
    """On the worker; each method is one transaction."""

    def __init__(self, held: Holdings) -> None:
        self._held = held

    # verdicts

    def verdicts(self, verdicts: Sequence[Verdict], sent_ms: int) -> Changes | None:
        """Commands leave the outbox or come back; their cases stand on what the centre has."""
        cases: dict[str, list[Verdict]] = {}
        with self._held.store.transaction():
            for verdict in verdicts:
                letter = self._held.letters.get(verdict.id)
                if letter is not None and letter.state not in (SENT, REFUSED):
                    self._take(letter, verdict, sent_ms)
                    cases.setdefault(letter.case, []).append(verdict)
            for case_id, about in cases.items():
                self._stand_on(case_id, about)
        if not cases:
            return None
        return Changes(cause=Cause.VERDICT, cases=frozenset(cases), outbox=True)

    def _take(self, letter: Letter, verdict: Verdict, sent_ms: int) -> None:
        letters = self._held.letters
        if verdict.accepted:
            letters.accept(letter.id, sent_ms)
            if verdict.partial:
                leftover(self._held, letter, verdict.partial)
            return
        refusal = verdict.refusal or Refusal(code=Code.FAILED)
        if refusal.code is Code.FAILED and done_here(self._held, letter):
            return
        if refusal.code is Code.HELD_BACK:
            letters.hold_back(letter.id, refusal)
        else:
            letters.refuse(letter.id, refusal)
        hold_back_later(self._held, letter)

    def _stand_on(self, case_id: str, verdicts: Sequence[Verdict]) -> None:
        confirmed = confirmed_of(self._held, case_id)
        for verdict in verdicts:
            confirmed = _newer(confirmed, verdict.case)
        if confirmed is None and any(verdict.accepted for verdict in verdicts):
            confirmed = self._held.cases.get(case_id)  # taken, in words of a newer centre: a pull will tell
        events = [event for verdict in verdicts for event in verdict.events if event.case == case_id]
        restand(self._held, case_id, confirmed, _in_order(events))

    # pulled

    def made(self, records: Sequence[CaseRecord]) -> list[Made]:
        """Rows of cases, for `snapshot`. Touches no file."""
        return [self._held.cases.make(record.case, record.events) for record in records]

    def records(
        self, records: Sequence[CaseRecord], cursor: int | None, made: Sequence[Made] = ()
    ) -> Changes | None:
        """Changed cases; with `cursor`, up to there all is here. `made`: the rows of those that are new."""
        held = self._held
        ids = [record.case.id for record in records]
        with held.store.transaction():
            known = held.cases.known(ids)
            ahead, heard = held.letters.with_letters(ids), False
            for record in records:
                if record.case.id in ahead:
                    heard = done_after_all(held, record) or heard
                    confirmed = _newer(confirmed_of(held, record.case.id), record.case)
                    restand(held, record.case.id, confirmed, record.events)
            taken = ahead | self._put_new(made, ahead | known.keys())
            self._put([record for record in records if record.case.id not in taken], known)
            self._keep_seen(records)
            if cursor is not None:
                held.meta.set("cursor", str(cursor))
                self._keep_time()
        if not records:
            return None
        new = frozenset(id_ for id_ in ids if id_ not in known)
        return Changes(cause=Cause.CENTRE, cases=frozenset(ids), added=new, outbox=heard)

    def _keep_seen(self, records: Sequence[CaseRecord]) -> None:
        newest = max(((e.seq, e.id) for record in records for e in record.events), default=None)
        kept = self._held.meta.get(SEEN)
        if newest is not None and newest[0] > int((kept or "0").partition(".")[0]):
            self._held.meta.set(SEEN, f"{newest[0]}.{newest[1]}")

    def _put_new(self, made: Sequence[Made], here: Set[str]) -> set[str]:
        new = [one for one in made if one.id not in here]
        self._held.cases.put_new(new)
        return {one.id for one in new}

    def _put(self, records: Sequence[CaseRecord], known: dict[str, Known]) -> None:
        """Cases without commands of ours: the row is the centre's word."""
        fresh = []
        for record in records:
            had = known.get(record.case.id)
            if had is not None and had.revision > record.case.revision:
                self._held.cases.add_events(record.case.id, record.events)
                continue
            local = Local(seen=had.seen if had else False)
            fresh.append(Stored(record.case, local, record.events, None))
        self._held.cases.put(fresh, known)

    # first fill

    def snapshot(
        self,
        records: Sequence[CaseRecord],
        next_token: str | None,
        cursor: int | None,
        total: int,
        made: Sequence[Made] = (),
    ) -> Changes:
        """One slice; a power cut may take the last ones back, they are then fetched again."""
        held = self._held
        with held.store.relaxed(), held.store.transaction():
            self.records(records, None, made)
            if cursor is not None and held.meta.get("fill.cursor") is None:
                held.meta.set("fill.cursor", str(cursor))
                held.meta.set(window.FILLED_FROM, str(window.fill_from(held)))
            done = int(held.meta.get("fill.done") or 0) + len(records)
            held.meta.set("fill.next", next_token)
            held.meta.set("fill.done", str(done))
            held.meta.set("fill.total", str(total))
        return Changes(cause=Cause.CENTRE, filled=True)

    def finish_snapshot(self) -> Changes:
        """From now on changes are pulled."""
        meta = self._held.meta
        with self._held.store.transaction():
            meta.set("cursor", meta.get("fill.cursor") or "0")
            window.left_out(self._held, int(meta.get(window.FILLED_FROM) or 0))
            for key in ("fill.cursor", "fill.next", "fill.done", "fill.total", AGAIN, window.FILLED_FROM):
                meta.set(key, None)
        return Changes(cause=Cause.CENTRE, filled=True)

    # reference data, counters, clock

    def reference_items(self, answer: ReferenceAnswer) -> list[ReferenceItem]:
        """Keep the new items; all there are now."""
        with self._held.store.transaction():
            self._held.reference_items.put(answer.items)
        return self._held.reference_items.all()

    def use_reference(self, reference: Reference) -> Changes:
        """It could be read: from now on it is the one."""
        with self._held.store.transaction():
            self._held.meta.set("reference", str(reference.version))
            self._held.meta.set("reference.practice", "1" if reference.practice else None)
        self._held.reference = reference
        self._held.cases.use(reference)
        return Changes(cause=Cause.CENTRE, reference=True)

    def raise_counters(self, station: str, counters: dict[str, int]) -> None:
        """Never lower than what the centre has seen."""
        with self._held.store.transaction():
            self._held.counters.raise_to(station, counters)

    def keep_clock(self) -> None:
        """The offset and the time outlive the program; what rests was measured by the clock as it was."""
        with self._held.store.transaction():
            self._keep_time()
            self._held.letters.rest_no_longer(self._held.now_ms() + self._held.undo_seconds * 1000)

    def _keep_time(self) -> None:
        self._held.meta.set("clock.offset_s", repr(self._held.clock.offset_s))
        self._held.meta.set("clock.last_ms", str(self._held.now_ms()))


def _newer(here: Case | None, said: Case | None) -> Case | None:
    if here is None or said is None:
        return said or here
    return said if said.revision >= here.revision else here


def _in_order(events: Sequence[Event]) -> list[Event]:
    return sorted(events, key=lambda event: event.seq)
