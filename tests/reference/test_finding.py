"""Finding places in the real lists."""

from datetime import date

from console.domain.suggest import find_places
from console.reference import bundled

ON = date(2024, 11, 4)
PROVINCE_SEAT, TOWN = "Đồng Hới", "Ba Đồn"


def test_of_streets_with_the_same_name_the_one_where_more_people_live_comes_first() -> None:
    labels = [hit.label for hit in find_places(bundled(), "nguyen trai", ON)]
    assert PROVINCE_SEAT in labels[0]
    assert TOWN in labels[1]
    near = next(hit for hit in find_places(bundled(), "nguyen trai", ON) if TOWN in hit.label)
    there = find_places(bundled(), "nguyen trai", ON, near_commune=near.place.commune)
    assert TOWN in there[0].label
