"""The queue is answered from memory: of its indexes those stay that a start needs, narrower."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_GONE = ("ix_mine", *(f"ix_{scope}_{order}" for scope in ("open", "triage", "callback")
                      for order in ("due", "newest", "number", "urgency")))  # fmt: skip


def upgrade() -> None:
    """Thirteen go, five come: eight pages fewer for each save that touches an open case."""
    for name in _GONE:
        op.execute(f"DROP INDEX {name}")
    op.execute("CREATE INDEX ix_open_due\nON case_row (due_sort, near_sort, handler)\nWHERE open = 1")
    op.execute(
        "CREATE INDEX ix_open_number\nON case_row (number, due_sort, near_sort, handler)\nWHERE open = 1"
    )
    op.execute(
        "CREATE INDEX ix_open_urgency\n"
        "ON case_row (urgency_sort, due_sort, near_sort, handler)\nWHERE open = 1"
    )
    op.execute("CREATE INDEX ix_triage_due\nON case_row (due_sort)\nWHERE triage = 1")
    op.execute("CREATE INDEX ix_callback_due\nON case_row (due_sort)\nWHERE callback_due = 1")
