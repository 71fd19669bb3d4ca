"""All reference data, as one value that rules and screens read.

Immutable: a new version is a new value.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar, cast

from console.domain.agency import Agency, Route
from console.domain.calendar import CalendarDay, WorkingHours
from console.domain.canned import CannedText, CannedUse, RejectReason
from console.domain.category import Category, ReportType
from console.domain.chase_lists import Chasing, Contact, Escalation, MessageText
from console.domain.delegation import Delegation
from console.domain.form import Form
from console.domain.place import Boundary, DutyPost, GazetteerEntry, Unit
from console.domain.quality import ScoreForm, Target
from console.domain.retention import Retention
from console.domain.shift_time import ShiftTime


class Dated(Protocol):
    """Anything with a span of validity; both ends included."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


D = TypeVar("D", bound=Dated)
B = TypeVar("B", covariant=True)


class Built(Protocol[B]):
    """A class whose instances are made of a reference alone: an index, a calendar."""

    def __call__(self, reference: "Reference", /) -> B: ...


def in_force(items: Iterable[D], on: date) -> list[D]:
    """Those of `items` that hold on the day `on`."""
    return [i for i in items if i.valid_from <= on and (i.valid_to is None or on <= i.valid_to)]


@dataclass(frozen=True)
class Reference:
    """Every list holds all validity spans; codes may repeat over time (units of 2023 and 2025 share some)."""

    version: int = 0
    practice: bool = False  # some of it is practice data: the program says so
    units: tuple[Unit, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    agencies: tuple[Agency, ...] = ()
    categories: tuple[Category, ...] = ()
    types: tuple[ReportType, ...] = ()
    routes: tuple[Route, ...] = ()
    hours: tuple[WorkingHours, ...] = ()
    days: tuple[CalendarDay, ...] = ()
    canned: tuple[CannedText, ...] = ()
    phrases: tuple[CannedText, ...] = ()  # canned texts of the intake
    reject_reasons: tuple[RejectReason, ...] = ()
    gazetteer: tuple[GazetteerEntry, ...] = ()
    posts: tuple[DutyPost, ...] = ()
    retention: tuple[Retention, ...] = ()
    forms: tuple[Form, ...] = ()
    shifts: tuple[ShiftTime, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    message_texts: tuple[MessageText, ...] = ()
    contacts: tuple[Contact, ...] = ()
    chasing: tuple[Chasing, ...] = ()
    targets: tuple[Target, ...] = ()
    score_forms: tuple[ScoreForm, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def _built(self) -> dict[object, object]:
        return {}

    def built(self, make: Built[B]) -> B:
        """`make(self)`, made at the first call and kept as long as this reference."""
        known = self._built.get(make)
        if known is None:
            known = self._built[make] = make(self)
        return cast(B, known)

    @cached_property
    def _types(self) -> dict[str, ReportType]:
        return {t.code: t for t in self.types}

    @cached_property
    def _dated(self) -> dict[tuple[str, str], list[Dated]]:
        """Types, agencies and reasons for not accepting, by list and code: all their spans."""
        lists: dict[str, Iterable[ReportType | Agency | RejectReason]] = {
            "type": self.types,
            "agency": self.agencies,
            "reject": self.reject_reasons,
        }
        found: dict[tuple[str, str], list[Dated]] = {}
        for name, items in lists.items():
            for item in items:
                found.setdefault((name, item.code), []).append(item)
        return found

    def _on(self, name: str, code: str, on: date) -> object | None:
        held = in_force(self._dated.get((name, code), []), on)
        return held[0] if held else None

    def type_on(self, code: str, on: date) -> ReportType | None:
        """The type with this code, if it holds on that day."""
        return cast(ReportType | None, self._on("type", code, on))

    def type_of(self, code: str, on: date) -> ReportType | None:
        """The type with this code as it holds on that day; where none does, as it held at some time."""
        return self.type_on(code, on) or self.type(code)

    def agency_on(self, code: str, on: date) -> Agency | None:
        """The agency with this code, if it holds on that day."""
        return cast(Agency | None, self._on("agency", code, on))

    def reject_on(self, code: str, on: date) -> RejectReason | None:
        """The reason for not accepting with this code, if it holds on that day."""
        return cast(RejectReason | None, self._on("reject", code, on))

    @cached_property
    def _categories(self) -> dict[str, Category]:
        return {c.code: c for c in self.categories}

    @cached_property
    def _agencies(self) -> dict[str, Agency]:
        return {a.code: a for a in self.agencies}

    @cached_property
    def _units(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(unit.code, []).append(unit)
        return found

    def type(self, code: str) -> ReportType | None:
        """The type with this code, whenever it held."""
        return self._types.get(code)

    def category(self, code: str) -> Category | None:
        """The category with this code, whenever it held."""
        return self._categories.get(code)

    def agency(self, code: str) -> Agency | None:
        """The agency with this code, whenever it held."""
        return self._agencies.get(code)

    def unit(self, code: str, on: date | None = None) -> Unit | None:
        """The unit with this code on that day; without a day, the earliest that ever had it."""
        found = self._units.get(code, [])
        if on is not None:
            found = in_force(found, on)
        return found[0] if found else None

    def communes(self, on: date) -> list[Unit]:
        """Lowest-level units in force on that day."""
        return [u for u in in_force(self.units, on) if u.kind.is_commune]

    def districts(self, on: date) -> list[Unit]:
        """Middle-level units in force on that day (none from 1 July 2025)."""
        return [u for u in in_force(self.units, on) if u.kind.is_district]

    def district_of(self, commune: str, on: date) -> Unit | None:
        """The district that a commune belongs to on that day."""
        unit = self.unit(commune, on)
        parent = self.unit(unit.parent, on) if unit and unit.parent else None
        return parent if parent and parent.kind.is_district else None

    def canned_for(self, use: CannedUse, on: date) -> list[CannedText]:
        """Canned texts for an act."""
        return [c for c in in_force((*self.canned, *self.phrases), on) if c.use == use]

    def form_for(self, kind: ReportType | None, on: date) -> Form | None:
        """The intake form of a type: its own, else its category's, else the one for every type; None: no list
        says so."""
        forms = in_force(self.forms, on)
        wanted = (kind.code, kind.category) if kind else ()
        named = (form for code in wanted for form in forms if code in form.types)
        return next(named, None) or next((form for form in forms if not form.types), None)

    def rejects(self, on: date) -> list[RejectReason]:
        """The list of reasons for not accepting."""
        return in_force(self.reject_reasons, on)
