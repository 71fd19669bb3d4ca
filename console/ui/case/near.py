"""Agencies that belong to a case: the proposed one first, then those of its commune and district."""

from datetime import datetime
from typing import NamedTuple

from console.domain.agency import AgencyKind
from console.domain.case import Case
from console.domain.reference import Reference, in_force
from console.domain.suggest import propose_agency
from console.ui.parts.time_text import local
from console.ui.words import language, t


class Near(NamedTuple):
    """Codes, best first. `lead`: the proposed one, "" where none is; `reason`: one line saying why."""

    codes: tuple[str, ...]
    lead: str = ""
    supporting: tuple[str, ...] = ()
    reason: str = ""


def near_agencies(case: Case, reference: Reference, now: datetime) -> Near:
    """What the picker offers before anything is typed."""
    day = local(now).date()
    committees = _committees(case, reference, now)
    proposal = propose_agency(reference, case.type, case.place.commune, day)
    if proposal is None:
        return Near(tuple(committees))
    reason = proposal.reason_vi if language() == "vi" else proposal.reason_en
    codes = tuple(dict.fromkeys([proposal.lead, *committees]))
    return Near(codes, proposal.lead, proposal.supporting, t("intake.because", reason=reason))


def _committees(case: Case, reference: Reference, now: datetime) -> list[str]:
    """People's Committees of the case's commune and district."""
    day = local(now).date()
    district = reference.district_of(case.place.commune, day)
    areas = {case.place.commune: 0} | ({district.code: 1} if district else {})
    found = [
        agency
        for agency in in_force(reference.agencies, day)
        if agency.area in areas and agency.kind in (AgencyKind.COMMUNE, AgencyKind.DISTRICT)
    ]
    found.sort(key=lambda agency: areas[agency.area])
    return [agency.code for agency in found]
