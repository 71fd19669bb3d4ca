"""What several processes must agree on: who is typing, and how much each station may still ask."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Both are of no worth after a crash: nothing of them goes through the log."""
    op.add_column(
        "presence", sa.Column("typing", sa.Boolean, nullable=False, server_default=sa.text("false"))
    )
    op.create_table(
        "allowances",
        sa.Column("holder", sa.Text, primary_key=True),
        sa.Column("calls", sa.Float, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        prefixes=["UNLOGGED"],
    )
