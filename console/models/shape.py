"""The shape of the tables as questions need it: plain names, for the start need not import SQLAlchemy.

`tables` defines the schema and builds its indexes from these names; a test holds both together.
"""

COLUMNS = (
    "pk", "id", "number", "channel", "urgency", "status", "display_status", "type", "category",
    "title", "place", "commune", "district", "lead", "due_ms", "near_ms", "resting", "entered_ms",
    "closed_ms", "outcome", "handler", "phone", "lon", "lat", "point_flags", "open", "triage",
    "callback_due", "due_sort", "near_sort", "urgency_sort", "revision", "seen", "unread", "waiting",
    "attention",
)  # fmt: skip
"""Of `case_row`, in the table's order."""

# Every order of the queue has one partial index per kind of view; the last columns let the deadline's state,
# the handler and the quick filter be judged inside the index. Each index costs a page at every save: what
# the few orders of open cases serve well enough has none of its own ("mine", "soon", "overdue").
ORDERS: dict[str, tuple[str, ...]] = {
    "due": ("due_sort", "near_sort"),
    "newest": ("entered_ms", "due_sort", "near_sort"),
    "number": ("number", "due_sort", "near_sort"),
    "urgency": ("urgency_sort", "due_sort", "near_sort"),
}
FILTERS = ("handler", "district", "channel", "category")
SCOPES = {"open": "open = 1", "triage": "triage = 1", "callback": "callback_due = 1"}

MINE_COUNT = "ix_mine"


def order_index(scope: str, order: str) -> str:
    """The index that serves a scope in an order."""
    return f"ix_{scope}_{order}"
