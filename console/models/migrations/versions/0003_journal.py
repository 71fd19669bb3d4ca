"""What was saved as it was given, until it is written up: one small row is the whole of a save's commit."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.execute(
        """CREATE TABLE journal (
    n INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (n)
)"""
    )
