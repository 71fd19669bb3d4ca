"""The queue's questions as SQL: each usual view in each usual order walks one index, filters are judged in
it.

`INDEXED BY` makes SQLite refuse a question whose index no longer serves it, instead of answering slowly.
Other questions are left to SQLite's own choice.
"""

from typing import NamedTuple

from console.models.case_rows import NEVER, RESTING
from console.models.shape import FILTERS, MINE_COUNT, ORDERS, SCOPES, order_index

ROW_COLUMNS = (
    "pk", "id", "number", "channel", "urgency", "status", "display_status", "type", "title", "place", "lead",
    "due_ms", "near_ms", "resting", "entered_ms", "closed_ms", "outcome", "unread", "waiting", "attention",
    "handler", "callback_due", "lon", "lat",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(ROW_COLUMNS)} FROM case_row"

# What a view asks besides its scope; `?` is now, the only time in it.
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
_DUE = {
    "overdue": "open = 1 AND due_sort <= ?",
    "soon": "open = 1 AND near_sort <= ? AND due_sort > ?",
    "running": f"open = 1 AND near_sort > ? AND due_sort > ? AND due_sort < {RESTING}",
    "resting": f"open = 1 AND due_sort >= {RESTING} AND due_sort < {NEVER}",
    "none": f"(open = 0 OR due_sort >= {NEVER})",
}
NAMED = {
    "type": ("type",),
    "place": ("district", "commune"),
    "status": ("display_status",),
    "agency": ("lead",),
    "channel": ("channel",),
}
"""Orders that follow names and not the stored values, with the columns whose codes are ranked."""


class Ask(NamedTuple):
    """One statement with its values."""

    sql: str
    values: tuple[object, ...]


class Where(NamedTuple):
    """A filter as stored values. `among`: columns with the values that each may have ("" for NULL, too);
    `due`: as `desk.rows.DueState`; `match`: an FTS5 query, "" for none."""

    among: tuple[tuple[str, tuple[str, ...]], ...] = ()
    due: tuple[str, ...] = ()
    entered_from_ms: int | None = None
    entered_until_ms: int | None = None
    match: str = ""


class Order(NamedTuple):
    """`ranked`: for an order by names, the codes of each of its columns as they follow one another."""

    by: str
    reverse: bool = False
    ranked: tuple[tuple[str, ...], ...] = ()


def page(view: str, order: Order, where: Where, now_ms: int, user: str, offset: int, limit: int) -> Ask:
    """The keys of one page of a view, out of its index alone; `rows_at` gives the rows."""
    index = order_index(_SCOPE_OF[view], order.by) if _walks_index(view, order.by, where) else ""
    tests, values = _tests(view, where, now_ms, user)
    ordered, ranks = _order_by(order)
    sql = f"SELECT pk FROM case_row{f' INDEXED BY {index}' if index else ''} WHERE {tests} ORDER BY {ordered}"
    return Ask(f"{sql} LIMIT ? OFFSET ?", (*values, *ranks, limit, offset))


def count(view: str, where: Where, now_ms: int, user: str) -> Ask:
    """How many a view holds."""
    index = ""
    if _walks_index(view, "due", where):
        index = MINE_COUNT if view == "mine" else order_index(_SCOPE_OF[view], "due")
    tests, values = _tests(view, where, now_ms, user)
    return Ask(
        f"SELECT count(*) FROM case_row{f' INDEXED BY {index}' if index else ''} WHERE {tests}", values
    )


def _walks_index(view: str, order: str, where: Where) -> bool:
    """Whether one index holds all that the question asks for, in its order."""
    timed = where.entered_from_ms is not None or where.entered_until_ms is not None
    if timed or view not in _SCOPE_OF or order not in ORDERS or not {n for n, _ in where.among} <= {*FILTERS}:
        return False
    return not where.due or _SCOPE_OF[view] == "open"


def _tests(view: str, where: Where, now_ms: int, user: str) -> tuple[str, tuple[object, ...]]:
    tests = [SCOPES[_SCOPE_OF[view]]] if view in _SCOPE_OF else []
    values: list[object] = []
    if view == "mine":
        tests.append("handler = ?")
        values.append(user)
    if view in _STATE:
        tests.append(_STATE[view])
        values += [now_ms] * _STATE[view].count("?")
    more, asked = _filtered(where, now_ms)
    return " AND ".join(tests + more) or "1", (*values, *asked)


def _filtered(where: Where, now_ms: int) -> tuple[list[str], list[object]]:
    tests, values = list[str](), list[object]()
    for column, among in where.among:
        marks = ", ".join("?" * len(among))
        empty = f" OR {column} IS NULL" if "" in among else ""
        tests.append(f"({column} IN ({marks}){empty})")
        values += among
    if where.due:
        either = [f"({_DUE[state]})" for state in where.due]
        tests.append(f"({' OR '.join(either)})")
        values += [now_ms] * tests[-1].count("?")
    for bound, test in ((where.entered_from_ms, ">="), (where.entered_until_ms, "<")):
        if bound is not None:
            tests.append(f"entered_ms {test} ?")
            values.append(bound)
    if where.match:
        tests.append("pk IN (SELECT rowid FROM search WHERE search MATCH ?)")
        values.append(where.match)
    return tests, values


def _order_by(order: Order) -> tuple[str, list[object]]:
    """Equal ones keep the order of the one index that is walked, the same from page to page."""
    names, values = list[str](), list[object]()
    for column, codes in zip(NAMED.get(order.by, ()), order.ranked, strict=True):
        cases = " ".join(["WHEN ? THEN ?"] * len(codes))
        names.append(f"CASE {column} {cases} ELSE {len(codes)} END" if codes else "0")
        names += f"coalesce({column}, '') = ''", f"coalesce({column}, '')"
        values += [value for place, code in enumerate(codes) for value in (code, place)]
    names += ORDERS.get(order.by, ("due_sort", "near_sort", "pk"))
    way = " DESC" if order.reverse != (order.by == "newest") else ""
    return ", ".join(f"{name}{way}" for name in names), values


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
    "SELECT commune, entered_ms >= ?2, entered_ms >= ?3, near_sort <= ?1 AND due_sort > ?1, due_sort <= ?1 "
    "FROM case_row INDEXED BY ix_points WHERE open = 1"
)
EARLIER = f"{_SELECT} INDEXED BY ix_phone WHERE phone = ? ORDER BY entered_ms DESC LIMIT ?"
RECENT_NEAR = (
    f"{_SELECT} INDEXED BY ix_recent WHERE entered_ms >= ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
)
