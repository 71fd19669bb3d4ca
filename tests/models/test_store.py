"""The encrypted file and everything that can be wrong with it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.models.failures import (
    StoreBusy,
    StoreCorrupt,
    StoreFull,
    StoreLocked,
    StoreNewer,
    StoreUnwritable,
)
from console.models.folder import FILE
from console.models.store import Store, open_store

KEY, OTHER_KEY = bytes(32), bytes([7] * 32)
PAGE = 4096


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, KEY)
    yield opened
    opened.close()


def put(store: Store, key: str, value: str) -> None:
    with store.transaction():
        sql = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"
        store.cursor(sql, (key, value))


def put_all(store: Store, several: dict[str, str]) -> None:
    with store.transaction():
        for key, value in several.items():
            put(store, key, value)


def values(store: Store) -> dict[str, str]:
    return dict(store.read("SELECT key, value FROM meta"))


def damage(file: Path, page: int) -> None:
    content = bytearray(file.read_bytes())
    assert len(content) > page * PAGE, "the page to damage must exist"
    content[page * PAGE + 100] ^= 0xFF
    file.write_bytes(content)


def test_what_was_committed_is_there_again(tmp_path: Path, store: Store) -> None:
    put(store, "a", "một")
    store.close()
    again = open_store(tmp_path, KEY)
    assert values(again) == {"a": "một"}
    again.close()


def test_the_pragmas_that_make_a_commit_durable(store: Store) -> None:
    for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
        assert store.read(f"PRAGMA {pragma}") == [(value,)]
    with store.relaxed():
        assert store.read("PRAGMA synchronous") == [(1,)]
    assert store.read("PRAGMA synchronous") == [(2,)]


def test_a_transaction_is_whole_or_not_at_all(store: Store) -> None:
    def half() -> None:
        with store.transaction():
            put(store, "a", "một")
            raise LookupError

    with pytest.raises(LookupError):
        half()
    assert values(store) == {}


def test_a_wrong_key_is_told_and_leaves_the_file(tmp_path: Path, store: Store) -> None:
    put(store, "a", "một")
    store.close()
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(StoreLocked):
        open_store(tmp_path, OTHER_KEY)
    assert (tmp_path / FILE).read_bytes() == before
    open_store(tmp_path, KEY).close()


def test_a_second_program_is_told(tmp_path: Path, store: Store) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from console.models.store import open_store\n"
        "from console.models.failures import StoreBusy\n"
        "try: open_store(Path(sys.argv[1]), bytes(32))\n"
        "except StoreBusy as busy: sys.exit(busy.code)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert found.stderr.strip() == "store_busy"
    with pytest.raises(StoreBusy):
        open_store(tmp_path, KEY)
    store.close()
    open_store(tmp_path, KEY).close()


def test_a_newer_file_is_refused_and_left_as_it_is(tmp_path: Path, store: Store) -> None:
    with store.transaction():
        store.cursor("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(StoreNewer):
        open_store(tmp_path, KEY)
    assert sorted(p.name for p in tmp_path.glob("damaged-*")) == []
    assert (tmp_path / FILE).exists()


def test_a_damaged_first_page_is_set_aside_and_the_next_start_is_fresh(tmp_path: Path, store: Store) -> None:
    put(store, "a", "một")
    store.close()
    damage(tmp_path / FILE, 0)
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(StoreCorrupt) as found:
        open_store(tmp_path, KEY)
    assert found.value.kept is not None
    assert (found.value.kept / FILE).read_bytes() == before
    again = open_store(tmp_path, KEY)
    assert values(again) == {}
    again.close()


def test_damage_found_at_work_is_set_aside_at_the_next_start(tmp_path: Path, store: Store) -> None:
    with store.transaction():
        store.write_many(
            "INSERT INTO meta (key, value) VALUES (?, ?)", [(f"k{n}", "x" * 2000) for n in range(200)]
        )
    store.close()
    damage(tmp_path / FILE, (tmp_path / FILE).stat().st_size // PAGE - 20)
    hurt = open_store(tmp_path, KEY)
    with pytest.raises(StoreCorrupt):
        hurt.read("SELECT sum(length(value)) FROM meta")
    hurt.suspect()
    hurt.close()
    with pytest.raises(StoreCorrupt) as found:
        open_store(tmp_path, KEY)
    assert found.value.kept is not None
    open_store(tmp_path, KEY).close()


def test_a_suspicion_without_damage_is_forgotten(tmp_path: Path, store: Store) -> None:
    put(store, "a", "một")
    store.suspect()
    store.close()
    again = open_store(tmp_path, KEY)
    assert values(again) == {"a": "một"}
    again.close()
    assert not (tmp_path / "store.suspect").exists()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    open_store(tmp_path, KEY).close()
    (tmp_path / FILE).write_bytes(b"not a database at all" * 400)
    with pytest.raises(StoreCorrupt):
        open_store(tmp_path, KEY)


def test_a_full_disk_stores_nothing_of_the_act_and_the_next_one_works(store: Store) -> None:
    put(store, "a", "một")
    pages = store.read("PRAGMA page_count")[0][0]
    store.read(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFull):
        put_all(store, {"b": "hai", "long": "x" * PAGE * 20})
    assert values(store) == {"a": "một"}
    store.read("PRAGMA max_page_count = 1000000")
    put(store, "b", "hai")
    assert values(store) == {"a": "một", "b": "hai"}


def test_a_disk_that_is_full_at_the_very_first_start(tmp_path: Path) -> None:
    (tmp_path / "store.check").symlink_to("/dev/full")
    with pytest.raises(StoreFull):
        open_store(tmp_path, KEY)
    (tmp_path / "store.check").unlink()
    open_store(tmp_path, KEY).close()


def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnwritable):
        open_store(tmp_path / "file", KEY)


def test_failures_carry_codes_and_no_values(store: Store) -> None:
    store.read(f"PRAGMA max_page_count = {store.read('PRAGMA page_count')[0][0] + 1}")
    with pytest.raises(StoreFull) as full:
        put(store, "phone", "0912345678" * PAGE)
    assert str(full.value) == "store_full: SQLITE_FULL"
