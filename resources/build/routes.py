"""Routing rules of both lists out of source/routes-*.txt."""

from collections.abc import Iterator

from console.domain.agency import Route
from console.domain.place import Unit, UnitKind
from resources.build.agencies import DEPARTMENTS, MERGED_DEPARTMENTS, department, district_code
from resources.build.places import SOURCE, SPANS, units
from resources.build.types import rows

URBAN = "H46.62.01"
WATER = "H46.61.01"


def _district(area: Unit, edition: str, old: dict[str, Unit]) -> Unit:
    """The district of 2023 that an area is, or grew out of."""
    if edition == "2023":
        return area
    return old[str(old[area.predecessors[0]].parent)]


def _local(word: str, district: Unit) -> str:
    """The agency of a district for one of the words power, works, waterworks, police."""
    in_city = district.kind == UnitKind.CITY
    return {
        "power": district_code("60", district.code),
        "works": URBAN if in_city else district_code("62", district.code),
        "waterworks": WATER if in_city else district_code("64", district.code),
        "police": district_code("65", district.code),
    }[word]


def _code(word: str, edition: str, district: Unit | None) -> str:
    if word.startswith(("@", "H46", "H50")):
        return word
    table = DEPARTMENTS if edition == "2023" else MERGED_DEPARTMENTS
    if word in [key for key, _, _ in table]:
        return department(word, edition)
    if district is None:
        raise ValueError(f"{word} needs a district")
    return _local(word, district)


def _areas(area: str, edition: str, listed: list[Unit]) -> Iterator[Unit]:
    for unit in listed:
        each = unit.kind.is_district if edition == "2023" else unit.kind.is_commune
        whole = area == "province" and unit.kind == UnitKind.PROVINCE
        if (area == "each" and each) or whole or area == unit.code:
            yield unit


def _rules(edition: str) -> Iterator[Route]:
    listed, old = units(edition), {u.code: u for u in units("2023")}
    for what, area, lead, supporting, reason, english in rows(SOURCE / f"routes-{edition}.txt"):
        for unit in _areas(area, edition, listed):
            district = _district(unit, edition, old) if area == "each" else None
            yield Route(
                code=f"{what}/{unit.code}",
                area=unit.code,
                lead=_code(lead, edition, district),
                supporting=tuple(
                    _code(s, edition, district) for s in supporting.split(", ") if supporting != "-"
                ),
                type=what if "." in what else None,
                category=None if "." in what else what,
                reason=reason,
                reason_en=english,
                **SPANS[edition],
            )


def routes() -> list[Route]:
    """All rules of both lists."""
    return [*_rules("2023"), *_rules("2025")]
