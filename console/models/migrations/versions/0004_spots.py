"""What the map replays and heats comes out of one index, without dragging rows through the cipher."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the index by time of entry."""
    op.execute("DROP INDEX ix_recent")
    op.execute(
        """CREATE INDEX ix_recent
ON case_row (entered_ms, lat, lon, type, closed_ms, open, due_ms, near_ms, point_flags, commune)"""
    )
