"""Which cases have left which agency: each is told so."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """A table; what left before it was there is not told."""
    op.create_table(
        "leavings",
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_leavings_case_id_cases"),
        sa.PrimaryKeyConstraint("agency", "seq", "case_id", name="pk_leavings"),
    )
