"""What was looked at, exported and printed here, until the centre has it."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute(
        """CREATE TABLE audit_act (
    id VARCHAR NOT NULL,
    at_ms INTEGER NOT NULL,
    user VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    case_id VARCHAR,
    fact VARCHAR NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID"""
    )
