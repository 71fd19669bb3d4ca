"""Reports of a period: counted at centre and desk out of the same cases, locked, made by the calendar."""

import asyncio
import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from console.central.practice.records import records
from console.central.report_calendar import ReportCalendar
from console.central.tables import cases
from console.desk.reports.period_reports import PeriodReport, Source
from console.domain.command import Resolve
from console.domain.figures.figures import Figures, encoded
from console.domain.figures.period import Period, PeriodKind, period_of
from console.domain.zone import local_day
from console.protocol.reports import KeptKind, LockRequest, ReportAnswer, ReportsAnswer
from console.protocol.wire import CaseRecord
from tests.central.practice.province import END, START
from tests.central.reports import LEAD, REFERENCE, accepted, assigned
from tests.desk.people import Wall, open_at
from tests.support.central import Central, Client

OCTOBER = Period(first=date(2024, 10, 1), last=date(2024, 10, 31))
PERIODS = (
    OCTOBER,
    Period(first=date(2024, 9, 16), last=date(2024, 9, 17)),
    period_of(PeriodKind.YEAR, END.date()),
)


@pytest.fixture(scope="module")
def province() -> tuple[CaseRecord, ...]:
    return tuple(records(REFERENCE, 2, 400, START, END))


@pytest.fixture
def supervisor(central: Central) -> Iterator[Client]:
    made = central.client("01", "sup01")
    yield made
    made.close()


def settle(central: Central, province: tuple[CaseRecord, ...]) -> None:
    rows = [
        {
            "id": case.id, "number": case.number, "revision": case.revision, "entered_at": case.entered_at,
            "status": case.status.value, "lead": case.lead, "supporting": list(case.supporting),
            "body": msgspec.json.encode(case).decode(),
        }
        for case in (record.case for record in province)
    ]  # fmt: skip
    with central.engine.begin() as connection:
        connection.execute(cases.insert(), rows)


def asked(client: Client, period: Period) -> ReportAnswer:
    path = f"/reports/figures?first={period.first}&last={period.last}"
    answer: ReportAnswer = client.get(path, ReportAnswer)
    return answer


def at_no_time(figures: Figures) -> Figures:
    return msgspec.structs.replace(figures, as_of=END)


def test_desk_and_centre_come_to_the_same_figures_over_the_same_cases(
    central: Central, supervisor: Client, province: tuple[CaseRecord, ...], tmp_path: Path
) -> None:
    settle(central, province)

    async def here() -> list[PeriodReport | None]:
        desk = await open_at(tmp_path, Wall(central.clock.now()))
        try:
            await asyncio.to_thread(desk.sync_port.apply_snapshot, province, None, 1, len(province))
            return [await desk.reports.of(period) for period in PERIODS]
        finally:
            desk.close()

    for period, own in zip(PERIODS, asyncio.run(here()), strict=True):
        there = asked(supervisor, period)
        assert own is not None
        assert own.source is Source.HERE
        assert at_no_time(own.figures) == at_no_time(there.figures)
        assert there.figures.received == sum(
            period.first <= local_day(record.case.entered_at) <= period.last for record in province
        )
    assert 300 < there.figures.received <= 400
    assert there.figures.results.total > 100
    assert there.figures.satisfaction.answered > 0


def test_a_result_counts_when_it_came_however_old_its_case_is(central: Central, supervisor: Client) -> None:
    case, agency = assigned(supervisor), central.client("00", f"ag-{LEAD}")
    accepted(agency, agency.command(Resolve(result="Đã thay nắp cống"), case))
    agency.close()
    today = period_of(PeriodKind.FREE, local_day(central.clock.now()))
    assert asked(supervisor, today).figures.results.total == 1
    earlier = """UPDATE cases SET entered_at = entered_at - interval '40 days',
        body = replace(body, '"entered_at":"2024-11', '"entered_at":"2024-09')"""
    with central.engine.begin() as connection:
        connection.execute(text(earlier))
    figures = asked(supervisor, today).figures
    assert (figures.received, figures.results.total) == (0, 1)


def test_a_locked_period_stands_whatever_happens_to_its_cases(
    central: Central, supervisor: Client, province: tuple[CaseRecord, ...]
) -> None:
    settle(central, province)
    before = asked(supervisor, OCTOBER)
    assert before.kept is None
    wanted = LockRequest(first=OCTOBER.first, last=OCTOBER.last)
    locked: ReportAnswer = supervisor.post("/reports/locks", wanted, ReportAnswer)
    assert at_no_time(locked.figures) == at_no_time(before.figures)
    assert locked.kept is not None
    assert locked.kept.digest == hashlib.sha256(encoded(locked.figures)).hexdigest()
    with central.engine.begin() as connection:
        connection.execute(text("DELETE FROM cases"))
    assert asked(supervisor, OCTOBER) == locked
    assert supervisor.post("/reports/locks", wanted, ReportAnswer) == locked
    assert supervisor.get(f"/reports/{locked.kept.id}", ReportAnswer) == locked
    listed: ReportsAnswer = supervisor.get("/reports", ReportsAnswer)
    assert listed.reports == (locked.kept,)
    with central.engine.connect() as connection:
        noted = connection.execute(text("SELECT who, fact FROM audit WHERE kind = 'report_locked'")).all()
    assert [(who, locked.kept.digest[:16] in fact) for who, fact in noted] == [("sup01", True)]


def test_who_may_not_and_what_cannot_be_is_refused(central: Central, supervisor: Client) -> None:
    now = local_day(central.clock.now())
    operator, agency = central.client(), central.client("00", f"ag-{LEAD}")
    october = LockRequest(first=OCTOBER.first, last=OCTOBER.last)
    running = LockRequest(first=now, last=now)
    for client, body, code in ((operator, october, "needs_supervisor"), (supervisor, running, "period_runs")):
        response = client.raw("POST", "/reports/locks", body)
        assert (response.status_code, response.json()["code"]) == (409, code)
    assert agency.raw("GET", "/reports").status_code == 403
    assert agency.raw("GET", "/reports/figures?first=2024-10-01&last=2024-10-31").status_code == 403
    for days in ("first=2024-10-02&last=2024-10-01", "first=2030-01-01&last=2030-01-02", "first=x&last=y",
                 "first=2010-01-01&last=2024-01-01"):  # fmt: skip
        assert operator.raw("GET", f"/reports/figures?{days}").status_code == 400
    assert operator.raw("GET", "/reports/00000000-0000-7000-8000-000000000000").status_code == 404
    operator.close()
    agency.close()


def test_the_calendar_makes_last_week_and_last_month_once_whoever_looks(
    central: Central, supervisor: Client
) -> None:
    shelf = central.centre.reports
    monday = period_of(PeriodKind.WEEK, local_day(central.clock.now())).first
    calendars = [
        ReportCalendar(shelf, first_s=0.0),
        ReportCalendar(central.twin().centre.reports, first_s=0.0),
    ]
    for calendar in calendars:
        calendar.start()
    listed = ReportsAnswer(reports=())
    while len(listed.reports) < 2:
        listed = supervisor.get("/reports", ReportsAnswer)
    for calendar in calendars:
        calendar.stop()
    assert shelf.make_due() == []
    listed = supervisor.get("/reports", ReportsAnswer)
    assert sorted((kept.kind, kept.first, kept.last) for kept in listed.reports) == [
        (KeptKind.MONTH, OCTOBER.first, OCTOBER.last),
        (KeptKind.WEEK, monday - timedelta(days=7), monday - timedelta(days=1)),
    ]
    assert asked(supervisor, OCTOBER).kept is None  # not locked by it
    with central.engine.connect() as connection:
        mails = connection.execute(text("SELECT address, body FROM messages WHERE kind = 'report'")).all()
    to = {contact.email for contact in REFERENCE.contacts}
    assert sorted(address for address, _ in mails) == sorted([*to, *to])
    assert all("Tiếp nhận: 0;" in body and "chưa có" in body for _, body in mails)
