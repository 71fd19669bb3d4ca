"""What a composer knows of its case, and what follows: canned texts filled in, the choices of its lists."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from console.domain.canned import filled
from console.domain.case import Case
from console.domain.category import Urgency
from console.domain.limits import REFERRALS
from console.domain.reference import Reference
from console.ui.parts.time_text import exact_text, local
from console.ui.words import language, t


class Situation(NamedTuple):
    """What a composer has to know: the case, reference data, the time, the case's place in words."""

    case: Case
    reference: Reference
    now: datetime
    place: str
    near: tuple[str, ...]  # agencies of the case's place, the proposed one first
    proposal: str = ""  # one line of reason for the first of them


def fill(text: str, at: Situation, agency_to_come: bool = False) -> str:
    """A canned text with the case's number, agency, place and deadline; what it has not stays as a field, for
    whoever writes to fill. `agency_to_come`: this very act names the agency."""
    agency = at.reference.agency(at.case.lead) if at.case.lead else None
    due = at.case.deadline.due if at.case.deadline else at.case.resolve_due
    name = agency.name if agency else t("act.theAgency") if agency_to_come else ""
    known = {
        "number": at.case.number,
        "agency": name,
        "place": at.place,
        "deadline": exact_text(due) if due else "",
    }
    return filled(text, {name: value for name, value in known.items() if value})


def choices_of(name: str, at: Situation) -> list[tuple[str, str, str]]:
    """Value, text and digit of each choice of a list."""
    if name == "reject":
        rejects = at.reference.rejects(local(at.now).date())
        vietnamese = language() == "vi"
        pairs = [(r.code, r.text if vietnamese else r.text_en) for r in rejects]
    elif name == "urgency":
        pairs = [(u.value, t(f"urgency.{u.value}")) for u in Urgency]
    elif name == "refer":
        pairs = [(to, t(f"refer.{to}")) for to in REFERRALS]
    elif name == "satisfaction":
        return [(str(n), t(f"sat.{n}"), str(n)) for n in range(1, 6)] + [
            ("reached", t("sat.notAsked"), "6"),
            ("0", t("sat.unreachable"), "0"),
        ]
    elif name == "contact":
        pairs = list(_contacts(at))
    else:
        return [(v, t(f"decision.{v}"), d) for v, d in (("grant", "1"), ("refuse", "2"))]
    return [(value, text, str(at + 1) if at < 9 else "") for at, (value, text) in enumerate(pairs)]


def _contacts(at: Situation) -> Iterator[tuple[str, str]]:
    """Each agency of the case: to let it see who told it, or no longer."""
    case = at.case
    for code in filter(None, (case.lead, *case.supporting)):
        agency = at.reference.agency(code)
        how = "off" if code in case.released_to else "on"
        yield f"{how}:{code}", t(f"contact.{how}", agency=agency.short if agency else code)
