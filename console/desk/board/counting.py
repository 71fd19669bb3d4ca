"""The board counted at one moment, on the database thread, each number by what opens its list."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from console.desk import questions
from console.desk.board import drawing
from console.desk.board.board_rows import AgencyTime, Board, Listed, Wish
from console.desk.holdings import Holdings
from console.desk.index import figures
from console.desk.rows import DueState, Filter, Question, QueueRow, View
from console.domain.case import Extension, Request
from console.domain.category import Urgency
from console.domain.quality import ANSWERED, ANSWERED_S, ON_TIME, target_of
from console.domain.zone import ZONE, local_day
from console.models import queue
from console.models.times import to_ms

if TYPE_CHECKING:
    from console.desk.index.finder import Finder

DAYS = 7  # today and the six before
USUAL_DAYS = 28
LATE_AT_MOST = 60
WISHES_AT_MOST = 60
ASKING = Filter(statuses=("pending_approval",))


class _Asking(msgspec.Struct, frozen=True, kw_only=True):
    """Of a case, what waits in it for approval."""

    extensions: tuple[Extension, ...] = ()
    request: Request | None = None


_asking = msgspec.json.Decoder(_Asking)


async def board(held: Holdings) -> Board:
    """As soon as all cases are in memory; background work."""
    while True:
        await held.index.ready()
        counted = await held.call_later(partial(_board, held))
        if counted is not None:
            return counted


def midnight_of(day: date) -> int:
    """When a day begins where the switchboard stands, UTC ms."""
    return to_ms(datetime(day.year, day.month, day.day, tzinfo=ZONE))


def _board(held: Holdings) -> Board | None:
    finder = held.index.finder
    return None if finder is None else Counted(held, finder).board()


class Counted:
    """All counts are of one moment: `now_ms`."""

    def __init__(self, held: Holdings, finder: Finder) -> None:
        self._held, self._finder = held, finder
        self._now, self._user = held.clock.now(), held.actor.user
        self._now_ms, self._day = to_ms(self._now), local_day(self._now)
        self._midnight = midnight_of(self._day)
        self._week = midnight_of(self._day - timedelta(days=DAYS - 1))

    def _listed(self, view: View, filter: Filter) -> Listed:
        return Listed(n=self._finder.count(view, filter, self._user, self._now_ms), view=view, filter=filter)

    def board(self) -> Board:
        """Count."""
        held, columns = self._held, self._finder.columns
        results = Filter(outcomes=figures.JUDGED, resolved_from_ms=self._week)
        worst, worst_name = self._worst()
        on_time = target_of(held.reference.targets, ON_TIME, self._day)
        answered = target_of(held.reference.targets, ANSWERED, self._day)
        by_hour = figures.entered_by_hour(columns, self._midnight)
        return Board(
            as_of=self._now,
            day=self._day,
            open=self._listed(View.OPEN, Filter()),
            overdue=self._listed(View.OVERDUE, Filter()),
            near=self._listed(View.SOON, Filter()),
            near_critical=self._listed(View.SOON, Filter(urgencies=(Urgency.CRITICAL,))),
            in_time=self._listed(View.ALL, _in_time(results)),
            judged=self._listed(View.ALL, results),
            asking=self._listed(View.OPEN, ASKING),
            today=self._listed(View.ALL, Filter(entered_from_ms=self._midnight)),
            by_hour={channel: tuple(hours) for channel, hours in by_hour.items()},
            usual=tuple(figures.usual_by_hour(columns, self._midnight, USUAL_DAYS)),
            worst=worst,
            worst_name=worst_name,
            agencies=self._agencies(results),
            late=self._first(Question(view=View.OVERDUE), LATE_AT_MOST),
            wishes=self._wishes(),
            held={
                user: Listed(n=n, view=View.OPEN, filter=Filter(handlers=(user,)))
                for user, n in figures.open_by_handler(columns).items()
            },
            on_time_target=on_time.percent if on_time else None,
            answered_target=answered.percent if answered else None,
            answered_s=(answered.seconds if answered else None) or ANSWERED_S,
            sampling=drawing.sampling(held, columns, midnight_ms=self._midnight),
        )

    def _worst(self) -> tuple[Listed | None, str]:
        found = figures.most_overdue(self._finder.columns, self._now_ms)
        if found is None:
            return None, ""
        district, commune, _ = found
        filter = Filter(
            due=(DueState.OVERDUE,),
            districts=(district,) if district else (),
            communes=(commune,) if commune else (),
        )
        unit = self._held.reference.unit(district or commune)
        return self._listed(View.OPEN, filter), unit.short if unit else district or commune

    def _agencies(self, results: Filter) -> tuple[AgencyTime, ...]:
        names = self._held.agency_names
        replace = msgspec.structs.replace
        made = []
        for code, kept in figures.results_by_lead(self._finder.columns, self._week).items():
            own = replace(results, leads=(code,))
            made.append(
                AgencyTime(
                    code=code,
                    name=names.get(code, code),
                    in_time=Listed(n=kept.in_time, view=View.ALL, filter=_in_time(own)),
                    judged=Listed(n=kept.judged, view=View.ALL, filter=own),
                )
            )
        return tuple(sorted(made, key=lambda one: (one.in_time.n - one.judged.n, one.percent, one.code)))

    def _keys(self, question: Question, most: int) -> tuple[int, ...]:
        held = self._held
        return self._finder.first(question, self._user, self._now_ms, most, held.reference)[0]

    def _first(self, question: Question, most: int) -> tuple[QueueRow, ...]:
        return questions.rows_at(self._held, self._keys(question, most))

    def _wishes(self) -> tuple[Wish, ...]:
        """Oldest first."""
        keys = self._keys(Question(view=View.OPEN, filter=ASKING), WISHES_AT_MOST)
        if not keys:
            return ()
        ask = queue.bodies_at(keys)
        bodies = {pk: _asking.decode(body) for pk, body in self._held.store.read(ask.sql, ask.values)}
        rows = dict(zip(keys, questions.rows_at(self._held, keys), strict=True))
        wishes = [_wish(rows[key], body) for key, body in bodies.items()]
        return tuple(sorted((wish for wish in wishes if wish), key=lambda wish: (wish.at, wish.row.id)))


def _in_time(results: Filter) -> Filter:
    return msgspec.structs.replace(results, outcomes=figures.IN_TIME)


def _wish(row: QueueRow, body: _Asking) -> Wish | None:
    request = body.request
    if request is not None:
        words = request.note or request.words
        return Wish(row=row, kind=request.kind, at=request.at, by=request.by, words=words, request=request.id)
    pending = next((one for one in body.extensions if one.state == "pending"), None)
    if pending is None:
        return None
    return Wish(
        row=row,
        kind="extension",
        at=pending.asked_at,
        by=pending.asked_by,
        words=pending.reason,
        until=pending.new_due,
    )
