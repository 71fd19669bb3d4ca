"""The shape of the tables as questions need it: plain names, for the start need not import SQLAlchemy.

`tables` defines the schema and builds its indexes from these names; a test holds both together.
"""

from typing import NamedTuple

COLUMNS = (
    "pk", "id", "number", "channel", "urgency", "status", "display_status", "type", "category",
    "title", "place", "commune", "district", "lead", "due_ms", "near_ms", "resting", "entered_ms",
    "closed_ms", "outcome", "handler", "phone", "lon", "lat", "point_flags", "open", "triage",
    "callback_due", "due_sort", "near_sort", "urgency_sort", "revision", "seen", "unread", "waiting",
    "attention", "answers", "resolved_ms",
)  # fmt: skip
"""Of `case_row`, in the table's order."""

ORDERS: dict[str, tuple[str, ...]] = {
    "due": ("due_sort",),
    "newest": ("entered_ms",),
    "number": ("number",),
    "urgency": ("urgency_sort", "due_sort"),
}
"""Orders of the queue that go by stored values; equal ones by key."""


class QueueIndex(NamedTuple):
    """An index of the rows for which `where` holds."""

    columns: tuple[str, ...]
    where: str


# Each costs a page at every save: what is asked at a start has one, anything else is answered from memory
# (`console.desk.index`). The last columns let the deadline's state and the handler be judged inside.
_JUDGED = ("near_sort", "handler")
QUEUE_INDEXES = {
    "ix_open_due": QueueIndex(("due_sort", *_JUDGED), "open = 1"),
    "ix_open_number": QueueIndex(("number", "due_sort", *_JUDGED), "open = 1"),
    "ix_open_urgency": QueueIndex(("urgency_sort", "due_sort", *_JUDGED), "open = 1"),
    "ix_triage_due": QueueIndex(("due_sort",), "triage = 1"),
    "ix_callback_due": QueueIndex(("due_sort",), "callback_due = 1"),
    "ix_approval_due": QueueIndex(("due_sort",), "display_status = 'pending_approval'"),
}
