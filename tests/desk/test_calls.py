"""Calls at the desk: seen at once, on disk behind it, each in its place until nothing is left to do."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import pytest

from console.desk.changes import Changes
from console.desk.desk import Desk
from console.desk.errors import CallGone, LineDown, LineOffersNot, NotHere
from console.domain.case import Reporter
from console.domain.telephone import (
    Answered,
    CallKind,
    CallState,
    Dialled,
    Ended,
    Ending,
    Held,
    LineState,
    Offer,
    Rang,
    Resumed,
)
from tests.desk.conftest import Office, logged
from tests.desk.people import PHONE, report
from tests.desk.test_faults import fill_disk, free_disk
from tests.desk.test_journal import ends_between

__all__ = ["ends_between"]  # a fixture
NUMBER = "0912 345 678"
EVERYTHING = LineState(kind="practice", up=True, offers=frozenset(Offer))


def ring(desk: Desk, line: str = "1", number: str = NUMBER) -> str:
    """It rings; the desk's id of it."""
    desk.ear.heard(Rang(call=line, number=number))
    return next(call.id for call in desk.calls() if call.line == line)


def end(desk: Desk, line: str = "1", how: Ending = Ending.CALLER) -> None:
    desk.ear.heard(Ended(call=line, how=how))


def talk(desk: Desk, line: str = "1", number: str = NUMBER) -> str:
    call = ring(desk, line, number)
    desk.ear.heard(Answered(call=line))
    return call


class Hands:
    """Does what it is told, and lets the desk hear of it as a line would."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.done: list[tuple[str, ...]] = []

    async def answer(self, call: str) -> None:
        self.done.append(("answer", call))
        self._desk.ear.heard(Answered(call=call))

    async def hold(self, call: str) -> None:
        self.done.append(("hold", call))
        self._desk.ear.heard(Held(call=call))

    async def resume(self, call: str) -> None:
        self.done.append(("resume", call))
        self._desk.ear.heard(Resumed(call=call))

    async def transfer(self, call: str, number: str) -> None:
        self.done.append(("transfer", call, number))

    async def hang_up(self, call: str) -> None:
        self.done.append(("hang_up", call))

    async def rest(self, on: bool) -> None:
        self.done.append(("rest", str(on)))
        state = msgspec.structs.replace(self._desk.line, resting=on)
        self._desk.ear.line_is(state)

    async def dial(self, number: str) -> str:
        self.done.append(("dial", number))
        return "out"


@pytest.fixture
def hands(desk: Desk) -> Hands:
    made = Hands(desk)
    desk.set_line(made)
    desk.ear.line_is(EVERYTHING)
    return made


def test_a_call_is_seen_at_once_and_told_on_the_loop(office: Office, desk: Desk) -> None:
    told: list[Changes] = []
    desk.feed.subscribe(told.append)
    line = threading.Thread(target=ring, args=(desk,))
    line.start()
    line.join()
    (call,) = desk.calls()
    assert (call.number, call.phone, call.state, call.slot) == (NUMBER, PHONE, CallState.RINGING, 1)
    office.run(desk.drafts())
    assert any(change.calls for change in told)


def test_a_place_is_kept_until_its_call_leaves_and_then_goes_to_who_waits_longest(
    office: Office, desk: Desk
) -> None:
    calls = [talk(desk, str(n), f"09123456{n:02}") for n in range(6)]
    places = {call.id: call.slot for call in desk.calls()}
    assert [places[call] for call in calls] == [1, 2, 3, 4, 0, 0]
    end(desk, "1")
    assert {call.id: call.slot for call in desk.calls()} == places, "over, but nobody has said what it was"
    office.run(desk.settle_call(calls[1], CallKind.PRANK))
    assert [(call.id, call.slot) for call in desk.calls()] == [
        (calls[0], 1), (calls[4], 2), (calls[2], 3), (calls[3], 4), (calls[5], 0),
    ]  # fmt: skip


def test_what_is_settled_while_they_still_talk_stays_until_it_is_over(office: Office, desk: Desk) -> None:
    call = talk(desk)
    office.run(desk.settle_call(call, CallKind.ENQUIRY, "hỏi giờ làm việc"))
    assert [c.id for c in desk.calls()] == [call]
    end(desk)
    assert desk.calls() == ()
    with pytest.raises(CallGone):
        office.run(desk.settle_call(call, CallKind.PRANK))


def test_answering_puts_the_other_on_hold_first(office: Office, desk: Desk, hands: Hands) -> None:
    talk(desk, "1")
    second = ring(desk, "2", "0987654321")
    office.run(desk.answer_call(second))
    assert hands.done == [("hold", "1"), ("answer", "2")]
    assert [call.state for call in desk.calls()] == [CallState.HELD, CallState.TALKING]
    office.run(desk.resume_call(desk.calls()[0].id))
    assert [call.state for call in desk.calls()] == [CallState.TALKING, CallState.HELD]


def test_what_a_line_does_not_offer_is_not_tried(office: Office, desk: Desk, hands: Hands) -> None:
    call = ring(desk)
    desk.ear.line_is(LineState(kind="push", up=True))
    with pytest.raises(LineOffersNot):
        office.run(desk.answer_call(call))
    desk.ear.line_is(LineState(kind="push", up=False, why="lost"))
    with pytest.raises(LineDown):
        office.run(desk.hang_up_call(call))
    assert hands.done == []


def test_an_own_call_is_one_call_however_it_is_heard_of(office: Office, desk: Desk, hands: Hands) -> None:
    call = office.run(desk.dial("0987654321"))
    desk.ear.heard(Dialled(call="out", number="0987654321"))
    assert [(c.id, c.incoming) for c in desk.calls()] == [(call, False)]
    desk.ear.heard(Answered(call="out"))
    end(desk, "out")
    assert desk.calls() == ()


def test_who_rings_in_vain_stands_once_in_the_list_until_somebody_spoke_with_them(
    office: Office, desk: Desk
) -> None:
    logged(office, desk, reporter=Reporter(name="Nguyễn Văn Long", phone=PHONE))
    for line, number in enumerate((NUMBER, "+84 912 345 678", "0987654321")):
        office.wall.pass_(minutes=1)
        ring(desk, str(line), number)
        end(desk, str(line), Ending.MISSED)
    assert desk.calls() == ()
    other, long = office.run(desk.missed_calls())
    assert (other.phone, other.rings, other.reporter) == ("+84987654321", 1, "")
    assert (long.phone, long.rings, long.reporter) == (PHONE, 2, "N. V. Long")
    office.wall.pass_(minutes=1)
    talk(desk, "9", NUMBER)
    assert [row.id for row in office.run(desk.missed_calls())] == [other.id]
    office.run(desk.called_back(other.id, reached=False, note="máy bận"))
    (still,) = office.run(desk.missed_calls())
    assert (still.tried, still.note) == (1, "máy bận")
    office.run(desk.called_back(other.id, reached=True))
    assert office.run(desk.missed_calls()) == ()


def test_a_withheld_number_and_one_taken_elsewhere_are_nobody_to_call_back(
    office: Office, desk: Desk
) -> None:
    ring(desk, "1", "")
    end(desk, "1", Ending.MISSED)
    ring(desk, "2")
    end(desk, "2", Ending.ELSEWHERE)
    assert desk.calls() == ()
    assert office.run(desk.missed_calls()) == ()


def test_a_promise_stands_until_it_is_kept(office: Office, desk: Desk) -> None:
    call = talk(desk)
    when = desk.clock.now() + timedelta(hours=1)
    office.run(desk.promise_callback(call, when, "báo kết quả"))
    end(desk)
    office.run(desk.settle_call(call, CallKind.ENQUIRY))
    talk(desk, "2")
    (promised,) = office.run(desk.missed_calls())
    assert (promised.due, promised.note, promised.rings) == (when, "báo kết quả", 0)
    office.run(desk.called_back(promised.id, reached=True, note="đã báo"))
    assert office.run(desk.missed_calls()) == ()


def test_after_a_restart_calls_are_over_and_none_is_lost(office: Office, desk: Desk) -> None:
    """As after a kill: the desk is opened anew from what is on the disk."""
    ring(desk, "1", "0987654321")
    call = talk(desk, "2")
    draft = office.run(desk.open_draft())
    office.run(desk.attach_call(call, draft.id))
    before = next(c for c in desk.calls() if c.id == call)
    desk.close()
    again = office.open()
    (found,) = again.calls()
    assert (found.id, found.draft, found.slot) == (call, draft.id, before.slot)
    assert (found.state, found.ended_at, found.line) == (CallState.ENDED, None, "")
    assert (found.rang_at, found.answered_at) == (before.rang_at, before.answered_at)
    assert [row.phone for row in office.run(again.missed_calls())] == ["+84987654321"]


def test_a_saved_report_bears_its_calls_times_and_the_call_leaves_when_it_is_over(
    office: Office, desk: Desk
) -> None:
    call = ring(desk)
    rang = desk.clock.now()
    office.wall.pass_(seconds=9)
    desk.ear.heard(Answered(call="1"))
    draft = office.run(desk.open_draft())
    office.run(desk.attach_call(call, draft.id))
    office.wall.pass_(seconds=50)
    done = office.run(desk.log_report(draft, report(draft), None))
    view = office.run(desk.case(done.case))
    assert view is not None
    assert view.events[0].data["rang_s"] == 9
    assert datetime.fromisoformat(view.events[0].data["rang"]) == rang
    assert [(c.case, c.kind) for c in desk.calls()] == [(done.case, CallKind.REPORT)], "they still talk"
    end(desk)
    assert desk.calls() == ()
    saved = "SELECT case_id, saved_ms - rang_ms, answered_ms - rang_ms FROM call_log"
    held = desk._held
    assert office.run(held.call(lambda: held.store.read(saved))) == [(done.case, 59_000, 9_000)]


def test_an_end_between_saving_and_writing_up_still_links_call_and_case(
    office: Office, desk: Desk, ends_between: Callable[[Desk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = office.run(desk.open_draft())
    call = talk(desk)
    office.run(desk.attach_call(call, draft.id))
    ends_between(desk)
    done = office.run(desk.log_report(draft, report(draft), None))
    office.run(desk.drafts())  # behind the copy, which the answer does not wait for
    monkeypatch.undo()  # or the opening would copy over the store that it opens
    again = office.open("killed")
    assert again.calls() == (), "it was a report, and nobody is on the line any more"
    linked = "SELECT case_id, kind FROM call_log"
    held = again._held
    assert office.run(held.call(lambda: held.store.read(linked))) == [(done.case, "report")]


def test_a_draft_that_is_not_there_is_not_attached(office: Office, desk: Desk) -> None:
    call = talk(desk)
    with pytest.raises(NotHere):
        office.run(desk.attach_call(call, "nothing"))
    assert desk.calls()[0].draft is None


def test_a_full_disk_hides_no_call_and_writes_it_later(office: Office, desk: Desk) -> None:
    fill_disk(office, desk)
    for n in range(60):
        talk(desk, str(n), f"09123456{n:02}")
    assert len(desk.calls()) == 60
    office.run(desk.drafts())
    free_disk(office, desk)
    ring(desk, "last", "0987654321")
    desk.close()
    again = office.open()
    assert len(again.calls()) == 60
    assert len(office.run(again.missed_calls())) == 1


def test_old_calls_leave_with_the_window(office: Office, desk: Desk) -> None:
    ring(desk)
    end(desk, how=Ending.MISSED)
    (row,) = office.run(desk.missed_calls())
    office.run(desk.drop_callback(row.id))
    kept = "SELECT (SELECT count(*) FROM call_log), (SELECT count(*) FROM callback)"
    held = desk._held
    assert office.run(held.call(lambda: held.store.read(kept))) == [(1, 1)]
    desk.close()
    office.wall.pass_(days=3 * 366)
    later = office.open()
    held = later._held
    assert office.run(held.call(lambda: held.store.read(kept))) == [(0, 0)]
