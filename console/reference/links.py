"""Which fields of reference data name items of other lists, and whether those hold as long as they are named.

A code may have several spans; what names it is served by all of them together.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from console.domain.proposals import COMMUNE, DISTRICT
from console.domain.reference import Dated, Reference

LINKS: dict[tuple[str, str], tuple[str, ...]] = {
    ("units", "parent"): ("units",),
    ("boundaries", "code"): ("units",),
    ("agencies", "area"): ("units",),
    ("agencies", "parent"): ("agencies",),
    ("types", "category"): ("categories",),
    ("routes", "area"): ("units",),
    ("routes", "type"): ("types",),
    ("routes", "category"): ("categories",),
    ("routes", "lead"): ("agencies",),
    ("routes", "supporting"): ("agencies",),
    ("gazetteer", "commune"): ("units",),
    ("posts", "agency"): ("agencies",),
    ("forms", "types"): ("types", "categories"),
}
"""By list and field: the lists that have what it names."""
HELD = {link: lists for link, lists in LINKS.items() if lists[0] != "units"}
"""Those that must hold as long as they are named. Units change with mergers, which go their own way."""
PLACEHOLDERS = (COMMUNE, DISTRICT)
_FOREVER = date.max


def named(item: Any, field: str) -> tuple[str, ...]:
    """The codes in this field."""
    value = getattr(item, field, None)
    codes = value if isinstance(value, tuple) else (value,)
    return tuple(code for code in codes if code and code not in PLACEHOLDERS)


def gap(spans: Iterable[Dated], begins: date, ends: date | None) -> date | None:
    """The first day from `begins` to `ends` that none of the spans covers; None: they cover all."""
    last, day = ends or _FOREVER, begins
    for span in sorted(spans, key=lambda one: one.valid_from):
        if span.valid_from > day:
            break
        if span.valid_to is None:
            return None
        if span.valid_to >= day:
            day = span.valid_to + timedelta(days=1)
    return day if day <= last else None


def holes(reference: Reference, kind: str, item: Any, today: date) -> Iterator[tuple[str, str, date]]:
    """Field, code and first day on which what the item names does not hold, of the days that are to come."""
    begins, ends = getattr(item, "valid_from", today), getattr(item, "valid_to", None)
    first = max(begins, today)
    if ends is not None and ends < first:
        return  # it is over: history may name what was
    for (of, field), lists in HELD.items():
        if of != kind:
            continue
        for code in named(item, field):
            missing = gap(spans_of(reference, lists, code), first, ends)
            if missing is not None:
                yield field, code, missing


class Codes:
    """All spans by list and code; `reference.built(Codes)` gives the one kept with a reference."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._lists: dict[str, dict[str, list[Any]]] = {}

    def of(self, kind: str, code: str) -> list[Any]:
        """Those of one code of one list."""
        if kind not in self._lists:
            found: dict[str, list[Any]] = {}
            for item in getattr(self._reference, kind):
                found.setdefault(item.code, []).append(item)
            self._lists[kind] = found
        return self._lists[kind].get(code, [])


def spans_of(reference: Reference, lists: Sequence[str], code: str) -> list[Any]:
    """All spans of a code in the first list that has it."""
    codes = reference.built(Codes)
    return next((found for name in lists if (found := codes.of(name, code))), [])
