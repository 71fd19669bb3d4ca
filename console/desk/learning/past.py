"""Who handled such matters here until now, and how urgent they were: out of the columns of all cases."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.desk.index.codes import Codes
from console.desk.index.columns import Columns, Slots
from console.domain.advice import CLEAR_FROM, Past
from console.domain.category import Urgency
from console.domain.reference import Reference
from console.domain.zone import local_day
from console.models.times import from_ms

REMEMBERED_MS = 365 * 86_400_000
"""Older ones tell of how it was."""
LATELY_MS = 6 * 3_600_000
_BY_COLUMN = tuple(reversed(Urgency))  # the column counts from the most urgent one


def past_of(columns: Columns, reference: Reference, type_: str, commune: str, now_ms: int) -> Past:
    """Of cases of the last year: a look at each of them all, a millisecond or two for a million."""
    day = local_day(from_ms(now_ms))
    district = reference.district_of(commune, day)
    alike = np.flatnonzero(_holding(columns.kind, columns.kinds, lambda value: value[0] == type_)).astype(
        np.int32
    )
    alike = alike[(columns.flags[alike] != 0) & (columns.entered[alike] >= now_ms - REMEMBERED_MS)]
    here = alike[_holding(columns.place[alike], columns.places, lambda value: value[1] == commune)]
    leads = _leads(columns, reference, here, now_ms)
    narrow = district is None or sum(cases for _, cases in leads) >= CLEAR_FROM
    if district is not None and not narrow:
        code = district.code
        around = alike[_holding(columns.place[alike], columns.places, lambda value: value[0] == code)]
        leads = _leads(columns, reference, around, now_ms)
    urgent = np.bincount(columns.urgency[alike], minlength=len(_BY_COLUMN)).tolist()
    urgencies = tuple((which, cases) for which, cases in zip(_BY_COLUMN, urgent, strict=True) if cases)
    return Past(type=type_, commune=commune, leads=leads, in_commune=narrow, urgencies=urgencies)


def lately_of(columns: Columns, now_ms: int) -> dict[str, int]:
    """How many cases of which type came in the last hours."""
    new = np.flatnonzero(columns.entered >= now_ms - LATELY_MS)
    new = new[columns.flags[new] != 0]
    counted = np.bincount(columns.kind[new], minlength=len(columns.kinds.values)).tolist()
    found: dict[str, int] = {}
    for (type_, _), cases in zip(columns.kinds.values, counted, strict=True):
        if cases:
            found[type_] = found.get(type_, 0) + cases
    return found


def _holding(column: NDArray[Any], codes: Codes[Any], fits: Any) -> NDArray[np.bool_]:
    """Where a column has one of the codes whose value fits."""
    wanted = codes.codes(fits(value) for value in codes.values)
    held: NDArray[np.bool_] = column == wanted[0] if len(wanted) == 1 else np.isin(column, wanted)
    return held


def _leads(columns: Columns, reference: Reference, slots: Slots, now_ms: int) -> tuple[tuple[str, int], ...]:
    """Agencies that lead or led, those in force; most first."""
    day, names = local_day(from_ms(now_ms)), columns.leads.values
    counted = np.bincount(columns.lead[slots], minlength=len(names)).tolist()
    found = [(names[at], cases) for at, cases in enumerate(counted) if cases and names[at]]
    found = [(code, cases) for code, cases in found if reference.agency_on(code, day)]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))
