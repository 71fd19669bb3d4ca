"""Whose turn a periodic work is: one process does it, and another goes on where that one died."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from console.central.post_tables import turns

LASTS_S = 60


class Turn(NamedTuple):
    """`since`: since when the work is done at all, by the centre's time; `done_day`: the last day done."""

    since: datetime
    done_day: date | None


def take_turn(connection: Connection, work: str, holder: str, now: datetime) -> Turn | None:
    """Have it for a minute from now on, or keep it; None: another process has it. `now` by the centre's time:
    the work's beginning where nobody has ever done it."""
    until = text(f"now() + interval '{LASTS_S} seconds'")
    first = insert(turns).values(work=work, holder=holder, until=until, since=now)
    connection.execute(first.on_conflict_do_nothing(index_elements=["work"]))
    mine = or_(turns.c.holder == holder, turns.c.until < func.now())
    row = connection.execute(
        update(turns)
        .where(turns.c.work == work, mine)
        .values(holder=holder, until=until)
        .returning(turns.c.since, turns.c.done_day)
    ).one_or_none()
    return Turn(*row) if row is not None else None


def day_done(connection: Connection, work: str, day: date) -> None:
    """That day need not be done again. Call it in the transaction that does it."""
    connection.execute(update(turns).where(turns.c.work == work).values(done_day=day))


def holds(connection: Connection, work: str, holder: str) -> bool:
    """Whether it is still this process's; its row stays locked until the end of the transaction."""
    held = select(turns.c.holder).where(turns.c.work == work).with_for_update()
    return connection.scalar(held) == holder


def give_back(connection: Connection, work: str, holder: str) -> None:
    """Another may go on at once."""
    connection.execute(
        update(turns).where(turns.c.work == work, turns.c.holder == holder).values(until=func.now())
    )
