"""What staff know of telephone numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """One table."""
    op.create_table(
        "number_notes",
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("phone", name="pk_number_notes"),
        sa.UniqueConstraint("version", name="uq_number_notes_version"),
    )
    op.create_index("ix_number_notes_used_at", "number_notes", ["used_at"])
