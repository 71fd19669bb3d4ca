"""Where messages lie: queued with the act that asks for them, taken by one sender at a time, recorded.

At least once: a sender that dies between sending and recording leaves a lease that runs out, and the message
goes again under the same name, by which whoever gets it knows it. Never twice knowingly: a message that is
taken is skipped by all others.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, String, and_, case, cast, func, literal, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from console.central.clock import Clock
from console.central.post.writing import CITIZEN, Letter, row_of
from console.central.post_tables import messages
from console.central.problems import Refuse, not_allowed
from console.domain.case import Role
from console.domain.identity import new_id
from console.domain.table import OPERATORS, SUPERVISORS
from console.protocol.post import PostAnswer, PostLetter, PostRow
from console.protocol.wire import Identity

LIVES = timedelta(hours=24)
"""What has not left by then is stale, and would only confuse."""
LEASE_S = 150.0
"""Longer than any door takes."""
MOST_ATTEMPTS = 8
PAGE = 100
NO_ADDRESS = "no_address"
ENDED = ("sent", "caught", "failed")


class Taken(NamedTuple):
    """A message in a sender's hands. `attempts`: with this one."""

    id: str
    number: str
    kind: str
    channel: str
    address: str
    subject: str
    body: str
    attempts: int
    expired: bool


def put(connection: Connection, letters: Iterable[Letter], now: datetime) -> int:
    """Queue them in the transaction of what asks for them; those queued before are left. How many are new.
    One without an address fails at once, in sight of everybody."""
    rows = [
        row_of(
            letter,
            id=new_id(),
            state="waiting" if letter.address else "failed",
            reason="" if letter.address else NO_ADDRESS,
            attempts=0,
            queued_at=now,
            ended_at=None if letter.address else now,
            expires_at=text(f"now() + interval '{int(LIVES.total_seconds())} seconds'"),
        )
        for letter in letters
    ]
    added = 0
    for row in rows:
        statement = insert(messages).values(**row).on_conflict_do_nothing(index_elements=["key"])
        added += connection.execute(statement).rowcount
    return added


def take(connection: Connection, channel: str) -> Taken | None:
    """The next one whose time has come, and for a while nobody else's; also one whose sender died."""
    ready = or_(
        and_(messages.c.state == "waiting", messages.c.due_at <= func.now()),
        and_(messages.c.state == "sending", messages.c.lease_until < func.now()),
    )
    first = (
        select(messages.c.id)
        .where(messages.c.channel == channel, ready)
        .order_by(messages.c.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    lease = func.now() + timedelta(seconds=LEASE_S)
    found = connection.execute(
        update(messages)
        .where(messages.c.id == first)
        .values(state="sending", lease_until=lease, attempts=messages.c.attempts + 1)
        .returning(
            messages.c.id,
            messages.c.number,
            messages.c.kind,
            messages.c.channel,
            messages.c.address,
            messages.c.subject,
            messages.c.body,
            messages.c.attempts,
            messages.c.expires_at < func.now(),
        )
    ).one_or_none()
    return Taken(*found) if found is not None else None


def end(connection: Connection, taken: Taken, state: str, reason: str, now: datetime) -> None:
    """It left, or never will. A citizen's address is needed no more."""
    connection.execute(
        update(messages)
        .where(
            messages.c.id == taken.id, messages.c.state == "sending", messages.c.attempts == taken.attempts
        )
        .values(
            state=state,
            reason=reason,
            ended_at=now,
            lease_until=None,
            address=case((messages.c.whom == CITIZEN, _kept(state)), else_=messages.c.address),
        )
    )


def _kept(state: str) -> Any:
    """One that failed may be sent again by hand."""
    return messages.c.address if state == "failed" else literal("", String)


def again(connection: Connection, taken: Taken, after_s: float, reason: str) -> None:
    """Later, unless somebody else has it by now."""
    connection.execute(
        update(messages)
        .where(
            messages.c.id == taken.id, messages.c.state == "sending", messages.c.attempts == taken.attempts
        )
        .values(
            state="waiting",
            reason=reason,
            lease_until=None,
            due_at=func.now() + timedelta(seconds=after_s),
        )
    )


class PostShelf:
    """What screens ask of it."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def rows(self, who: Identity, case_id: str | None, state: str | None, before: str | None) -> PostAnswer:
        """The newest first, without their words: of one case for all staff, of all cases for those who
        chase. `before`: the id of the last one known. Raises Refuse."""
        if who.role not in OPERATORS or (case_id is None and who.role is Role.OPERATOR):
            raise not_allowed()
        asked = select(*_ROW).order_by(messages.c.queued_at.desc(), messages.c.id.desc()).limit(PAGE + 1)
        if case_id is not None:
            asked = asked.where(cast(messages.c.case_id, String) == case_id)
        if state == "failed":
            asked = asked.where(messages.c.state == "failed")
        if before is not None:
            at = select(messages.c.queued_at).where(cast(messages.c.id, String) == before).scalar_subquery()
            older = or_(
                messages.c.queued_at < at,
                and_(messages.c.queued_at == at, cast(messages.c.id, String) < before),
            )
            asked = asked.where(older)
        with self._engine.connect() as connection:
            found = [_row(row) for row in connection.execute(asked)]
        return PostAnswer(rows=tuple(found[:PAGE]), more=len(found) > PAGE)

    def letter(self, who: Identity, message: str) -> PostLetter:
        """One with its words. Raises Refuse."""
        if who.role not in OPERATORS or who.role is Role.OPERATOR:
            raise not_allowed()
        with self._engine.connect() as connection:
            return _letter(connection, message)

    def send_again(self, who: Identity, message: str) -> PostLetter:
        """A failed one, by a supervisor: as if it were new. Raises Refuse."""
        if who.role not in SUPERVISORS:
            raise not_allowed()
        with self._engine.begin() as connection:
            found = _letter(connection, message)
            if found.row.state != "failed" or found.row.reason == NO_ADDRESS:
                raise Refuse(409, "not_failed", "Only a failed message with an address is sent again")
            connection.execute(
                update(messages)
                .where(messages.c.id == found.row.id, messages.c.state == "failed")
                .values(
                    state="waiting",
                    attempts=0,
                    ended_at=None,
                    due_at=func.now(),
                    expires_at=func.now() + LIVES,
                )
            )
            return _letter(connection, message)


_ROW = (
    messages.c.id,
    messages.c.case_id,
    messages.c.event_id,
    messages.c.number,
    messages.c.kind,
    messages.c.whom,
    messages.c.name,
    messages.c.channel,
    messages.c.address,
    messages.c.subject,
    messages.c.state,
    messages.c.reason,
    messages.c.attempts,
    messages.c.queued_at,
    messages.c.ended_at,
)


def _row(row: Any) -> PostRow:
    """A citizen's address stays here."""
    shown = "" if row.whom == CITIZEN else row.address
    return PostRow(
        id=row.id,
        case=row.case_id,
        event=row.event_id,
        number=row.number,
        kind=row.kind,
        whom=row.whom,
        name=row.name,
        channel=row.channel,
        address=shown,
        subject=row.subject,
        state=row.state,
        reason=row.reason,
        attempts=row.attempts,
        queued_at=row.queued_at,
        ended_at=row.ended_at,
    )


def _letter(connection: Connection, message: str) -> PostLetter:
    asked = select(*_ROW, messages.c.body).where(cast(messages.c.id, String) == message)
    row = connection.execute(asked).one_or_none()
    if row is None:
        raise Refuse(404, "no_such_message", "There is no such message")
    return PostLetter(row=_row(row), body=row.body)
