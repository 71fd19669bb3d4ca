"""Cases that may leave the workstation, and the room that they leave behind in the file."""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from console.models.cases import Cases
from console.models.store import Store, connect, known_failures

STRETCH = 300  # keys that are looked through at a time
_ENDED = (
    "SELECT pk, id FROM case_row WHERE pk > ? AND pk <= ? AND open = 0 AND waiting = 0 AND attention = 0 "
    "AND revision > 0 AND coalesce(closed_ms, entered_ms) < ? "
    "AND id NOT IN (SELECT case_id FROM outbox) AND id NOT IN (SELECT case_id FROM bin) "
    "AND id NOT IN (SELECT case_id FROM draft) AND id NOT IN (SELECT case_id FROM confirmed) ORDER BY pk"
)


class _Marks(msgspec.Struct, frozen=True):
    """Of a case, what keeps it here."""

    watchers: tuple[str, ...] = ()
    merged_into: str | None = None
    attachments: tuple[str, ...] = ()


_marks = msgspec.json.Decoder(_Marks)


class Ended(NamedTuple):
    """A case outside of the window that nothing unsent hangs on."""

    pk: int
    id: str


class Archive:
    """All on the store's thread."""

    def __init__(self, store: Store, cases: Cases) -> None:
        self._store, self._cases = store, cases

    def last_key(self) -> int:
        """The highest key of a case."""
        return int(self._store.read("SELECT coalesce(max(pk), 0) FROM case_row")[0][0])

    def count(self, before_ms: int) -> int:
        """About how many may go: a scan of one index."""
        sql = "SELECT count(*) FROM case_row WHERE closed_ms IS NOT NULL AND closed_ms < ?"
        return int(self._store.read(sql, (before_ms,))[0][0])

    def ended(self, after: int, before_ms: int) -> list[Ended]:
        """Of the next stretch of keys, those that were ended before (UTC ms; of merged ones, entered): not
        open, and with nothing waiting, refused, let go, typed or unanswered."""
        return [Ended(*row) for row in self._store.read(_ENDED, (after, after + STRETCH, before_ms))]

    def held_here(self, case: Ended, unsent: set[str]) -> bool:
        """Whether something else keeps it: somebody watches it, the one it was merged into is here, or one
        of its files has not reached the centre."""
        rows = self._store.read("SELECT body FROM case_body WHERE pk = ?", (case.pk,))
        marks = _marks.decode(rows[0][0])
        if marks.watchers or not unsent.isdisjoint(marks.attachments):
            return True
        return marks.merged_into is not None and bool(self._cases.known([marks.merged_into]))

    def remove(self, case_id: str) -> None:
        """It leaves: its row, its body, its timeline, its words, its files' names. Inside a transaction."""
        self._cases.remove(case_id)
        self._store.write_many("DELETE FROM attachment WHERE case_id = ?", [(case_id,)])

    # room

    def free_pages(self) -> int:
        """Pages of the file that hold nothing."""
        return int(self._store.read("PRAGMA freelist_count")[0][0])

    def gives_back(self) -> bool:
        """Whether the file gives room back in slices: one of an earlier version is to be compacted first."""
        return bool(self._store.read("PRAGMA auto_vacuum")[0][0] == 2)

    def give_back(self, pages: int) -> None:
        """So many free pages leave the file."""
        self._store.read(f"PRAGMA incremental_vacuum({pages})")

    def merge(self, table: str, pages: int) -> bool:
        """Some of the search's pages are merged, so that what was deleted leaves them; whether there was
        something to do."""
        before = self._changes()
        with self._store.relaxed(), self._store.transaction():
            sql = f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)"
            self._store.write_many(sql, [(pages,)])
        return self._changes() - before > 1

    def _changes(self) -> int:
        return int(self._store.read("SELECT total_changes()")[0][0])


def checkpoint_apart(store: Store) -> None:
    """Bring what was committed into the file, from any thread, beside whoever works in it: nobody waits."""
    with known_failures():
        driver = connect(store.file, store.key)
        try:
            driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        finally:
            driver.close()


def check_apart(store: Store, step: Callable[[], bool]) -> list[str]:
    """Look through the whole file, from any thread, beside whoever works in it: what is wrong, or nothing.
    `step` is called often; True: stop. Raises CheckStopped, StoreCorrupt, …"""
    with known_failures():
        driver = connect(store.file, store.key)
        try:
            return _checked(driver, step)
        finally:
            driver.close()


class CheckStopped(Exception):
    """Somebody wanted no more of it."""


STEPS = 20_000  # of SQLite's machine, between two questions whether to go on


def _checked(driver: Any, step: Callable[[], bool]) -> list[str]:
    import sqlcipher3.dbapi2 as sqlcipher

    driver.execute("PRAGMA query_only = ON")
    driver.set_progress_handler(step, STEPS)
    try:
        rows = driver.execute("PRAGMA quick_check(20)").fetchall()
    except sqlcipher.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlcipher.SQLITE_INTERRUPT:
            raise CheckStopped from None
        raise
    return [str(row[0]) for row in rows if row[0] != "ok"]
