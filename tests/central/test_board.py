"""What desks tell each other for the board, and scores of calls: who may, what stands, what goes."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from console.domain.identity import new_id
from console.domain.zone import local_day
from console.protocol.board import DeskDay, DeskDays, SampleScore, SampleScores
from tests.central.reports import LEAD, logged
from tests.support.central import Central, Client

replace = msgspec.structs.replace


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client("04", "op04")
    yield made
    made.close()


@pytest.fixture
def chief(central: Central) -> Iterator[Client]:
    made = central.twin().client("05", "sup01")
    yield made
    made.close()


def tell(desk: Client, **more: Any) -> DeskDays:
    day = DeskDay(**{"day": local_day(desk.clock.now()), "state": "ready", "taken": 3} | more)
    answer = desk.raw("PUT", "/desk-days", day)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=DeskDays)


def status(desk: Client, path: str, body: Any) -> tuple[int, str]:
    answer = desk.raw("PUT", path, body)
    return answer.status_code, str(answer.json().get("code"))


def test_who_leads_hears_what_every_desk_did_today_and_nobody_else(desk: Client, chief: Client) -> None:
    assert tell(desk, taken=3) == DeskDays()
    assert tell(desk, taken=4, user="sup01", name="Someone", station="09") == DeskDays()
    told = {(day.station, day.user): day for day in tell(chief, taken=0, state="break").days}
    assert set(told) == {("04", "op04"), ("05", "sup01")}
    theirs = told["04", "op04"]
    assert (theirs.taken, theirs.state, theirs.name == "Someone") == (4, "ready", False)
    assert theirs.told_at is not None


def test_days_that_cannot_be_are_not_kept(desk: Client, central: Central) -> None:
    today = local_day(desk.clock.now())
    for wrong in ({"day": today - timedelta(days=3)}, {"state": "asleep"}, {"taken": -1}):
        body = {"day": today, "taken": 1} | wrong
        assert status(desk, "/desk-days", body)[0] == 400, wrong
    agency = central.client("00", f"ag-{LEAD}")
    try:
        assert status(agency, "/desk-days", {"day": today})[1] == "not_allowed"
    finally:
        agency.close()


def score(desk: Client, case: str, **more: Any) -> SampleScore:
    usual = {
        "case": case, "scored_at": desk.clock.now(), "form": "call", "form_from": date(2023, 1, 1),
        "points": {"place": 3, "manner": 1}, "total": 4, "most": 4,
    }  # fmt: skip
    return SampleScore(**usual | more)


def put(desk: Client, made: SampleScore) -> SampleScore:
    answer = desk.raw("PUT", "/sample-scores", made)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=SampleScore)


def test_the_last_scoring_of_a_call_stands_and_supervisors_read_it(desk: Client, chief: Client) -> None:
    case = logged(desk)
    first = put(chief, score(chief, case, note="Chưa hỏi mốc nhà", by="op04"))
    assert (first.by, first.version > 0) == ("sup01", True)
    earlier = put(chief, score(chief, case, scored_at=first.scored_at - timedelta(hours=1), total=0))
    assert earlier == first
    later = put(chief, score(chief, case, points={"place": 0, "manner": 1}, total=0))
    assert (later.total, later.version) == (0, first.version + 1)
    found = chief.get(f"/sample-scores?after={first.version}", SampleScores)
    assert found == SampleScores(version=later.version, scores=(later,))


def test_scores_that_cannot_be_are_refused(desk: Client, chief: Client) -> None:
    case = logged(desk)
    assert status(desk, "/sample-scores", score(desk, case))[1] == "not_allowed"
    assert desk.raw("GET", "/sample-scores").status_code == 403
    good = score(chief, case)
    for wrong in (
        replace(good, case=new_id()), replace(good, case="x"), replace(good, points={}),
        replace(good, total=3), replace(good, total=5, points={"place": 5}), replace(good, note="x" * 2001),
    ):  # fmt: skip
        assert status(chief, "/sample-scores", wrong)[0] == 400, wrong
