"""From a case to the columns that the queue reads."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from console.domain.callbacks import is_due
from console.domain.case import Actor, Callback, Case, Channel, Deadline, Reporter, Role, Status
from console.domain.category import Clock, Urgency
from console.domain.found_by import phone_words
from console.domain.place import Place, Point
from console.models.case_rows import (
    ABOUT_HERE,
    NEVER,
    NEW_OR_TRIAGE,
    RESTING,
    RESTS,
    Local,
    RowMaker,
)
from console.models.cases import Cases
from console.models.place_line import PlaceLines
from console.models.shape import COLUMNS
from console.models.store import open_store
from console.models.times import from_ms, from_ms_or_none, to_ms, to_ms_or_none
from console.reference import bundled

REFERENCE = bundled()
AT = datetime(2024, 11, 4, 7, 0, tzinfo=UTC)
BY = Actor(user="op01", name="Hà", role=Role.OPERATOR, station="07")
WARD = next(u for u in REFERENCE.communes(AT.date()) if u.short == "Hải Thành")


def case(**changed: Any) -> Case:
    values: dict[str, Any] = {
        "id": "01",
        "number": "2411-07001-2",
        "channel": Channel.PHONE,
        "status": Status.NEW,
        "urgency": Urgency.NORMAL,
        "type": REFERENCE.types[0].code,
        "title": "Nắp cống vỡ",
        "description": "Nắp cống vỡ giữa đường",
        "place": Place(commune=WARD.code, text="Đường Trương Pháp", point=Point(106.62, 17.48)),
        "happened_at": AT,
        "entered_at": AT,
        "logged_by": BY,
        "handler": "op01",
        "reporter": Reporter(name="Nguyễn Văn Long", phone="+84912345678", callback=True),
    }
    return Case(**{**values, **changed})


def columns(made: Case, local: Local = Local()) -> dict[str, Any]:  # noqa: B008 - a frozen value
    return dict(zip(COLUMNS, RowMaker(REFERENCE).row(1, made, local), strict=True))


def deadline(**changed: Any) -> Deadline:
    due = AT + timedelta(hours=4)
    made = Deadline(stage="resolve", clock=Clock.ROUND, start=AT, due=due, near=due, original=due)
    return msgspec.structs.replace(made, **changed)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Đường Trương Pháp", "Đường Trương Pháp, P. Hải Thành, Đồng Hới"),
        ("", "P. Hải Thành, Đồng Hới"),
        ("Chợ phường Hải Thành", "Chợ phường Hải Thành, Đồng Hới"),
    ],
)
def test_the_place_as_one_line(text: str, line: str) -> None:
    assert PlaceLines(REFERENCE).line(case(place=Place(commune=WARD.code, text=text))) == line


def test_a_commune_nobody_knows_is_shown_by_its_code() -> None:
    assert PlaceLines(REFERENCE).line(case(place=Place(commune="99999", text="Cầu"))) == "Cầu, 99999"


def test_a_case_keeps_the_district_of_its_day() -> None:
    later = case(entered_at=datetime(2026, 1, 5, tzinfo=UTC))
    assert PlaceLines(REFERENCE).district(case()) == WARD.parent
    assert PlaceLines(REFERENCE).district(later) == ""


def test_running_clocks_sort_before_resting_ones_before_none() -> None:
    running = columns(case(deadline=deadline()))
    resting = columns(case(deadline=deadline(resting_since=AT, remaining_minutes=5)))
    none = columns(case())
    assert running["due_sort"] < resting["due_sort"] < none["due_sort"]
    assert (resting["due_sort"] - RESTING, resting["near_sort"]) == (resting["due_ms"], NEVER)
    assert (none["due_ms"], none["near_ms"], none["due_sort"]) == (None, None, NEVER)


def test_points_and_their_flags() -> None:
    own = columns(case())
    assert (own["lon"], own["lat"], own["point_flags"]) == (106.62, 17.48, NEW_OR_TRIAGE)
    about = columns(
        case(
            place=Place(commune=WARD.code),
            status=Status.NEED_INFO,
            deadline=deadline(resting_since=AT, remaining_minutes=5),
        )
    )
    assert (about["lon"], about["lat"]) == (WARD.lon, WARD.lat)
    assert about["point_flags"] == RESTS | ABOUT_HERE


def test_new_to_everyone_is_unread_until_seen_here_or_taken_up() -> None:
    portal = case(channel=Channel.PORTAL, handler="")
    assert columns(portal)["unread"] == 1
    assert columns(portal)["triage"] == 1
    assert columns(portal, Local(seen=True))["unread"] == 0
    assert columns(case())["unread"] == 0


def test_who_is_to_be_called_back() -> None:
    done = case(status=Status.RESOLVED, resolved_at=AT)
    missed = Callback(id="1", at=AT, by=BY, reached=False)
    before = Callback(id="2", at=AT - timedelta(days=1), by=BY, reached=True)
    reached = Callback(id="3", at=AT, by=BY, reached=True, satisfied=5)
    assert is_due(done)
    assert is_due(msgspec.structs.replace(done, callbacks=(missed, before)))
    assert not is_due(msgspec.structs.replace(done, callbacks=(missed, reached)))
    assert not is_due(case())
    assert not is_due(msgspec.structs.replace(done, reporter=Reporter(phone="+84912345678")))
    assert not is_due(msgspec.structs.replace(done, reporter=Reporter(anonymous=True)))
    assert not is_due(msgspec.structs.replace(done, reporter=None))


def test_a_case_is_found_by_its_folded_words() -> None:
    words = RowMaker(REFERENCE).words(case(lead=REFERENCE.agencies[0].code)).split()
    for expected in (
        "2411-07001-2",
        "2411070012",
        "nap",
        "cong",
        "truong",
        "phap,",
        "5678",
        "0912345678",
        "long",
    ):
        assert expected in words


def test_phones_are_looked_for_as_they_are_said() -> None:
    said = phone_words("+84912345678")
    for part in ("0912345678", "84912345678", "5678", "2345", "3456", "912345"):
        assert any(word.startswith(part) for word in said), part
    assert phone_words(None) == []


def test_times_survive_to_the_millisecond() -> None:
    moment = datetime(2024, 11, 4, 7, 0, 0, 123999, tzinfo=UTC)
    assert from_ms(to_ms(moment)) == moment.replace(microsecond=123000)
    assert to_ms(datetime(1969, 12, 31, 23, 59, 59, 999000, tzinfo=UTC)) == -1
    assert (to_ms_or_none(None), from_ms_or_none(None)) == (None, None)


@pytest.mark.parametrize("micro", [0, 5, 120_000, 999_999])
def test_an_upgraded_row_has_the_time_of_its_result_as_a_new_one_has_it(tmp_path: Path, micro: int) -> None:
    fill = import_module("console.models.migrations.versions.0018_board").FILL
    at = AT.replace(microsecond=micro)
    ended = [case(id=f"0{n}", number=str(n), status=status, resolved_at=at) for n, status in enumerate(
        (Status.RESOLVED, Status.CLOSED, Status.MERGED))]  # fmt: skip
    ended.append(case(id="04", number="4"))
    store = open_store(tmp_path, bytes(32))
    cases = Cases(store, REFERENCE)
    with store.transaction():
        cases.put_new([cases.make(made, ()) for made in ended])
        store.cursor("UPDATE case_row SET resolved_ms = NULL")
        store.cursor(fill)
    wanted = [(made.id, columns(made)["resolved_ms"]) for made in ended]
    assert [found for _, found in wanted] == [to_ms(at), to_ms(at), None, None]
    assert store.read("SELECT id, resolved_ms FROM case_row ORDER BY id") == wanted
    store.close()
