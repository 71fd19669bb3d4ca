"""The book of the shifts: roster, handover sheets, who read them; and what each desk last told of itself."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "shift_book",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_shift_book"),
        sa.UniqueConstraint("version", name="uq_shift_book_version"),
    )
    op.create_index("ix_shift_book_day", "shift_book", ["kind", "day"])
    op.create_table(
        "shift_past",
        sa.Column("version", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_shift_past"),
    )
    op.create_index("ix_shift_past_day", "shift_past", ["day"])
    op.create_table(
        "desk_facts",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", name="pk_desk_facts"),
    )
