"""What leaves a workstation, what never does, what becomes of the room; also with a kill in between."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.desk.archiving import Archiving
from console.desk.changes import Changes
from console.desk.desk import Desk
from console.desk.rows import Filter, View
from console.domain.case import Channel
from console.domain.command import AddNote, Refer
from console.domain.retention import Retention, kept_from
from console.models.store import open_store
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import KEY, MONDAY, REFERENCE, SUPERVISOR

OLD = 800  # days


def ended(office: Office, desk: Desk, centre: TinyCentre, title: str = "Nắp cống vỡ") -> str:
    """A report that was closed long ago, as the centre has it."""
    case = logged(office, desk, forward=False, title=title).case
    office.run(desk.act(case, Refer(to="enquiry")))
    office.wall.pass_(seconds=30)
    exchange(desk, centre)
    return case


def aged(office: Office, centre: TinyCentre) -> Desk:
    """The same store years later: nothing sent is kept in mind any more."""
    office.close()
    office.wall.pass_(days=OLD)
    centre.now = office.wall.at
    desk = office.open(actor=SUPERVISOR)

    def forget() -> None:
        with desk._held.store.transaction():
            desk._held.store.write_many("DELETE FROM outbox WHERE state = 'sent'", [()])
            desk._held.store.write_many("DELETE FROM draft", [()])
            desk._held.meta.set("cursor", str(centre.seq))

    office.run(desk._held.call(forget))
    return desk


def put_away(office: Office, desk: Desk) -> int:
    return office.run(Archiving(desk._held, desk._drawer).run())


def test_the_window_begins_with_a_month_here() -> None:
    assert kept_from(MONDAY, 24).isoformat() == "2022-11-01T00:00:00+07:00"
    assert kept_from(MONDAY, 11).isoformat() == "2023-12-01T00:00:00+07:00"


def test_closed_ones_leave_and_open_ones_stay(office: Office, desk: Desk, centre: TinyCentre) -> None:
    old, still_open = ended(office, desk, centre), logged(office, desk).case
    office.wall.pass_(seconds=30)
    exchange(desk, centre)
    desk = aged(office, centre)
    heard = list[Changes]()
    desk.feed.subscribe(heard.append)
    assert put_away(office, desk) == 1
    assert office.run(desk.case(old)) is None
    assert office.run(desk.case(still_open)) is not None
    assert [hit.row.id for hit in office.run(desk.search("nap cong")).hits] == [still_open]
    assert [row.id for row in office.run(desk.queue(View.ALL, Filter())).rows] == [still_open]
    assert {case for changes in heard for case in changes.gone} == {old}
    assert put_away(office, desk) == 0


def test_one_that_changes_at_the_centre_comes_back_whole(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    old = ended(office, desk, centre)
    whole = [event.id for event in centre.events[old]]
    desk = aged(office, centre)
    put_away(office, desk)
    assert desk.sync_port.whole_before() > centre.cases[old].entered_at.timestamp() * 1000
    centre.seq += 1
    answer = centre.changes(0)
    desk.sync_port.apply_changes(answer)
    view = office.run(desk.case(old))
    assert view is not None
    assert [event.id for event in view.events] == whole


def test_an_administrator_sets_the_window_and_a_wider_one_fills_again(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    old = ended(office, desk, centre)
    desk = aged(office, centre)

    def rule(months: int) -> None:
        kept = Retention(closed_months=months, valid_from=MONDAY.date())
        desk._held.reference = type(REFERENCE)(
            **{**{f: getattr(REFERENCE, f) for f in REFERENCE.__dataclass_fields__}, "retention": (kept,)}
        )

    rule(36)
    assert put_away(office, desk) == 0
    rule(6)
    assert put_away(office, desk) == 1
    assert desk.sync_port.snapshot_state().finished
    rule(36)
    put_away(office, desk)
    assert not desk.sync_port.snapshot_state().finished, "what was left out is asked for again"
    assert office.run(desk.case(old)) is None


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.lists(st.sampled_from(["none", "waiting", "refused", "draft", "bin", "looked"]), max_size=4))
def test_nothing_unsent_ever_leaves(tmp_path_factory: pytest.TempPathFactory, kept: list[str]) -> None:
    with asyncio.Runner() as runner:
        office = Office(tmp_path_factory.mktemp("keeping"), runner.run)
        centre = TinyCentre(REFERENCE, MONDAY)
        desk = office.open()
        cases = [ended(office, desk, centre, f"Cột {n}") for n in range(len(kept))]
        desk = aged(office, centre)
        for case, why in zip(cases, kept, strict=True):
            _hold(office, desk, centre, case, why)
        put_away(office, desk)
        here = [office.run(desk.case(case)) is not None for case in cases]
        last = max((n for n, why in enumerate(kept) if why == "looked"), default=-1)
        assert here == [why not in ("none", "looked") or n == last for n, why in enumerate(kept)]
        office.close()


def _hold(office: Office, desk: Desk, centre: TinyCentre, case: str, why: str) -> None:
    """Something of this desk hangs on the case."""
    if why in ("waiting", "refused", "bin"):
        done = office.run(desk.act(case, AddNote(text="Đã gọi lại cho người báo")))
        command = done.commands[0]
        if why != "waiting":
            batch = [one for one in desk.sync_port.next_batch(50) if one.id == command]
            desk.sync_port.apply_verdicts([centre.refuse(batch[0])], centre.now)
        if why == "bin":
            office.run(desk.let_go(command))
    elif why == "draft":
        draft = office.run(desk.open_draft(Channel.PHONE))
        sql = "UPDATE draft SET case_id = ? WHERE id = ?"
        office.run(desk._held.call(lambda: _run(desk, sql, (case, draft.id))))
    elif why == "looked":
        desk.look_at(case)


def _run(desk: Desk, sql: str, values: tuple[str, ...]) -> None:
    with desk._held.store.transaction():
        desk._held.store.write_many(sql, [values])


def test_the_file_gets_smaller_and_its_growth_is_kept(office: Office, desk: Desk, centre: TinyCentre) -> None:
    for n in range(30):
        logged(office, desk, forward=False, title=f"Cây đổ {n}", description="Gió giật mạnh. " * 400)
    office.wall.pass_(seconds=30)
    exchange(desk, centre)
    for case in list(centre.cases):
        office.run(desk.act(case, Refer(to="enquiry")))
    office.wall.pass_(seconds=30)
    exchange(desk, centre)
    desk = aged(office, centre)
    before = office.run(desk.store_state())
    assert put_away(office, desk) == 30
    after = office.run(desk.store_state())
    assert (before.closed, after.closed, before.gives_back) == (30, 0, True)
    assert after.bytes < before.bytes * 2 / 3
    assert after.free_bytes == 0
    assert [size.bytes for size in after.sizes] == [after.bytes]


def test_a_check_and_a_rebuild_beside_the_work(office: Office, desk: Desk) -> None:
    case = logged(office, desk).case
    checked = office.run(desk.check_store())
    assert checked is not None
    assert checked.whole

    def spoil() -> None:
        _run(desk, "UPDATE case_row SET title = ?, seen = 1", ("hỏng",))
        desk._held.cases.search.clear()

    office.run(desk._held.call(spoil))
    assert office.run(desk.rebuild_store())
    row = office.run(desk.row(case))
    assert row is not None
    assert row.title != "hỏng"
    assert [hit.row.id for hit in office.run(desk.search(row.title)).hits] == [case]
    state = office.run(desk.store_state())
    assert (state.rebuilding, state.checked) == (False, checked)


KILLED = """
import asyncio, os, sys
from pathlib import Path
from console.desk.archiving import Archiving
from console.desk.changes import Changes
from console.desk import archiving, kept_search, progress
from tests.desk.people import SUPERVISOR, MONDAY, Wall, open_at
from datetime import timedelta
archiving.SLICE_S, kept_search.SLICE, progress.TELL_S = 0.0, 1, 0.0
async def main(folder, what):
    desk = await open_at(Path(folder), Wall(MONDAY + timedelta(days=%d)), actor=SUPERVISOR)
    desk.works.subscribe(lambda running: [print(one.done, flush=True) for one in running])
    await (Archiving(desk._held, desk._drawer).run() if what == "archive" else desk.rebuild_store())
asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize("what", ["archive", "rebuild"])
def test_a_kill_in_the_middle_leaves_a_right_store(
    office: Office, desk: Desk, centre: TinyCentre, what: str
) -> None:
    for n in range(24):
        ended(office, desk, centre, f"Đèn đường tắt số {n}")
    desk = aged(office, centre)
    office.close()
    folder = office.folder / "desk"
    program = [sys.executable, "-c", KILLED % (OLD + 1), str(folder), what]
    child = subprocess.Popen(program, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert child.stdout is not None
    with child, child.stdout:
        for line in child.stdout:
            if int(line) > 0:
                os.kill(child.pid, signal.SIGKILL)
                break
    _whole(folder)
    desk = office.open(actor=SUPERVISOR)
    if what == "archive":
        left = len(office.run(desk.queue(View.ALL, Filter(), limit=100)).rows)
        assert 0 < left < 24
        assert put_away(office, desk) == left
    else:
        assert office.run(desk.store_state()).rebuilding
        office.run(desk.keep_index())
        assert len(office.run(desk.search("den duong", limit=100)).hits) == 24


def _whole(folder: Path) -> None:
    """Rows, bodies, timelines and search words are of the same cases."""
    store = open_store(folder, KEY)
    assert store.read("PRAGMA quick_check") == [("ok",)]
    rows = store.read("SELECT pk FROM case_row ORDER BY pk")
    assert store.read("SELECT pk FROM case_body ORDER BY pk") == rows
    assert store.read("SELECT DISTINCT case_pk FROM event ORDER BY case_pk") == rows
    found = store.read("SELECT rowid FROM search WHERE search MATCH 'den OR duong'")
    assert set(found) <= set(rows)
    store.close()
