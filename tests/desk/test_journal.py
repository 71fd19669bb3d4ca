"""A report is durable before it is written up: whatever ends the program between the two, it is there."""

import shutil
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from console.desk import journal
from console.desk.changes import Changes
from console.desk.desk import Desk
from console.desk.errors import StoreFull
from console.desk.rows import Done, Filter, View
from console.domain.command import AddNote, Assign
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import LEAD, report
from tests.desk.test_faults import fill_disk, free_disk


def seen(office: Office, desk: Desk, case_id: str) -> dict[str, Any]:
    """Everything that an operator finds of a case, and that the synchronization takes."""
    view = office.run(desk.case(case_id))
    assert view is not None
    box = office.run(desk.outbox())
    return {
        "case": view.case,
        "events": [(event.kind, event.data, event.at) for event in view.events],
        "waiting": len(view.waiting),
        "row": view.row,
        "letters": [(row.id, row.kind, row.state, row.title, row.held_until) for row in box.waiting],
        "drafts": office.run(desk.drafts()),
        "found": [row.id for row in office.run(desk.queue(View.OPEN, Filter(words="nap cong"))).rows],
    }


@pytest.fixture
def ends_between(monkeypatch: pytest.MonkeyPatch, office: Office) -> Callable[[Desk], None]:
    """From now on the disk as it is between the two commits is kept as the folder "killed"."""

    def keep(desk: Desk) -> None:
        write_up, folder = journal._write_up, office.folder

        def with_a_copy(*args: Any) -> None:
            shutil.rmtree(folder / "killed", ignore_errors=True)
            (folder / "killed").mkdir()
            for file in (folder / "desk").glob("store.db*"):
                shutil.copy2(file, folder / "killed" / file.name)
            write_up(*args)

        monkeypatch.setattr(journal, "_write_up", with_a_copy)

    return keep


def test_an_end_between_the_two_commits_loses_nothing(
    office: Office, desk: Desk, ends_between: Callable[[Desk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_between(desk)
    done = logged(office, desk)
    whole = seen(office, desk, done.case)
    monkeypatch.undo()
    again = office.open("killed")
    assert seen(office, again, done.case) == whole
    assert again.connection.waiting == 2
    assert office.run(again.undo(done.commands)), "the forwarding still rests here"
    (draft,) = office.run(again.drafts())
    assert draft.logged
    again.close()
    third = office.open("killed")
    assert len(office.run(third.outbox()).waiting) == 1, "what was written up is not written up again"


def test_nothing_is_left_in_the_journal_and_the_answer_comes_before_the_work(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    write_up = journal._write_up

    def noted(*args: Any) -> None:
        order.append("written up")
        write_up(*args)

    monkeypatch.setattr(journal, "_write_up", noted)
    desk.feed.subscribe(lambda changes: order.append("told") if changes.added else None)
    done = logged(office, desk)
    assert "told" in order, "screens hear of it before whoever saved has the answer"
    assert office.run(desk.row(done.case)) is not None, "no question is answered before it is written up"
    assert order.count("written up") == 1
    held = desk._held
    assert office.run(held.call(held.journal.entries)) == []
    full = office.run(held.call(lambda: held.store.read("PRAGMA synchronous")))
    assert full == [(2,)], "the next commit waits for the disk again"


def room_for_the_journal_alone(office: Office, desk: Desk) -> tuple[Done, Done, list[Changes]]:
    """One call, and a second that the full disk takes as it was given and that is not written up."""
    heard: list[Changes] = []
    earlier = logged(office, desk)
    draft = office.run(desk.open_draft())
    desk.feed.subscribe(heard.append)
    fill_disk(office, desk, spare_pages=3)  # for the journal's row, not for all that is written up
    body = report(draft, description="Nước ngập đến đầu gối. " * 150)
    done = office.run(desk.log_report(draft, body, Assign(lead=LEAD, expects=None)))
    assert office.run(desk.row(earlier.case)) is not None, "questions are answered from what is there"
    assert office.run(desk.row(done.case)) is None
    return earlier, done, heard


def test_on_a_disk_full_between_the_two_questions_are_answered_and_it_is_written_up_with_room(
    office: Office, desk: Desk
) -> None:
    earlier, done, heard = room_for_the_journal_alone(office, desk)
    with pytest.raises(StoreFull):
        office.run(desk.act(earlier.case, AddNote(text="đã gọi")))
    with pytest.raises(StoreFull):
        office.run(desk.undo(done.commands))
    assert [changes.added for changes in heard] == [{done.case}]
    free_disk(office, desk)
    view = office.run(desk.case(done.case))
    assert view is not None
    assert [event.kind for event in view.events] == ["log_report", "assign"]
    assert [changes.added for changes in heard] == [{done.case}, {done.case}], "screens look once more"
    assert desk.connection.waiting == 4
    assert office.run(desk.drafts()) == ()


def test_closed_on_a_full_disk_it_is_written_up_at_the_next_opening(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    _, done, _ = room_for_the_journal_alone(office, desk)
    desk.close()
    again = office.open()
    assert office.run(again.row(done.case)) is not None
    office.wall.pass_(seconds=30)
    exchange(again, centre)
    assert centre.cases[done.case].lead == LEAD


def test_the_journal_holds_all_that_was_given(office: Office, desk: Desk) -> None:
    entry = journal._entry.decode(msgspec.json.encode(_entry_of(office, desk)))
    assert [command.kind for command in entry.commands] == ["log_report", "add_note", "assign"]
    assert [hold is not None for hold in entry.holds] == [False, False, True]
    assert entry.draft.number == entry.commands[0].body.number  # type: ignore[union-attr]


def _entry_of(office: Office, desk: Desk) -> journal.Entry:
    kept: list[journal.Entry] = []
    draft = office.run(desk.open_draft())
    held, owe = desk._held, desk._held.owe

    def keep(write: Callable[[], None], news: Changes) -> None:
        ((_, body),) = held.journal.entries()
        kept.append(journal._entry.decode(body))
        owe(write, news)

    held.owe = keep  # type: ignore[method-assign]
    note = AddNote(text="gọi lại trước 17 giờ")
    office.run(desk.log_report(draft, report(draft), Assign(lead=LEAD, expects=None), note))
    return kept[0]
