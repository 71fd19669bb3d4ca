"""Saved views at one desk: whose they are, what the centre must hear, and which writing stands."""

import asyncio
from typing import Any

import msgspec
import pytest

from console.desk.changes import Changes
from console.desk.desk import Desk
from console.desk.errors import NotHere, ViewNotYours, ViewsFull, ViewTooLong, ViewUnnamed
from console.desk.rows import BUILT_IN, DueState, Filter, Sort, View
from console.desk.views import BUILT_INS, OWN_MOST, SavedView
from console.models.times import from_ms, to_ms
from console.protocol.wire import SharedView
from tests.desk.conftest import Office

MINE = SavedView(
    name="Điện lực, quá hạn", base=View.ALL, filter=Filter(due=(DueState.OVERDUE,), words="cột điện"),
    sort=Sort.NEWEST, reverse=True, columns=("number", "content", "agency"),
)  # fmt: skip
replace = msgspec.structs.replace


def sign_in(desk: Desk, user: str) -> None:
    desk.sign_in(replace(desk.actor, user=user, name=f"Người {user}"))


def told(desk: Desk) -> list[SharedView]:
    return desk.sync_port.views_to_tell()


def theirs(**more: Any) -> SharedView:
    given: dict[str, Any] = {
        "id": "v1",
        "owner": "op07",
        "owner_name": "Lan",
        "name": "Của Lan",
        "version": 3,
    }
    return SharedView(**given | {"changed_at": from_ms(1), "asks": {"base": "open"}} | more)


def answered(desk: Desk, version: int) -> None:
    """The centre takes all that it is told."""
    desk.sync_port.apply_views([replace(view, version=version) for view in told(desk)])


def test_the_built_in_views_are_those_of_the_tabs() -> None:
    assert [view.base for view in BUILT_INS] == list(BUILT_IN)


def test_a_private_view_outlives_the_program_and_is_seen_by_its_owner_only(office: Office) -> None:
    desk = office.open()
    kept = office.run(desk.keep_view(MINE))
    assert (kept.owner, kept.owner_name) == (desk.actor.user, desk.actor.name)
    assert told(desk) == []
    desk.close()
    desk = office.open()
    assert office.run(desk.saved_views()) == (kept,)
    sign_in(desk, "op09")
    assert office.run(desk.saved_views()) == ()
    with pytest.raises(ViewNotYours):
        office.run(desk.drop_view(kept.id))


def test_a_shared_view_is_told_until_the_centre_has_it_also_its_end(office: Office) -> None:
    desk = office.open()
    kept = office.run(desk.keep_view(replace(MINE, shared=True)))
    (sent,) = told(desk)
    assert (sent.name, sent.deleted, sent.asks["sort"]) == (MINE.name, False, "newest")
    renamed = office.run(desk.keep_view(replace(kept, name="Khác")))
    desk.sync_port.apply_views([replace(sent, version=1)])
    assert [view.name for view in told(desk)] == ["Khác"], "what the centre has is not the last"
    answered(desk, 2)
    assert told(desk) == []
    office.run(desk.drop_view(kept.id))
    assert office.run(desk.saved_views()) == ()
    assert [view.deleted for view in told(desk)] == [True]
    assert office.run(desk.keep_view(renamed)) == renamed, "taken back"
    assert [view.deleted for view in told(desk)] == [False]
    with pytest.raises(NotHere):
        office.run(desk.drop_view("none"))


def test_a_view_that_is_private_again_leaves_the_centre_and_stays_here(office: Office) -> None:
    desk = office.open()
    kept = office.run(desk.keep_view(replace(MINE, shared=True)))
    (on_its_way,) = told(desk)
    private = office.run(desk.keep_view(replace(kept, shared=False)))
    desk.sync_port.apply_views([replace(on_its_way, version=1)])
    assert [view.deleted for view in told(desk)] == [True]
    answered(desk, 2)
    assert told(desk) == []
    assert office.run(desk.saved_views()) == (private,)
    office.run(desk.drop_view(kept.id))
    assert told(desk) == [], "nobody else has it"


def test_what_the_centre_says_comes_and_goes_and_is_heard(office: Office) -> None:
    desk, heard = office.open(), list[Changes]()
    desk.feed.subscribe(heard.append)
    desk.sync_port.apply_views([theirs(), theirs(id="v2", asks={"base": "of next year"})], 4)
    (view,) = office.run(desk.saved_views())
    assert (view.id, view.owner_name, view.shared) == ("v1", "Lan", True)
    with pytest.raises(ViewNotYours):
        office.run(desk.keep_view(replace(view, name="Của tôi")))
    assert desk.sync_port.views_version() == 4
    desk.sync_port.apply_views([theirs(deleted=True, version=5, asks={})], 5)
    assert office.run(desk.saved_views()) == ()
    office.run(asyncio.sleep(0))
    assert [changes.views for changes in heard] == [True, True]


def test_an_older_writing_from_elsewhere_does_not_undo_a_later_one_here(office: Office) -> None:
    desk = office.open()
    kept = office.run(desk.keep_view(replace(MINE, shared=True)))
    (sent,) = told(desk)
    older = replace(sent, version=1, name="Cũ", changed_at=from_ms(to_ms(sent.changed_at) - 1))
    desk.sync_port.apply_views([older], 1)
    assert office.run(desk.saved_views()) == (kept,)
    newer = replace(older, version=2, changed_at=from_ms(to_ms(sent.changed_at) + 1))
    desk.sync_port.apply_views([newer], 2)
    assert [view.name for view in office.run(desk.saved_views())] == ["Cũ"]
    assert told(desk) == []


def test_after_a_restored_backup_shared_views_are_told_again(office: Office) -> None:
    desk = office.open()
    office.run(desk.keep_view(replace(MINE, shared=True)))
    answered(desk, 7)
    desk.sync_port.apply_views([], 7)
    desk.sync_port.begin_again()
    assert desk.sync_port.views_version() == 0
    assert [view.name for view in told(desk)] == [MINE.name]


def test_what_cannot_be_saved_says_why(office: Office) -> None:
    desk = office.open()
    for name in (" ", "x" * 81):
        with pytest.raises(ViewUnnamed):
            office.run(desk.keep_view(replace(MINE, name=name)))
    with pytest.raises(ViewTooLong):
        office.run(desk.keep_view(replace(MINE, filter=Filter(words="x" * 8192))))
    for place in range(OWN_MOST):
        office.run(desk.keep_view(replace(MINE, name=f"{place}")))
    with pytest.raises(ViewsFull):
        office.run(desk.keep_view(MINE))
