"""Agencies that belong to a case: the proposed one first, then those of its commune and district."""

from datetime import datetime
from typing import NamedTuple

from console.domain.agency import AgencyKind
from console.domain.case import Case
from console.domain.reference import Reference, in_force
from console.ui.parts.time_text import local


class Near(NamedTuple):
    """Codes, best first; `reason`: why the first is proposed, "" where nothing is."""

    codes: tuple[str, ...]
    supporting: tuple[str, ...] = ()
    reason: str = ""


def near_agencies(case: Case, reference: Reference, now: datetime) -> Near:
    """What the picker offers before anything is typed."""
    day = local(now).date()
    district = reference.district_of(case.place.commune, day)
    areas = {case.place.commune: 0} | ({district.code: 1} if district else {})
    local_ones = [
        agency
        for agency in in_force(reference.agencies, day)
        if agency.area in areas and agency.kind in (AgencyKind.COMMUNE, AgencyKind.DISTRICT)
    ]
    local_ones.sort(key=lambda agency: areas[agency.area])
    return Near(tuple(agency.code for agency in local_ones))
