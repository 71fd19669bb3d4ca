"""Messages to agencies, supervisors, citizens: a queue with its record; whose turn periodic work is."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Two tables; indexes for what is open and for what was merged into a case."""
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False)),
        sa.Column("event_id", sa.Uuid(as_uuid=False)),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("whom", sa.Text, nullable=False),
        sa.Column("agency", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("queued_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME),
        sa.Column("due_at", _TIME, nullable=False, server_default=sa.text("now()")),
        sa.Column("lease_until", _TIME),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("key", name="uq_messages_key"),
    )
    op.create_index("ix_messages_case_id", "messages", ["case_id"])
    op.create_index("ix_messages_newest", "messages", ["queued_at", "id"])
    waiting = sa.text("state IN ('waiting', 'sending')")
    op.create_index("ix_messages_waiting", "messages", ["channel", "due_at"], postgresql_where=waiting)
    op.create_table(
        "turns",
        sa.Column("work", sa.Text, nullable=False),
        sa.Column("holder", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.Column("done_day", sa.Date),
        sa.PrimaryKeyConstraint("work", name="pk_turns"),
    )
    closed = sa.text("status NOT IN ('closed', 'rejected', 'merged')")
    op.create_index("ix_cases_open", "cases", ["id"], postgresql_where=closed)
    into = sa.text("(body::jsonb ->> 'merged_into'::text)")
    op.create_index("ix_cases_merged_into", "cases", [into], postgresql_where=sa.text("status = 'merged'"))
