"""Figures of many cases at once, out of the columns. What the queue can count itself is not counted here."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from console.desk.index.columns import Columns, Slots

HOUR_MS, DAY_MS, HOURS = 3_600_000, 86_400_000, 24
IN_TIME = ("met", "metExtended")
JUDGED = (*IN_TIME, "late")
"""Outcomes of cases that had a time to keep."""


class Kept(NamedTuple):
    """Of so many results, so many came in time."""

    in_time: int
    judged: int


def entered_by_hour(columns: Columns, midnight_ms: int) -> dict[str, list[int]]:
    """By channel: how many came in each hour of the day that begins then."""
    slots = _entered(columns, midnight_ms, midnight_ms + DAY_MS)
    hours = (columns.entered[slots] - midnight_ms) // HOUR_MS
    channels = columns.channel[slots]
    return {
        name: np.bincount(hours[channels == code], minlength=HOURS).tolist()
        for code, name in enumerate(columns.channels.values)
    }


def usual_by_hour(columns: Columns, midnight_ms: int, days: int) -> list[float]:
    """How many came in each hour on an average day of the last `days` before; of fewer where there were none
    before. [] where there are none at all."""
    slots = _entered(columns, midnight_ms - days * DAY_MS, midnight_ms)
    if not len(slots):
        return []
    ago = midnight_ms - columns.entered[slots]
    whole = int(-(-int(ago.max()) // DAY_MS))
    hours = (HOURS - 1) - (ago - 1) % DAY_MS // HOUR_MS
    usual: list[float] = (np.bincount(hours, minlength=HOURS) / whole).tolist()
    return usual


def results_by_lead(columns: Columns, since_ms: int) -> dict[str, Kept]:
    """Of results since then, by the agency that led."""
    codes = {name: columns.outcomes.known(name) for name in JUDGED}
    since = -(-since_ms // 1000)
    slots = np.flatnonzero((columns.resolved >= since) & (columns.resolved > 0) & (columns.flags != 0))
    outcome, lead = columns.outcome[slots], columns.lead[slots]

    def of(names: tuple[str, ...]) -> NDArray[np.intp]:
        known = [code for name in names if (code := codes[name]) is not None]
        return np.bincount(lead[np.isin(outcome, known)], minlength=len(columns.leads.values))

    in_time, judged = of(IN_TIME), of(JUDGED)
    return {columns.leads.values[c]: Kept(int(in_time[c]), int(judged[c])) for c in np.flatnonzero(judged)}


def open_by_handler(columns: Columns) -> dict[str, int]:
    """Open cases in each person's hands; "": in nobody's."""
    return {name: int(n) for name, n in zip(columns.handlers.values, columns.open_of, strict=False) if n}


def most_overdue(columns: Columns, now_ms: int) -> tuple[str, str, int] | None:
    """District, commune ("" where there is a district) and how many are overdue there: where most are."""
    late = columns.open[columns.due[columns.open] <= now_ms]
    counted = dict[tuple[str, str], int]()
    for code, n in enumerate(np.bincount(columns.place[late], minlength=len(columns.places.values)).tolist()):
        if n:
            district, commune = columns.places.values[code]
            place = (district, "") if district else ("", commune)
            counted[place] = counted.get(place, 0) + n
    if not counted:
        return None
    (district, commune), n = max(counted.items(), key=lambda item: (item[1], item[0]))
    return district, commune, n


def _entered(columns: Columns, begin_ms: int, end_ms: int) -> Slots:
    entered = columns.entered
    return np.flatnonzero((entered >= begin_ms) & (entered < end_ms) & (columns.flags != 0)).astype(np.int32)
