"""Cases that a period's figures count, as JSON, out of the file beside whoever works in it."""

from collections.abc import Iterator
from pathlib import Path

from console.models.folder import FILE
from console.models.store import connect, known_failures

SLICE = 500
_JOIN = "JOIN case_body b ON b.pk = r.pk WHERE"
_ASKS = (
    # received in the period
    f"SELECT b.body FROM case_row r INDEXED BY ix_recent {_JOIN} r.entered_ms >= ?1 AND r.entered_ms < ?2",
    # received before: with a result that is not closed yet, or closed since the period began
    f"SELECT b.body FROM case_row r {_JOIN} r.open = 1 AND r.status = 'resolved' AND r.entered_ms < ?1",
    f"SELECT b.body FROM case_row r INDEXED BY ix_closed {_JOIN} r.closed_ms >= ?1 AND r.entered_ms < ?1",
)


def bodies_of(folder: str, key: bytes, start_ms: int, end_ms: int) -> Iterator[list[bytes]]:
    """Slice by slice, on a connection of its own that only reads. Raises StoreCorrupt, …"""
    with known_failures():
        driver = connect(Path(folder) / FILE, key)
        try:
            driver.execute("PRAGMA query_only = ON")
            driver.execute("BEGIN")  # all of it is of one moment
            for sql in _ASKS:
                values = (start_ms, end_ms)[: sql.count("?2") + 1]
                found = driver.execute(sql, values)
                while rows := found.fetchmany(SLICE):
                    yield [row[0] for row in rows]
        finally:
            driver.close()
