"""What this desk did today, as counts of its calls; and what the centre last told of the others.

No number of a caller, no name but those of staff. What the centre told stands in memory alone.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from console.desk.board.board_rows import DeskDays, Heard
from console.desk.call_rows import LiveCall, phone_state
from console.desk.changes import Cause, Changes
from console.desk.holdings import Holdings
from console.domain.quality import ANSWERED, ANSWERED_S, target_of
from console.domain.table import OPERATORS
from console.domain.telephone import CallState, Ending, LineState
from console.domain.zone import ZONE, local_day
from console.models.times import to_ms
from console.protocol.board import DeskDay

_CALLS = (
    "SELECT user, incoming, rang_ms, answered_ms, ended_ms, how FROM call_log "
    "WHERE rang_ms >= ?1 AND station = ?2 AND {}"
)
_HERE, _LEFT = _CALLS.format("left_ms IS NULL"), _CALLS.format("left_ms >= ?1")
_MISSED_OPEN = "SELECT count(*) FROM callback WHERE done_ms IS NULL AND due_ms IS NULL AND rings > 0"
_CALLED_BACK = "SELECT count(*) FROM callback WHERE done_ms >= ? AND reached = 1 AND rings > 0"


class _Call(NamedTuple):
    user: str
    incoming: int
    rang_ms: int
    answered_ms: int | None
    ended_ms: int | None
    how: str | None


def desk_days(held: Holdings) -> DeskDays:
    """This desk's as it stands now, others' as they were told."""
    heard, today = held.desks_heard, local_day(held.clock.now())
    own = own_day(held)
    others = [day for day in heard.days if day.day == today and not _same(day, own)]
    mine = [own] if held.actor.role in OPERATORS else []
    days = sorted([*others, *mine], key=lambda day: (day.station, day.user))
    return DeskDays(days=tuple(days), as_of=heard.as_of)


def _same(one: DeskDay, other: DeskDay) -> bool:
    return (one.station, one.user) == (other.station, other.user)


def own_day(held: Holdings) -> DeskDay:
    """Of whoever is signed in, at this desk. On the worker."""
    now, me = held.clock.now(), held.actor
    day = local_day(now)
    midnight = to_ms(datetime(day.year, day.month, day.day, tzinfo=ZONE))
    rows = [*held.store.read(_HERE, (midnight, me.station)), *held.store.read(_LEFT, (midnight, me.station))]
    calls = [call for call in map(_Call._make, rows) if call.incoming]
    mine = [call for call in calls if call.answered_ms is not None and call.user == me.user]
    state, since = standing(held.calls.now, held.calls.line)
    return DeskDay(
        day=day,
        user=me.user,
        name=me.name,
        station=me.station,
        told_at=now,
        state=state,
        since=since,
        taken=len(mine),
        in_time=sum(_wait_ms(call) <= _answered_ms(held, day) for call in mine),
        ended=sum(call.ended_ms is not None for call in mine),
        talk_s=sum(_talk_ms(call) for call in mine) // 1000,
        missed=sum(call.how == Ending.MISSED.value for call in calls),
        missed_open=held.store.read(_MISSED_OPEN)[0][0],
        called_back=held.store.read(_CALLED_BACK, (midnight,))[0][0],
    )


def _answered_ms(held: Holdings, day: date) -> int:
    target = target_of(held.reference.targets, ANSWERED, day)
    return 1000 * ((target.seconds if target else None) or ANSWERED_S)


def _wait_ms(call: _Call) -> int:
    return (call.answered_ms or call.rang_ms) - call.rang_ms


def _talk_ms(call: _Call) -> int:
    if call.ended_ms is None or call.answered_ms is None:
        return 0
    return max(0, call.ended_ms - call.answered_ms)


def standing(calls: Sequence[LiveCall], line: LineState) -> tuple[str, datetime | None]:
    """How the desk stands on the telephone, and since when, where that is known."""
    state = phone_state(calls, line)
    began: list[datetime | None] = []
    if state == "active":
        began = [call.answered_at for call in calls if call.state in (CallState.TALKING, CallState.HELD)]
    elif state == "wrapup":
        began = [call.ended_at for call in calls if call.state is CallState.ENDED and not call.case]
    elif state == "break":
        began = [line.since]
    return state, min((at for at in began if at is not None), default=None)


# with the centre


def take_days(held: Holdings, days: Sequence[DeskDay], as_of: datetime) -> Changes:
    """What it told of everybody."""
    held.desks_heard = Heard(tuple(days), as_of)
    return Changes(cause=Cause.CENTRE, board=True)
