"""The fields of a report that can be edited: checked, and as plain JSON for `EditReport`."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from console.domain import limits
from console.domain.area import Area
from console.domain.case import Case, Reporter
from console.domain.category import ReportType, Urgency
from console.domain.limits import unfit
from console.domain.phone import is_e164
from console.domain.place import Place
from console.domain.reference import Reference
from console.domain.refusal import Code
from console.domain.zone import local_day

replace = msgspec.structs.replace

SHAPES: dict[str, Any] = {
    "type": str,
    "title": str,
    "description": str,
    "urgency": Urgency,
    "place": Place,
    "answers": dict[str, str],
    "reporter": Reporter,
    "happened_at": datetime,
}
"""Editable fields and their types; on the wire each is that type's plain JSON."""

CLOCK_SLACK = timedelta(hours=1)
"""How far ahead of its command a report may have happened: clocks differ, tomorrow is a slip."""
LATEST_ENTRY = timedelta(days=3 * 366)
"""How long ago it may have happened: an older date is a slip."""


class Situation(msgspec.Struct, frozen=True):
    """What fields are judged against: the command's time, and the day whose lists count."""

    reference: Reference
    at: datetime
    day: date


def situation(reference: Reference, at: datetime, happened_at: datetime) -> Situation:
    """Types and communes count by the local day on which the report happened (a fit time)."""
    return Situation(reference, at, local_day(happened_at))


def plain(case: Case, name: str) -> Any:
    """The field's value as plain JSON. Raises KeyError for a field that cannot be edited."""
    SHAPES[name]
    return msgspec.to_builtins(getattr(case, name))


def read(name: str, value: Any) -> Any:
    """The value out of plain JSON. Raises Unfit (bad_value) when it has not the field's shape."""
    shape = SHAPES.get(name)
    if shape is None:
        raise unfit(Code.BAD_VALUE, name)
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError:
        raise unfit(Code.BAD_VALUE, name) from None


def same(case: Case, name: str, value: Any) -> bool:
    """Whether plain JSON says what stands in the case: compared by meaning, not by spelling."""
    if value is None:
        return getattr(case, name) is None
    try:
        return bool(read(name, value) == getattr(case, name))
    except limits.Unfit:
        return False


def fit_type(code: str, where: Situation) -> ReportType:
    """The type in force. Raises Unfit (missing, unknown_type)."""
    if not code:
        raise unfit(Code.MISSING, "type")
    type_ = where.reference.type_on(code, where.day)
    if type_ is None:
        raise unfit(Code.UNKNOWN_TYPE, "type")
    return type_


def fit_place(place: Place, where: Situation) -> Place:
    """Raises Unfit (missing, unknown_commune, outside_province, too_long, bad_value)."""
    if not place.commune:
        raise unfit(Code.MISSING, "place")
    unit = where.reference.unit(place.commune, where.day)
    if unit is None or not unit.kind.is_commune:
        raise unfit(Code.UNKNOWN_COMMUNE, "place")
    area = where.reference.built(Area)
    if place.point is not None and not area.covers(place.point, where.day, place.commune):
        raise unfit(Code.OUTSIDE_PROVINCE, "place")
    if place.accuracy_m is not None and place.accuracy_m < 0:
        raise unfit(Code.BAD_VALUE, "place")
    text = limits.optional(place.text, "place", limits.LINE_MAX)
    return place if text == place.text else replace(place, text=text)


def fit_reporter(reporter: Reporter) -> Reporter:
    """A phone in E.164, or anonymous (identity kept confidential), with or without a phone.

    Raises Unfit (missing, bad_phone, too_long).
    """
    if not reporter.phone and not reporter.anonymous:
        raise unfit(Code.MISSING, "reporter")
    if reporter.phone and not is_e164(reporter.phone):
        raise unfit(Code.BAD_PHONE, "reporter")
    name = limits.optional(reporter.name, "reporter", limits.NAME_MAX)
    address = limits.optional(reporter.address, "reporter", limits.LINE_MAX)
    return replace(reporter, name=name, address=address, phone=reporter.phone or None)


def fit_happened(happened_at: datetime, at: datetime) -> datetime:
    """Aware, not in the future, not years ago. Raises Unfit (bad_value)."""
    if happened_at.tzinfo is None or not at - LATEST_ENTRY <= happened_at <= at + CLOCK_SLACK:
        raise unfit(Code.BAD_VALUE, "happened_at")
    return min(happened_at, at)


def fit(name: str, value: Any, where: Situation) -> Any:
    """The read value, checked and cleaned. Raises Unfit."""
    return _FIT[name](value, where)


def _fit_type(code: str, where: Situation) -> str:
    return fit_type(code, where).code


_FIT: dict[str, Callable[[Any, Situation], Any]] = {
    "type": _fit_type,
    "title": lambda title, _: limits.optional(title, "title", limits.TITLE_MAX),
    "description": lambda text, _: limits.description(text),
    "urgency": lambda urgency, _: urgency,
    "place": fit_place,
    "answers": lambda given, _: limits.answers(given),
    "reporter": lambda reporter, _: fit_reporter(reporter),
    "happened_at": lambda moment, where: fit_happened(moment, where.at),
}
