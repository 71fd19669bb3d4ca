"""The board: what each desk did on a day, and how calls were scored."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "desk_days",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("user_code", sa.Text, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("day", "station", "user_code", name="pk_desk_days"),
    )
    op.create_table(
        "sample_scores",
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_sample_scores"),
        sa.UniqueConstraint("version", name="uq_sample_scores_version"),
    )
    op.create_index("ix_sample_scores_scored_at", "sample_scores", ["scored_at"])
