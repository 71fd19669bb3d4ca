"""Stores that released programs wrote are upgraded by this one, and nothing in them is lost."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from console.desk.rows import Draft, Filter, View
from console.domain.answer_keys import answer_keys
from console.domain.case import Case
from console.models.failures import StoreFull
from console.models.folder import FILE
from console.models.migrations.upgrade import HEAD, version_of
from console.models.store import connect, open_store
from console.models.tables import metadata
from tests.desk.people import MONDAY, Wall, open_at
from tests.golden.make import KEY
from tests.golden.make import make as make_golden
from tests.models.test_migrations import _ours, schema

GOLDEN = sorted((Path(__file__).parent.parent / "golden").glob("store-*.db"))
every_golden = pytest.mark.parametrize("golden", GOLDEN, ids=lambda file: str(file.stem))


@pytest.fixture
def folder(golden: Path, tmp_path: Path) -> Path:
    shutil.copy2(golden, tmp_path / FILE)
    return tmp_path


def contents(golden: Path) -> Any:
    return json.loads(golden.with_suffix(".json").read_text("utf-8"))


@every_golden
def test_it_gets_the_schema_of_a_new_store(golden: Path, folder: Path, tmp_path: Path) -> None:
    old, new = open_store(folder, KEY), open_store(tmp_path / "new", KEY)
    try:
        assert version_of(old) == HEAD
        sql = "SELECT name, sql FROM sqlite_master"
        assert schema(old.read(sql)) == schema(new.read(sql))
        known = MigrationContext.configure(old.connection, opts={"include_object": _ours})
        assert compare_metadata(known, metadata) == []
        assert old.read("PRAGMA integrity_check") == [("ok",)]
    finally:
        old.close()
        new.close()


@every_golden
def test_a_disk_too_full_for_the_copy_is_told_and_nothing_is_upgraded(golden: Path, folder: Path) -> None:
    copy = folder / f"store-before-{golden.stem.removeprefix('store-')}.db"
    copy.symlink_to("/dev/full")
    with pytest.raises(StoreFull):
        open_store(folder, KEY)
    copy.unlink()
    open_store(folder, KEY).close()
    assert copy.exists(), "upgraded only now"


@every_golden
def test_what_it_held_is_read_as_it_was(golden: Path, folder: Path) -> None:
    found, was = asyncio.run(_read(folder)), contents(golden)
    assert found["cases"] == [msgspec.convert(case, Case) for case in was["cases"]]
    assert found["events"] == was["events"]
    assert found["letters"] == was["letters"]
    assert {state for *_, state in was["letters"]} == {"held", "waiting", "refused", "held_back", "sent"}
    assert found["binned"] == was["binned"] != []
    assert found["drafts"] == [msgspec.convert(draft, Draft) for draft in was["drafts"]] != []
    assert found["cursor"] == was["cursor"]
    assert found["found by a word"] == [case["id"] for case in was["cases"] if "Đèn" in case["title"]]


@every_golden
def test_what_was_answered_before_comes_into_the_rows(golden: Path, folder: Path) -> None:
    """As a new row has it, but that nobody tells old words apart that look like codes."""
    given = {"injured": "yes", "customer": "PB 0301", "size": "", "a b": "x", "again": "once", "called": "=1"}
    driver = connect(folder / FILE, KEY)
    driver.execute(
        "UPDATE case_body SET body = CAST(json_set(CAST(body AS TEXT), '$.answers', json(?)) AS BLOB) "
        "WHERE pk = 1",
        (json.dumps(given),),
    )
    driver.close()
    store = open_store(folder, KEY)
    rows = dict(store.read("SELECT pk, answers FROM case_row"))
    (body,) = store.read("SELECT body FROM case_body WHERE pk = 1")[0]
    store.close()
    case = msgspec.json.decode(body, type=Case)
    assert case.answers == given
    assert rows.pop(1).split() == list(answer_keys(given, None)) == [
        "again=once", "called=", "customer=", "injured=yes",
    ]  # fmt: skip
    assert set(rows.values()) == {""}


async def _read(folder: Path) -> dict[str, Any]:
    desk = await open_at(folder, Wall(MONDAY), key=KEY)
    try:
        await desk.keep_index()  # as behind the first painted queue
        rows = (await desk.queue(View.OPEN, limit=100)).rows
        views = [view for row in rows if (view := await desk.case(row.id)) is not None]
        outbox = await desk.outbox()
        letters = (*outbox.attention, *outbox.waiting, *outbox.sent)
        return {
            "cases": [view.case for view in views],
            "events": {view.case.id: [event.id for event in view.events] for view in views},
            "letters": [[row.id, row.case, row.kind, row.state.value] for row in letters],
            "binned": [row.id for row in await desk.binned()],
            "drafts": list(await desk.drafts()),
            "cursor": desk.sync_port.cursor(),
            "found by a word": [
                row.id for row in (await desk.queue(View.OPEN, Filter(words="den duong tat"), limit=9)).rows
            ],
        }
    finally:
        desk.close()


def test_the_next_one_can_be_made_by_this_program(tmp_path: Path) -> None:
    made: Any = asyncio.run(make_golden(tmp_path))
    was = contents(GOLDEN[0])
    assert [letter[2:] for letter in made["letters"]] == [letter[2:] for letter in was["letters"]]
    assert len(made["cases"]) == len(was["cases"])
