"""The door of the synchronization: the first fill, pulls, reference data, the clock."""

import asyncio
import random

import msgspec

from console.desk.changes import Cause, Changes
from console.desk.connection import Connection, Net
from console.desk.desk import Desk
from console.desk.rows import Draft, View
from console.domain.case import Channel
from console.domain.command import AddNote, Assign, Command
from console.domain.identity import new_id
from console.protocol.wire import ReferenceAnswer
from console.reference import items
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import LEAD, MONDAY, OTHER_LEAD, REFERENCE, SUPERVISOR, report

replace = msgspec.structs.replace


def full_centre(centre: TinyCentre, count: int = 30, channel: Channel = Channel.PHONE) -> TinyCentre:
    """So many cases logged at another desk."""
    for number in range(1, count + 1):
        draft = Draft(
            id=new_id(),
            case=new_id(),
            number=_number(number),
            station="01",
            user="sup01",
            opened_at=MONDAY,
            saved_at=MONDAY,
        )
        body = report(draft, channel=channel, title=f"Phản ánh thứ {number}")
        centre.judge([Command(id=new_id(), case=draft.case, at=MONDAY, by=SUPERVISOR, body=body)])
    assert len(centre.cases) == count
    return centre


def _number(counter: int) -> str:
    from console.domain.number import make_number

    return make_number("2411", "01", counter)


def newest_first(centre: TinyCentre) -> list[str]:
    return sorted(centre.cases, reverse=True)


def test_the_first_fill_goes_on_after_a_break(office: Office, desk: Desk, centre: TinyCentre) -> None:
    ids = newest_first(full_centre(centre))
    port = desk.sync_port
    assert not port.snapshot_state().finished
    assert port.cursor() is None
    port.apply_snapshot([centre.record(i) for i in ids[:10]], "t10", 30, 30)
    desk.close()
    desk = office.open()
    state = desk.sync_port.snapshot_state()
    assert (state.next, state.done, state.total, state.cursor, state.finished) == ("t10", 10, 30, 30, False)
    desk.sync_port.apply_snapshot([centre.record(i) for i in ids[10:]], "t30", 34, 30)
    assert desk.sync_port.cursor() is None
    desk.sync_port.finish_snapshot()
    assert desk.sync_port.snapshot_state().finished
    assert desk.sync_port.cursor() == 30, "what came first is as old as the first cursor"
    assert office.run(desk.queue(View.OPEN)).total == 30
    for case_id in ids:
        view = office.run(desk.case(case_id))
        assert view is not None
        assert (view.case, list(view.events)) == (centre.cases[case_id], centre.events[case_id])


def test_a_call_logged_during_the_fill_is_kept(office: Office, desk: Desk, centre: TinyCentre) -> None:
    ids = newest_first(full_centre(centre, 10))
    desk.sync_port.apply_snapshot([centre.record(i) for i in ids], "t", 10, 10)
    mine = office.run(desk.act(ids[0], AddNote(text="gọi trong lúc nạp")))
    desk.sync_port.apply_snapshot([centre.record(i) for i in ids], "t", 10, 10)
    desk.sync_port.finish_snapshot()
    assert [row.id for row in office.run(desk.outbox()).waiting] == list(mine.commands)
    view = office.run(desk.case(ids[0]))
    assert view is not None
    assert view.events[-1].data["text"] == "gọi trong lúc nạp"
    exchange(desk, centre)
    assert centre.cases[ids[0]].notes == 1


def test_a_pull_brings_news_and_says_so(office: Office, desk: Desk, centre: TinyCentre) -> None:
    full_centre(centre, 3)
    exchange(desk, centre)
    office.run(asyncio.sleep(0))
    heard: list[Changes] = []
    desk.feed.subscribe(heard.append)
    known = next(iter(centre.cases))
    centre.judge(
        [Command(id=new_id(), case=known, at=MONDAY, by=SUPERVISOR, body=Assign(lead=LEAD, expects=None))]
    )
    before = set(centre.cases)
    full_centre_one_more(centre)
    exchange(desk, centre)
    office.run(asyncio.sleep(0))
    new = set(centre.cases) - before
    assert heard == [Changes(cause=Cause.CENTRE, cases=frozenset({known, *new}), added=frozenset(new))]
    row = office.run(desk.row(known))
    assert row is not None
    assert row.lead == LEAD
    assert desk.sync_port.cursor() == centre.seq


def full_centre_one_more(centre: TinyCentre) -> None:
    draft = Draft(
        id=new_id(),
        case=new_id(),
        number=_number(99),
        station="01",
        user="sup01",
        opened_at=MONDAY,
        saved_at=MONDAY,
    )
    centre.judge([Command(id=new_id(), case=draft.case, at=MONDAY, by=SUPERVISOR, body=report(draft))])


def test_an_answer_that_comes_late_sets_nothing_back(office: Office, desk: Desk, centre: TinyCentre) -> None:
    full_centre(centre, 1)
    (case,) = centre.cases
    old = centre.changes(0)
    note = Command(id=new_id(), case=case, at=MONDAY, by=SUPERVISOR, body=AddNote(text="mới hơn"))
    centre.judge([note])
    desk.sync_port.apply_changes(centre.changes(0))
    desk.sync_port.apply_changes(replace(old, cursor=centre.seq))
    view = office.run(desk.case(case))
    assert view is not None
    assert (view.case, list(view.events)) == (centre.cases[case], centre.events[case])


def test_the_same_pull_twice_is_the_same(office: Office, desk: Desk, centre: TinyCentre) -> None:
    full_centre(centre, 5)
    desk.sync_port.apply_changes(centre.changes(0))
    before = office.run(desk.queue(View.OPEN))
    desk.sync_port.apply_changes(centre.changes(0))
    assert office.run(desk.queue(View.OPEN)) == before


def test_cases_that_a_pull_does_not_name_stay(office: Office, desk: Desk, centre: TinyCentre) -> None:
    full_centre(centre, 5)
    exchange(desk, centre)
    desk.sync_port.apply_changes(replace(centre.changes(0), records=()))
    assert office.run(desk.queue(View.OPEN)).total == 5


def test_new_ones_of_others_are_bold_until_opened(office: Office, desk: Desk, centre: TinyCentre) -> None:
    full_centre(centre, 2, Channel.PORTAL)
    case, other = centre.cases
    centre.cases[case] = replace(centre.cases[case], handler="")
    exchange(desk, centre)
    row = office.run(desk.row(case))
    assert row is not None
    assert row.unread
    office.run(desk.mark_read(case))
    note = Command(
        id=new_id(), case=case, at=MONDAY, by=SUPERVISOR, body=Assign(lead=OTHER_LEAD, expects=None)
    )
    row = office.run(desk.row(case))
    assert row is not None
    assert not row.unread
    centre.judge([note])
    exchange(desk, centre)
    row = office.run(desk.row(case))
    assert row is not None
    assert not row.unread
    assert other != case


def test_reference_data_of_the_centre_is_used_at_once_and_after_a_restart(office: Office, desk: Desk) -> None:
    agency = REFERENCE.agencies[0]
    renamed = replace(agency, short="Tên mới")
    fresh = tuple(replace(i, version=5) for i in items(REFERENCE))
    desk.sync_port.apply_reference(ReferenceAnswer(version=5, practice=True, items=fresh))
    assert (desk.reference.version, desk.reference.practice) == (5, True)
    assert desk.reference.types == REFERENCE.types
    later = tuple(
        replace(i, version=6, body=msgspec.to_builtins(renamed, str_keys=True))
        for i in items(REFERENCE)
        if i.kind == "agencies" and i.key.startswith(f"{agency.code}@")
    )
    desk.sync_port.apply_reference(ReferenceAnswer(version=6, practice=True, items=later))
    found = desk.reference.agency(agency.code)
    assert found is not None
    assert found.short == "Tên mới"
    desk.close()
    again = office.open()
    assert again.sync_port.reference_version() == 6
    assert again.reference.agency(agency.code) == found


def test_a_tombstone_takes_an_item_away(office: Office, desk: Desk) -> None:
    first = tuple(replace(i, version=5) for i in items(REFERENCE))
    gone = next(i for i in first if i.kind == "canned")
    desk.sync_port.apply_reference(ReferenceAnswer(version=5, practice=True, items=first))
    tombstone = replace(gone, version=6, deleted=True, body=None)
    desk.sync_port.apply_reference(ReferenceAnswer(version=6, practice=True, items=(tombstone,)))
    assert len(desk.reference.canned) == len(REFERENCE.canned) - 1
    desk.sync_port.apply_reference(ReferenceAnswer(version=6, practice=True, items=(gone,)))
    assert len(desk.reference.canned) == len(REFERENCE.canned) - 1, "an older copy never comes back"


def test_names_follow_the_reference(office: Office, desk: Desk) -> None:
    done = logged(office, desk)
    agency = next(a for a in REFERENCE.agencies if a.code == LEAD)
    changed = tuple(
        replace(i, version=5, body=msgspec.to_builtins(replace(agency, short="Đơn vị X"), str_keys=True))
        if i.kind == "agencies" and i.key.startswith(f"{LEAD}@")
        else replace(i, version=5)
        for i in items(REFERENCE)
    )
    desk.sync_port.apply_reference(ReferenceAnswer(version=5, practice=True, items=changed))
    row = office.run(desk.row(done.case))
    assert row is not None
    assert row.lead_name == "Đơn vị X"


def test_the_connection_is_published_with_the_counts_and_moves_the_clock(office: Office, desk: Desk) -> None:
    logged(office, desk)
    office.run(desk.outbox())
    heard: list[Connection] = []
    desk.on_connection(heard.append)
    shown = Connection(net=Net.ONLINE, since=MONDAY, clock_offset_s=90.0)
    desk.sync_port.set_connection(shown)
    desk.sync_port.set_connection(shown)
    office.run(asyncio.sleep(0))
    assert heard == [replace(shown, waiting=2)]
    assert (desk.clock.now() - office.wall.at).total_seconds() == 90.0


def test_whoever_sends_is_woken_by_an_act(office: Office, desk: Desk) -> None:
    woken: list[int] = []
    end = desk.sync_port.on_wake(lambda: woken.append(1))
    logged(office, desk)
    office.run(desk.outbox())
    assert woken
    end()
    woken.clear()
    logged(office, desk)
    office.run(desk.outbox())
    assert not woken


def test_a_random_order_of_records_ends_the_same(office: Office, desk: Desk, centre: TinyCentre) -> None:
    full_centre(centre, 20)
    answer = centre.changes(0)
    shuffled = list(answer.records)
    random.Random(7).shuffle(shuffled)
    desk.sync_port.apply_changes(replace(answer, records=tuple(shuffled)))
    assert {row.id for row in office.run(desk.queue(View.OPEN)).rows} == set(centre.cases)
