"""What somebody has to know who calls a reporter back: the result to tell, what was tried, when to try."""

from datetime import datetime

import msgspec

from console.desk.holdings import Holdings
from console.desk.questions import parts, rows
from console.desk.rows import QueueRow
from console.domain.callbacks import attempts, best_hours, next_attempt, result_since
from console.domain.case import Callback, Case, Channel, Status

PAST_AT_MOST = 50
DEEP = 20
_PAST = "SELECT body FROM case_row JOIN case_body USING (pk) WHERE phone = ? ORDER BY entered_ms DESC LIMIT ?"


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """`case`: whose reporter it is about; `whole`: the case with the result, the same unless it was merged.

    `tried`: calls about this result; `usual`: hours of the day in which this phone was reached, or called us,
    most often first; `next_at`: when to try; `others`: reporters of the same matter who are due as well.
    """

    case: Case
    whole: Case
    row: QueueRow
    since: datetime
    tried: tuple[Callback, ...]
    usual: tuple[tuple[int, int], ...]
    next_at: datetime
    others: tuple[QueueRow, ...] = ()

    @property
    def result(self) -> str:
        """What they are told."""
        return self.whole.public_answer or self.whole.result


class _Past(msgspec.Struct, frozen=True):
    """Of a case, when its reporter was on the telephone."""

    channel: Channel
    entered_at: datetime
    callbacks: tuple[Callback, ...] = ()


_past = msgspec.json.Decoder(_Past)


def telling(held: Holdings, case_id: str) -> Telling | None:
    """None where the case, or the one that it is part of, is not here."""
    case = held.cases.get(case_id)
    whole = _whole(held, case) if case is not None else None
    row = rows(held, (case_id,)).get(case_id)
    if case is None or whole is None or row is None:
        return None
    since, now = result_since(whole), held.clock.now()
    tried, usual = attempts(case, since), best_hours(_heard(held, case))
    return Telling(
        case=case,
        whole=whole,
        row=row,
        since=since,
        tried=tried,
        usual=usual,
        next_at=next_attempt(tried, now, usual),
        others=_others(held, case, whole),
    )


def _whole(held: Holdings, case: Case) -> Case | None:
    found: Case | None = case
    for _ in range(DEEP):
        if found is None or found.status is not Status.MERGED:
            return found
        found = held.cases.get(found.merged_into or "")
    return None


def _heard(held: Holdings, case: Case) -> list[datetime]:
    """When this reporter was on the telephone: reached by a call, or calling."""
    phone = case.reporter.phone if case.reporter else None
    heard = list[datetime]()
    for (body,) in held.store.read(_PAST, (phone, PAST_AT_MOST)) if phone else ():
        past = _past.decode(body)
        heard += [call.at for call in past.callbacks if call.reached]
        if past.channel is Channel.PHONE:
            heard.append(past.entered_at)
    return heard


def _others(held: Holdings, case: Case, whole: Case) -> tuple[QueueRow, ...]:
    """Reports merged straight into the case, and the case itself, whose reporters are due."""
    found = (*rows(held, (whole.id,)).values(), *(parts(held, whole.id) or ()))
    return tuple(row for row in found if row.callback_due and row.id != case.id)
