"""A long case: its newest stretch with the case, what came before on demand, and nothing of it lost."""

from console.desk.attachment_rows import Pasted
from console.desk.desk import Desk
from console.desk.questions import NEWEST
from console.domain.command import AddNote, Merge
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.support.pictures import photo

NOTES = NEWEST * 2


def note(text: str) -> AddNote:
    return AddNote(text=text)


def texts(events: object) -> list[str]:
    return [str(event.data.get("text", event.kind)) for event in events]  # type: ignore[attr-defined]


def long_case(office: Office, desk: Desk, centre: TinyCentre) -> str:
    """A file at its beginning, then many notes, the last three of which the centre has not seen."""
    case = logged(office, desk, forward=False).case
    office.run(desk.attach(case, Pasted(name="cũ.jpg", data=photo())))
    for place in range(NOTES - 3):
        office.run(desk.act(case, note(f"số {place}")))
    exchange(desk, centre)
    for place in range(NOTES - 3, NOTES):
        office.run(desk.act(case, note(f"số {place}")))
    return case


def test_a_case_opens_with_its_newest_stretch_and_the_rest_follows_on_demand(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    case = long_case(office, desk, centre)
    view = office.run(desk.case(case))
    assert view is not None
    assert len(view.events) == NEWEST
    assert view.waiting == tuple(event.id for event in view.events[-3:])
    whole = office.run(desk._held.worker.call(lambda: desk._held.cases.events(case)[0]))
    assert view.earlier == len(whole) - NEWEST
    older = office.run(desk.events(case, view.earlier, 30))
    first = office.run(desk.events(case, view.earlier - 30, NOTES))
    assert (*first, *older, *view.events) == whole
    assert office.run(desk.events(case, 0, 30)) == ()
    assert texts(view.events)[-1] == f"số {NOTES - 1}"


def test_the_files_of_a_long_case_and_the_number_it_was_merged_into_are_still_known(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    other = logged(office, desk, forward=False)
    case = logged(office, desk, forward=False).case
    office.run(desk.attach(case, Pasted(name="cũ.jpg", data=photo())))
    office.run(desk.act(case, Merge(into=other.case)))
    for place in range(NEWEST + 1):
        office.run(desk.act(case, note(f"số {place}")))
    office.wall.pass_(seconds=60)  # a merge rests for undo
    exchange(desk, centre)
    view = office.run(desk.case(case))
    assert view is not None
    assert not [event for event in view.events if event.kind in ("attach", "merge")]
    assert view.merged_number == other.number
    assert [row.name for row in office.run(desk.attachments(case))] == ["cũ.jpg"]


def test_all_that_waits_is_in_the_stretch_however_much_it_is(office: Office, desk: Desk) -> None:
    case = logged(office, desk, forward=False).case
    for place in range(NEWEST + 5):
        office.run(desk.act(case, note(f"số {place}")))
    view = office.run(desk.case(case))
    assert view is not None
    assert len(view.waiting) == len(view.events) == NEWEST + 6
    assert view.earlier == 0
