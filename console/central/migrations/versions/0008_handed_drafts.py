"""Drafts that one desk hands to another."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """One table."""
    op.create_table(
        "handed_drafts",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("receiver", sa.Text, nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draft", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_handed_drafts"),
        sa.UniqueConstraint("version", name="uq_handed_drafts_version"),
        sa.CheckConstraint("draft IS NULL OR state = 'offered'", name="only_offered"),
    )
    for column in ("sender", "receiver", "case_id"):
        op.create_index(f"ix_handed_drafts_{column}", "handed_drafts", [column])
