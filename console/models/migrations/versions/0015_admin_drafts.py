"""Changes of reference data that an administrator has typed and not published yet."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute(
        """CREATE TABLE admin_draft (
    id VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    base INTEGER NOT NULL,
    saved_ms INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID"""
    )
