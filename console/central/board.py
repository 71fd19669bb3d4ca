"""What the board of a supervisor is told of other desks, and how calls were scored.

A desk tells its own day again and again; the newest telling stands, who tells is taken from the sign-in. What
is older than a year and a half goes, the next time that somebody tells.
"""

from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import Connection, Engine, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from console.central.board_tables import desk_days, sample_scores
from console.central.clock import Clock
from console.central.problems import bad_request, not_allowed
from console.central.tables import cases
from console.domain.table import DISPATCHERS, OPERATORS, SUPERVISORS
from console.domain.zone import local_day
from console.protocol.board import NOTE_MOST, DeskDay, DeskDays, SampleScore, SampleScores
from console.protocol.wire import Identity

STATES = ("", "ready", "active", "wrapup", "break")
KEPT = timedelta(days=550)
ITEMS_MOST, CODE_MOST, POINTS_MOST = 20, 40, 200
replace = msgspec.structs.replace


class DeskBoard:
    """One table for all processes."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def tell(self, who: Identity, day: DeskDay) -> DeskDays:
        """The sender's day as it stands now; those who lead hear everybody's. Raises Refuse."""
        if who.role not in OPERATORS:
            raise not_allowed()
        now = self._clock.now()
        _check(day, now)
        made = replace(day, user=who.user, name=who.name, station=who.station, told_at=now)
        with self._engine.begin() as connection:
            _keep(connection, made, now)
            if who.role not in DISPATCHERS:
                return DeskDays()
            told = select(desk_days.c.body).where(desk_days.c.day == day.day)
            bodies = connection.scalars(told.order_by(desk_days.c.station, desk_days.c.user_code)).all()
        return DeskDays(days=tuple(msgspec.json.decode(body, type=DeskDay) for body in bodies))


def _check(day: DeskDay, now: datetime) -> None:
    """A desk whose clock is off, or that tells of yesterday late, is taken a day's difference."""
    if abs(day.day - local_day(now)) > timedelta(days=1):
        raise bad_request("day")
    if day.state not in STATES:
        raise bad_request("state")
    if day.since is not None and day.since.tzinfo is None:
        raise bad_request("since")


def _keep(connection: Connection, day: DeskDay, now: datetime) -> None:
    connection.execute(delete(desk_days).where(desk_days.c.day < _oldest(now)))
    fresh = {"told_at": now, "body": msgspec.json.encode(day).decode()}
    row = insert(desk_days).values(day=day.day, station=day.station, user_code=day.user, **fresh)
    connection.execute(row.on_conflict_do_update(index_elements=["day", "station", "user_code"], set_=fresh))


def _oldest(now: datetime) -> date:
    return local_day(now - KEPT)


class ScoreShelf:
    """One row for each scored call, numbered in the order of commits. The last scoring stands."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def after(self, who: Identity, version: int) -> SampleScores:
        """What was scored since. Raises Refuse for anybody but a supervisor."""
        _supervisor(who)
        newer = select(sample_scores.c.body).where(sample_scores.c.version > version)
        with self._engine.connect() as connection:
            bodies = connection.scalars(newer.order_by(sample_scores.c.version)).all()
        scores = tuple(msgspec.json.decode(body, type=SampleScore) for body in bodies)
        return SampleScores(version=scores[-1].version if scores else version, scores=scores)

    def put(self, who: Identity, sent: SampleScore) -> SampleScore:
        """The score as it stands now: as sent, or as somebody gave it later. Raises Refuse."""
        _supervisor(who)
        _check_score(sent)
        now = self._clock.now()
        wanted = replace(sent, scored_at=min(sent.scored_at, now), by=who.user, by_name=who.name, version=0)
        with self._engine.begin() as connection:
            if connection.scalar(select(cases.c.id).where(cases.c.id == wanted.case)) is None:
                raise bad_request("case")
            # Readers go on; writers one by one, so that versions become visible in their order.
            connection.execute(text("LOCK TABLE sample_scores IN SHARE ROW EXCLUSIVE MODE"))
            self._let_go(connection, now)
            return _settle(connection, wanted)

    def _let_go(self, connection: Connection, now: datetime) -> None:
        """But for the last one written: versions are counted on from it."""
        last = select(func.max(sample_scores.c.version)).scalar_subquery()
        old = sample_scores.c.scored_at < now - KEPT
        connection.execute(delete(sample_scores).where(old, sample_scores.c.version < last))


def _settle(connection: Connection, wanted: SampleScore) -> SampleScore:
    here = sample_scores.c.case_id == wanted.case
    body = connection.scalar(select(sample_scores.c.body).where(here))
    if body is not None:
        kept = msgspec.json.decode(body, type=SampleScore)
        if kept.scored_at >= wanted.scored_at:
            return kept
    last = connection.scalar(select(func.max(sample_scores.c.version))) or 0
    made = replace(wanted, version=last + 1)
    row = {"version": made.version, "scored_at": made.scored_at, "body": msgspec.json.encode(made).decode()}
    new = insert(sample_scores).values(case_id=made.case, **row)
    connection.execute(new.on_conflict_do_update(index_elements=["case_id"], set_=row))
    return made


def _supervisor(who: Identity) -> None:
    if who.role not in SUPERVISORS:
        raise not_allowed()


def _check_score(sent: SampleScore) -> None:
    """Points are not held against a form: a desk that was offline may have scored by an earlier one."""
    if sent.scored_at.tzinfo is None:
        raise bad_request("scored_at")
    if not 0 < len(sent.points) <= ITEMS_MOST or any(not 0 < len(code) <= CODE_MOST for code in sent.points):
        raise bad_request("points")
    if sent.most > POINTS_MOST or sent.total not in (0, sum(sent.points.values())) or sent.total > sent.most:
        raise bad_request("total")
    if not 0 < len(sent.form) <= CODE_MOST or len(sent.note) > NOTE_MOST:
        raise bad_request("note")
