"""Drafts that one desk hands to another: one row each, numbered in the order of commits.

A row is offered, and then once and for ever taken by its receiver, taken back by its sender, or expired. What
was typed goes with the end of the offer; the rest stays, for by it the receiver may use the sender's number.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, func, insert, or_, select, text, update

from console.central.clock import Clock
from console.central.hub import tell
from console.central.mail import is_id
from console.central.problems import Refuse, bad_request, not_allowed
from console.central.shelf import count_numbers
from console.central.tables import access_tokens, handed_drafts, sessions, sign_ins, users
from console.domain.number import CaseNumber, parse_number
from console.domain.table import OPERATORS
from console.protocol.wire import HandedAnswer, HandedDraft, Identity, OtherDesk, StreamHanded

OFFERED, TAKEN, TAKEN_BACK, EXPIRED = "offered", "taken", "taken_back", "expired"
LASTS = timedelta(days=7)
DRAFT_MOST = 256 * 1024  # bytes of JSON
ROWS = handed_drafts.c
replace = msgspec.structs.replace


class HandShelf:
    """One table for all processes."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def after(self, who: Identity, version: int) -> HandedAnswer:
        """What of the caller's station changed since. What was typed goes to its receiver only. Raises Refuse
        for whoever takes no calls."""
        _staff(who)
        mine = or_(ROWS.sender == who.station, ROWS.receiver == who.station)
        newer = select(handed_drafts).where(mine, ROWS.version > version).order_by(ROWS.version)
        with self._engine.begin() as connection:
            if connection.scalar(select(ROWS.id).where(self._too_old()).limit(1)) is not None:
                _alone(connection)
                self._expire(connection)
            drafts = tuple(_wire(row, who.station) for row in connection.execute(newer).all())
            desks = tuple(_desks(connection, who.station))
        return HandedAnswer(version=drafts[-1].version if drafts else version, drafts=drafts, desks=desks)

    def put(self, who: Identity, sent: HandedDraft) -> HandedDraft:
        """Offer one, take it, or take it back: what stands now, whoever was first. Raises Refuse."""
        _staff(who)
        _check(who, sent)
        with self._engine.begin() as connection:
            _alone(connection)
            self._expire(connection)
            row = connection.execute(select(handed_drafts).where(ROWS.id == sent.id)).one_or_none()
            if row is None:
                self._begin(connection, who, sent)
            elif (row.sender, row.receiver) != (sent.sender, sent.receiver):
                raise _unknown()
            elif row.state == OFFERED and sent.state != OFFERED and _ends(who, sent):
                _end(connection, row, sent.state)
            stands = connection.execute(select(handed_drafts).where(ROWS.id == sent.id)).one()
            return _wire(stands, who.station)

    def _begin(self, connection: Connection, who: Identity, sent: HandedDraft) -> None:
        """A new row, by its sender. One taken back may come before its offer: then the offer finds it so.
        That one was taken, its sender says after a backup was restored that does not know it."""
        if sent.sender != who.station:
            raise _unknown()
        if sent.state != TAKEN_BACK:
            if sent.receiver not in {desk.station for desk in _desks(connection, who.station)}:
                raise Refuse(409, "no_such_desk", "No member of staff has signed in at that desk")
            if not _may_use(connection, sent):
                raise Refuse(409, "number_elsewhere", "The number is another desk's")
            count_numbers(connection, [sent.number])  # a desk that is set up anew does not give it out again
        row: dict[str, Any] = {
            "state": sent.state, "sender": sent.sender, "receiver": sent.receiver, "case_id": sent.case,
            "number": sent.number, "offered_at": self._clock.now(),
            "draft": msgspec.json.encode(sent.draft).decode() if sent.state == OFFERED else None,
        }  # fmt: skip
        connection.execute(insert(handed_drafts).values(id=sent.id, version=_next(connection), **row))
        _tell(connection, sent.sender, sent.receiver)

    def _too_old(self) -> Any:
        return (ROWS.state == OFFERED) & (ROWS.offered_at < self._clock.now() - LASTS)

    def _expire(self, connection: Connection) -> None:
        for row in connection.execute(select(handed_drafts).where(self._too_old())).all():
            _end(connection, row, EXPIRED)


def taken_numbers(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """By hand-over: the case, its number, and the station that took them."""
    wanted = {one for one in ids if is_id(one)}
    if not wanted:
        return {}
    query = select(ROWS.id, ROWS.case_id, ROWS.number, ROWS.receiver)
    found = connection.execute(query.where(ROWS.id.in_(wanted), ROWS.state == TAKEN))
    return {row.id: (row.case_id, row.number, row.receiver) for row in found}


def _alone(connection: Connection) -> None:
    """Readers go on; writers one by one, so that versions become visible in their order."""
    connection.execute(text("LOCK TABLE handed_drafts IN SHARE ROW EXCLUSIVE MODE"))


def _next(connection: Connection) -> int:
    return (connection.scalar(select(func.max(ROWS.version))) or 0) + 1


def _end(connection: Connection, row: Any, state: str) -> None:
    ended = {"state": state, "draft": None, "version": _next(connection)}
    connection.execute(update(handed_drafts).where(ROWS.id == row.id).values(**ended))
    _tell(connection, row.sender, row.receiver)


def _ends(who: Identity, sent: HandedDraft) -> bool:
    return who.station == (sent.receiver if sent.state == TAKEN else sent.sender)


def _tell(connection: Connection, sender: str, receiver: str) -> None:
    tell(connection, "handed", StreamHanded(stations=(sender, receiver)))


def _may_use(connection: Connection, sent: HandedDraft) -> bool:
    """Its own number, or one that was handed to it with this case."""
    number = parse_number(sent.number)
    assert isinstance(number, CaseNumber)
    if number.station == sent.sender:
        return True
    came = (ROWS.case_id == sent.case) & (ROWS.number == sent.number) & (ROWS.receiver == sent.sender)
    return connection.scalar(select(ROWS.id).where(came, ROWS.state == TAKEN).limit(1)) is not None


def _desks(connection: Connection, station: str) -> Iterable[OtherDesk]:
    """Where staff have signed in, but for the caller's; with whoever holds a token that still counts."""
    staff = users.c.role.in_([role.value for role in OPERATORS]) & users.c.active
    been = select(sign_ins.c.station).join(users, users.c.code == sign_ins.c.user_code)
    stations = connection.scalars(been.where(staff, sign_ins.c.station != station).distinct()).all()
    here = (
        select(sessions.c.station, users.c.name)
        .join(users, users.c.code == sessions.c.user_code)
        .join(access_tokens, access_tokens.c.session_id == sessions.c.id)
        .where(staff, sessions.c.revoked_at.is_(None), access_tokens.c.expires_at > func.now())
        .order_by(access_tokens.c.expires_at)
    )
    names = {row.station: row.name for row in connection.execute(here)}
    return [OtherDesk(station=code, name=names.get(code, "")) for code in sorted(stations)]


def _wire(row: Any, reader: str) -> HandedDraft:
    shown = row.draft is not None and row.receiver == reader
    return HandedDraft(
        id=row.id, state=row.state, sender=row.sender, receiver=row.receiver, case=row.case_id,
        number=row.number, draft=msgspec.json.decode(row.draft) if shown else None, version=row.version,
    )  # fmt: skip


def _staff(who: Identity) -> None:
    if who.role not in OPERATORS:
        raise not_allowed()


def _check(who: Identity, sent: HandedDraft) -> None:
    may = {OFFERED: {sent.sender}, TAKEN_BACK: {sent.sender}, TAKEN: {sent.sender, sent.receiver}}
    if sent.state not in may or sent.sender == sent.receiver:
        raise bad_request("state")
    if who.station not in may[sent.state]:
        raise _unknown()
    if not is_id(sent.case):
        raise bad_request("case")
    if not isinstance(parse_number(sent.number), CaseNumber):
        raise bad_request("number")
    if sent.state == OFFERED and not 0 < len(msgspec.json.encode(sent.draft or {})) - 2 <= DRAFT_MOST:
        raise bad_request("draft")


def _unknown() -> Refuse:
    return Refuse(404, "no_such_draft", "This desk has no such draft")
