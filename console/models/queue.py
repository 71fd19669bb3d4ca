"""The queue's usual questions as SQL, each walking one index: what is shown before all cases are in memory.

`INDEXED BY` makes SQLite refuse a question whose index no longer serves it, instead of answering slowly. Any
other view, filter or order is answered from memory (`console.desk.index`), in the same orders.
"""

from typing import NamedTuple

from console.models.case_rows import ABOUT_HERE
from console.models.shape import ORDERS, QUEUE_INDEXES

ROW_COLUMNS = (
    "pk", "id", "number", "channel", "urgency", "status", "display_status", "type", "title", "place", "lead",
    "due_ms", "near_ms", "resting", "entered_ms", "closed_ms", "outcome", "unread", "waiting", "attention",
    "handler", "callback_due", "lon", "lat",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(ROW_COLUMNS)} FROM case_row"

# What a view asks besides the condition of its index; `?` is now or, of "mine", the user.
_ASKS = {
    "open": "",
    "mine": " AND handler = ?",
    "soon": " AND near_sort <= ? AND due_sort > ?",
    "overdue": " AND due_sort <= ?",
    "triage": "",
    "callback": "",
    "approval": "",
}
_WIDE = ("open", "mine", "soon", "overdue")
_SERVED = {(view, order): f"ix_open_{order}" for view in _WIDE for order in ("due", "number", "urgency")} | {
    ("open", "newest"): "ix_recent",
    ("triage", "due"): "ix_triage_due",
    ("callback", "due"): "ix_callback_due",
    ("approval", "due"): "ix_approval_due",
}
"""The index of each question that has one."""


class Ask(NamedTuple):
    """One statement with its values."""

    sql: str
    values: tuple[object, ...]


def serves(view: str, order: str) -> bool:
    """Whether the question has an index."""
    return (view, order) in _SERVED


def page(
    view: str, order: str, now_ms: int, user: str, offset: int, limit: int, reverse: bool = False
) -> Ask:
    """The keys of one page of a view, out of its index alone; `rows_at` gives the rows."""
    way = " DESC" if reverse != (order == "newest") else ""
    ordered = ", ".join(f"{name}{way}" for name in (*ORDERS[order], "pk"))
    found = _from(view, _SERVED[view, order], now_ms, user)
    return Ask(f"SELECT pk {found.sql} ORDER BY {ordered} LIMIT ? OFFSET ?", (*found.values, limit, offset))


def count(view: str, now_ms: int, user: str) -> Ask:
    """How many a view holds."""
    found = _from(view, _SERVED[view, "due"], now_ms, user)
    return Ask(f"SELECT count(*) {found.sql}", found.values)


def _from(view: str, index: str, now_ms: int, user: str) -> Ask:
    condition = QUEUE_INDEXES[index].where if index in QUEUE_INDEXES else "open = 1"
    asks = _ASKS[view]
    values = (user if view == "mine" else now_ms,) * asks.count("?")
    return Ask(f"FROM case_row INDEXED BY {index} WHERE {condition}{asks}", values)


def rows_at(keys: tuple[int, ...]) -> Ask:
    """Rows by key, in no order."""
    return Ask(f"{_SELECT} WHERE pk IN ({', '.join('?' * len(keys))})", keys)


def rows_of(ids: tuple[str, ...]) -> Ask:
    """Rows by id."""
    return Ask(f"{_SELECT} WHERE id IN ({', '.join('?' * len(ids))})", ids)


def answers_of(ids: tuple[str, ...]) -> Ask:
    """Of those of the cases that have answers: the id, and their keys, a line each."""
    marks = ", ".join("?" * len(ids))
    return Ask(f"SELECT id, answers FROM case_row WHERE id IN ({marks}) AND answers <> ''", ids)


def bodies_at(keys: tuple[int, ...]) -> Ask:
    """Whole cases by key, in no order: the key, and the case as JSON."""
    return Ask(f"SELECT pk, body FROM case_body WHERE pk IN ({', '.join('?' * len(keys))})", keys)


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
    "SELECT commune, entered_ms >= ?2, entered_ms >= ?3, near_sort <= ?1 AND due_sort > ?1, due_sort <= ?1 "
    "FROM case_row INDEXED BY ix_points WHERE open = 1"
)
EARLIER = f"{_SELECT} INDEXED BY ix_phone WHERE phone = ? ORDER BY entered_ms DESC LIMIT ?"
Box = tuple[float, float, float, float]
"""South, north, west, east."""
_NEAR = (
    f"SELECT {', '.join(ROW_COLUMNS)}, point_flags & {ABOUT_HERE} FROM case_row {{}} AND "
    "(commune = ? AND {} OR lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? "
    f"AND NOT point_flags & {ABOUT_HERE})"
)
_NOWHERE: Box = (0.0, -1.0, 0.0, -1.0)


def recent_near(since_ms: int, box: Box | None, commune: str) -> Ask:
    """As `near_of`, all that were entered since."""
    return _near("INDEXED BY ix_recent WHERE entered_ms >= ?", (since_ms,), box, commune)


def near_of(keys: tuple[int, ...], box: Box | None, commune: str) -> Ask:
    """Of these, the pinned ones in the box and those of the commune without a pin; all of the commune where
    there is no box. Behind the row's columns whether it is without a pin."""
    return _near(f"WHERE pk IN ({', '.join('?' * len(keys))})", keys, box, commune)


def _near(among: str, values: tuple[object, ...], box: Box | None, commune: str) -> Ask:
    unpinned = "1" if box is None else f"point_flags & {ABOUT_HERE}"
    return Ask(_NEAR.format(among, unpinned), (*values, commune, *(box or _NOWHERE)))
