"""From a case to its row: every column that the queue, the map and the counts read."""

from collections.abc import Sequence
from typing import NamedTuple

from console.domain.answer_keys import BETWEEN, answer_keys
from console.domain.callbacks import is_due
from console.domain.case import Case, Event, Status
from console.domain.deadline import outcome
from console.domain.display import display_status
from console.domain.found_by import number_words, phone_words, said_in
from console.domain.reference import Reference
from console.domain.text import fold_text
from console.models.place_line import PlaceLines
from console.models.times import to_ms, to_ms_or_none

RESTING = 1 << 60  # due_sort of resting ones: after all that run
NEVER = 1 << 61  # of those without a deadline, and near_sort of both

NEW_OR_TRIAGE, RESTS, ABOUT_HERE = 1, 2, 4  # bits of point_flags


class Local(NamedTuple):
    """What this desk alone knows of a case."""

    seen: bool = False
    waiting: bool = False
    attention: bool = False


class ClockColumns(NamedTuple):
    """The deadline as columns."""

    due: int | None
    near: int | None
    resting: int
    due_sort: int
    near_sort: int


def clock_columns(case: Case) -> ClockColumns:
    """Sorting keys put running clocks first by due time, then resting ones, then cases without."""
    deadline = case.deadline
    if deadline is None:
        return ClockColumns(None, None, 0, NEVER, NEVER)
    due, near = to_ms(deadline.due), to_ms(deadline.near)
    if deadline.resting_since is not None:
        return ClockColumns(due, near, 1, RESTING + due, NEVER)
    return ClockColumns(due, near, 0, due, near)


class RowMaker:
    """Rows and search words under one reference."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self._places = PlaceLines(reference)
        self._centres = {u.code: (u.lon, u.lat) for u in reversed(reference.units)}
        self._folded: dict[str, str] = {}

    def row(self, pk: int, case: Case, local: Local) -> tuple[object, ...]:
        """Values in the order of `COLUMNS`."""
        clock = clock_columns(case)
        shown = display_status(case)
        lon, lat, about = self._point(case)
        kind = self.reference.type(case.type)
        flags = NEW_OR_TRIAGE * (case.status is Status.NEW) | RESTS * clock.resting | ABOUT_HERE * about
        untouched = case.status is Status.NEW and not case.handler and not local.seen
        return (
            pk,
            case.id,
            case.number,
            case.channel.value,
            case.urgency.value,
            case.status.value,
            shown,
            case.type,
            kind.category if kind else "",
            case.title,
            self._places.line(case),
            case.place.commune,
            self._places.district(case),
            case.lead,
            clock.due,
            clock.near,
            clock.resting,
            to_ms(case.entered_at),
            to_ms_or_none(case.closed_at),
            outcome(case),
            case.handler,
            case.reporter.phone if case.reporter else None,
            lon,
            lat,
            flags,
            int(case.status.is_open),
            int(shown == "triage"),
            int(is_due(case)),
            clock.due_sort,
            clock.near_sort,
            3 - case.urgency.rank,
            case.revision,
            int(local.seen),
            int(untouched),
            int(local.waiting),
            int(local.attention),
            BETWEEN.join(answer_keys(case.answers, kind)) if case.answers else "",
            to_ms_or_none(case.resolved_at) if case.status is not Status.MERGED else None,
        )

    def _point(self, case: Case) -> tuple[float | None, float | None, bool]:
        if case.place.point is not None:
            return case.place.point.lon, case.place.point.lat, False
        lon, lat = self._centres.get(case.place.commune, (None, None))
        return lon, lat, True

    def words(self, case: Case, events: Sequence[Event] = ()) -> str:
        """What the search finds it by, folded: number, words, place, agency, type, caller, and what was said
        in its timeline: notes, reasons, results, answers."""
        kind, lead = self.reference.type(case.type), self.reference.agency(case.lead or "")
        parts = [*number_words(case.number), fold_text(f"{case.title} {case.description}")]
        parts += [fold_text(self._places.line(case)), self._fold(kind.name if kind else "")]
        parts.append(self._fold(lead.short if lead else ""))
        if case.reporter is not None:
            parts.append(fold_text(case.reporter.name))
            parts += phone_words(case.reporter.phone)
        for caller in case.callers:
            parts += [fold_text(caller.name), *phone_words(caller.phone)]
        parts += [fold_text(said) for event in events for said in said_in(event)]
        return " ".join(part for part in parts if part)

    def _fold(self, name: str) -> str:
        found = self._folded.get(name)
        if found is None:
            found = self._folded[name] = fold_text(name)
        return found
