"""Which reports were merged into one: read in, then kept through acts, undone merges, the centre's word."""

import pytest

from console.desk import kept_index
from console.desk.desk import Desk
from console.desk.index import joined
from console.domain.command import AddNote, Merge, Unmerge
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged


@pytest.fixture(autouse=True)
def many_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_index, "SLICE", 3)
    monkeypatch.setattr(joined, "SLICE", 2)


def merged(office: Office, desk: Desk, parent: str, count: int) -> list[str]:
    """So many reports that are part of one, the newest first."""
    made = list[str]()
    for _ in range(count):
        office.wall.pass_(minutes=1)
        done = logged(office, desk)
        office.run(desk.act(done.case, Merge(into=parent)))
        made.insert(0, done.case)
    return made


def parts(office: Office, desk: Desk, case: str) -> list[str]:
    found = office.run(desk.parts(case))
    view = office.run(desk.case(case))
    assert view is not None
    assert view.parts == found, "the case comes with them"
    return [row.id for row in found]


def kept(desk: Desk) -> int:
    """How many merged cases are kept in memory."""
    found = desk._held.index._joined
    assert found is not None
    return len(found._keys)


def test_what_was_merged_before_the_start_is_read_in(office: Office, desk: Desk) -> None:
    parent, other = logged(office, desk).case, logged(office, desk).case
    made, theirs = merged(office, desk, parent, 7), merged(office, desk, other, 1)
    view = office.run(desk.case(parent))
    assert view is not None
    assert view.parts is None, "not known before the index is read"
    assert parts(office, desk, parent) == made
    assert parts(office, desk, other) == theirs
    assert parts(office, desk, made[0]) == []


def test_it_follows_merges_and_those_that_are_taken_back(office: Office, desk: Desk) -> None:
    parent = logged(office, desk).case
    office.run(desk.keep_index())
    assert parts(office, desk, parent) == []
    first, second = reversed(merged(office, desk, parent, 2))
    assert parts(office, desk, parent) == [second, first]
    office.run(desk.act(second, AddNote(text="Cùng một hố ga", audience="internal")))
    assert parts(office, desk, parent) == [second, first]
    assert kept(desk) == 2, "written again, and still there once"
    office.run(desk.act(first, Unmerge()))
    assert parts(office, desk, parent) == [second]
    assert kept(desk) == 1


def test_what_changes_while_it_is_read_in_is_in_it_once(office: Office, desk: Desk) -> None:
    parent = logged(office, desk).case
    made = merged(office, desk, parent, 5)
    index = desk._held.index
    office.run(index.ready())
    office.run(desk._held.call(index._read_parts))
    for case in made[:4]:
        office.run(desk.act(case, AddNote(text="Vẫn còn", audience="internal")))
    office.run(desk.act(made[4], Unmerge()))
    assert parts(office, desk, parent) == made[:4]
    assert kept(desk) == 4


def test_another_desks_merge_is_heard_through_the_centre(
    office: Office, desk: Desk, centre: TinyCentre
) -> None:
    parent = logged(office, desk).case
    office.run(desk.keep_index())
    made = merged(office, desk, parent, 2)
    office.wall.pass_(minutes=1)  # they can be undone no more, and go
    exchange(desk, centre)
    there = office.open("there", actor=desk.actor)
    office.run(there.keep_index())
    exchange(there, centre)
    assert parts(office, there, parent) == made
