"""A desk keeps a window of cases: what its fill leaves out, and what comes whole for it may be missing."""

from datetime import UTC, datetime, timedelta

import msgspec

from console.domain.command import AddNote, Refer
from console.protocol.wire import ChangesAnswer, SnapshotLine
from tests.central.reports import accepted, logged, snapshot
from tests.central.reports import cases as ids_of
from tests.support.central import Central


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def test_a_fill_leaves_out_what_ended_before_and_a_pull_brings_it_whole(central: Central) -> None:
    desk = central.client()
    still_open, ended = logged(desk), logged(desk)
    accepted(desk, desk.command(Refer(to="enquiry"), ended))
    now = desk.clock.now().astimezone(UTC)
    later, earlier = ms(now + timedelta(days=1)), ms(now - timedelta(days=1))

    def filled(since: int) -> list[SnapshotLine]:
        lines = desk.raw("GET", f"/snapshot?closed_after={since}").content.splitlines()
        return [msgspec.json.decode(line, type=SnapshotLine) for line in lines if line]

    assert (ids_of(filled(later)), filled(later)[0].total) == ([still_open], 1)
    assert set(ids_of(filled(earlier))) == {still_open, ended} == set(ids_of(snapshot(desk)))
    before = desk.get("/changes?after=0", ChangesAnswer).cursor
    accepted(desk, desk.command(AddNote(text="Gọi lại"), ended))

    def kinds(more: str) -> list[str]:
        answer: ChangesAnswer = desk.get(f"/changes?after={before}{more}", ChangesAnswer)
        assert [record.case.id for record in answer.records] == [ended]
        return [event.kind for event in answer.records[0].events]

    assert kinds("") == kinds(f"&whole_before={earlier}") == ["add_note"]
    assert kinds(f"&whole_before={later}") == ["log_report", "refer", "add_note"]
    assert kinds("") == ["add_note"], "answers to different questions are not shared"
    assert desk.raw("GET", "/snapshot?closed_after=-1").status_code == 400
    desk.close()
