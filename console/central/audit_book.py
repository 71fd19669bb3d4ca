"""The audit as supervisors read it, and what desks tell of themselves beside commands."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Select, or_, select

from console.central.audit import Act, note
from console.central.audit_check import one_slice
from console.central.audit_table import audit
from console.central.clock import Clock
from console.central.database import reading
from console.central.mail import is_id
from console.central.problems import bad_request, not_allowed
from console.central.tables import cases, sign_ins, users
from console.domain.audit import FACT_MOST, KIND_MOST, READERS
from console.domain.number import CaseNumber, parse_number
from console.domain.table import OPERATORS
from console.protocol.audit import (
    ACTS_MOST,
    AuditAnswer,
    AuditCheck,
    AuditEntry,
    AuditQuestion,
    DeskAct,
    DeskActs,
)
from console.protocol.wire import Identity

MOST = 500  # entries of an answer
KINDS = re.compile(r"[a-z][a-z_]*")
"""Of desks' own acts: never with the colon of a command's."""
_fact = msgspec.json.Decoder(dict[str, int | str])


class AuditBook:
    """One table for all processes."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def find(self, who: Identity, asked: AuditQuestion) -> AuditAnswer:
        """The newest entries that fit. That somebody looked is an entry itself. Raises Refuse."""
        _reader(who)
        limit = min(max(asked.limit, 1), MOST)
        with reading(self._engine) as connection:
            query = _entries().where(*_conditions(connection, asked)).order_by(audit.c.n.desc())
            rows = connection.execute(query.limit(limit + 1)).all()
        if asked.before is None:
            self.note(who, "audit_read")
        return AuditAnswer(
            entries=tuple(
                AuditEntry(
                    n=row.n,
                    at=row.at,
                    kind=row.kind,
                    who=row.who,
                    who_name=row.name or "",
                    station=row.station,
                    case=row.case_id,
                    number=row.number or "",
                    fact=_fact.decode(row.fact),
                )
                for row in rows[:limit]
            ),
            more=len(rows) > limit,
        )

    def check(self, who: Identity, asked: AuditCheck) -> AuditCheck:
        """Some thousand entries behind the one that is known to be right. Raises Refuse."""
        _reader(who)
        try:
            before = bytes.fromhex(asked.hash)
        except ValueError:
            raise bad_request("hash") from None
        if len(before) not in (0, 32) or asked.n < 0:
            raise bad_request("hash")
        with reading(self._engine) as connection:
            return one_slice(connection, asked.n, before)

    def take(self, who: Identity, told: DeskActs) -> None:
        """What was done at this desk, each once for ever. Raises Refuse."""
        if who.role not in OPERATORS | READERS:
            raise not_allowed()
        if len(told.acts) > ACTS_MOST or not all(_fits(act) for act in told.acts):
            raise bad_request("acts")
        now = self._clock.now()
        with self._engine.begin() as connection:
            were_here = self._were_here(connection, who.station)
            ids = [act.id for act in told.acts]
            known = set(connection.scalars(select(audit.c.act_id).where(audit.c.act_id.in_(ids))))
            known_cases = _known_cases(connection, told.acts)
            new = {act.id: act for act in told.acts if act.id not in known}
            acts = [
                Act(
                    kind=act.kind,
                    who=act.by if act.by in were_here else who.user,  # who told it is known, at the least
                    station=who.station,
                    at=min(act.at, now),
                    case=act.case if act.case in known_cases else None,
                    id=act.id,
                    fact=act.fact,
                )
                for act in new.values()
            ]
            if acts:
                note(connection, *acts)

    def note(self, who: Identity, kind: str, case: str | None = None, **fact: int | str) -> None:
        """Something that was done through a call."""
        with self._engine.begin() as connection:
            note(connection, Act(kind, who.user, who.station, self._clock.now(), case, fact=fact))

    def _were_here(self, connection: Connection, station: str) -> set[str]:
        return set(connection.scalars(select(sign_ins.c.user_code).where(sign_ins.c.station == station)))


def _reader(who: Identity) -> None:
    if who.role not in READERS:
        raise not_allowed()


def _fits(act: DeskAct) -> bool:
    sound = is_id(act.id) and (act.case is None or is_id(act.case)) and act.at.tzinfo is not None
    named = len(act.kind) <= KIND_MOST and KINDS.fullmatch(act.kind) is not None
    return sound and named and len(msgspec.json.encode(act.fact)) <= FACT_MOST


def _known_cases(connection: Connection, acts: Iterable[DeskAct]) -> set[str]:
    ids = {act.case for act in acts if act.case is not None}
    return set(connection.scalars(select(cases.c.id).where(cases.c.id.in_(ids)))) if ids else set()


def _entries() -> Select[Any]:
    columns = (
        audit.c.n, audit.c.at, audit.c.kind, audit.c.who, audit.c.station, audit.c.case_id, audit.c.fact,
        users.c.name, cases.c.number,
    )  # fmt: skip
    whole = audit.outerjoin(users, users.c.code == audit.c.who)
    return select(*columns).select_from(whole.outerjoin(cases, cases.c.id == audit.c.case_id))


def _conditions(connection: Connection, asked: AuditQuestion) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.before is not None:
        found.append(audit.c.n < asked.before)
    if asked.kinds:
        found.append(or_(*(audit.c.kind.startswith(kind, autoescape=True) for kind in asked.kinds)))
    if asked.station:
        found.append(audit.c.station == asked.station)
    if asked.since is not None:
        found.append(audit.c.at >= asked.since)
    if asked.until is not None:
        found.append(audit.c.at < asked.until)
    if text := asked.text.strip():
        found.append(_named(connection, text))
    return found


def _named(connection: Connection, text: str) -> ColumnElement[bool]:
    """Of the case with this number, or of people whose code or name has it."""
    number = parse_number(text)
    if isinstance(number, CaseNumber):
        case = select(cases.c.id).where(cases.c.number == str(number))
        return audit.c.case_id.in_(list(connection.scalars(case)))
    like = or_(users.c.code == text, users.c.name.icontains(text, autoescape=True))
    return audit.c.who.in_(list(connection.scalars(select(users.c.code).where(like))))
