"""Reports of periods that are kept as they were; cases are found by when their result came."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """A table, and an index on what the cases' own bodies say."""
    op.create_table(
        "period_reports",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period_reports"),
        sa.UniqueConstraint("kind", "first_day", "last_day", name="uq_period_reports_kind"),
    )
    result = sa.text("((body::jsonb ->> 'resolved_at') COLLATE \"C\")")
    op.create_index("ix_cases_resolved", "cases", [result])
