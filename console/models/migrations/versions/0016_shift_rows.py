"""The book of the shifts: roster, handover sheets, who read them, what this desk saw of outages."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute(
        """CREATE TABLE shift_row (
    kind VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    dirty INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (kind, "key")
)
 WITHOUT ROWID"""
    )
    op.execute("CREATE INDEX ix_shift_day ON shift_row (kind, day)")
    op.execute("CREATE INDEX ix_shift_dirty ON shift_row (kind) WHERE dirty = 1")
