"""Figures by commune: of the units of the day, whichever unit a case was logged under."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from console.desk.desk import Desk
from console.domain.case import Case
from console.domain.place import Place
from console.protocol.wire import CaseRecord
from tests.desk.conftest import Office
from tests.desk.people import REFERENCE
from tests.desk.test_questions import is_overdue, is_soon, province

OLD, NEW = date(2024, 11, 4), date(2025, 8, 1)
replace = msgspec.structs.replace


@pytest.fixture
def cases() -> list[Case]:
    return province(200, seed=5)


def fill(desk: Desk, cases: list[Case]) -> None:
    desk.sync_port.apply_snapshot(
        [CaseRecord(case=c, events=()) for c in cases], None, len(cases), len(cases)
    )
    desk.sync_port.finish_snapshot()


def test_every_open_case_counts_for_its_commune(office: Office, desk: Desk, cases: list[Case]) -> None:
    fill(desk, cases)
    found = office.run(desk.communes(OLD))
    assert (len(found.rows), found.unplaced) == (145, 0)
    for row in found.rows:
        mine = [c for c in cases if c.place.commune == row.code and c.status.is_open]
        assert row.open == len(mine)
        assert row.soon == sum(map(is_soon, mine))
        assert row.overdue == sum(map(is_overdue, mine))
        district = REFERENCE.district_of(row.code, OLD)
        assert district is not None
        assert (row.district, row.people) == (district.code, None)


def test_on_the_map_of_2025_they_count_for_the_units_that_took_theirs_up(
    office: Office, desk: Desk, cases: list[Case]
) -> None:
    fill(desk, cases)
    found = office.run(desk.communes(NEW))
    assert (len(found.rows), found.unplaced) == (41, 0)
    for row in found.rows:
        unit = REFERENCE.unit(row.code, NEW)
        assert unit is not None
        mine = [c for c in cases if c.place.commune in unit.predecessors and c.status.is_open]
        assert (row.open, row.district) == (len(mine), "")


def test_a_case_of_a_later_unit_is_in_none_of_the_earlier_ones(
    office: Office, desk: Desk, cases: list[Case]
) -> None:
    """The codes of some communes went on with another area: 18859 is a ward in both lists."""
    later = datetime(2025, 7, 1, 1, tzinfo=UTC)
    moved = [
        replace(c, entered_at=later, happened_at=later, place=Place(commune="18859"))
        for c in cases
        if c.status.is_open
    ]
    fill(desk, moved)
    found = office.run(desk.communes(OLD))
    assert (sum(row.open for row in found.rows), found.unplaced) == (0, len(moved))
    new = office.run(desk.communes(NEW))
    assert {row.code: row.open for row in new.rows if row.open} == {"18859": len(moved)}
