"""Seats and stations for practice: beside the centres of their units, hospitals where the gazetteer has them.

Points are composed, not surveyed; telephone numbers there are none."""

from math import cos, radians, sin

from console.domain.agency import Agency, AgencyKind
from console.domain.place import DutyPost, GazetteerKind, PostKind, Unit
from resources.build.agencies import FIRE, agencies, committee
from resources.build.gazetteer import gazetteer
from resources.build.places import units

ASIDE = 0.0035  # degrees, some 370 m
_SPREAD = {
    PostKind.COMMITTEE: 20,
    PostKind.POLICE: 140,
    PostKind.FIRE: 200,
    PostKind.UTILITY: 260,
}  # degrees round
_HOSPITALS = ("Bệnh viện", "Trung tâm Y tế")


def _beside(unit: Unit, kind: PostKind) -> dict[str, float]:
    turn = radians(_SPREAD[kind])
    return {"lon": round(unit.lon + ASIDE * cos(turn), 5), "lat": round(unit.lat + ASIDE * sin(turn), 5)}


def _seat(agency: Agency, unit: Unit, kind: PostKind, name: str) -> DutyPost:
    return DutyPost(
        code=f"{agency.code}.seat",
        kind=kind,
        name=name,
        agency=agency.code,
        valid_from=max(agency.valid_from, unit.valid_from),
        valid_to=agency.valid_to,
        **_beside(unit, kind),
    )


def posts() -> list[DutyPost]:
    """Committees of districts and of the communes of 2025; police and power by district; fire; health."""
    known = {agency.code: agency for agency in agencies()}
    centres = {unit.code: unit for unit in units("2023") if unit.kind.is_district}
    made = [
        _seat(known[committee(unit)], unit, PostKind.COMMITTEE, f"Trụ sở {known[committee(unit)].short}")
        for unit in (*centres.values(), *(u for u in units("2025") if u.kind.is_commune))
    ]
    for agency in known.values():
        unit = centres.get(agency.area)
        if unit is not None and agency.kind is AgencyKind.POLICE:
            made.append(_seat(agency, unit, PostKind.POLICE, f"Trực ban {agency.short}"))
        elif unit is not None and agency.name.startswith("Điện lực"):
            made.append(_seat(agency, unit, PostKind.UTILITY, f"Trực vận hành {agency.short}"))
    city = next(unit for unit in centres.values() if unit.kind.value == "city")
    made.append(_seat(known[FIRE[0]], city, PostKind.FIRE, "Trực chỉ huy cứu nạn, cứu hộ tỉnh"))
    return made + _hospitals()


def _hospitals() -> list[DutyPost]:
    return [
        DutyPost(
            code=place.code,
            kind=PostKind.HEALTH,
            name=place.name,
            lon=place.lon,
            lat=place.lat,
            valid_from=place.valid_from,
            valid_to=place.valid_to,
        )
        for place in gazetteer()
        if place.kind is GazetteerKind.HOSPITAL and place.name.startswith(_HOSPITALS)
    ]
