"""The practice province lives on: its acts are accepted, fit the case, and come again after a break."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

from console.central.practice import records
from console.central.practice.living import AGE, EVERY_S, Province
from console.central.practice_start import BEGINS
from console.central.seed import load
from console.domain.case import Event, Role
from console.domain.command import Assign
from console.domain.identity import new_id
from tests.central.reports import LEAD, REFERENCE, accepted, assigned, changes, logged
from tests.support.central import Central, Client

COUNT = 60
ACTS = 40


class SetClock:
    """Stands where it was set."""

    def __init__(self) -> None:
        self.at = BEGINS

    def now(self) -> object:
        return self.at


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def still(cluster: object, clock: SetClock) -> Iterator[Central]:
    """A centre with a small province, whose time stands still."""
    made = Central(cluster.database(), clock)  # type: ignore[attr-defined]
    load(made.engine, records(REFERENCE, 1, COUNT, BEGINS - timedelta(days=3), BEGINS), BEGINS)
    yield made
    made.close()


def lived(central: Central, clock: SetClock, seed: int, acts: int = ACTS) -> list[Event]:
    """What a province does in so many acts."""
    province = Province(central.url, clock, seed, speed=0)  # type: ignore[arg-type]
    province.wake()
    for _ in range(acts):
        clock.at += timedelta(seconds=EVERY_S)
        province.one_act()
    province.stop()
    desk = central.client()
    found = [e for record in all_changes(desk) for e in record.events if e.at > BEGINS]
    desk.close()
    return sorted(found, key=lambda e: e.seq)


def all_changes(desk: Client) -> list:  # type: ignore[type-arg]
    found, cursor, more = [], 0, True
    while more:
        answer = changes(desk, cursor, 1000)
        found += answer.records
        cursor, more = answer.cursor, answer.more
    return found


def test_reports_come_in_and_agencies_act_on_what_they_have(still: Central, clock: SetClock) -> None:
    events = lived(still, clock, seed=7)
    kinds = {event.kind for event in events}
    assert {"log_report", "accept", "resolve"} <= kinds
    assert kinds <= {"log_report", "accept", "return", "ask_extension", "resolve"}
    assert len(events) > ACTS / 2
    roles = {(e.by.role, e.by.station) for e in events}
    assert roles == {(Role.SYSTEM, "00"), (Role.AGENCY, "00")}


def test_the_same_seed_at_the_same_time_lives_the_same(cluster: object) -> None:
    told = []
    for _ in range(2):
        clock = SetClock()
        central = Central(cluster.database(), clock)  # type: ignore[attr-defined]
        load(central.engine, records(REFERENCE, 1, COUNT, BEGINS - timedelta(days=3), BEGINS), BEGINS)
        told.append([(e.kind, e.at, e.by, msgspec.json.encode(e.data)) for e in lived(central, clock, 3, 20)])
        central.close()
    assert told[0] == told[1]
    assert told[0]


def test_a_case_just_forwarded_is_left_alone_for_a_while(central: Central) -> None:
    clock = SetClock()
    clock.at = central.clock.now()
    desk = central.client()
    case = assigned(desk)
    province = Province(central.url, clock, 1, speed=0)  # type: ignore[arg-type]
    province.wake()
    for _ in range(10):
        province.one_act()
    assert [e.kind for r in all_changes(desk) if r.case.id == case for e in r.events] == [
        "log_report",
        "assign",
    ]
    clock.at += AGE + timedelta(minutes=1)
    for _ in range(10):
        province.one_act()
    assert len([e for r in all_changes(desk) if r.case.id == case for e in r.events]) > 2
    province.stop()
    desk.close()


def test_the_province_goes_on_after_the_server_was_away(central: Central) -> None:
    desk = central.client()
    province = Province(central.url, central.clock, 1, speed=2_000)
    province.start()
    grown(desk, 3)
    central.stop()
    central.start()
    grown(desk, 3)
    province.stop()
    desk.close()


def test_at_speed_nought_it_stands_still(central: Central) -> None:
    before = threading.active_count()
    province = Province(central.url, central.clock, 1, speed=0)
    province.start()
    assert threading.active_count() == before
    province.stop()


def grown(desk: Client, by: int) -> None:
    """Wait, from one hint of the stream to the next, until the ledger has grown."""
    first, quiet = changes(desk).cursor, 0
    with desk.raw("GET", "/stream", stream=True) as stream:
        for line in stream.iter_lines():
            if line.startswith(b"data:") and changes(desk, first).cursor >= first + by:
                return
            quiet += line.startswith(b":")
            assert quiet < 4, "the province sleeps"
    raise AssertionError("the stream ended")


def test_an_agencys_act_may_come_from_the_gateway_but_no_other_persons(central: Central) -> None:
    desk = central.client()
    case = logged(desk)
    province = Province(central.url, central.clock, 1, speed=0)
    province.wake()
    forged = desk.command(
        Assign(lead=LEAD, expects=None), case, msgspec.structs.replace(desk.actor, station="00")
    )
    body = msgspec.json.encode({"commands": [forged]})
    answer = province._session.post(f"{central.url}/api/v1/commands", data=body, timeout=30)
    (verdict,) = answer.json()["verdicts"]
    assert verdict["refusal"]["code"] == "not_allowed"
    assert accepted(desk, msgspec.structs.replace(forged, id=new_id(), by=desk.actor))
    province.stop()
    desk.close()
