"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0001"
down_revision = None

ID = sa.Uuid(as_uuid=False)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make every table."""
    _cases()
    _people()
    _tokens()
    _reference()
    op.execute("INSERT INTO ledger (id, seq) VALUES (1, 0)")
    op.execute("INSERT INTO reference_state (id, version, practice) VALUES (1, 0, false)")


def _only_row(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.SmallInteger, primary_key=True),
        *columns,
        sa.CheckConstraint("id = 1", name=op.f(f"ck_{name}_only_row")),
    )


def _cases() -> None:
    _only_row("ledger", sa.Column("seq", sa.BigInteger, nullable=False))
    _only_row("world", sa.Column("now", TIME, nullable=False))
    op.create_table(
        "cases",
        sa.Column("id", ID, primary_key=True),
        sa.Column("number", sa.Text, nullable=False, unique=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("entered_at", TIME, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("lead", sa.Text),
        sa.Column("supporting", ARRAY(sa.Text), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_cases_lead", "cases", ["lead"])
    op.create_index("ix_cases_newest", "cases", ["entered_at", "id"])
    op.create_index("ix_cases_supporting", "cases", ["supporting"], postgresql_using="gin")
    op.create_table(
        "events",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("place", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("case_id", ID, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_events_case", "events", ["case_id", "seq", "place"])
    op.create_table(
        "commands",
        sa.Column("id", ID, primary_key=True),
        sa.Column("case_id", ID),
        sa.Column("seq", sa.BigInteger),
        sa.Column("accepted", sa.Boolean, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("sent_by", sa.Text, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
    )
    op.create_index("ix_commands_case_id", "commands", ["case_id"])
    op.create_table(
        "counters",
        sa.Column("station", sa.Text, primary_key=True),
        sa.Column("month", sa.Text, primary_key=True),
        sa.Column("counter", sa.Integer, nullable=False),
    )


def _people() -> None:
    op.create_table(
        "users",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("agency", sa.Text),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.text("true")),
        sa.Column("password", sa.Text, nullable=False),
    )
    op.create_table(
        "stations",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("key_hash", sa.LargeBinary),
        sa.Column("enrolled_at", TIME),
        sa.Column("enrolled_by", sa.Text),
    )
    op.create_table(
        "attempts",
        sa.Column("user_code", sa.Text, primary_key=True),
        sa.Column("station", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", TIME, nullable=False),
    )
    op.create_table(
        "sign_ins",
        sa.Column("user_code", sa.Text, primary_key=True),
        sa.Column("station", sa.Text, primary_key=True),
        sa.Column("last_at", TIME, nullable=False),
    )
    op.create_table(
        "presence",
        sa.Column("user_code", sa.Text, primary_key=True),
        sa.Column("station", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text),
        sa.Column("seen_at", TIME, nullable=False),
        prefixes=["UNLOGGED"],
    )


def _tokens() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("user_code", sa.Text, sa.ForeignKey("users.code"), nullable=False),
        sa.Column("station", sa.Text, sa.ForeignKey("stations.code"), nullable=False),
        sa.Column("began_at", TIME, nullable=False, server_default=sa.text("now()")),
        sa.Column("revoked_at", TIME),
        sa.Column("reason", sa.Text, nullable=False, server_default=sa.text("''")),
    )
    op.create_index("ix_sessions_user_code", "sessions", ["user_code"])
    op.create_index("ix_sessions_station", "sessions", ["station"])
    for name in ("refresh_tokens", "access_tokens"):
        op.create_table(
            name,
            sa.Column("hash", sa.LargeBinary, primary_key=True),
            sa.Column("session_id", ID, sa.ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
            sa.Column("expires_at", TIME, nullable=False),
            *([sa.Column("spent_at", TIME)] if name == "refresh_tokens" else []),
        )
        op.create_index(f"ix_{name}_session_id", name, ["session_id"])
        op.create_index(f"ix_{name}_expires_at", name, ["expires_at"])


def _reference() -> None:
    op.create_table(
        "reference_items",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("deleted", sa.Boolean, nullable=False, server_default=sa.text("false")),
    )
    op.create_index("ix_reference_items_version", "reference_items", ["version"])
    _only_row(
        "reference_state",
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("practice", sa.Boolean, nullable=False),
    )
