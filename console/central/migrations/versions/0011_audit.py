"""Who saw and did what: entries that are added only, each with the hash of the one before in its own."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """One table, and triggers that let nothing be changed in it."""
    op.create_table(
        "audit",
        sa.Column("n", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("case_id", sa.Uuid),
        sa.Column("act_id", sa.Uuid),
        sa.Column("fact", sa.Text, nullable=False),
        sa.Column("seal", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_audit"),
        sa.UniqueConstraint("act_id", name="uq_audit_act_id"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_who", "audit", ["who", "n"])
    op.create_index("ix_audit_case", "audit", ["case_id", "n"])
    op.create_index("ix_audit_kind", "audit", ["kind", "n"])
    op.execute(
        """CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION
        'entries of the audit are added only' USING ERRCODE = 'insufficient_privilege'; END $$"""
    )
    op.execute(
        "CREATE TRIGGER audit_rows_stand BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_stands()"
    )
    op.execute(
        "CREATE TRIGGER audit_stands BEFORE TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_stands()"
    )
