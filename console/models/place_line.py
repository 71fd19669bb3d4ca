"""The place of a report as one line: "Đường Trương Pháp, P. Hải Thành, Đồng Hới"."""

from console.domain.case import Case
from console.domain.place import Unit, UnitKind
from console.domain.reference import Reference
from console.domain.text import fold_text

_SHORT_KIND = {
    UnitKind.CITY: "",
    UnitKind.TOWN: "TX ",
    UnitKind.DISTRICT: "H. ",
    UnitKind.WARD: "P. ",
    UnitKind.COMMUNE: "Xã ",
    UnitKind.TOWNSHIP: "TT ",
    UnitKind.SPECIAL: "Đặc khu ",
    UnitKind.PROVINCE: "",
}


def short_unit(unit: Unit) -> str:
    """A unit with its kind abbreviated, e.g. "P. Hải Thành", "H. Lệ Thủy"."""
    return _SHORT_KIND[unit.kind] + unit.short


class PlaceLines:
    """Lines under one reference; units are looked up once each."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._units: dict[tuple[str, bool], tuple[str, str, str]] = {}

    def line(self, case: Case) -> str:
        """What the row draws: the text, then commune and district unless the text names them."""
        commune, district, folded = self._names(case)
        text = case.place.text.strip()
        if text and folded and folded in fold_text(text):
            commune = ""
        return ", ".join(part for part in (text, commune, district) if part)

    def district(self, case: Case) -> str:
        """Code of the district on the day it was entered; "" where there is none."""
        unit = self._reference.district_of(case.place.commune, case.entered_at.date())
        return unit.code if unit else ""

    def _names(self, case: Case) -> tuple[str, str, str]:
        key = (case.place.commune, self._holds(case))
        found = self._units.get(key)
        if found is None:
            found = self._units[key] = self._look_up(case)
        return found

    def _holds(self, case: Case) -> bool:
        return self._reference.unit(case.place.commune, case.entered_at.date()) is not None

    def _look_up(self, case: Case) -> tuple[str, str, str]:
        on = case.entered_at.date()
        unit = self._reference.unit(case.place.commune, on) or self._reference.unit(case.place.commune)
        if unit is None:
            return case.place.commune, "", ""
        district = self._reference.district_of(case.place.commune, on)
        return short_unit(unit), short_unit(district) if district else "", fold_text(unit.name)
