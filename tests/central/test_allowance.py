"""What a station may ask is counted once, whichever server it asks."""

import threading
from typing import Any

import pytest

from console.central.allowance import TAKEN_OUT, Allowance, Rate
from console.central.problems import Refuse
from console.domain.case import Role
from console.protocol.wire import CommandsRequest, Identity
from tests.central.reports import report
from tests.support.central import Central

WHO = Identity(user="op03", name="", role=Role.OPERATOR, station="03")
NO_REFILL = 1e-9


class Hands:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def spent(allowance: Allowance, who: Identity, tries: int) -> int:
    """How many of so many calls go through."""
    through = 0
    for _ in range(tries):
        try:
            allowance.spend(who)
        except Refuse:
            continue
        through += 1
    return through


def test_two_processes_share_one_bucket_and_leave_no_more_than_they_took_out(central: Central) -> None:
    rate = Rate(per_second=NO_REFILL, burst=100)
    servers = [Allowance(central.engine, rate) for _ in range(2)]
    through = list[int]()
    ways = [threading.Thread(target=lambda s=s: through.append(spent(s, WHO, 200))) for s in servers]
    for way in ways:
        way.start()
    for way in ways:
        way.join()
    assert 100 - TAKEN_OUT <= sum(through) <= 100


def test_stations_and_agencies_have_a_bucket_each_and_the_centre_itself_has_none(central: Central) -> None:
    allowance = Allowance(central.engine, Rate(per_second=NO_REFILL, burst=3))
    agency = Identity(user="a", name="", role=Role.AGENCY, station="00", agency="x")
    other = Identity(user="b", name="", role=Role.AGENCY, station="00", agency="y")
    portal = Identity(user="system", name="", role=Role.SYSTEM, station="00")
    assert [spent(allowance, who, 9) for who in (WHO, agency, other, portal)] == [3, 3, 3, 9]


def test_an_empty_bucket_costs_no_question_until_it_fills_again(central: Central) -> None:
    hands = Hands()
    allowance = Allowance(central.engine, Rate(per_second=1000.0, burst=2), monotonic=hands)
    with pytest.raises(Refuse) as refused:
        allowance.spend(WHO, 3)
    assert (refused.value.problem.status, refused.value.problem.code) == (429, "too_many_calls")
    assert (refused.value.retry_after or 0) > 0
    central.engine.dispose()
    asked = list[Any]()
    allowance._take = lambda holder, need: (asked.append(need), (need, 0.0))[1]  # type: ignore[method-assign, func-returns-value]
    assert spent(allowance, WHO, 5) == 0
    assert asked == []
    hands.at += 1.0
    assert spent(allowance, WHO, 1) == 1
    assert asked == [1]


def test_a_station_that_asks_too_much_is_told_when_to_come_again_and_others_go_on(central: Central) -> None:
    desk, other = central.client(), central.client("05", "op05")
    central.centre.allowance._rate = Rate(per_second=NO_REFILL, burst=2)
    command = desk.command(report(desk))
    found = [desk.raw("POST", "/commands", CommandsRequest(commands=(command,))) for _ in range(3)]
    assert [response.status_code for response in found] == [200, 200, 429]
    assert found[-1].json()["code"] == "too_many_calls"
    assert int(found[-1].headers["Retry-After"]) > 0
    assert other.raw("GET", "/changes?after=0").status_code == 200
    for client in (desk, other):
        client.close()
