"""A whole province by bulk load: the same as if it had come in, and numbers go on after it."""

import pytest

from console.central import seed
from console.central.practice import records
from console.central.practice_start import BEGINS, STARTS
from console.central.seed import batched, load
from console.domain.number import CaseNumber, parse_number
from console.protocol.wire import CaseRecord, StationAnswer, StationRequest
from tests.central.reports import REFERENCE, accepted, changes, report, snapshot
from tests.support.central import PASSWORD, Central

COUNT = 50


@pytest.fixture(scope="module")
def province() -> list[CaseRecord]:
    return list(records(REFERENCE, 5, COUNT, STARTS, BEGINS))


@pytest.fixture
def filled(central: Central, province: list[CaseRecord], monkeypatch: pytest.MonkeyPatch) -> Central:
    monkeypatch.setattr(seed, "SLICE", 7)
    assert load(central.engine, iter(province), BEGINS) == COUNT
    return central


def test_what_was_loaded_is_read_as_it_was_made(filled: Central, province: list[CaseRecord]) -> None:
    desk = filled.client()
    lines = snapshot(desk)
    found = {line.record.case.id: line.record for line in lines if line.record is not None}
    assert found == {record.case.id: record for record in province}
    assert lines[0].cursor == max(record.case.revision for record in province)
    pulled = {r.case.id for r in changes(desk, 0, 1000).records}
    assert pulled == set(found)
    desk.close()


def test_numbers_and_revisions_go_on_after_it(filled: Central, province: list[CaseRecord]) -> None:
    desk = filled.client()
    cursor = changes(desk, 0, 1000).cursor
    (verdict,) = accepted(desk, desk.command(report(desk)))
    assert verdict.case is not None
    assert verdict.case.revision == cursor + 1
    highest = dict[tuple[str, str], int]()
    for record in province:
        parts = parse_number(record.case.number)
        assert isinstance(parts, CaseNumber)
        key = parts.station, parts.month
        highest[key] = max(highest.get(key, 0), parts.counter)
    station = min(station for station, _ in highest if station not in ("00", desk.station))
    asked = StationRequest(station=station, user="sup01", password=PASSWORD)
    answer: StationAnswer = desk.post("/auth/stations", asked, StationAnswer)
    assert answer.counters == {month: n for (s, month), n in highest.items() if s == station}
    desk.close()


def test_a_province_is_loaded_once(filled: Central, province: list[CaseRecord]) -> None:
    assert load(filled.engine, iter(province), BEGINS) == 0


def test_batches_keep_order_and_lose_nothing() -> None:
    assert list(batched(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(batched([], 3)) == []
