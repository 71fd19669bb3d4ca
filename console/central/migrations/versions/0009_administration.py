"""Who changed reference data, people, stations, and what stood before; passwords by one-time codes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """One table, three columns."""
    op.create_table(
        "admin_history",
        sa.Column("id", sa.BigInteger, sa.Identity(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_admin_history"),
    )
    op.create_index("ix_admin_history_item", "admin_history", ["kind", "key", "id"])
    op.add_column("users", sa.Column("version", sa.BigInteger, nullable=False, server_default=sa.text("0")))
    op.add_column("users", sa.Column("code_hash", sa.LargeBinary))
    op.add_column("users", sa.Column("code_until", sa.DateTime(timezone=True)))
