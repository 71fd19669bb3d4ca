"""Figures by commune, for the units in force on a day: cases keep the unit they were logged under."""

from collections import Counter
from datetime import date, datetime, time

import msgspec

from console.desk.holdings import Holdings
from console.domain.place import Unit
from console.domain.reference import Reference
from console.domain.zone import ZONE
from console.models.queue import COMMUNES
from console.models.times import to_ms


class CommuneRow(msgspec.Struct, frozen=True, kw_only=True):
    """One commune. `district`: code, "" where there are none; `people`: inhabitants, None: not known."""

    code: str
    name: str
    district: str
    open: int
    soon: int
    overdue: int
    people: int | None


class Communes(msgspec.Struct, frozen=True, kw_only=True):
    """All communes of a day, by code. `unplaced`: open cases that belong to none of them."""

    rows: tuple[CommuneRow, ...]
    unplaced: int


def communes(held: Holdings, day: date) -> Communes:
    """Cases of earlier units count for the units that took those up; cases of later ones for nobody."""
    reference = held.reference
    begins, ends = _span(reference, day)
    asked = (held.now_ms(), _midnight(begins), _midnight(ends))
    tally = Counter(held.store.read(COMMUNES, asked))
    units = {unit.code: unit for unit in reference.communes(day)}
    heirs = _heirs(reference, day)
    found = {code: [0, 0, 0] for code in units}
    unplaced = 0
    for (commune, from_then_on, later, soon, overdue), count in tally.items():
        code = commune if from_then_on else heirs.get(commune, commune)
        if later or code not in found:
            unplaced += count
            continue
        row = found[code]
        row[0], row[1], row[2] = row[0] + count, row[1] + count * soon, row[2] + count * overdue
    return Communes(
        rows=tuple(_row(reference, units[c], found[c], day) for c in sorted(units)), unplaced=unplaced
    )


def _row(reference: Reference, unit: Unit, figures: list[int], day: date) -> CommuneRow:
    district = reference.district_of(unit.code, day)
    return CommuneRow(
        code=unit.code,
        name=unit.short,
        district=district.code if district else "",
        open=figures[0],
        soon=figures[1],
        overdue=figures[2],
        people=unit.people,
    )


def _span(reference: Reference, day: date) -> tuple[date, date]:
    """From when, and until before when, the list of communes is the one of `day`."""
    turns = sorted({unit.valid_from for unit in reference.units if unit.kind.is_commune})
    before = [turn for turn in turns if turn <= day]
    after = [turn for turn in turns if turn > day]
    return before[-1] if before else date.min, after[0] if after else date.max


def _midnight(day: date) -> int:
    """UTC ms of a day's beginning here; far away for the ends of time."""
    if day in (date.min, date.max):
        return 0 if day == date.min else 1 << 62
    return to_ms(datetime.combine(day, time(), ZONE))


def _heirs(reference: Reference, day: date) -> dict[str, str]:
    """Which commune of `day` took up an earlier one; left out where several share it."""
    takers: dict[str, list[str]] = {}
    for unit in reference.communes(day):
        for was in unit.predecessors:
            takers.setdefault(was, []).append(unit.code)
    return {was: codes[0] if len(codes) == 1 else "" for was, codes in takers.items()}
