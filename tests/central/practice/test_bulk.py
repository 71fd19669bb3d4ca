"""Bulk records are as many as wanted, unlike each other, and each whole in itself."""

from console.central.practice.bulk import bulk
from console.domain.area import Area
from console.domain.number import CaseNumber, parse_number
from console.domain.zone import local_day
from console.reference import bundled
from tests.central.practice.province import END, START

COUNT, POOL = 2500, 800


def test_retellings_have_ids_numbers_and_sequences_of_their_own() -> None:
    told = list(bulk(bundled(), 3, COUNT, START, END, pool=POOL))
    assert len(told) == COUNT
    assert len({r.case.id for r in told}) == COUNT
    assert len({r.case.number for r in told}) == COUNT
    assert all(isinstance(parse_number(r.case.number), CaseNumber) for r in told)
    events = [event for record in told for event in record.events]
    assert len({e.id for e in events}) == len({e.seq for e in events}) == len(events)
    for record in told:
        assert {event.case for event in record.events} == {record.case.id}
        assert record.case.revision == record.events[-1].seq
        assert record.events[0].at == record.case.entered_at
        assert [e.at for e in record.events] == sorted(e.at for e in record.events)


def test_merged_cases_point_into_their_own_retelling() -> None:
    told = {r.case.id: r for r in bulk(bundled(), 3, COUNT, START, END, pool=POOL)}
    merged = [r.case for r in told.values() if r.case.merged_into]
    assert merged
    for case in merged:
        parent = told[str(case.merged_into)].case
        assert parent.type == case.type
        merges = [e for e in told[case.id].events if e.kind == "merge"]
        assert merges[-1].data == {"into": parent.id, "number": parent.number}


def test_pins_stay_in_their_communes_and_lie_apart() -> None:
    area, points = bundled().built(Area), set()
    for record in bulk(bundled(), 3, COUNT, START, END, pool=POOL):
        place = record.case.place
        if place.point is not None:
            points.add(place.point)
            outline = area.outlines(local_day(record.case.happened_at))[place.commune]
            assert outline.holds(place.point.lon, place.point.lat)
    assert len(points) > COUNT * 0.8


def test_a_pool_is_told_once_where_that_is_enough() -> None:
    assert len(list(bulk(bundled(), 3, 40, START, END))) == 40
    assert list(bulk(bundled(), 3, 0, START, END)) == []
