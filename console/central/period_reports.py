"""Reports of periods: counted out of the cases, and kept as they were where somebody or the calendar says so.

What is kept is data with a digest of it, and never written again: later changes of its cases do not reach it.
"""

import hashlib
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import Connection, Engine, bindparam, insert, select, text

from console.central.audit import Act, note
from console.central.clock import Clock
from console.central.database import reading
from console.central.post import shelf
from console.central.problems import Refuse, bad_request, not_allowed
from console.central.references import References
from console.central.report_mail import letters_about
from console.central.tables import period_reports
from console.domain.case import Role
from console.domain.figures.counting import Counting, districts_of
from console.domain.figures.fact import facts_of
from console.domain.figures.figures import Figures, encoded
from console.domain.figures.period import Period, PeriodKind, beside, fault_of, period_of
from console.domain.identity import new_id
from console.domain.zone import ZONE, local_day
from console.protocol.reports import (
    NOT_YOURS,
    RUNS,
    KeptKind,
    KeptReport,
    LockRequest,
    ReportAnswer,
    ReportsAnswer,
)
from console.protocol.wire import Identity

log = logging.getLogger(__name__)

MADE_FROM_HOUR = 6
"""The calendar's reports are made in the morning behind their period: the night's outboxes have come in."""
LISTED = 400
LOCKED, DIGITS = "report_locked", 16  # in the audit
SLICE = 500
_CALENDAR = {KeptKind.WEEK: PeriodKind.WEEK, KeptKind.MONTH: PeriodKind.MONTH}
_BODIES = text(
    "SELECT body FROM cases WHERE entered_at >= :start AND entered_at < :end UNION ALL "
    "SELECT body FROM cases WHERE entered_at < :start AND "
    "((body::jsonb) ->> 'resolved_at') COLLATE \"C\" >= :start_text AND "
    "((body::jsonb) ->> 'resolved_at') COLLATE \"C\" < :end_text"
).bindparams(bindparam("start"), bindparam("end"), bindparam("start_text"), bindparam("end_text"))


class ReportShelf:
    """One table for all processes. Agencies see none of it."""

    def __init__(self, engine: Engine, references: References, clock: Clock) -> None:
        self._engine, self._references, self._clock = engine, references, clock

    def report(self, who: Identity, period: Period) -> ReportAnswer:
        """As it was locked; else counted now. Raises Refuse."""
        _staff(who)
        _check(period, self._clock.now())
        with reading(self._engine) as connection:
            locked = _kept(connection, KeptKind.LOCKED, period)
            return locked or ReportAnswer(figures=self._count(connection, period))

    def kept(self, who: Identity) -> ReportsAnswer:
        """What is kept, newest first. Raises Refuse."""
        _staff(who)
        newest = select(period_reports).order_by(period_reports.c.made_at.desc(), period_reports.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(newest.limit(LISTED)).all()
        return ReportsAnswer(reports=tuple(map(_head, rows)))

    def one(self, who: Identity, report_id: str) -> ReportAnswer:
        """One that is kept. Raises Refuse."""
        _staff(who)
        with self._engine.connect() as connection:
            row = connection.execute(select(period_reports).where(period_reports.c.id == report_id)).first()
        if row is None:
            raise Refuse(404, "no_such_report", "There is no such report")
        return _answer(row)

    def lock(self, who: Identity, asked: LockRequest) -> ReportAnswer:
        """Count it once more and let it stand; of one that is locked already, what stands. Raises Refuse."""
        if who.role is not Role.SUPERVISOR:
            raise Refuse(409, NOT_YOURS, "A supervisor locks figures")
        period = Period(first=asked.first, last=asked.last)
        now = self._clock.now()
        _check(period, now)
        if not period.over(now):
            raise Refuse(409, RUNS, "The period is not over")
        answer = self._keep(KeptKind.LOCKED, period, who.name)
        if answer.kept is not None and answer.kept.made_at >= now:  # not one that stood already
            fact = {"period": f"{period.first} – {period.last}", "digest": answer.kept.digest[:DIGITS]}
            with self._engine.begin() as connection:
                note(connection, Act(LOCKED, who.user, who.station, answer.kept.made_at, fact=fact))
        return answer

    def make_due(self) -> list[KeptReport]:
        """The calendar's reports of the last week and month, where they are due and not made yet."""
        now = self._clock.now()
        made: list[KeptReport] = []
        for kind, length in _CALENDAR.items():
            period = beside(length, period_of(length, local_day(now)), -1)
            due = now.astimezone(ZONE) >= (period.end + timedelta(hours=MADE_FROM_HOUR)).astimezone(ZONE)
            if due and not self._is_made(kind, period):
                kept = self._keep(kind, period, "").kept
                assert kept is not None
                made.append(kept)
        return made

    def _is_made(self, kind: KeptKind, period: Period) -> bool:
        with self._engine.connect() as connection:
            return _kept(connection, kind, period) is not None

    def _keep(self, kind: KeptKind, period: Period, by_name: str) -> ReportAnswer:
        with self._engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            # Of two who want it at once, the second waits, and then finds the first one's.
            connection.execute(text("LOCK TABLE period_reports IN SHARE ROW EXCLUSIVE MODE"))
            standing = _kept(connection, kind, period)
            if standing is not None:
                return standing
            figures = self._count(connection, period)
            body = encoded(figures)
            kept = KeptReport(
                id=new_id(),
                kind=kind,
                first=period.first,
                last=period.last,
                made_at=figures.as_of,
                by_name=by_name,
                digest=hashlib.sha256(body).hexdigest(),
            )
            connection.execute(
                insert(period_reports).values(
                    id=kept.id, kind=kind.value, first_day=kept.first, last_day=kept.last,
                    made_at=kept.made_at, by_name=by_name, digest=kept.digest, body=body.decode(),
                )
            )  # fmt: skip
            if kind in _CALENDAR:
                shelf.put(
                    connection,
                    letters_about(kept, figures, self._references.current(connection)),
                    kept.made_at,
                )
            connection.commit()
        log.info("report of %s to %s kept (%s)", kept.first, kept.last, kind.value)
        return ReportAnswer(figures=figures, kept=kept)

    def _count(self, connection: Connection, period: Period) -> Figures:
        reference = self._references.current(connection)
        counting = Counting(period, reference.built(districts_of), self._clock.now())
        for bodies in _bodies(connection, period):
            counting.take(facts_of(bodies))
        return counting.figures()


def _bodies(connection: Connection, period: Period) -> Iterator[list[str]]:
    """Slice by slice: other calls of this process pass between two of them."""
    values = {
        "start": period.start,
        "end": period.end,
        "start_text": _text(period.start),
        "end_text": _text(period.end),
    }
    found = connection.execute(_BODIES, values, execution_options={"stream_results": True})
    for part in found.scalars().partitions(SLICE):
        yield list(part)


def _text(moment: datetime) -> str:
    """As JSON has it, without its end: before the same second with parts of one."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


def _kept(connection: Connection, kind: KeptKind, period: Period) -> ReportAnswer | None:
    table = period_reports.c
    row = connection.execute(
        select(period_reports).where(
            table.kind == kind.value, table.first_day == period.first, table.last_day == period.last
        )
    ).first()
    return None if row is None else _answer(row)


def _answer(row: object) -> ReportAnswer:
    body: str = row.body  # type: ignore[attr-defined]
    return ReportAnswer(figures=msgspec.json.decode(body, type=Figures), kept=_head(row))


def _head(row: object) -> KeptReport:
    names = {"first": "first_day", "last": "last_day"}
    fields = {name: getattr(row, names.get(name, name)) for name in KeptReport.__struct_fields__}
    return msgspec.convert(fields, KeptReport)


def _staff(who: Identity) -> None:
    if who.role is Role.AGENCY:
        raise not_allowed()


def _check(period: Period, now: datetime) -> None:
    fault = fault_of(period, now)
    if fault is not None:
        raise bad_request(fault.value)
