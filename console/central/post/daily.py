"""The list of the day for each agency: what it leads and is open, by deadline. Numbers, types and places:
nobody's name, phone or words."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from console.central.post.writing import EMAIL, Letter
from console.domain.agency import Agency
from console.domain.agency_list import list_text
from console.domain.canned import filled
from console.domain.case import Case
from console.domain.chase_lists import Whom, is_email
from console.domain.chase_words import one_line
from console.domain.chasing import chasing_on, text_for
from console.domain.reference import Reference
from console.domain.zone import ZONE

LATEST = timedelta(hours=6)
"""A server that was away all morning writes no morning list at night."""


def due_day(reference: Reference, now: datetime) -> date | None:
    """The day whose lists should have been written by now; None: none just now."""
    here = now.astimezone(ZONE)
    set_ = chasing_on(reference, here.date())
    if set_ is None or set_.daily_at is None or here.weekday() not in set_.weekdays:
        return None
    begins = datetime.combine(here.date(), set_.daily_at, ZONE)
    return here.date() if begins <= here < begins + LATEST else None


def daily_letters(cases: Iterable[Case], reference: Reference, now: datetime, day: date) -> list[Letter]:
    """One for each agency that leads an open case."""
    words = text_for(reference, "daily", day)
    if words is None:
        return []
    by_lead: dict[str, list[Case]] = {}
    for case in cases:
        if case.lead is not None:
            by_lead.setdefault(case.lead, []).append(case)
    found = []
    for code, theirs in sorted(by_lead.items()):
        agency = reference.agency_on(code, day)
        if agency is not None:
            values = {
                "agency": agency.name,
                "day": f"{day:%d/%m/%Y}",
                "list": list_text(theirs, reference, now),
            }
            found.append(_letter(agency, day, filled(words.subject, values), filled(words.text, values)))
    return found


def _letter(agency: Agency, day: date, subject: str, body: str) -> Letter:
    return Letter(
        key=f"daily:{day.isoformat()}:{agency.code}",
        case=None,
        event=None,
        number="",
        kind="daily",
        whom=Whom.CONTACT.value,
        agency=agency.code,
        name=agency.short,
        channel=EMAIL,
        address=agency.email if is_email(agency.email) else "",
        subject=one_line(subject),
        body=body,
    )
