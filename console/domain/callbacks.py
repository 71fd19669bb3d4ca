"""Who asked to be told of a result, whether they were, and when to try again.

Every reporter has a call-back of their own: whose report was merged is told when the case that it is part of
has its result.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from console.domain.case import Callback, Case, Reporter, Status
from console.domain.zone import local_time

TOLD_IN = (Status.RESOLVED, Status.CLOSED)
"""Where a case has something to tell."""
FARTHEST_AGAIN = timedelta(days=60)
"""Nobody is promised a call later than that."""
FIRST_CALL, LAST_CALL = time(7, 30), time(20, 30)
"""Nobody is called at home before or after."""
_SOON = timedelta(hours=2)
_MORNING, _NOON, _EVENING = 8, 12, 18  # hours
_HOURS = 2  # long is a stretch of the day that somebody is reached in


def wants_call(reporter: Reporter | None) -> bool:
    """Whether they asked to be told, and can be."""
    return reporter is not None and reporter.callback and bool(reporter.phone)


def result_since(case: Case) -> datetime:
    """Since when there is what they are told."""
    return case.resolved_at or case.closed_at or case.entered_at


def attempts(case: Case, since: datetime) -> tuple[Callback, ...]:
    """Calls to this reporter about the result that is there since then."""
    return tuple(call for call in case.callbacks if call.at >= since)


def was_told(case: Case, since: datetime) -> bool:
    """Whether they were reached, and heard it then: who asks to be called later has not."""
    return any(call.reached and call.again_at is None for call in attempts(case, since))


def is_due(case: Case, root: Case | None = None) -> bool:
    """Whether the reporter is still to be told. `root`: of a merged case, the one that it is part of."""
    if not wants_call(case.reporter):
        return False
    answers = root if case.status is Status.MERGED else case
    return answers is not None and answers.status in TOLD_IN and not was_told(case, result_since(answers))


def next_attempt(tried: Sequence[Callback], now: datetime, usual: Sequence[tuple[int, int]] = ()) -> datetime:
    """When to call (again): as they asked; at first now; after one call in vain two hours later; then at
    another time of day: where they were reached before (`usual`, as `best_hours`), else in the evening after
    calls in the morning, in the morning after others. Never at night."""
    if not tried:
        return waking(now)
    last = tried[-1]
    if last.again_at is not None:
        return last.again_at
    if len(tried) == 1 and not usual:
        return waking(max(now, last.at + _SOON))
    hour = usual[0][0] if usual else (_EVENING if local_time(last.at).hour < _NOON else _MORNING)
    return max(now, _at_hour(last.at + _SOON, hour))


def waking(at: datetime) -> datetime:
    """The same, or the next moment at which people may be called at home."""
    here = local_time(at).time()
    if FIRST_CALL <= here <= LAST_CALL:
        return at
    return _at_hour(at, _MORNING)


def _at_hour(after: datetime, hour: int) -> datetime:
    """The next time of day after a moment."""
    here = local_time(after)
    at = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    return (at if at > here else at + timedelta(days=1)).astimezone(after.tzinfo)


def best_hours(heard: Iterable[datetime]) -> tuple[tuple[int, int], ...]:
    """Stretches of the day (from, until) in which somebody was reached or called, most often first."""
    counted = Counter(local_time(at).hour // _HOURS * _HOURS for at in heard)
    return tuple((hour, hour + _HOURS) for hour, _ in counted.most_common(2))
