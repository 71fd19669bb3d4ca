"""The encrypted file: opening it, one transaction at a time, and its failures by name.

SQLite through sqlcipher3: WAL, synchronous=FULL, so that what a commit reported is on the disk. One thread
uses it: the one that opened it. SQLAlchemy 2 defines the schema and carries the migrations; it is imported
only where one of them is due, for it costs more than all of a usual opening.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlcipher

from console.models.failures import (
    StoreCorrupt,
    StoreFailure,
    StoreFull,
    StoreLocked,
    StoreUnwritable,
)
from console.models.folder import FILE
from console.models.lock import StoreLock

if TYPE_CHECKING:
    from sqlalchemy import Connection

CACHE_KIB = 20 * 1024  # what a desk asks again and again; all cases are in memory for themselves
CHECKPOINT_BYTES = 8 << 20
COMPACT = "store.compact"
STEPS = 1000  # of SQLite's machine between two looks at whether somebody still waits

_FAILURES: dict[int, type[StoreFailure]] = {
    sqlcipher.SQLITE_FULL: StoreFull,
    sqlcipher.SQLITE_CORRUPT: StoreCorrupt,
    sqlcipher.SQLITE_NOTADB: StoreCorrupt,
    sqlcipher.SQLITE_CANTOPEN: StoreUnwritable,
    sqlcipher.SQLITE_READONLY: StoreUnwritable,
    sqlcipher.SQLITE_IOERR: StoreUnwritable,
}


def failure_of(error: sqlcipher.Error) -> StoreFailure | None:
    """The known failure behind a driver's error; None: a bug. Carries SQLite's name for it, never values."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    kind = _FAILURES.get(code)
    return kind(getattr(error, "sqlite_errorname", "")) if kind else None


class GivenUp(Exception):
    """Nobody waits for the answer any more."""


@contextmanager
def known_failures() -> Iterator[None]:
    """Turn driver errors into StoreFailure where they are known ones."""
    try:
        yield
    except sqlcipher.Error as error:
        known = failure_of(error)
        if known is None:
            raise
        raise known from None


@contextmanager
def known_file_failures() -> Iterator[None]:
    """The same for files beside the store that are written without SQLite."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (StoreFull if full else StoreUnwritable)(type(error).__name__) from error


class Store:
    """An open store. Made by `open_store`; every method runs on the thread that opened it."""

    def __init__(self, folder: Path, driver: Any, lock: StoreLock, key: bytes) -> None:
        self.folder, self._driver, self._lock, self.key = folder, driver, lock, key
        self._connection: Connection | None = None
        self._depth = 0
        self.owed: Callable[[], None] = lambda: None
        """Done before a transaction begins: what must be written before anything else is."""
        self.ended: Callable[[bool], None] = lambda committed: None
        """Hears of each outermost transaction that ended, and whether it was committed."""

    @property
    def file(self) -> Path:
        """The file itself."""
        return self.folder / FILE

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's view of this file, for migrations and checks of the schema. Made when first asked, and
        that rolls back: ask before a transaction begins."""
        if self._connection is None:
            from console.models.schema_connection import connection_on

            self._connection = connection_on(self._driver)
        return self._connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is stored whole or not at all; inner ones join the outer one.

        Raises StoreFull, StoreCorrupt, StoreUnwritable.
        """
        if self._depth == 0:
            self.owed()
        with known_failures():
            if self._depth == 0:
                self._driver.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
                if self._depth == 1:
                    self._driver.execute("COMMIT")
            except BaseException:
                if self._depth == 1:
                    self._roll_back()
                    self.ended(False)
                raise
            finally:
                self._depth -= 1
        if self._depth == 0:
            self.ended(True)

    @contextmanager
    def relaxed(self) -> Iterator[None]:
        """Commits inside may be lost by a power cut, though never torn: for what can be fetched again.
        The next commit outside brings them to the disk with it."""
        self.read("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            self.read("PRAGMA synchronous = FULL")

    @contextmanager
    def given_up(self, void: Callable[[], bool]) -> Iterator[None]:
        """Reading inside ends within a millisecond or so once `void()`, which is asked on this thread. Raises
        GivenUp."""
        self._driver.set_progress_handler(lambda: int(void()), STEPS)
        try:
            yield
        except sqlcipher.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlcipher.SQLITE_INTERRUPT:
                raise GivenUp from None
            raise
        finally:
            self._driver.set_progress_handler(None, 0)

    def _roll_back(self) -> None:
        """SQLite rolls back by itself on a full disk; a second one would be an error."""
        if self._driver.in_transaction:
            self._driver.execute("ROLLBACK")

    def read(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Rows of a plain statement."""
        with known_failures():
            rows: list[tuple[Any, ...]] = self._driver.execute(sql, parameters).fetchall()
            return rows

    def cursor(self, sql: str, parameters: tuple[Any, ...] = ()) -> Any:
        """The driver's cursor of a plain statement, for reading in slices under `known_failures`."""
        return self._driver.execute(sql, parameters)

    def write_many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """A plain statement for each of `rows`, inside a transaction."""
        if rows:
            self._driver.executemany(sql, rows)

    @property
    def compacts_next(self) -> bool:
        """Whether the next opening does."""
        return (self.folder / COMPACT).exists()

    def compact_next(self) -> None:
        """The next opening writes the file anew, without what it does not need. Raises StoreUnwritable, …"""
        with known_file_failures():
            (self.folder / COMPACT).touch()

    def checkpoint(self) -> None:
        """Bring what was committed into the file itself, once there is much of it. Nobody waits for it: it
        goes around whoever reads or writes meanwhile."""
        wal = self.folder / f"{FILE}-wal"
        if wal.stat().st_size >= CHECKPOINT_BYTES:
            self.read("PRAGMA wal_checkpoint(PASSIVE)")

    def suspect(self) -> None:
        """Note that the file showed damage: the next opening checks it from end to end."""
        (self.folder / "store.suspect").touch()

    def close(self) -> None:
        """Close the file and give the lock back. Safe to call twice."""
        self.close_file()
        self._lock.release()

    def close_file(self) -> None:
        """Close the file alone: the lock stays until what is damaged has been set aside."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._driver.close()


def open_store(folder: Path, key: bytes) -> Store:
    """Open, make or upgrade the store in `folder` with a 32-byte key.

    Raises StoreBusy, StoreLocked, StoreNewer, StoreCorrupt (already set aside, `kept` says where: opening
    again starts a fresh store), StoreUnwritable, StoreFull.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = StoreLock(folder / "store.lock")
    except OSError as error:
        raise StoreUnwritable(type(error).__name__) from error
    try:
        return _open_locked(folder, key, lock)
    except StoreCorrupt as found:
        kept = set_aside(folder)
        lock.release()
        raise StoreCorrupt("set aside", kept) from found
    except BaseException:
        lock.release()
        raise


def join_store(folder: Path, key: bytes) -> Store:
    """The same store for a second process of the program that has it open: for the first fill, one at a time.

    Raises StoreBusy where another fill runs, StoreLocked, StoreUnwritable, StoreCorrupt.
    """
    lock = StoreLock(folder / "fill.lock")
    try:
        _check_key(folder, key)
        with known_failures():
            return Store(folder, connect(folder / FILE, key), lock, key)
    except BaseException:
        lock.release()
        raise


def _open_locked(folder: Path, key: bytes, lock: StoreLock) -> Store:
    from console.models.migrations.upgrade import upgrade

    _check_key(folder, key)
    with known_failures():
        store = Store(folder, connect(folder / FILE, key), lock, key)
        try:
            _check_suspect(store)
            upgrade(store)
            _compact(store)
        except BaseException:
            store.close_file()
            raise
    return store


def connect(file: Path, key: bytes) -> Any:
    """One encrypted connection; transactions are begun by `Store.transaction`. Raises the driver's errors."""
    driver = sqlcipher.connect(str(file), isolation_level=None, cached_statements=256)
    try:
        prepare(driver, key)
    except sqlcipher.Error:
        driver.close()
        raise
    return driver


def prepare(connection: Any, key: bytes) -> None:
    """Key and pragmas of every connection. The raw key skips SQLCipher's own derivation."""
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # of a new file, or from its next VACUUM on
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def _fingerprint(key: bytes) -> str:
    return hmac.new(key, b"ioc-console store", hashlib.sha256).hexdigest()


def _check_key(folder: Path, key: bytes) -> None:
    """A wrong key and a damaged first page look alike to SQLCipher: a fingerprint of the key beside the
    file tells them apart. It gives nothing away: the key is 32 random bytes or Argon2id's work."""
    file, known = folder / FILE, folder / "store.check"
    if file.exists() and known.exists() and known.read_text("ascii").strip() != _fingerprint(key):
        raise StoreLocked
    if not file.exists() or not known.exists():
        with known_file_failures():
            known.write_text(_fingerprint(key) + "\n", "ascii")


def _check_suspect(store: Store) -> None:
    mark = store.folder / "store.suspect"
    if not mark.exists():
        return
    found = store.read("PRAGMA cipher_integrity_check") + store.read("PRAGMA quick_check")
    if any(row[0] != "ok" for row in found):
        raise StoreCorrupt("integrity check")
    mark.unlink()


def _compact(store: Store) -> None:
    """Write the file anew where it was asked for: from then on it gives room back by itself. A full disk
    leaves it as it is, and the mark, too."""
    mark = store.folder / COMPACT
    if not mark.exists():
        return
    with suppress(StoreFull):
        store.read("VACUUM")
        mark.unlink()


def set_aside(folder: Path) -> Path:
    """Move a damaged store into a folder of its own, whole; nothing is ever deleted. Returns that folder."""
    kept = folder / f"damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    kept.mkdir()
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm", "store.check", "store.suspect"):
        if (folder / name).exists():
            (folder / name).rename(kept / name)
    return kept
