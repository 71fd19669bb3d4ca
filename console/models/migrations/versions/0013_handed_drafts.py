"""Drafts on their way from one desk to another."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute(
        """CREATE TABLE handed_draft (
    id VARCHAR NOT NULL,
    draft_id VARCHAR NOT NULL,
    outward INTEGER NOT NULL,
    station VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    dirty INTEGER NOT NULL,
    told INTEGER NOT NULL,
    body BLOB,
    PRIMARY KEY (id)
)
 WITHOUT ROWID"""
    )
