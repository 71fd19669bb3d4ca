"""Questions at random cases: counts, order, filters and the map equal slow and obvious answers."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from console.desk import spots
from console.desk.desk import Desk
from console.desk.names import STATUSES, ranked
from console.desk.rows import Filter, QueueRow, Sort, View
from console.domain.case import Callback, Case, Channel, Deadline, Reporter, Request, Status
from console.domain.category import Clock, Urgency
from console.domain.place import Place, Point
from console.domain.suggest import commune_at
from console.domain.text import fold_text
from console.models.case_rows import ABOUT_HERE, RESTS
from console.protocol.wire import CaseRecord, ChangesAnswer
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import DISPATCHER, LEAD, MONDAY, PHONE, REFERENCE, TYPE, WARDS, WORDS

replace = msgspec.structs.replace
PHONES = [PHONE, "+84987654321", None]


def province(count: int, seed: int) -> list[Case]:
    """Cases in every state, around now."""
    chance = random.Random(seed)
    return [_one(number, chance) for number in range(count)]


def _one(number: int, chance: random.Random) -> Case:
    entered = MONDAY - timedelta(minutes=chance.randrange(60 * 24 * 40))
    status = chance.choice(list(Status))
    ward, phone = chance.choice(WARDS), chance.choice(PHONES)
    at = Point(ward.lon + chance.uniform(-0.01, 0.01), ward.lat) if chance.random() < 0.8 else None
    ended = status in (Status.RESOLVED, Status.CLOSED)
    return Case(
        id=f"case-{number:04d}",
        number=f"2411-07{number:03d}-0",
        channel=chance.choice(list(Channel)),
        status=status,
        urgency=chance.choice(list(Urgency)),
        type=chance.choice(REFERENCE.types).code,
        title=chance.choice(["Nắp cống vỡ", "Đèn đường tắt", "Rác thải ven sông"]),
        description=WORDS,
        place=Place(commune=ward.code, point=at),
        happened_at=entered,
        entered_at=entered,
        logged_by=DISPATCHER,
        reporter=Reporter(phone=phone, callback=chance.random() < 0.5, anonymous=phone is None),
        handler=chance.choice(["", "op01", "op02"]),
        lead=LEAD if status is not Status.NEW else None,
        deadline=None if ended or chance.random() < 0.1 else _deadline(entered, status, chance),
        resolved_at=entered + timedelta(hours=3) if ended else None,
        closed_at=entered + timedelta(days=2) if status in (Status.CLOSED, Status.REJECTED) else None,
        callbacks=(Callback(id="1", at=MONDAY, by=DISPATCHER, reached=True),)
        if chance.random() < 0.2
        else (),
        request=Request(id="r", kind="close", at=MONDAY, by=DISPATCHER, words=WORDS)
        if status is Status.RESOLVED and number % 3 == 0
        else None,
        revision=number + 1,
    )


def _deadline(start: object, status: Status, chance: random.Random) -> Deadline:
    due = MONDAY + timedelta(minutes=chance.randrange(-3000, 6000))
    rests = {"resting_since": MONDAY, "remaining_minutes": 60} if status is Status.NEED_INFO else {}
    return Deadline(
        stage="resolve",
        clock=Clock.ROUND,
        start=start,  # type: ignore[arg-type]
        due=due,
        near=due - timedelta(hours=10),
        original=due,
        **rests,  # type: ignore[arg-type]
    )


@pytest.fixture
def cases() -> list[Case]:
    return province(300, seed=3)


@pytest.fixture
def full(office: Office, desk: Desk, cases: list[Case]) -> Desk:
    desk.sync_port.apply_snapshot([CaseRecord(case=case, events=()) for case in cases], None, 300, 300)
    desk.sync_port.finish_snapshot()
    return desk


def running(case: Case) -> Deadline | None:
    return case.deadline if case.deadline and case.deadline.resting_since is None else None


def is_soon(case: Case) -> bool:
    clock = running(case)
    return case.status.is_open and clock is not None and clock.near <= MONDAY < clock.due


def is_overdue(case: Case) -> bool:
    clock = running(case)
    return case.status.is_open and clock is not None and clock.due <= MONDAY


def wants_call(case: Case) -> bool:
    told = case.reporter is not None and case.reporter.callback and case.reporter.phone is not None
    return told and case.status in (Status.RESOLVED, Status.CLOSED) and not case.callbacks


BELONGS: dict[View, Callable[[Case], bool]] = {
    View.OPEN: lambda c: c.status.is_open,
    View.MINE: lambda c: c.status.is_open and c.handler == "op01",
    View.TRIAGE: lambda c: c.status is Status.NEW and c.channel is not Channel.PHONE and not c.handler,
    View.SOON: is_soon,
    View.OVERDUE: is_overdue,
    View.CALLBACK: wants_call,
    View.APPROVAL: lambda c: c.request is not None,
    View.ALL: lambda c: True,
}


def everything(office: Office, desk: Desk, view: View, chosen: Filter, sort: Sort) -> list[QueueRow]:
    """All pages of a view, seven rows at a time."""
    rows: list[QueueRow] = []
    while True:
        page = office.run(desk.queue(view, chosen, sort, len(rows), 7))
        rows += page.rows
        if not page.rows:
            assert page.total == len(rows)
            return rows


@pytest.mark.parametrize("view", View)
def test_views_hold_what_they_say(office: Office, full: Desk, cases: list[Case], view: View) -> None:
    expected = {case.id for case in cases if BELONGS[view](case)}
    assert expected, "the random province has some of each"
    rows = everything(office, full, view, Filter(), Sort.DUE)
    assert {row.id for row in rows} == expected
    if view is not View.ALL:
        assert office.run(full.counts())[view] == len(expected)


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("view", [View.OPEN, View.MINE, View.SOON, View.OVERDUE, View.ALL])
def test_orders(office: Office, full: Desk, cases: list[Case], view: View, sort: Sort) -> None:
    rows = everything(office, full, view, Filter(), sort)
    places = {c.id: (_name(_district(c)), _name(c.place.commune)) for c in cases}
    keys: dict[Sort, Callable[[QueueRow], Any]] = {
        Sort.DUE: lambda r: (r.due is None, r.resting, r.due),
        Sort.NEWEST: lambda r: -r.entered.timestamp(),
        Sort.NUMBER: lambda r: r.number,
        Sort.URGENCY: lambda r: -r.urgency.rank,
        Sort.TYPE: lambda r: ranked(REFERENCE, Sort.TYPE)[0].index(r.type),
        Sort.PLACE: lambda r: places[r.id],
        Sort.STATUS: lambda r: STATUSES.index(r.display_status),
        Sort.AGENCY: lambda r: (r.lead is None, fold_text(r.lead_name)),
        Sort.CHANNEL: lambda r: list(Channel).index(r.channel),
    }
    made = [keys[sort](row) for row in rows if row.due or sort is not Sort.DUE]
    assert made == sorted(made)
    assert len({row.id for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("chosen", "holds"),
    [
        (Filter(districts=(str(WARDS[0].parent),)), lambda c: _district(c) == WARDS[0].parent),
        (Filter(channels=(Channel.APP,)), lambda c: c.channel is Channel.APP),
        (Filter(categories=(TYPE.category,)), lambda c: _category(c) == TYPE.category),
        (Filter(words="nap CONG vo"), lambda c: True),  # in every description
        (
            Filter(words="ven SÔNG", channels=(Channel.APP,)),
            lambda c: "ven" in c.title and c.channel is Channel.APP,
        ),
        (Filter(words="no such words"), lambda c: False),
    ],
)
def test_filters(
    office: Office, full: Desk, cases: list[Case], chosen: Filter, holds: Callable[[Case], bool]
) -> None:
    for view in View:
        expected = {case.id for case in cases if BELONGS[view](case) and holds(case)}
        assert {row.id for row in everything(office, full, view, chosen, Sort.DUE)} == expected
        assert office.run(full.counts(chosen)).get(view, len(expected)) == len(expected)


def _district(case: Case) -> str | None:
    unit = REFERENCE.district_of(case.place.commune, case.entered_at.date())
    return unit.code if unit else None


def _name(code: str | None) -> str:
    unit = REFERENCE.unit(code or "")
    return fold_text(unit.short) if unit else ""


def _category(case: Case) -> str:
    kind = REFERENCE.type(case.type)
    return kind.category if kind else ""


def test_the_map_has_every_open_case_once(office: Office, full: Desk, cases: list[Case]) -> None:
    points = office.run(full.points())
    by_id = {case.id: case for case in cases if case.status.is_open}
    assert len(points) == len(by_id)
    assert set(points.ids) == set(by_id)
    for row, case_id in enumerate(points.ids):
        case = by_id[case_id]
        rests = case.deadline is not None and case.deadline.resting_since is not None
        clock = running(case)
        assert points.due_ms[row] == (int(clock.due.timestamp() * 1000) if clock else 0)
        assert points.near_ms[row] == (int(clock.near.timestamp() * 1000) if clock else 0)
        assert bool(points.flags[row] & RESTS) == rests
        assert bool(points.flags[row] & ABOUT_HERE) == (case.place.point is None)


def test_the_map_has_every_case_of_a_period_also_closed_ones(
    office: Office, full: Desk, cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spots, "SLICE", 7)  # many slices, and moments that do not fit into one
    begin, end = (_ms(MONDAY - timedelta(days=days)) for days in (20, 5))
    before = [c for c in cases if _ms(c.entered_at) < end]
    standing = office.run(full.spots(begin, end))
    stood = [c for c in before if _ends(c) >= begin and c.status is not Status.MERGED]
    assert standing.entered_ms.tolist() == sorted(_ms(c.entered_at) for c in stood)
    assert sorted(standing.closed_ms.tolist()) == sorted(_ends(c) for c in stood)
    new = office.run(full.spots(begin, end, new_only=True))
    entered = [_ms(c.entered_at) for c in before if _ms(c.entered_at) >= begin]
    assert new.entered_ms.tolist() == sorted(entered)
    one = next(c for c in cases if begin <= _ms(c.entered_at) < end and c.place.point is not None)
    assert one.place.point is not None
    (row,) = [i for i, lon in enumerate(new.lon) if lon == one.place.point.lon]
    assert new.communes[new.commune[row]] == one.place.commune
    assert new.closed_ms[row] == _ends(one)
    rests = one.deadline is not None and one.deadline.resting_since is not None
    assert bool(new.flags[row] & RESTS) == rests
    assert new.due_ms[row] == (_ms(one.deadline.due) if one.deadline and not rests else 0)


def test_a_moment_with_more_cases_than_a_slice_is_read_whole(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = [replace(c, entered_at=MONDAY) for c in province(20, seed=3)]
    desk.sync_port.apply_snapshot([CaseRecord(case=case, events=()) for case in together], None, 20, 20)
    desk.sync_port.finish_snapshot()
    monkeypatch.setattr(spots, "SLICE", 3)
    assert len(office.run(desk.spots(0, _ms(MONDAY) + 1, new_only=True))) == 20


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _ends(case: Case) -> int:
    """When it left the open ones, as far as one knows."""
    if case.closed_at is not None:
        return _ms(case.closed_at)
    return spots.STILL_OPEN if case.status.is_open else _ms(case.entered_at)


def test_no_cases_no_points(office: Office, desk: Desk) -> None:
    points = office.run(desk.points())
    assert (len(points), points.lon.dtype, points.flags.dtype) == (0, "float64", "int8")


def test_the_table_under_the_map(office: Office, full: Desk, cases: list[Case]) -> None:
    rows = {row.code: row for row in office.run(full.districts())}
    assert len(rows) == 8
    for code, row in rows.items():
        inside = [c for c in cases if _district(c) == code and c.status.is_open]
        assert row.open == len(inside)
        assert row.soon == sum(map(is_soon, inside))
        assert row.overdue == sum(map(is_overdue, inside))


def test_earlier_cases_of_a_caller_open_ones_first(office: Office, full: Desk, cases: list[Case]) -> None:
    found = office.run(full.earlier(PHONE))
    theirs = [c for c in cases if c.reporter and c.reporter.phone == PHONE]
    newest = {c.id for c in sorted(theirs, key=lambda c: c.entered_at, reverse=True)[:20]}
    assert {row.id for row in found} == newest
    assert [row.open for row in found] == sorted((row.open for row in found), reverse=True)
    assert office.run(full.earlier("+84900000000")) == ()
    points = {c.id: c.place.point for c in theirs if c.place.point}
    pinned = {row.id: row.commune for row in found if row.id in points}
    today = MONDAY.date()
    assert pinned == {
        case: commune_at(REFERENCE, points[case].lon, points[case].lat, today) or "" for case in pinned
    }
    assert any(pinned.values())


def test_a_case_and_its_row_by_number(office: Office, full: Desk, cases: list[Case]) -> None:
    view = office.run(full.case_by_number(cases[5].number))
    assert view is not None
    assert view.case == cases[5]
    assert office.run(full.rows([cases[5].id, "nowhere"])) == {cases[5].id: view.row}
    assert office.run(full.case("nowhere")) is None
    assert office.run(full.case_by_number("2411-07999-9")) is None


def test_rows_are_new_after_a_write_and_the_same_before(
    office: Office, full: Desk, cases: list[Case]
) -> None:
    before = office.run(full.queue(View.OPEN)).rows
    assert office.run(full.queue(View.OPEN)).rows[0] is before[0]
    case = next(c for c in cases if c.id == before[0].id)
    changed = replace(case, title="Đã đổi tên", revision=999)
    full.sync_port.apply_changes(centre_answer(cursor=999, record=CaseRecord(case=changed, events=())))
    assert office.run(full.queue(View.OPEN)).rows[0].title == "Đã đổi tên"


def centre_answer(cursor: int, record: CaseRecord) -> ChangesAnswer:
    return ChangesAnswer(cursor=cursor, more=False, records=(record,), server_time=MONDAY)


def test_what_has_no_pin_is_compared_within_its_commune_before_and_with_the_index(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    ward, other = WARDS[:2]
    done = logged(office, desk, place=Place(commune=ward.code, text="Chợ Đồng Phú"))
    exchange(desk, centre)
    pinned = Place(commune=ward.code, point=Point(ward.lon + 0.02, ward.lat))
    elsewhere = Place(commune=other.code, point=Point(ward.lon, ward.lat))

    def looks() -> list[tuple[str, int | None]]:
        found = (office.run(desk.suspects(TYPE.code, at, "", MONDAY)) for at in (pinned, elsewhere))
        return [(one.row.id, one.metres) for part in found for one in part]

    assert looks() == [(done.case, None)]
    office.run(desk.keep_index())
    assert looks() == [(done.case, None)]


def test_known_already_is_found_near_in_place_and_words(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    done = logged(office, desk)
    exchange(desk, centre)
    ward = WARDS[0]
    near = Place(commune=ward.code, point=Point(ward.lon + 0.001, ward.lat))
    (found,) = office.run(desk.suspects(TYPE.code, near, "Nắp cống bị vỡ, nguy hiểm", MONDAY))
    assert (found.row.id, found.same_type) == (done.case, True)
    assert found.likely
    assert found.metres is not None
    assert 95 < found.metres < 115
    assert found.words[0].startswith("nắp cống")
    far = Place(commune=ward.code, point=Point(ward.lon + 0.05, ward.lat))
    assert office.run(desk.suspects(TYPE.code, far, "Nắp cống", MONDAY)) == ()
    other = next(t for t in REFERENCE.types if t.group != TYPE.group)
    assert office.run(desk.suspects(other.code, near, "Nắp cống", MONDAY)) == ()
    assert office.run(desk.suspects(TYPE.code, near, "Nắp cống", MONDAY + timedelta(days=40))) == ()
    (unpinned,) = office.run(desk.suspects(TYPE.code, Place(commune=ward.code), "", MONDAY))
    assert unpinned.metres is None
    assert office.run(desk.suspects(TYPE.code, Place(commune="nowhere"), "", MONDAY)) == ()
