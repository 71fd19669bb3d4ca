"""The queue's questions as SQL: each view in each order walks one index, filters are judged inside it.

`plan` builds them from the indexes named in `shape`; `INDEXED BY` makes SQLite refuse a question whose
index no longer serves it, instead of answering slowly.
"""

from typing import NamedTuple

from console.models.shape import MINE_COUNT, ORDERS, SCOPES, order_index

ROW_COLUMNS = (
    "pk", "id", "number", "channel", "urgency", "status", "display_status", "type", "title", "place", "lead",
    "due_ms", "near_ms", "resting", "entered_ms", "closed_ms", "outcome", "unread", "waiting", "attention",
    "handler", "callback_due", "lon", "lat",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(ROW_COLUMNS)} FROM case_row"

# What a view asks besides its scope; `:now` is the only time in it.
_STATE = {
    "soon": "near_sort <= ? AND due_sort > ?",
    "overdue": "due_sort <= ?",
}
_SCOPE_OF = {
    "open": "open",
    "mine": "open",
    "triage": "triage",
    "callback": "callback",
    "soon": "open",
    "overdue": "open",
}

_CHOSEN = ("district", "channel", "category")


class Ask(NamedTuple):
    """One statement with its values."""

    sql: str
    values: tuple[object, ...]


class Where(NamedTuple):
    """The quick filter, as stored values; `match`: an FTS5 query, "" for none."""

    district: str | None = None
    channel: str | None = None
    category: str | None = None
    match: str = ""


def page(view: str, order: str, where: Where, now_ms: int, user: str, offset: int, limit: int) -> Ask:
    """The keys of one page of a view, out of its index alone; `rows_at` gives the rows."""
    index = order_index(_SCOPE_OF[view], order)
    tests, values = _tests(view, where, now_ms, user)
    sql = f"SELECT pk FROM case_row INDEXED BY {index} WHERE {tests} ORDER BY {_order_by(order)}"
    return Ask(f"{sql} LIMIT ? OFFSET ?", (*values, limit, offset))


def count(view: str, where: Where, now_ms: int, user: str) -> Ask:
    """How many a view holds."""
    index = MINE_COUNT if view == "mine" else order_index(_SCOPE_OF[view], "due")
    tests, values = _tests(view, where, now_ms, user)
    return Ask(f"SELECT count(*) FROM case_row INDEXED BY {index} WHERE {tests}", values)


def _tests(view: str, where: Where, now_ms: int, user: str) -> tuple[str, tuple[object, ...]]:
    tests = [SCOPES[_SCOPE_OF[view]]]
    values: list[object] = []
    if view == "mine":
        tests.append("handler = ?")
        values.append(user)
    if view in _STATE:
        tests.append(_STATE[view])
        values += [now_ms] * _STATE[view].count("?")
    more, asked = _filtered(where)
    return " AND ".join(tests + more), (*values, *asked)


def _filtered(where: Where) -> tuple[list[str], list[str]]:
    chosen = [(name, getattr(where, name)) for name in _CHOSEN if getattr(where, name) is not None]
    tests = [f"{name} = ?" for name, _ in chosen]
    values = [value for _, value in chosen]
    if where.match:
        tests.append("pk IN (SELECT rowid FROM search WHERE search MATCH ?)")
        values.append(where.match)
    return tests, values


def _order_by(order: str) -> str:
    """Equal ones keep the order of the one index that is walked, the same from page to page."""
    way = " DESC" if order == "newest" else ""
    return ", ".join(f"{name}{way}" for name in ORDERS[order])


def rows_at(keys: tuple[int, ...]) -> Ask:
    """Rows by key, in no order."""
    return Ask(f"{_SELECT} WHERE pk IN ({', '.join('?' * len(keys))})", keys)


def rows_of(ids: tuple[str, ...]) -> Ask:
    """Rows by id."""
    return Ask(f"{_SELECT} WHERE id IN ({', '.join('?' * len(ids))})", ids)


def match_of(folded: str) -> str:
    """FTS5: every word must occur, each may go on; quoted, so that nothing typed is an operator."""
    words = [word.replace('"', "") for word in folded.split()]
    return " AND ".join(f'"{word}"*' for word in words if any(c.isalnum() for c in word))


POINTS = (
    "SELECT id, lon, lat, due_sort, near_sort, point_flags FROM case_row INDEXED BY ix_points "
    "WHERE open = 1 AND lon IS NOT NULL"
)
DISTRICTS = (
    "SELECT district, count(*), sum(near_sort <= ?1 AND due_sort > ?1), sum(due_sort <= ?1) "
    "FROM case_row INDEXED BY ix_points WHERE open = 1 GROUP BY district"
)
_ENDED = "coalesce(closed_ms, CASE open WHEN 1 THEN 9223372036854775807 ELSE entered_ms END)"
_SPOT = (
    "lon, lat, entered_ms, {closed}, coalesce(due_ms, 0), coalesce(near_ms, 0), point_flags, commune "
    "FROM case_row"
)
ENTERED_SPOTS = (
    f"SELECT {_SPOT.format(closed=_ENDED)} INDEXED BY ix_recent "
    "WHERE entered_ms >= ? AND entered_ms < ? AND lon IS NOT NULL ORDER BY entered_ms LIMIT ?"
)
CLOSED_SPOTS = (
    f"SELECT {_SPOT.format(closed='closed_ms')} INDEXED BY ix_closed "
    "WHERE closed_ms >= ? AND entered_ms < ? AND lon IS NOT NULL ORDER BY closed_ms LIMIT ?"
)
OPEN_SPOTS = (
    "SELECT lon, lat, entered_ms, 9223372036854775807, due_sort, near_sort, point_flags, commune "
    "FROM case_row INDEXED BY ix_points WHERE open = 1 AND entered_ms < ? AND lon IS NOT NULL"
)
COMMUNES = (
    "SELECT commune, near_sort <= ?1 AND due_sort > ?1, due_sort <= ?1 "
    "FROM case_row INDEXED BY ix_points WHERE open = 1"
)
EARLIER = f"{_SELECT} INDEXED BY ix_phone WHERE phone = ? ORDER BY entered_ms DESC LIMIT ?"
RECENT_NEAR = (
    f"{_SELECT} INDEXED BY ix_recent WHERE entered_ms >= ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
)
