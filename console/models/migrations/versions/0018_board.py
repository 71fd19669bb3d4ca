"""The board: when results came, which the queue's filter asks for; and how calls were scored."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_AT = "json_extract(CAST(body AS TEXT), '$.resolved_at')"
# Whole milliseconds, rounded down: "2026-11-30T07:15:00.123456Z", with or without a fraction.
_MS = (
    f"CAST(strftime('%s', substr({_AT}, 1, 19)) AS INTEGER) * 1000 + "
    f"iif(instr({_AT}, '.'), CAST(substr(replace({_AT}, 'Z', '00'), 21, 3) AS INTEGER), 0)"
)
FILL = f"""UPDATE case_row SET resolved_ms = (SELECT {_MS} FROM case_body WHERE case_body.pk = case_row.pk)
WHERE status <> 'merged' AND pk IN (SELECT pk FROM case_body WHERE {_AT} IS NOT NULL)"""


def upgrade() -> None:
    """A column filled from the bodies, and a table."""
    op.execute("ALTER TABLE case_row ADD COLUMN resolved_ms INTEGER")
    op.execute(FILL)
    op.execute(
        """CREATE TABLE sample_score (
    case_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    scored_ms INTEGER NOT NULL,
    author VARCHAR NOT NULL,
    dirty INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (case_id)
)
 WITHOUT ROWID"""
    )
