"""Attached files on the workstation's disk: `attachments.db`, encrypted like the case store, apart from it.

So a photo never makes the commit of a text longer. The bytes lie in pieces, so that what is sent or fetched
goes on where it broke. One thread uses it: the one that opened it.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import sqlcipher3.dbapi2 as sqlcipher

from console.models.failures import StoreCorrupt, StoreNewer, StoreUnwritable
from console.models.store import known_failures, prepare

FILE = "attachments.db"
PIECE = 256 * 1024
SCHEMA = 1
OTHERS, KEPT, GIVEN = 0, 1, 2
"""`mine`: attached elsewhere; here, with a draft; here, with a command."""
NOTHING, LOOK, ORIGINAL, NOW = 0, 1, 2, 3
"""`wanted`: nothing more; whether the centre has it, and a small picture; the file; it before others."""
_CACHE_KIB = 4096

_TABLES = f"""
CREATE TABLE file (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    total INTEGER NOT NULL,
    digest TEXT NOT NULL,
    got INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    there INTEGER NOT NULL,
    mine INTEGER NOT NULL,
    wanted INTEGER NOT NULL,
    trouble TEXT,
    thumbnail BLOB,
    lon REAL,
    lat REAL,
    used_ms INTEGER NOT NULL
);
CREATE INDEX ix_file_to_send ON file (used_ms) WHERE mine > 0 AND there = 0;
CREATE INDEX ix_file_to_fetch ON file (wanted) WHERE wanted > 0;
CREATE TABLE piece (
    n INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    start INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (sha256, start)
);
PRAGMA user_version = {SCHEMA};
"""


class FileRow(NamedTuple):
    """One file. `total` and `digest` are of the bytes that lie here: an agency gets a copy without EXIF,
    which is not the file of that name. `got` of them are here, `sent` at the centre, `there`: all of them."""

    sha256: str
    media_type: str
    size: int
    total: int
    digest: str
    got: int
    sent: int
    there: bool
    mine: int
    wanted: int
    trouble: str | None
    thumbnail: bytes | None
    lon: float | None
    lat: float | None

    @property
    def complete(self) -> bool:
        """So many bytes are on this disk as there should be."""
        return self.got == self.total

    @property
    def here(self) -> bool:
        """They are, and none of them is still to be fetched or checked."""
        return self.complete and self.wanted <= LOOK


_COLUMNS = ", ".join(FileRow._fields)


def _row(values: tuple[Any, ...]) -> FileRow:
    row = FileRow(*values)
    return row._replace(there=bool(row.there))


class Files:
    """Made by `open_files`. Failures are those of the store: StoreFull, StoreCorrupt, StoreUnwritable."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is stored whole or not at all. Not to be nested."""
        with known_failures():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with known_failures():
            rows: list[tuple[Any, ...]] = self._connection.execute(sql, tuple(values)).fetchall()
            return rows

    def _run(self, sql: str, *values: object) -> None:
        self._connection.execute(sql, values)

    # what is here

    def of(self, digests: Sequence[str]) -> dict[str, FileRow]:
        """Those of `digests` that are known."""
        marks = ", ".join("?" * len(digests))
        rows = self._read(f"SELECT {_COLUMNS} FROM file WHERE sha256 IN ({marks})", digests)
        return {row[0]: _row(row) for row in rows}

    def get(self, sha256: str) -> FileRow | None:
        """One."""
        return self.of([sha256]).get(sha256)

    def piece(self, sha256: str, start: int, length: int) -> bytes:
        """Bytes from `start`, at most `length`, as far as they are here."""
        sql = (
            "SELECT start, body FROM piece WHERE sha256 = ? AND start < ? "
            "AND start + length(body) > ? ORDER BY start"
        )
        parts, end = [], start + length
        for at, body in self._read(sql, (sha256, end, start)):
            parts.append(body[max(0, start - at) : end - at])
        return b"".join(parts)

    def kept(self) -> list[str]:
        """Those attached here of which it is not known that a command was given."""
        return [str(row[0]) for row in self._read("SELECT sha256 FROM file WHERE mine = 1")]

    def unsent(self) -> list[str]:
        """Attached here, and not known to be at the centre."""
        return [str(row[0]) for row in self._read("SELECT sha256 FROM file WHERE mine > 0 AND there = 0")]

    def weight(self) -> int:
        """Bytes of files that lie here."""
        return int(self._read("SELECT coalesce(sum(got), 0) FROM file")[0][0])

    # written inside `transaction`

    def add(self, row: FileRow, used_ms: int) -> None:
        """A new one, or one that was heard of before: what is known of it stays."""
        marks = ", ".join("?" * (len(row) + 1))
        sql = (
            f"INSERT INTO file ({_COLUMNS}, used_ms) VALUES ({marks}) ON CONFLICT (sha256) DO UPDATE SET "
            "mine = max(mine, excluded.mine), wanted = max(wanted, excluded.wanted), "
            "thumbnail = coalesce(thumbnail, excluded.thumbnail), lon = coalesce(lon, excluded.lon), "
            "lat = coalesce(lat, excluded.lat), "
            "trouble = CASE WHEN excluded.mine > 0 THEN NULL ELSE trouble END, used_ms = excluded.used_ms"
        )
        self._run(sql, *row, used_ms)

    def append(self, sha256: str, start: int, body: bytes) -> None:
        """The next bytes, from `start`: what lies there already or leaves a gap is passed over."""
        row = self.get(sha256)
        if row is None or row.got != start or not body:
            return
        self._run("INSERT INTO piece (sha256, start, body) VALUES (?, ?, ?)", sha256, start, body)
        self._run("UPDATE file SET got = got + ? WHERE sha256 = ?", len(body), sha256)

    def expect(self, sha256: str, total: int, digest: str) -> None:
        """What is about to be fetched. Other bytes than were begun with: from the beginning."""
        row = self.get(sha256)
        if row is not None and (row.total, row.digest) != (total, digest):
            self.empty(sha256)
            self._run("UPDATE file SET total = ?, digest = ? WHERE sha256 = ?", total, digest, sha256)

    def empty(self, sha256: str) -> None:
        """None of its bytes are here."""
        self._run("DELETE FROM piece WHERE sha256 = ?", sha256)
        self._run("UPDATE file SET got = 0 WHERE sha256 = ?", sha256)

    def set(self, sha256: str, used_ms: int, **values: object) -> None:
        """Other values in some columns."""
        names = ", ".join(f"{name} = ?" for name in (*values, "used_ms"))
        self._run(f"UPDATE file SET {names} WHERE sha256 = ?", *values.values(), used_ms, sha256)

    def give(self, sha256: str) -> None:
        """A command for it was given: it is to be sent."""
        self._run("UPDATE file SET mine = 2 WHERE sha256 = ? AND mine = 1", sha256)

    def forget(self, sha256: str) -> None:
        """As if it had never been here."""
        self._run("DELETE FROM piece WHERE sha256 = ?", sha256)
        self._run("DELETE FROM file WHERE sha256 = ?", sha256)

    def make_room(self, most: int) -> int:
        """Let bytes go that the centre has, those longest unused first, until `most` are here; how many
        still are."""
        weight = self.weight()
        if weight <= most:
            return weight
        gone = "SELECT sha256, got FROM file WHERE there = 1 AND got > 0 AND wanted = 0 ORDER BY used_ms"
        for sha256, got in self._read(gone):
            if weight <= most:
                break
            self.empty(sha256)
            weight -= got
        return weight

    # what is to be done

    def to_send(self, but: Sequence[str]) -> FileRow | None:
        """The next that the centre has not whole, apart from `but`."""
        where = "mine = 2 AND there = 0 AND got = total AND trouble IS NULL"
        return self._next(f"{where} AND sha256 NOT IN ({{}}) ORDER BY rowid", but)

    def to_fetch(self, but: Sequence[str]) -> FileRow | None:
        """The next that is wanted of the centre, apart from `but`."""
        where = "wanted > 0 AND trouble IS NULL"
        return self._next(f"{where} AND sha256 NOT IN ({{}}) ORDER BY wanted DESC, size, sha256", but)

    def _next(self, where: str, but: Sequence[str]) -> FileRow | None:
        marks = ", ".join("?" * len(but))
        rows = self._read(f"SELECT {_COLUMNS} FROM file WHERE {where.format(marks)} LIMIT 1", but)
        return _row(rows[0]) if rows else None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def open_files(folder: Path, key: bytes) -> Files:
    """Open or make the file in `folder`, under a key of its own made from the store's.

    A damaged one is set aside, whole, and a new one begun: what the centre has can be fetched again.
    Raises StoreNewer, StoreUnwritable, StoreFull.
    """
    own = hmac.new(key, b"ioc-console attachments", hashlib.sha256).digest()
    try:
        return _open(folder / FILE, own)
    except StoreCorrupt:
        _set_aside(folder)
        return _open(folder / FILE, own)


def _open(file: Path, key: bytes) -> Files:
    with known_failures():
        connection = sqlcipher.connect(str(file), isolation_level=None, check_same_thread=False)
        try:
            prepare(connection, key)
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > SCHEMA:
                raise StoreNewer(f"attachments {version}")
            if version == 0:
                connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
        except BaseException:
            connection.close()
            raise
    return Files(connection)


def _set_aside(folder: Path) -> None:
    kept = folder / f"damaged-attachments-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    try:
        kept.mkdir()
        for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
            if (folder / name).exists():
                (folder / name).rename(kept / name)
    except OSError as error:
        raise StoreUnwritable(type(error).__name__) from error
