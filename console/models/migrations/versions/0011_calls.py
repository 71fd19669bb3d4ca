"""Calls, and whom to call back."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables."""
    op.execute(
        """CREATE TABLE call_log (
    id VARCHAR NOT NULL,
    station VARCHAR NOT NULL,
    user VARCHAR NOT NULL,
    incoming INTEGER NOT NULL,
    number VARCHAR NOT NULL,
    phone VARCHAR,
    name VARCHAR NOT NULL,
    rang_ms INTEGER NOT NULL,
    answered_ms INTEGER,
    ended_ms INTEGER,
    how VARCHAR,
    kind VARCHAR,
    note VARCHAR NOT NULL,
    slot INTEGER NOT NULL,
    draft_id VARCHAR,
    case_id VARCHAR,
    saved_ms INTEGER,
    left_ms INTEGER,
    PRIMARY KEY (id)
)
 WITHOUT ROWID"""
    )
    op.execute("CREATE INDEX ix_call_here ON call_log (id) WHERE left_ms IS NULL")
    op.execute("CREATE INDEX ix_call_left ON call_log (left_ms) WHERE left_ms IS NOT NULL")
    op.execute("CREATE INDEX ix_call_draft ON call_log (draft_id) WHERE draft_id IS NOT NULL")
    op.execute(
        """CREATE TABLE callback (
    id VARCHAR NOT NULL,
    party VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    phone VARCHAR,
    name VARCHAR NOT NULL,
    rings INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    due_ms INTEGER,
    note VARCHAR NOT NULL,
    case_id VARCHAR,
    tried INTEGER NOT NULL,
    done_ms INTEGER,
    reached INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID"""
    )
    op.execute("CREATE INDEX ix_callback_open ON callback (party) WHERE done_ms IS NULL")
    op.execute("CREATE INDEX ix_callback_done ON callback (done_ms) WHERE done_ms IS NOT NULL")
