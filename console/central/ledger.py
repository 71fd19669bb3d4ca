"""Accepting and refusing commands: each exactly once, in one order, with one verdict for ever.

Every accepting transaction first takes the single row of `ledger` and holds it until it commits. So numbers
become visible in the order they were given out, and a cursor never skips one that commits late.
"""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from console.central import shelf
from console.central.authors import Authors
from console.central.bugs import log_bug
from console.central.clock import Clock
from console.central.hub import tell
from console.central.mail import Mail, by_chunks, is_id
from console.central.references import References
from console.central.sight import shown_verdict
from console.central.tables import commands, ledger
from console.domain.case import Case
from console.domain.command import Command, LogReport
from console.domain.fold import Accepted, Refused, fold
from console.domain.refusal import Code, Refusal
from console.protocol.wire import Identity, StreamChanged, Verdict

replace = msgspec.structs.replace

CHUNK = 25
"""Commands per transaction: long enough to be quick, short enough to let the others in."""


class Ledger:
    """One per process; any number of processes on one database."""

    def __init__(self, engine: Engine, references: References, clock: Clock) -> None:
        self._engine, self._references, self._clock = engine, references, clock

    def take(self, mail: list[Mail], sender: Identity) -> Iterator[msgspec.Raw]:
        """The verdicts, in their order, as the sender may read them. None on a command that comes after a
        refused one of its case: it was meant for what the refused one would have made. Raises
        OperationalError."""
        stopped: set[str] = set()  # cases
        for chunk in by_chunks(mail, CHUNK):
            with self._engine.begin() as connection:
                sitting = Sitting(connection, self._references, self._clock, sender)
                verdicts = [sitting.verdict(one, stopped) for one in chunk]
                sitting.close()
            yield from (shown_verdict(sender, body) for body in verdicts if body is not None)


def hold(connection: Connection) -> int:
    """Take the ledger until the end of this transaction; the last number given out."""
    return int(connection.execute(select(ledger.c.seq).with_for_update()).scalar_one())


def advance(connection: Connection, seq: int) -> None:
    """Numbers up to `seq` are given out; the streams hear of it at commit. Call it holding the ledger."""
    connection.execute(update(ledger).values(seq=seq))
    tell(connection, "changed", StreamChanged(cursor=seq))


class Sitting:
    """One transaction that holds the ledger and decides on some commands."""

    def __init__(
        self, connection: Connection, references: References, clock: Clock, sender: Identity
    ) -> None:
        self._connection, self._sender = connection, sender
        self._seq = self._began = hold(connection)
        self._now = clock.now()
        self._reference = references.current(connection)
        self._authors = Authors(connection, sender)

    def close(self) -> None:
        """Write down how far the numbers went."""
        if self._seq != self._began:
            advance(self._connection, self._seq)

    def verdict(self, mail: Mail, stopped: set[str]) -> str | None:
        """The stored verdict, or a new one; encoded. None: its case is among the stopped ones, to which a
        refused command adds its own."""
        body, accepted = self._known_or_new(mail, mail.case in stopped)
        if mail.case is not None and body is not None and not accepted:
            stopped.add(mail.case)
        return body

    def _known_or_new(self, mail: Mail, held_back: bool) -> tuple[str | None, bool]:
        """The encoded verdict, and whether it accepts. One that is known is answered whatever came before."""
        if mail.id is None:
            return _encode(_refused("", Refusal(code=Code.UNREADABLE))), False
        columns = (commands.c.verdict, commands.c.accepted)
        known = self._connection.execute(select(*columns).where(commands.c.id == mail.id)).one_or_none()
        if known is not None:
            return known.verdict, known.accepted
        if held_back:
            return None, False
        verdict = self._set_down(mail)
        return _encode(verdict), verdict.accepted

    def _set_down(self, mail: Mail) -> Verdict:
        """Decide in a savepoint. A bug spoils this command alone; a database in trouble stops them all."""
        before = self._seq
        try:
            with self._connection.begin_nested():
                return self._keep(mail, self._decide(mail))
        except (OperationalError, InterfaceError):
            raise
        except Exception as bug:
            if isinstance(bug, DBAPIError) and bug.connection_invalidated:
                raise
            log_bug(f"command {mail.id} ({mail.kind})", bug)
            self._seq = before
            return self._keep(mail, _refused(str(mail.id), Refusal(code=Code.FAILED)))

    def _decide(self, mail: Mail) -> Verdict:
        command = mail.command
        if command is None:
            return _refused(str(mail.id), Refusal(code=Code.UNREADABLE), self._case(mail.case))
        case = self._case(command.case)
        refusal = self._authors.refusal(command) or self._number_taken(command)
        if refusal is not None:
            return _refused(command.id, refusal, case)
        command = replace(command, by=self._authors.actor(command), at=min(command.at, self._now))
        outcome = fold(case, command, self._reference, self._case)
        if isinstance(outcome, Refused):
            return _refused(command.id, outcome.refusal, case)
        return self._accept(command, case, outcome)

    def _accept(self, command: Command, before: Case | None, outcome: Accepted) -> Verdict:
        """Give it the next number; an act that changed nothing gets none."""
        case, events = outcome.case, outcome.events
        if events or before is None:
            self._seq += 1
            case = replace(case, revision=self._seq)
            events = tuple(replace(event, seq=self._seq) for event in events)
            shelf.put(self._connection, case, events, new=before is None)
        return Verdict(id=command.id, accepted=True, partial=outcome.partial, events=events, case=case)

    def _number_taken(self, command: Command) -> Refusal | None:
        """Two stations cannot have the same number, nor one station twice."""
        body = command.body
        if not isinstance(body, LogReport):
            return None
        holder = shelf.holder_of(self._connection, body.number)
        return Refusal(code=Code.BAD_NUMBER, field="number") if holder not in (None, command.case) else None

    def _case(self, case_id: str | None) -> Case | None:
        return shelf.get(self._connection, case_id) if case_id is not None and is_id(case_id) else None

    def _keep(self, mail: Mail, verdict: Verdict) -> Verdict:
        author = self._authors.known(mail.command)
        self._connection.execute(
            insert(commands).values(
                id=mail.id,
                case_id=mail.case,
                seq=self._seq if verdict.accepted and verdict.events else None,
                accepted=verdict.accepted,
                kind=mail.kind,
                author=author,
                station=self._sender.station,
                sent_by=self._sender.user,
                received_at=self._now,
                body=mail.raw,
                verdict=_encode(verdict),
            )
        )
        return verdict


def _refused(command_id: str, refusal: Refusal, case: Case | None = None) -> Verdict:
    return Verdict(id=command_id, accepted=False, refusal=refusal, case=case)


def _encode(verdict: Verdict) -> str:
    return msgspec.json.encode(verdict).decode()
