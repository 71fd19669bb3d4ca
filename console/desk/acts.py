"""Acts: checked by the rules, put into the outbox, folded into the case, all in one commit."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from console.desk import audit_acts
from console.desk.changes import Cause, Changes
from console.desk.errors import NotHere, RefusedHere
from console.desk.holdings import Holdings
from console.desk.rows import Done
from console.desk.standing import is_blocked
from console.domain.case import Case, Event, Reporter
from console.domain.category import Urgency
from console.domain.command import AnyBody, Command, ShowContact
from console.domain.fold import Accepted, fold
from console.domain.identity import new_id
from console.models.case_rows import Local
from console.models.cases import Stored
from console.models.letters import HELD, HELD_BACK, ON_THEIR_WAY, WAITING
from console.models.times import to_ms

# They tell agencies or citizens something: they rest on disk for the time of an undo.
HOLDABLE = frozenset(
    {
        "assign", "return", "ask_extension", "grant_extension", "refuse_extension", "resolve", "rework",
        "close", "reject", "merge", "unmerge", "refer", "reopen", "add_call", "release_contact", "withdraw",
        "approve", "decline", "tell_citizen", "remind",
    }
)  # fmt: skip


# Given together with one of them they are one act with it: they rest, and are undone, as it is.
TOGETHER = frozenset({"edit_report", "set_urgency"})


class Folded(msgspec.Struct, frozen=True, kw_only=True):
    """Commands that fit, and the case after them."""

    case: Case
    commands: tuple[Command, ...]
    events: tuple[Event, ...]


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What was given fits. `holds`: until when each command may be undone; None: it goes at once."""

    folded: Folded
    holds: tuple[datetime | None, ...]

    @property
    def done(self) -> Done:
        """The answer to whoever gave it."""
        held_times = [hold for hold in self.holds if hold]
        return Done(
            case=self.folded.case.id,
            number=self.folded.case.number,
            commands=tuple(command.id for command in self.folded.commands),
            undo_until=max(held_times) if held_times else None,
        )


def command_of(held: Holdings, case_id: str, body: AnyBody) -> Command:
    """A new command of whoever is signed in, now."""
    return Command(id=new_id(), case=case_id, at=held.clock.now(), by=held.actor, body=body)


def fold_all(held: Holdings, case_id: str, case: Case | None, bodies: Sequence[AnyBody]) -> Folded:
    """Fold them one after another. Raises RefusedHere at the first that does not fit, NotHere for none."""
    commands, events = list[Command](), list[Event]()
    for body in bodies:
        command = command_of(held, case_id, body)
        outcome = fold(case, command, held.reference, held.lookup)
        if not isinstance(outcome, Accepted):
            raise RefusedHere(outcome.refusal)
        case = outcome.case
        commands.append(command)
        events += outcome.events
    if case is None:
        raise NotHere(case_id)
    return Folded(case=case, commands=tuple(commands), events=tuple(events))


def hold_until(held: Holdings, case: Case, command: Command) -> datetime | None:
    """Until when it may be undone; None: it goes at once."""
    if command.kind not in HOLDABLE or held.undo_seconds <= 0 or case.urgency is Urgency.CRITICAL:
        return None
    return command.at + timedelta(seconds=held.undo_seconds)


def judge(
    held: Holdings, case_id: str, before: Case | None, bodies: Sequence[AnyBody], blocked: bool = False
) -> Judged:
    """Fold them onto `before` (None: a new case) and say when they may go. Writes nothing.

    Raises RefusedHere, NotHere.
    """
    folded = fold_all(held, case_id, before, bodies)
    holds = tuple(None if blocked else hold_until(held, folded.case, c) for c in folded.commands)
    last = holds[-1] if holds else None
    if before is not None and last is not None:
        holds = tuple(
            last if command.kind in TOGETHER else hold
            for command, hold in zip(folded.commands, holds, strict=True)
        )
    return Judged(folded=folded, holds=holds)


def store_act(held: Holdings, case_id: str, bodies: Sequence[AnyBody]) -> tuple[Done, Folded]:
    """Check, append, fold, write, of a case that is here. Inside a transaction."""
    before = held.cases.get(case_id)
    if before is None:
        raise NotHere(case_id)
    letters = held.letters.of_case(case_id)
    blocked = is_blocked(letters)
    judged = judge(held, case_id, before, bodies, blocked)
    if before.revision and not any(x.state in ON_THEIR_WAY for x in letters):
        held.confirmed.keep(before)
    folded = judged.folded
    for command, hold in zip(folded.commands, judged.holds, strict=True):
        state = HELD_BACK if blocked else HELD if hold else WAITING
        hold_ms = to_ms(hold) if hold else None
        held.letters.append(command, folded.case.number, folded.case.title, state, hold_ms=hold_ms)
    write_case(held, folded, blocked)
    return judged.done, folded


def write_case(held: Holdings, folded: Folded, blocked: bool) -> None:
    """The case as it stands after them, with their events. Inside a transaction."""
    known = held.cases.known([folded.case.id])
    had = known.get(folded.case.id)
    attention = blocked or bool(had and had.attention)
    local = Local(seen=had.seen if had else True, waiting=True, attention=attention)
    held.cases.put([Stored(folded.case, local, more_pending=folded.events)], known)


def act(held: Holdings, case_id: str, bodies: Sequence[AnyBody]) -> Done:
    """One or more commands on a case that is here. Raises RefusedHere, NotHere, StoreFull."""
    with held.store.transaction():
        done, _ = store_act(held, case_id, bodies)
    held.tell(Changes(cause=Cause.HERE, cases=frozenset({case_id}), outbox=True))
    return done


def reveal(held: Holdings, case_id: str, reason: str) -> Reporter:
    """Store that the contact was shown, then give it."""
    act(held, case_id, [ShowContact(reason=reason)])
    case = held.cases.get(case_id)
    if case is None or case.reporter is None:
        raise NotHere(case_id)
    return case.reporter


def mark_read(held: Holdings, case_id: str) -> None:
    """It was opened here: no longer bold. The audit hears of it, first of all."""
    audit_acts.opened(held, case_id)
    if held.cases.mark_seen(case_id):
        held.tell(Changes(cause=Cause.HERE, cases=frozenset({case_id})))
