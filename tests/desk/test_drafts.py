"""Drafts: a number with the first keystroke, words that survive, numbers that never come twice."""

import msgspec
import pytest

from console.desk.desk import Desk
from console.desk.errors import NotHere
from console.domain.case import Reporter
from console.domain.command import AddNote, Assign
from console.domain.number import CaseNumber, parse_number
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import LEAD, OPERATOR, report

replace = msgspec.structs.replace


def counter(number: str) -> int:
    parsed = parse_number(number)
    assert isinstance(parsed, CaseNumber)
    return parsed.counter


def test_the_first_draft_is_on_disk_with_its_number(office: Office, desk: Desk) -> None:
    draft = office.run(desk.open_draft())
    assert (counter(draft.number), draft.station) == (1, "07")
    desk.close()
    assert office.run(office.open().drafts()) == (draft,)


def test_typed_words_survive(office: Office, desk: Desk) -> None:
    draft = office.run(desk.open_draft())
    office.wall.pass_(seconds=4)
    typed = replace(draft, description="Nước ngập đến đầu gối", focus="description", caret=11)
    saved = office.run(desk.save_draft(typed))
    assert saved.saved_at == office.wall.at
    desk.close()
    (found,) = office.run(office.open().drafts())
    assert (found.description, found.caret) == ("Nước ngập đến đầu gối", 11)


def test_numbers_go_on_after_a_restart_and_start_anew_with_the_month(office: Office, desk: Desk) -> None:
    first, second = office.run(desk.open_draft()), office.run(desk.open_draft())
    desk.close()
    again = office.open()
    third = office.run(again.open_draft())
    assert [counter(d.number) for d in (first, second, third)] == [1, 2, 3]
    office.wall.pass_(days=27)
    december = office.run(again.open_draft())
    assert december.number.startswith("2412-07001")


def test_the_month_is_that_of_the_screen_not_of_utc(office: Office, desk: Desk) -> None:
    office.wall.pass_(days=26, hours=10, minutes=30)  # 30 November 17:30 UTC: 1 December 00:30 here
    assert office.run(desk.open_draft()).number.startswith("2412-")


def test_a_desk_set_up_anew_goes_on_where_the_centre_saw_it(office: Office, desk: Desk) -> None:
    desk.sync_port.raise_counters("07", {"2411": 41, "2410": 9})
    assert counter(office.run(desk.open_draft()).number) == 42
    desk.sync_port.raise_counters("07", {"2411": 5})
    assert counter(office.run(desk.open_draft()).number) == 43


def test_two_stations_on_one_file_count_apart(office: Office, desk: Desk) -> None:
    office.run(desk.open_draft())
    desk.sign_in(OPERATOR)
    assert office.run(desk.open_draft()).number.startswith("2411-08001")


def test_a_discarded_draft_can_be_taken_back_for_seven_days(office: Office, desk: Desk) -> None:
    draft = office.run(desk.open_draft())
    office.run(desk.discard_draft(draft.id))
    assert office.run(desk.drafts()) == ()
    assert office.run(desk.take_back_draft(draft.id)).number == draft.number
    office.run(desk.discard_draft(draft.id))
    desk.close()
    office.wall.pass_(days=8)
    later = office.open()
    with pytest.raises(NotHere):
        office.run(later.take_back_draft(draft.id))


def test_a_late_autosave_does_not_open_a_saved_draft_again(office: Office, desk: Desk) -> None:
    draft = office.run(desk.open_draft())
    office.run(desk.log_report(draft, report(draft), None))
    office.run(desk.save_draft(draft))
    assert office.run(desk.drafts()) == ()


def test_the_draft_of_a_report_stays_until_the_centre_has_it(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    done = logged(office, desk, forward=False)
    office.wall.pass_(days=9)
    desk.close()
    desk = office.open()
    draft_id = _drafts_on_disk(office, desk)
    assert len(draft_id) == 1
    exchange(desk, centre)
    desk.close()
    assert _drafts_on_disk(office, office.open()) == []
    assert centre.cases[done.case].number == done.number


def _drafts_on_disk(office: Office, desk: Desk) -> list[object]:
    held = desk._held
    return office.run(held.call(lambda: held.store.read("SELECT id FROM draft")))


def test_undo_opens_the_draft_again_and_saving_again_rewrites_a_report_that_never_left(
    office: Office, desk: Desk
) -> None:
    draft = office.run(desk.open_draft())
    typed = office.run(desk.save_draft(replace(draft, description="Nắp cống vỡ", note="gọi lại sau")))
    note = AddNote(text="gọi lại sau")
    done = office.run(desk.log_report(typed, report(typed), Assign(lead=LEAD, expects=None), note))
    assert office.run(desk.undo(done.commands))
    (again,) = office.run(desk.drafts())
    assert (again.logged, again.number, again.description, again.note) == (
        True,
        draft.number,
        "Nắp cống vỡ",
        "",
    )
    body = report(again, description="Nắp cống vỡ, sâu hai mét", reporter=Reporter(anonymous=True))
    office.run(desk.log_report(again, body, Assign(lead=LEAD, expects=None)))
    waiting = office.run(desk.outbox()).waiting
    assert [row.kind for row in waiting] == ["log_report", "add_note", "assign"]
    view = office.run(desk.case(draft.case))
    assert view is not None
    assert view.case.description == "Nắp cống vỡ, sâu hai mét"
    assert view.case.reporter == Reporter(anonymous=True)
    assert view.case.notes == 1


def test_saving_again_after_the_report_left_edits_only_what_changed(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    draft = office.run(desk.open_draft())
    done = office.run(desk.log_report(draft, report(draft), Assign(lead=LEAD, expects=None)))
    exchange(desk, centre)
    assert office.run(desk.undo(done.commands))
    (again,) = office.run(desk.drafts())
    body = report(again, description="Nắp cống vỡ, sâu hai mét")
    second = office.run(desk.log_report(again, body, Assign(lead=LEAD, expects=None)))
    edit = office.run(desk.outbox_item(second.commands[-2])).command.body
    assert set(edit.fields) == {"description"}  # type: ignore[union-attr]
    office.wall.pass_(seconds=11)
    exchange(desk, centre)
    assert centre.cases[done.case].description == "Nắp cống vỡ, sâu hai mét"
    assert centre.cases[done.case].lead == LEAD


def test_saving_again_without_a_change_gives_no_command(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    draft = office.run(desk.open_draft())
    done = office.run(desk.log_report(draft, report(draft), Assign(lead=LEAD, expects=None)))
    exchange(desk, centre)
    office.run(desk.undo(done.commands))
    (again,) = office.run(desk.drafts())
    assert office.run(desk.log_report(again, report(again), None)).commands == ()
    assert office.run(desk.drafts()) == ()
