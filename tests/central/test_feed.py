"""What the desks pull: the cursor never skips, the first fill goes on after a break."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from console.central.feed import PAGE
from console.central.sitting import advance, hold
from console.domain.command import AddNote
from console.domain.identity import new_id
from tests.central.reports import accepted, assigned, cases, changes, logged, report, snapshot
from tests.support.central import Central, Client

WRITERS, EACH = 4, 15


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


def test_with_many_writers_on_two_servers_a_reader_misses_no_revision(central: Central) -> None:
    servers = (central, central.twin())
    desks = [servers[n % 2].client(f"0{n + 1}", "op01") for n in range(WRITERS)]
    reader = servers[1].client("09", "op09")
    done = threading.Event()
    seen: list[int] = []

    def write(desk: Client) -> None:
        for _ in range(EACH):
            new = desk.command(report(desk))
            accepted(desk, new, desk.command(AddNote(text="Ghi chú"), new.case))

    def read() -> None:
        cursor, last = 0, False
        while not last:
            last = done.is_set()  # one more round after the last writer
            more = True
            while more:
                answer = changes(reader, cursor, limit=7)
                seen.extend(e.seq for record in answer.records for e in record.events if e.seq > cursor)
                cursor, more = answer.cursor, answer.more

    writers = [threading.Thread(target=write, args=(desk,)) for desk in desks]
    polling = threading.Thread(target=read)
    for thread in (polling, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    polling.join()
    assert set(seen) == set(range(1, WRITERS * EACH * 2 + 1))
    for client in (*desks, reader):
        client.close()


def waiting_for_the_ledger(central: Central) -> int:
    query = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
        "AND datname = current_database()"
    )
    with central.engine.connect() as connection:
        return int(connection.scalar(query) or 0)


def test_a_number_is_not_given_out_while_an_earlier_one_is_not_committed(
    central: Central, desk: Client
) -> None:
    ended = threading.Event()
    new = desk.command(report(desk))

    def write() -> None:
        accepted(desk, new)
        ended.set()

    thread = threading.Thread(target=write)
    reader = central.twin().client("05", "op05")
    with central.engine.begin() as slow:
        seq = hold(slow) + 1
        thread.start()
        while not waiting_for_the_ledger(central):
            assert not ended.is_set()
        assert changes(reader).cursor == 0
        advance(slow, seq)
    thread.join()
    answer = changes(reader)
    assert [e.seq for record in answer.records for e in record.events] == [seq + 1]
    assert answer.cursor == seq + 1
    reader.close()


def test_changes_come_in_pages_whole_cases_with_their_new_events(desk: Client) -> None:
    first, second = assigned(desk), assigned(desk)
    page = changes(desk, 1, limit=2)
    assert (page.cursor, page.more) == (3, True)
    assert [record.case.id for record in page.records] == [first, second]
    assert page.records[0].case.revision == 2
    rest = changes(desk, page.cursor)
    assert (rest.cursor, rest.more) == (4, False)
    assert [[e.kind for e in record.events] for record in rest.records] == [["assign"]]
    assert changes(desk, rest.cursor).records == ()


def test_a_cursor_of_another_database_is_refused(desk: Client) -> None:
    logged(desk)
    found = desk.raw("GET", "/changes?after=2")
    assert (found.status_code, found.json()["code"]) == (409, "cursor_ahead")


def test_a_reader_of_another_ledger_is_told_so(desk: Client) -> None:
    logged(desk)
    (event,) = changes(desk).records[0].events
    assert desk.raw("GET", f"/changes?after=1&seen=1.{event.id}").status_code == 200
    for foreign in (f"1.{new_id()}", f"2.{event.id}"):
        found = desk.raw("GET", f"/changes?after=1&seen={foreign}")
        assert (found.status_code, found.json()["code"]) == (409, "ledger_restored")
    assert desk.raw("GET", "/changes?after=1&seen=1").status_code == 400


def test_the_first_fill_is_newest_first_with_whole_timelines(desk: Client) -> None:
    made = [assigned(desk) for _ in range(3)]
    lines = snapshot(desk)
    assert (lines[0].cursor, lines[0].total) == (6, 3)
    assert lines[-1].end
    assert cases(lines) == made[::-1]
    timelines = [[e.kind for e in line.record.events] for line in lines if line.record]
    assert timelines == [["log_report", "assign"]] * 3


def test_the_first_fill_goes_on_after_a_break_with_the_cursor_of_its_beginning(desk: Client) -> None:
    made = [logged(desk) for _ in range(4)]
    began = snapshot(desk)
    broken = next(line.next for line in began if line.record is not None and line.record.case.id == made[2])
    changed = desk.command(AddNote(text="Sau khi đứt"), made[3])
    accepted(desk, changed)
    newer = logged(desk)
    rest = snapshot(desk, broken)
    assert rest[0].cursor == began[0].cursor == 4
    assert cases(rest) == [made[1], made[0]]
    later = changes(desk, rest[0].cursor or 0)
    assert {record.case.id for record in later.records} == {made[3], newer}


def test_a_fill_of_several_pages_gives_each_case_once(desk: Client) -> None:
    reports = [desk.command(report(desk)) for _ in range(PAGE + 5)]
    accepted(desk, *reports)
    found = cases(snapshot(desk))
    assert len(found) == PAGE + 5
    assert set(found) == {command.case for command in reports}


def test_a_bookmark_that_was_never_given_out_is_not_understood(desk: Client) -> None:
    for before in ("x", "1.2", "a.b.c", "1.2.x", "1.2." + "-" * 36):
        found = desk.raw("GET", f"/snapshot?before={before}")
        assert (found.status_code, found.json()["code"]) == (400, "bad_request"), before
