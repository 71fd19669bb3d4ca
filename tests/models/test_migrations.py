"""The numbered steps make the schema that the models describe."""

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from console.models.failures import StoreNewer
from console.models.migrations.upgrade import HEAD, STEPS, config_for, upgrade, version_of
from console.models.schema_connection import connection_on
from console.models.shape import COLUMNS
from console.models.store import Store, connect, open_store
from console.models.tables import SEARCH, case_row, metadata

KEY = bytes(32)
NEXT_STEP = '''
"""A step that a later program brings."""
from alembic import op
revision, down_revision, branch_labels, depends_on = "{new}", "{old}", None, None
def upgrade() -> None:
    op.execute("ALTER TABLE meta ADD COLUMN since INTEGER")
    {more}
'''


def schema(rows: list[tuple[str, str]]) -> dict[str, list[str]]:
    """By name, its parts in any order: a column that was added stands behind the constraints."""
    plain = {name: "".join((sql or "").split()) for name, sql in rows if "alembic_version" not in name}
    return {name: sorted(sql.replace("(", ",").replace(")", ",").split(",")) for name, sql in plain.items()}


def test_the_migrated_schema_is_that_of_the_models(tmp_path: Path) -> None:
    store = open_store(tmp_path, KEY)
    migrated = schema(store.read("SELECT name, sql FROM sqlite_master"))
    known = MigrationContext.configure(store.connection, opts={"include_object": _ours})
    assert compare_metadata(known, metadata) == []
    store.close()
    plain = connect(tmp_path / "plain.db", KEY)
    with connection_on(plain) as connection:
        metadata.create_all(connection)
        for table in SEARCH:
            connection.exec_driver_sql(table)
        made = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master").fetchall()
    plain.close()
    assert migrated == schema([(name, sql) for name, sql in made])


def test_the_plain_names_of_the_columns_are_those_of_the_models() -> None:
    assert tuple(column.name for column in case_row.columns) == COLUMNS


def _ours(_: object, name: str, kind: str, reflected: bool, __: object) -> bool:
    return not (kind == "table" and reflected and name.startswith("search"))


def later_steps(tmp_path: Path, store: Store, more: str = "pass") -> Path:
    steps = tmp_path / "steps"
    shutil.copytree(STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    old = version_of(store)
    (steps / "versions" / "9000_next.py").write_text(NEXT_STEP.format(new="9000", old=old, more=more))
    return steps


def test_an_upgrade_copies_the_file_first_and_keeps_what_is_in_it(tmp_path: Path) -> None:
    store = open_store(tmp_path / "desk", KEY)
    before = version_of(store)
    with store.transaction():
        store.cursor("INSERT INTO meta (key, value) VALUES ('a', 'một')")
    upgrade(store, later_steps(tmp_path, store))
    assert store.read("SELECT key, value, since FROM meta") == [("a", "một", None)]
    assert version_of(store) == "9000"
    store.close()
    copy = tmp_path / "desk" / f"store-before-{before}.db"
    (tmp_path / "copy").mkdir()
    copy.rename(tmp_path / "copy" / "store.db")
    old = open_store(tmp_path / "copy", KEY)
    assert old.read("SELECT * FROM meta") == [("a", "một")]
    old.close()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    store = open_store(tmp_path / "desk", KEY)
    before = version_of(store)
    steps = later_steps(tmp_path, store, 'raise ValueError("half way")')
    with pytest.raises(ValueError, match="half way"):
        upgrade(store, steps)
    assert version_of(store) == before
    assert [row[1] for row in store.read("PRAGMA table_info(meta)")] == ["key", "value"]
    store.close()


def test_this_program_refuses_the_later_programs_file(tmp_path: Path) -> None:
    store = open_store(tmp_path / "desk", KEY)
    upgrade(store, later_steps(tmp_path, store))
    store.close()
    with pytest.raises(StoreNewer):
        open_store(tmp_path / "desk", KEY)


def test_the_newest_step_is_the_one_that_the_program_knows(tmp_path: Path) -> None:
    store = open_store(tmp_path, KEY)
    assert version_of(store) == HEAD == ScriptDirectory.from_config(config_for(store)).get_current_head()
    store.close()


def test_an_up_to_date_file_is_not_copied(tmp_path: Path) -> None:
    open_store(tmp_path, KEY).close()
    open_store(tmp_path, KEY).close()
    assert list(tmp_path.glob("store-before-*")) == []
