"""The board's numbers counted anew from whole cases, slowly and obviously. Each check says what is wrong."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from console.desk.board.board_rows import Board, DeskDays
from console.domain.case import Case, Channel, Status
from console.domain.category import Urgency
from console.domain.deadline import outcome
from console.domain.display import display_status
from console.domain.quality import is_drawn
from console.domain.zone import ZONE, local_day

IN_TIME = ("met", "metExtended")


def miscounted(board: Board, cases: Iterable[Case]) -> Iterator[str]:
    """Numbers of the board that are not those of the cases, at the moment the board was counted."""
    every, now = list(cases), board.as_of
    shown, counted = _shown(board), _counted(board, every, now)
    for name, value in counted.items():
        if shown[name] != value:
            yield f"{name} is shown as {shown[name]}, the cases have {value}"


def _shown(board: Board) -> dict[str, Any]:
    sampling = board.sampling
    return {
        "open": board.open.n,
        "overdue": board.overdue.n,
        "near": board.near.n,
        "near and critical": board.near_critical.n,
        "asking": board.asking.n,
        "wishes": sorted(wish.row.id for wish in board.wishes),
        "late": [row.id for row in board.late],
        "in time": board.in_time.n,
        "judged": board.judged.n,
        "agencies": {one.code: (one.in_time.n, one.judged.n) for one in board.agencies},
        "held": {user: one.n for user, one in board.held.items()},
        "today": board.today.n,
        "hours": {name: hours for name, hours in board.by_hour.items() if any(hours)},
        "drawn": sampling.drawn if sampling else 0,
    }


def _counted(board: Board, every: Sequence[Case], now: datetime) -> dict[str, Any]:
    today = local_day(now)
    open_ = [case for case in every if case.status.is_open]
    running = [
        (case, case.deadline) for case in open_ if case.deadline and case.deadline.resting_since is None
    ]
    late = sorted((due.due, case.id) for case, due in running if due.due <= now)
    near = [case for case, due in running if due.near <= now < due.due]
    asking = [case for case in open_ if display_status(case) == "pending_approval"]
    week = [case for case in every if _ended_within(case, now, 7)]
    in_time = Counter(case.lead or "" for case in week if outcome(case) in IN_TIME)
    judged = Counter(case.lead or "" for case in week)
    entered = [case for case in every if local_day(case.entered_at) == today]
    form = board.sampling.form if board.sampling else None
    return {
        "open": len(open_),
        "overdue": len(late),
        "near": len(near),
        "near and critical": sum(case.urgency is Urgency.CRITICAL for case in near),
        "asking": len(asking),
        "wishes": sorted(case.id for case in asking),
        "late": [case for _, case in late][:60],
        "in time": sum(in_time.values()),
        "judged": sum(judged.values()),
        "agencies": {lead: (in_time[lead], n) for lead, n in judged.items()},
        "held": dict(Counter(case.handler for case in open_)),
        "today": len(entered),
        "hours": _hours(entered),
        "drawn": sum(_is_drawn(case, form, now) for case in every) if form else 0,
    }


def _ended_within(case: Case, now: datetime, days: int) -> bool:
    if case.resolved_at is None or case.status is Status.MERGED or not outcome(case):
        return False
    return local_day(case.resolved_at) > local_day(now) - timedelta(days=days)


def _hours(entered: Sequence[Case]) -> dict[str, tuple[int, ...]]:
    found = {}
    for channel in Channel:
        hours = Counter(case.entered_at.astimezone(ZONE).hour for case in entered if case.channel is channel)
        if hours:
            found[channel.value] = tuple(hours[hour] for hour in range(24))
    return found


def _is_drawn(case: Case, form: Any, now: datetime) -> bool:
    recent = local_day(case.entered_at) > local_day(now) - timedelta(days=form.days)
    return recent and is_drawn(case.number, case.channel, case.urgency, form.percent)


def mistold(days: DeskDays, tallies: dict[str, Counter[str]]) -> Iterator[str]:
    """Counts of calls that are not those that were made; `tallies` by "station/user"."""
    for day in days.days:
        tally = tallies.get(f"{day.station}/{day.user}", Counter())
        for name in ("taken", "in_time", "ended", "talk_s", "missed"):
            if getattr(day, name) != tally[name]:
                yield f"desk {day.station}: {name} is shown as {getattr(day, name)}, there were {tally[name]}"
    told = {f"{day.station}/{day.user}" for day in days.days}
    yield from (
        f"desk {key} is not on the board" for key, tally in tallies.items() if tally and key not in told
    )
