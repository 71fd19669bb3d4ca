"""What is known of telephone numbers."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute(
        """CREATE TABLE number_note (
    phone VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    used_ms INTEGER NOT NULL,
    author VARCHAR NOT NULL,
    dirty INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (phone)
)
 WITHOUT ROWID"""
    )
