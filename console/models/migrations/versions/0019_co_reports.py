"""Whose report was merged is called back too: which case each merged one is part of."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_REACHED = "'\"reached\"' || char(58) || 'true'"  # a colon before a word would be a parameter
_WANTS = (
    "json_extract(body, '$.reporter.callback') = 1 AND json_extract(body, '$.reporter.phone') IS NOT NULL "
    f"AND instr(CAST(body AS TEXT), {_REACHED}) = 0"
)


def upgrade() -> None:
    """One table, filled from the merged cases; their reporters are due where the case has a result."""
    op.execute(
        """CREATE TABLE co_report (
    pk INTEGER NOT NULL,
    parent VARCHAR NOT NULL,
    PRIMARY KEY (pk)
)"""
    )
    op.execute("CREATE INDEX ix_co_report_parent\nON co_report (parent)")
    op.execute(
        "INSERT INTO co_report SELECT pk, json_extract(body, '$.merged_into') "
        "FROM case_row JOIN case_body USING (pk) "
        "WHERE status = 'merged' AND json_extract(body, '$.merged_into') IS NOT NULL"
    )
    op.execute(
        "UPDATE case_row SET callback_due = 1 WHERE pk IN ("
        "SELECT co_report.pk FROM co_report JOIN case_row AS whole ON whole.id = parent "
        "JOIN case_body ON case_body.pk = co_report.pk "
        f"WHERE whole.status IN ('resolved', 'closed') AND {_WANTS})"
    )
