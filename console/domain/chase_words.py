"""The fields of a message's words, the same at desk and centre. Vietnamese: whoever is told reads it."""

from datetime import datetime

from console.domain.case import Case
from console.domain.display import split_length
from console.domain.reference import Reference
from console.domain.zone import ZONE, local_day

LINE_MOST = 200


def fields_of(case: Case, reference: Reference, now: datetime) -> dict[str, str]:
    """What stands for the fields in braces, of one case."""
    day = local_day(case.happened_at)
    type_ = reference.type_of(case.type, day)
    unit = reference.unit(case.place.commune, day) or reference.unit(case.place.commune)
    return fields_with(
        reference,
        now,
        number=case.number,
        title=case.title,
        type_name=type_.name if type_ is not None else case.type,
        commune=unit.name if unit is not None else "",
        lead=case.lead,
        due=case.deadline.due if case.deadline is not None else None,
    )


def fields_with(
    reference: Reference,
    now: datetime,
    *,
    number: str,
    title: str,
    type_name: str,
    commune: str,
    lead: str | None,
    due: datetime | None,
) -> dict[str, str]:
    """The same of what a row of the queue knows."""
    day = local_day(now)
    agency = reference.agency_on(lead or "", day) or reference.agency(lead or "")
    return {
        "number": number,
        "title": one_line(title),
        "type": type_name,
        "commune": commune,
        "agency": agency.name if agency is not None else "chưa có đơn vị",
        "due": time_text(due) if due is not None else "chưa định",
        "left": left_text(due, now) if due is not None else "không có hạn",
        "day": f"{day:%d/%m/%Y}",
    }


def time_text(moment: datetime) -> str:
    """14:30 ngày 05/11/2024, as it is here."""
    return f"{moment.astimezone(ZONE):%H:%M ngày %d/%m/%Y}"


def left_text(due: datetime, now: datetime) -> str:
    """còn 2 giờ 10 phút; quá hạn 3 ngày 4 giờ."""
    length = split_length(due - now)
    parts = ((length.days, "ngày"), (length.hours, "giờ"), (length.minutes, "phút"))
    words = " ".join(f"{amount} {unit}" for amount, unit in parts if amount) or "dưới 1 phút"
    return f"quá hạn {words}" if now >= due else f"còn {words}"


def one_line(text: str) -> str:
    """Without line ends or other controls: nothing in it can end a header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LINE_MOST]
