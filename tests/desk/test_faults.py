"""Full, damaged, locked, killed: each is told by name, and what was typed or saved is there."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from console.desk.connection import Net
from console.desk.desk import Desk
from console.desk.errors import (
    DeskClosed,
    DeskError,
    StoreBusy,
    StoreCorrupt,
    StoreFull,
    StoreLocked,
    StoreNewer,
)
from console.desk.rows import View
from console.desk.shift_book import OUTAGE
from console.models.folder import FILE
from tests.desk.conftest import Office, logged
from tests.desk.people import report

PAGE = 4096
ROOT = Path(__file__).resolve().parents[2]


def fill_disk(office: Office, desk: Desk, spare_pages: int = 0) -> None:
    held = desk._held

    def work() -> None:
        pages = held.store.read("PRAGMA page_count")[0][0]
        held.store.read(f"PRAGMA max_page_count = {pages + spare_pages}")

    office.run(held.call(work))


def free_disk(office: Office, desk: Desk) -> None:
    held = desk._held
    office.run(held.call(lambda: held.store.read("PRAGMA max_page_count = 1000000")))


def test_on_a_full_disk_a_save_is_told_and_works_when_there_is_room(office: Office, desk: Desk) -> None:
    draft = office.run(desk.open_draft())
    typed = msgspec.structs.replace(draft, description="Nước ngập " * 3000)
    fill_disk(office, desk)
    with pytest.raises(StoreFull):
        office.run(desk.save_draft(typed))
    with pytest.raises(StoreFull):
        office.run(desk.log_report(typed, report(typed, description=typed.description[:9000]), None))
    assert office.run(desk.outbox()).waiting == ()
    assert office.run(desk.queue(View.OPEN)).total == 0
    assert office.run(desk.drafts()) == (draft,)
    free_disk(office, desk)
    assert office.run(desk.save_draft(typed)).description == typed.description
    office.run(desk.log_report(typed, report(typed), None))
    assert office.run(desk.queue(View.OPEN)).total == 1


def test_a_number_is_not_spent_by_a_draft_that_could_not_be_stored(office: Office, desk: Desk) -> None:
    first = office.run(desk.open_draft())
    fill_disk(office, desk)

    def many() -> None:
        for _ in range(400):
            office.run(desk.open_draft())

    with pytest.raises(StoreFull):
        many()
    free_disk(office, desk)
    numbers = [draft.number for draft in office.run(desk.drafts())]
    following = office.run(desk.open_draft())
    assert first.number in numbers
    assert following.number not in numbers
    assert int(following.number[7:-2]) == len(numbers) + 1


def test_damage_is_told_set_aside_and_the_next_start_is_fresh(office: Office, desk: Desk) -> None:
    for _ in range(60):
        logged(office, desk)
    desk.close()
    file = office.folder / "desk" / FILE
    content = bytearray(file.read_bytes())
    for page in range(len(content) // PAGE // 2, len(content) // PAGE):
        content[page * PAGE + 7] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(StoreCorrupt) as found:
        office.open()
    assert found.value.kept is not None
    assert (found.value.kept / FILE).read_bytes()[PAGE:] == bytes(content)[PAGE:]
    assert office.run(office.open().counts())[View.OPEN] == 0


def test_damage_met_at_work_is_remembered_for_the_next_start(office: Office, desk: Desk) -> None:
    logged(office, desk)
    held = desk._held

    def meet_damage() -> None:
        raise StoreCorrupt("SQLITE_CORRUPT")

    with pytest.raises(StoreCorrupt):
        office.run(held.call(meet_damage))
    assert (office.folder / "desk" / "store.suspect").exists()
    desk.close()
    assert office.run(office.open().counts())[View.OPEN] == 1, "checked, and found whole"
    assert not (office.folder / "desk" / "store.suspect").exists()


def test_every_way_of_not_opening_is_a_known_failure(office: Office, desk: Desk) -> None:
    with pytest.raises(StoreBusy):
        office.open()
    desk.close()
    with pytest.raises(StoreLocked):
        office.open(key=bytes([9] * 32))
    again = office.open()
    held = again._held

    def age() -> None:
        with held.store.transaction():
            held.store.cursor("UPDATE alembic_version SET version_num = '9999'")

    office.run(held.call(age))
    again.close()
    with pytest.raises(StoreNewer):
        office.open()
    for kind in (StoreBusy, StoreLocked, StoreNewer, StoreFull, StoreCorrupt):
        assert issubclass(kind, DeskError)


def test_a_closed_desk_says_so(office: Office, desk: Desk) -> None:
    desk.close()
    desk.close()
    with pytest.raises(DeskClosed):
        office.run(desk.counts())


KILLED = """
import asyncio, sys
from pathlib import Path
from tests.desk.people import *
from console.domain.command import AddNote, Assign

async def work():
    desk = await open_at(Path(sys.argv[1]), Wall(MONDAY))
    while True:
        draft = await desk.open_draft()
        print("draft", draft.number, flush=True)
        done = await desk.log_report(draft, report(draft), Assign(lead=LEAD, expects=None))
        print("saved", done.case, flush=True)
        await desk.act(done.case, AddNote(text="ghi chú"))
        print("noted", done.case, flush=True)

asyncio.run(work())
"""


@pytest.mark.parametrize("lines", [2, 9, 23, 61])
def test_killed_at_any_moment_what_was_reported_saved_is_there(office: Office, lines: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(office.folder / "desk")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    told = [child.stdout.readline().split() for _ in range(lines)]
    child.send_signal(signal.SIGKILL)
    told += [line.split() for line in child.stdout if line.endswith("\n")]
    child.stdout.close()
    child.wait()
    desk = office.open()
    numbers = {what[1] for what in told if what[0] == "draft"}
    saved = [what[1] for what in told if what[0] == "saved"]
    rows = office.run(desk.rows(saved))
    assert set(rows) == set(saved)
    for case_id in (what[1] for what in told if what[0] == "noted"):
        view = office.run(desk.case(case_id))
        assert view is not None
        assert [event.kind for event in view.events] == ["log_report", "assign", "add_note"]
    box = office.run(desk.outbox())
    assert {row.case for row in box.waiting} >= set(saved)
    drafts = {draft.number for draft in office.run(desk.drafts())}
    assert numbers <= drafts | {row.number for row in office.run(desk.queue(View.OPEN, limit=500)).rows}
    assert office.run(desk.open_draft()).number not in numbers


def test_an_outage_that_cannot_be_written_is_written_later_and_stops_nothing(
    office: Office, desk: Desk
) -> None:
    held, port = desk._held, desk.sync_port
    began = desk.clock.now()

    def written() -> int:
        return office.run(held.call(lambda: len(held.shifts.between(OUTAGE, "", "9"))))

    def stands(net: Net) -> None:
        connection = msgspec.structs.replace(port.connection, net=net, since=began)
        office.run(asyncio.to_thread(port.set_connection, connection))

    def writable(now: bool) -> None:
        office.run(held.call(lambda: held.store.read(f"PRAGMA query_only = {int(not now)}")))

    stands(Net.ONLINE)
    writable(False)
    stands(Net.OFFLINE)
    assert written() == 0
    writable(True)
    office.wall.pass_(minutes=3)
    stands(Net.ONLINE)
    assert written() == 1
