"""The few cases that wait for a supervisor are found at the start without all open ones being read."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index, of those cases alone."""
    op.execute(
        "CREATE INDEX ix_approval_due ON case_row (due_sort) WHERE display_status = 'pending_approval'"
    )
