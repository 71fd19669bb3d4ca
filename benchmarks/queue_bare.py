"""The bare SQL that the queue is judged by: the same cases in a file of their own, an index for each
question.

The file is encrypted as the store is and has the same table; beside it, for every question that is measured,
the index that answers it best. Asked on the bare connection, without the way to another thread.
"""

from pathlib import Path
from typing import Any, NamedTuple

from console.desk.rows import DueState, Filter, Question, Sort, View
from console.domain.case import Channel
from console.domain.category import Urgency
from console.models.case_rows import NEVER, RESTING
from console.models.folder import FILE
from console.models.queue import rows_at
from console.models.store import connect

ROWS = 50
_FILE = "bare.db"


class Asked(NamedTuple):
    """One question, as the desk is asked and as SQL."""

    name: str
    question: Question
    where: str
    order: str
    by: str  # its columns, and its WHERE


def questions(connection: Any, now_ms: int, user: str) -> list[Asked]:
    """Each view; each field of the filter in the open view by deadline, and of all cases newest first."""
    return [*_views(now_ms, user), *_filters(connection, View.OPEN), *_filters(connection, View.ALL),
            *_clocks(now_ms)]  # fmt: skip


def _views(now: int, user: str) -> list[Asked]:
    soon, late = f"near_sort <= {now} AND due_sort > {now}", f"due_sort <= {now}"
    where = {
        View.OPEN: ("open = 1", "due_sort", "open = 1"),
        View.MINE: (f"open = 1 AND handler = '{user}'", "handler, due_sort", "open = 1"),
        View.SOON: (f"open = 1 AND {soon}", "due_sort, near_sort", "open = 1"),
        View.OVERDUE: (f"open = 1 AND {late}", "due_sort", "open = 1"),
        View.TRIAGE: ("triage = 1", "due_sort", "triage = 1"),
        View.CALLBACK: ("callback_due = 1", "due_sort", "callback_due = 1"),
    }
    found = [
        Asked(view.value, Question(view=view), asks, "due_sort, pk", f"({columns}) WHERE {part}")
        for view, (asks, columns, part) in where.items()
    ]
    newest = Question(view=View.ALL, sort=Sort.NEWEST)
    return [*found, Asked("all, newest", newest, "1", "entered_ms DESC, pk DESC", "(entered_ms)")]


_FIELDS: dict[str, str] = {
    "display_status": "statuses", "urgency": "urgencies", "type": "types", "category": "categories",
    "lead": "leads", "commune": "communes", "district": "districts", "channel": "channels",
    "handler": "handlers",
}  # fmt: skip
_KINDS: dict[str, Any] = {"urgency": Urgency, "channel": Channel}


def _filters(connection: Any, view: View) -> list[Asked]:
    """Of each field the value that most of the view's cases have."""
    part, order, key, sort = (
        ("open = 1", "due_sort, pk", "due_sort", Sort.DUE)
        if view is View.OPEN
        else ("1", "entered_ms DESC, pk DESC", "entered_ms", Sort.NEWEST)
    )
    found = []
    for column, field in _FIELDS.items():
        value = connection.execute(
            f"SELECT {column} FROM case_row WHERE {part} AND {column} <> '' GROUP BY 1"
            " ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()[0]
        chosen: dict[str, Any] = {field: (_KINDS.get(column, str)(value),)}
        index = f"({column}, {key})" + (f" WHERE {part}" if view is View.OPEN else "")
        where = f"{part} AND {column} = '{value}'"
        asked = Question(view=view, filter=Filter(**chosen), sort=sort)
        found.append(Asked(f"{view.value}, {field}", asked, where, order, index))
    return found


def _clocks(now: int) -> list[Asked]:
    overdue = Question(view=View.OPEN, filter=Filter(due=(DueState.OVERDUE,)))
    resting = Question(view=View.OPEN, filter=Filter(due=(DueState.RESTING,)))
    month = 30 * 86_400_000
    entered = Filter(entered_from_ms=now - 3 * month, entered_until_ms=now - 2 * month)
    time = Question(view=View.ALL, filter=entered, sort=Sort.NEWEST)
    rests = f"open = 1 AND due_sort >= {RESTING} AND due_sort < {NEVER}"
    came = f"entered_ms >= {entered.entered_from_ms} AND entered_ms < {entered.entered_until_ms}"
    return [
        Asked("open, overdue", overdue, f"open = 1 AND due_sort <= {now}", "due_sort, pk",
              "(due_sort) WHERE open = 1"),
        Asked("open, resting", resting, rests, "due_sort, pk", "(due_sort) WHERE open = 1"),
        Asked("all, a month", time, came, "entered_ms DESC, pk DESC", "(entered_ms)"),
    ]  # fmt: skip


class Bare:
    """A file in a store's folder, made anew each time: what was measured last has changed the store."""

    def __init__(self, folder: Path, key: bytes) -> None:
        (folder / _FILE).unlink(missing_ok=True)
        self.connection = connect(folder / _FILE, key)
        self._copy(folder, key)

    def _copy(self, folder: Path, key: bytes) -> None:
        run = self.connection.execute
        run(f"ATTACH '{folder / FILE}' AS store KEY \"x'{key.hex()}'\"")
        run(run("SELECT sql FROM store.sqlite_master WHERE name = 'case_row'").fetchone()[0])
        run("INSERT INTO case_row SELECT * FROM store.case_row")
        run("DETACH store")

    def prepare(self, asked: list[Asked]) -> None:
        """The index of each question, as far as there is none yet."""
        for place, index in enumerate(sorted({one.by for one in asked})):
            self.connection.execute(f"CREATE INDEX IF NOT EXISTS bare_{place} ON case_row {index}")
        self.connection.execute("ANALYZE")

    def ask(self, asked: Asked) -> tuple[list[int], int]:
        """The first rows and how many there are: three statements."""
        run = self.connection.execute
        keys = [
            row[0]
            for row in run(
                f"SELECT pk FROM case_row WHERE {asked.where} ORDER BY {asked.order} LIMIT {ROWS}"
            ).fetchall()
        ]
        if keys:
            rows = rows_at(tuple(keys))
            run(rows.sql, rows.values).fetchall()
        return keys, int(run(f"SELECT count(*) FROM case_row WHERE {asked.where}").fetchone()[0])

    def forget(self) -> None:
        """What it holds in memory of the file."""
        self.connection.execute("PRAGMA shrink_memory")

    def counts(self, views: list[Asked]) -> list[int]:
        """How many each of these holds."""
        run = self.connection.execute
        return [int(run(f"SELECT count(*) FROM case_row WHERE {one.where}").fetchone()[0]) for one in views]

    def close(self) -> None:
        """End."""
        self.connection.close()
