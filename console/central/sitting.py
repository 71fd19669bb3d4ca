"""One transaction that holds the ledger and decides on some commands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from console.central import files, leavings, shelf
from console.central.audit import Act, Chain
from console.central.authors import Authors
from console.central.bugs import log_bug
from console.central.clock import Clock
from console.central.handed_drafts import taken_numbers
from console.central.hub import tell
from console.central.mail import Mail, is_id
from console.central.post import shelf as post
from console.central.post.asking import letters_for
from console.central.post.writing import Letter
from console.central.references import References
from console.central.tables import commands, ledger
from console.domain.audit import KIND_MOST, seal_of
from console.domain.case import Case, Event
from console.domain.command import Attach, Command, LogReport
from console.domain.fold import Accepted, Refused, fold, not_ahead
from console.domain.limits import FILES_SIZE_MAX
from console.domain.number import CaseNumber, parse_number
from console.domain.refusal import Code, Refusal
from console.protocol.wire import Identity, StreamChanged, Verdict

replace = msgspec.structs.replace

MOST_MORE = 16 * 1024
"""Bytes of fields that this program does not know, in one command."""


class Paper(NamedTuple):
    """A command on the table. `stopped`: the cases of its call of which a command was refused before."""

    mail: Mail
    sender: Identity
    stopped: set[str]


class _Given(NamedTuple):
    """A verdict that stands, and the command it was given on."""

    verdict: str
    accepted: bool
    raw: str


class _Books:
    """What is known of cases, numbers and earlier verdicts, with what this sitting adds: it decides in memory
    and writes down all at once."""

    def __init__(self, connection: Connection, papers: Sequence[Paper]) -> None:
        self._connection = connection
        ids = {paper.mail.id for paper in papers if paper.mail.id is not None}
        query = select(commands.c.id, commands.c.verdict, commands.c.accepted, commands.c.body)
        self.given = {
            row[0]: _Given(*row[1:]) for row in connection.execute(query.where(commands.c.id.in_(ids)))
        }
        fresh = [p.mail for p in papers if p.mail.id is not None and p.mail.id not in self.given]
        self._bodies = shelf.bodies(connection, {mail.case for mail in fresh if mail.case is not None})
        self._looked = {mail.case for mail in fresh}
        self.cases: dict[str, Case] = {}
        self.holders = shelf.holders(connection, (n for m in fresh if (n := _number(m)) is not None))
        self.sizes = files.sizes(connection, {m.command.case for m in fresh if _file(m) and m.command})
        self.handed = taken_numbers(connection, (body.handed for m in fresh if (body := _report(m))))

    def copy(self) -> "_Books":
        """As it stands, to go back to."""
        made = _Books.__new__(_Books)
        made._connection, made._bodies, made._looked = self._connection, self._bodies, self._looked
        made.given, made.cases, made.holders = dict(self.given), dict(self.cases), dict(self.holders)
        made.handed = self.handed
        made.sizes = {case_id: dict(of_case) for case_id, of_case in self.sizes.items()}
        return made

    def case(self, case_id: str | None) -> Case | None:
        """The case as it stands; None where there is none."""
        if case_id is None or not is_id(case_id):
            return None
        if case_id not in self.cases:
            if case_id not in self._looked:  # one that a merge names
                self._bodies |= shelf.bodies(self._connection, {case_id})
                self._looked.add(case_id)
            if case_id not in self._bodies:
                return None
            self.cases[case_id] = shelf.decoded(self._bodies[case_id])
        return self.cases[case_id]


class Sitting:
    """Make it on a connection whose transaction has just begun; call `verdicts` once, then commit."""

    def __init__(
        self, connection: Connection, references: References, clock: Clock, papers: Sequence[Paper]
    ) -> None:
        self._connection, self._papers = connection, papers
        self._seq = self._began = hold(connection)
        self._now = clock.now()
        self._reference = references.current(connection)
        self._chain = Chain(connection, self._now)
        authors = {p.mail.command.by.user for p in papers if p.mail.command is not None}
        self._authors = Authors(connection, authors)
        self._books = _Books(connection, papers)

    def verdicts(self) -> list[str | None]:
        """On each, in order: the stored one, or a new one; encoded. None: its case is stopped."""
        found = self._settle(self._papers)
        if self._seq != self._began:
            advance(self._connection, self._seq)
        return found

    def _settle(self, papers: Sequence[Paper]) -> list[str | None]:
        """Decide and write down in a savepoint. A bug spoils its command alone: where one of many fails, each
        half is tried by itself. A database in trouble stops them all."""
        books, seq, stopped = self._books.copy(), self._seq, [set(paper.stopped) for paper in papers]
        end = self._chain.end
        try:
            with self._connection.begin_nested():
                page = _Page()
                found = [self._verdict(paper, page) for paper in papers]
                page.write(self._connection, self._chain, self._now)
                return found
        except (OperationalError, InterfaceError):
            raise
        except Exception as bug:
            if isinstance(bug, DBAPIError) and bug.connection_invalidated:
                raise
            self._books, self._seq, self._chain.end = books, seq, end
            for paper, before in zip(papers, stopped, strict=True):
                paper.stopped.intersection_update(before)
            if len(papers) == 1:
                return [self._failed(papers[0], bug)]
        middle = len(papers) // 2
        return self._settle(papers[:middle]) + self._settle(papers[middle:])

    def _failed(self, paper: Paper, bug: Exception) -> str:
        log_bug(f"command {paper.mail.id} ({paper.mail.kind})", bug)
        page = _Page()
        verdict = _refused(str(paper.mail.id), Refusal(code=Code.FAILED))
        body = self._give(paper, verdict, page)
        page.write(self._connection, self._chain, self._now)
        return body

    def _verdict(self, paper: Paper, page: "_Page") -> str | None:
        mail = paper.mail
        if mail.id is None:
            return self._stop(paper, _refused("", Refusal(code=Code.UNREADABLE)))
        given = self._books.given.get(mail.id)
        if given is not None:
            if not mail.repeats(given.raw):
                return self._stop(paper, _refused(mail.id, Refusal(code=Code.ID_REUSED)))
            if not given.accepted and mail.case is not None:
                paper.stopped.add(mail.case)
            return given.verdict
        if mail.case in paper.stopped:
            return None
        return self._give(paper, self._decide(paper, page), page)

    def _stop(self, paper: Paper, verdict: Verdict) -> str:
        """Refuse without keeping it: the id is no id, or another command's."""
        if paper.mail.case is not None:
            paper.stopped.add(paper.mail.case)
        return _encode(verdict)

    def _decide(self, paper: Paper, page: "_Page") -> Verdict:
        mail, command = paper.mail, paper.mail.command
        if command is None:
            return _refused(str(mail.id), Refusal(code=mail.flaw), self._books.case(mail.case))
        case = self._books.case(command.case)
        refusal = self._authors.refusal(command, paper.sender) or self._unfit(mail, command)
        if refusal is not None:
            return _refused(command.id, refusal, case)
        by = self._authors.actor(command, paper.sender)
        command = not_ahead(replace(command, by=by), self._now)
        outcome = fold(case, command, self._reference, self._books.case)
        if isinstance(outcome, Refused):
            return _refused(command.id, outcome.refusal, case)
        return self._accept(command, case, outcome, mail.more, page)

    def _accept(
        self, command: Command, before: Case | None, outcome: Accepted, more: dict[str, Any], page: "_Page"
    ) -> Verdict:
        """Give it the next number; an act that changed nothing gets none."""
        case, events = outcome.case, outcome.events
        if events or before is None:
            self._seq += 1
            case = replace(case, revision=self._seq)
            events = tuple(_numbered(event, self._seq, more) for event in events)
            self._books.cases[case.id] = case
            page.keep(case, events, new=before is None)
            known = self._books.cases
            page.letters += letters_for(self._connection, known, case, events, self._reference)
            page.left += leavings.left(before, case, events, self._seq)
        if before is None:
            self._books.holders[case.number] = case.id
        if isinstance(command.body, Attach):
            self._books.sizes[case.id][command.body.sha256] = command.body.size
        return Verdict(id=command.id, accepted=True, partial=outcome.partial, events=events, case=case)

    def _unfit(self, mail: Mail, command: Command) -> Refusal | None:
        """Two stations cannot have the same number, nor one station twice; another's comes with its draft
        alone. What is not known has a limit, and so have a case's files."""
        if mail.more and len(msgspec.json.encode(mail.more)) > MOST_MORE:
            return Refusal(code=Code.TOO_LONG, field="more", limit=MOST_MORE)
        if (file := _file(mail)) is not None:
            others = (n for sha256, n in self._books.sizes[command.case].items() if sha256 != file.sha256)
            if sum(others) + file.size > FILES_SIZE_MAX >= file.size:
                return Refusal(code=Code.FILES_TOO_BIG, field="size", limit=FILES_SIZE_MAX // 2**20)
        if (report := _report(mail)) is not None and _elsewhere(report, command):
            came = (command.case, report.number, command.by.station)
            if self._books.handed.get(report.handed) != came:
                return Refusal(code=Code.BAD_NUMBER, field="number")
        holder = self._books.holders.get(_number(mail) or "")
        return Refusal(code=Code.BAD_NUMBER, field="number") if holder not in (None, command.case) else None

    def _give(self, paper: Paper, verdict: Verdict, page: "_Page") -> str:
        """Note it for ever."""
        mail, body = paper.mail, _encode(verdict)
        self._books.given[str(mail.id)] = _Given(body, verdict.accepted, mail.raw)
        if not verdict.accepted and mail.case is not None:
            paper.stopped.add(mail.case)
        page.commands.append(
            {
                "id": mail.id,
                "case_id": mail.case,
                "seq": self._seq if verdict.accepted and verdict.events else None,
                "accepted": verdict.accepted,
                "kind": mail.kind,
                "author": self._authors.known(mail.command),
                "station": paper.sender.station,
                "sent_by": paper.sender.user,
                "received_at": self._now,
                "body": mail.raw,
                "verdict": body,
            }
        )
        page.acts.append(self._act(paper, verdict, body))
        return body

    def _act(self, paper: Paper, verdict: Verdict, body: str) -> Act:
        """Its entry in the audit. The author's station stands in it, and who brought it where that was
        another."""
        mail, events = paper.mail, (msgspec.json.encode(event) for event in verdict.events)
        author, fact = self._authors.known(mail.command), dict[str, int | str]()
        if verdict.refusal is not None:
            fact["refused"] = verdict.refusal.code.value
        if author != paper.sender.user:
            fact["brought_by"] = paper.sender.user
        return Act(
            kind=f"command:{mail.kind}"[:KIND_MOST],
            who=author,
            station=mail.command.by.station if author and mail.command else paper.sender.station,
            at=self._now,
            case=mail.case,
            id=mail.id,
            fact=fact,
            seal=seal_of((mail.raw.encode(), body.encode(), *events)),
        )


class _Page:
    """What is to be written down together."""

    def __init__(self) -> None:
        self.commands: list[dict[str, Any]] = []
        self.acts: list[Act] = []
        self._new: dict[str, Case] = {}
        self._changed: dict[str, Case] = {}
        self._events: list[Event] = []
        self.left: list[dict[str, Any]] = []
        self.letters: list[Letter] = []

    def keep(self, case: Case, events: Sequence[Event], *, new: bool) -> None:
        """The case's last state wins."""
        (self._new if new or case.id in self._new else self._changed)[case.id] = case
        self._events += events

    def write(self, connection: Connection, chain: Chain, now: datetime) -> None:
        """In as few statements as there are tables."""
        shelf.put(connection, self._new.values(), self._changed.values(), self._events)
        files.name_files(connection, self._events)
        leavings.write(connection, self.left)
        post.put(connection, self.letters, now)
        if self.commands:
            connection.execute(insert(commands), self.commands)
        chain.write(self.acts)


def hold(connection: Connection) -> int:
    """Take the ledger until the end of this transaction; the last number given out."""
    return int(connection.execute(select(ledger.c.seq).with_for_update()).scalar_one())


def advance(connection: Connection, seq: int) -> None:
    """Numbers up to `seq` are given out; the streams hear of it at commit. Call it holding the ledger."""
    connection.execute(update(ledger).values(seq=seq))
    tell(connection, "changed", StreamChanged(cursor=seq))


def _number(mail: Mail) -> str | None:
    body = _report(mail)
    return body.number if body is not None else None


def _report(mail: Mail) -> LogReport | None:
    body = mail.command.body if mail.command is not None else None
    return body if isinstance(body, LogReport) else None


def _elsewhere(report: LogReport, command: Command) -> bool:
    """Whether it says that it came from another desk, and bears that one's number."""
    number = parse_number(report.number)
    return bool(report.handed) and isinstance(number, CaseNumber) and number.station != command.by.station


def _file(mail: Mail) -> Attach | None:
    body = mail.command.body if mail.command is not None else None
    return body if isinstance(body, Attach) else None


def _numbered(event: Event, seq: int, more: dict[str, Any]) -> Event:
    """With its number, and with what a newer console said beyond our words, for other newer ones."""
    return replace(event, seq=seq, data={**event.data, "more": more} if more else event.data)


def _refused(command_id: str, refusal: Refusal, case: Case | None = None) -> Verdict:
    return Verdict(id=command_id, accepted=False, refusal=refusal, case=case)


def _encode(verdict: Verdict) -> str:
    return msgspec.json.encode(verdict).decode()
