"""One form for every list: its fields are read off the struct, and what cannot be read is told by field."""

from datetime import date

import msgspec
import pytest

from console.domain.agency import Agency
from console.reference import KINDS, bundled, to_wire
from console.reference.diff import plan
from console.reference.effects import Group, effects
from console.reference.fitting import after
from console.reference.links import gap
from console.reference.shapes import NOT_TYPED, Fault, Shape, fields_of, made, values_of

REFERENCE = bundled()
TODAY = date(2024, 11, 4)
replace = msgspec.structs.replace


@pytest.mark.parametrize("kind", sorted(set(KINDS) - NOT_TYPED))
def test_every_list_has_fields_that_can_be_typed_and_come_back_as_they_were(kind: str) -> None:
    assert [f.name for f in fields_of(kind) if f.shape is Shape.OTHER] == []
    for item in getattr(REFERENCE, kind)[:200]:
        assert made(kind, values_of(item)) == (item, ())


def test_each_fault_is_of_its_field_and_none_hides_another() -> None:
    values = {"code": "x", "urgency": "soon", "assign": {"low": {"minutes": "ten", "clock": "round"}}}
    item, faults = made("types", {**values, "valid_from": "mai", "category": "roads", "resolve": {}})
    assert item is None
    assert set(faults) == {
        Fault(field="name", why="missing"),
        Fault(field="name_en", why="missing"),
        Fault(field="urgency", why="choice"),
        Fault(field="assign", why="terms"),
        Fault(field="valid_from", why="date"),
    }


def spans(*days: tuple[int, int | None]) -> list[Agency]:
    one = REFERENCE.agencies[0]
    return [
        replace(one, valid_from=date(2024, 11, a), valid_to=None if b is None else date(2024, 11, b))
        for a, b in days
    ]


@pytest.mark.parametrize(
    ("have", "until", "missing"),
    [
        ([(1, None)], None, None),
        ([(1, 9)], date(2024, 11, 9), None),
        ([(1, 9)], None, date(2024, 11, 10)),
        ([(1, 9), (10, None)], None, None),
        ([(11, None), (1, 9)], None, date(2024, 11, 10)),
        ([(5, None)], None, TODAY),
        ([], date(2024, 11, 5), TODAY),
    ],
)
def test_the_first_day_that_no_span_covers(
    have: list[tuple[int, int | None]], until: date | None, missing: date | None
) -> None:
    assert gap(spans(*have), TODAY, until) == missing


def test_open_cases_are_counted_that_a_route_would_send_elsewhere() -> None:
    route = next(r for r in REFERENCE.routes if r.type and r.lead.startswith("H") and r.valid_from <= TODAY)
    other = next(a for a in REFERENCE.agencies if a.code != route.lead and REFERENCE.agency_on(a.code, TODAY))
    assert route.type is not None
    commune = REFERENCE.communes(TODAY)[0].code
    groups = [Group(route.type, commune, None, 7), Group("no-such-type", commune, route.lead, 3)]
    made_plan = plan(REFERENCE, [to_wire("routes", replace(route, lead=other.code), 0)])
    found = effects(
        REFERENCE, after(REFERENCE, made_plan), made_plan.changed, groups, ["", route.type], TODAY
    )
    assert (found.routed, found.unrouted, found.leading, found.drafts) == (7, 0, 0, 0)
    lead = REFERENCE.agency_on(route.lead, TODAY)
    assert lead is not None
    gone = plan(REFERENCE, [to_wire("agencies", replace(lead, valid_to=date(2024, 1, 1)), 0)])
    found = effects(REFERENCE, after(REFERENCE, gone), gone.changed, groups, [], TODAY)
    assert found.leading == 3
    assert found.routed == 7
