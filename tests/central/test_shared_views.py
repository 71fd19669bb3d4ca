"""Shared views: their owner's alone, the last writing stands, and nobody who follows misses one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from console.domain.identity import new_id
from console.protocol.wire import SharedView, ViewsAnswer
from tests.support.central import Central, Client

ASKS = {"base": "open", "filter": {"districts": ["450"]}}
replace = msgspec.structs.replace


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


@pytest.fixture
def beside(central: Central) -> Iterator[Client]:
    """A colleague at another server of the same centre."""
    made = central.twin().client("05", "op05")
    yield made
    made.close()


def made(desk: Client, name: str = "Đồng Hới", **more: Any) -> SharedView:
    at = desk.clock.now() - timedelta(minutes=5)
    given = {"owner": desk.user, "changed_at": at, "asks": ASKS, **more}
    return SharedView(id=new_id(), name=name, **given)


def put(desk: Client, view: SharedView) -> SharedView:
    answer = desk.raw("PUT", f"/views/{view.id}", view)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=SharedView)


def refused(desk: Client, view: SharedView) -> str:
    answer = desk.raw("PUT", f"/views/{view.id}", view)
    assert answer.status_code >= 400
    return str(answer.json()["code"])


def after(desk: Client, version: int = 0) -> ViewsAnswer:
    found: ViewsAnswer = desk.get(f"/views?after={version}", ViewsAnswer)
    return found


def test_a_colleague_hears_of_it_of_its_changes_and_of_its_end(desk: Client, beside: Client) -> None:
    view = made(desk)
    kept = put(desk, view)
    assert kept.owner_name
    assert kept.asks == ASKS
    heard = after(beside)
    assert heard == ViewsAnswer(version=kept.version, views=(kept,))
    later = replace(view, name="Đồng Hới, quá hạn", changed_at=view.changed_at + timedelta(seconds=1))
    assert put(desk, later).version == kept.version + 1
    assert put(desk, later).version == kept.version + 1, "an answer that was lost is given again"
    assert put(desk, view).name == later.name, "the earlier writing comes late"
    put(desk, replace(later, deleted=True, changed_at=later.changed_at + timedelta(seconds=1)))
    (gone,) = after(beside, heard.version).views
    assert (gone.id, gone.deleted, gone.name, gone.asks) == (view.id, True, "", {})


def test_only_its_owner_changes_one(desk: Client, beside: Client) -> None:
    view = put(desk, made(desk))
    later = desk.clock.now()
    assert refused(beside, replace(view, name="x", changed_at=later)) == "not_yours"
    assert refused(beside, replace(view, owner=beside.user, changed_at=later)) == "not_yours"
    assert after(beside).views == (view,)


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "x" * 81}, {"asks": {"words": "x" * 8192}}, {"id": "1"}]
)
def test_what_is_no_view_is_refused(desk: Client, wrong: dict[str, Any]) -> None:
    assert refused(desk, replace(made(desk), **wrong)) == "bad_request"


def test_a_time_to_come_is_taken_for_now(desk: Client) -> None:
    ahead = made(desk, changed_at=desk.clock.now() + timedelta(days=1))
    kept = put(desk, ahead)
    assert kept.changed_at < ahead.changed_at
    assert put(desk, replace(ahead, name="again", changed_at=desk.clock.now())).name == "again"


def test_whoever_follows_the_versions_misses_none(desk: Client, beside: Client) -> None:
    views = [made(who, f"{place}") for place in range(8) for who in (desk, beside)]
    heard, version = list[SharedView](), 0
    with ThreadPoolExecutor(2) as threads:
        halves = [threads.submit(_put_all, who, views) for who in (desk, beside)]
        while not all(half.done() for half in halves):
            answer = after(desk, version)
            version, heard = answer.version, heard + list(answer.views)
    heard += after(desk, version).views
    assert sorted(view.id for view in heard) == sorted(view.id for view in views)
    assert [view.version for view in heard] == sorted({view.version for view in heard})


def _put_all(who: Client, views: list[SharedView]) -> None:
    for view in views:
        if view.owner == who.user:
            put(who, view)
