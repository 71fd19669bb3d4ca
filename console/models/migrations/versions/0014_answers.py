"""The queue's filter asks for answers to scripted questions: their codes come into the rows."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_HAS = 'instr(CAST(body AS TEXT), \'"answers":{"\') > 0'
_CODE = "value GLOB '[a-z]*' AND value NOT GLOB '*[^a-z0-9_.-]*' AND length(value) <= 40"


def upgrade() -> None:
    """One column, filled from the bodies of those cases that have answers; what was answered in words comes
    without the words, as in `domain.answer_keys`."""
    op.execute("ALTER TABLE case_row ADD COLUMN answers VARCHAR DEFAULT '' NOT NULL")
    op.execute(
        f"""UPDATE case_row SET answers = coalesce((
    SELECT group_concat(key || '=' || iif({_CODE}, value, ''), char(10))
    FROM (SELECT key, value FROM case_body, json_each(CAST(body AS TEXT), '$.answers')
          WHERE case_body.pk = case_row.pk AND value <> '' AND key NOT GLOB '*[^A-Za-z0-9_.-]*'
          ORDER BY key)), '')
WHERE pk IN (SELECT pk FROM case_body WHERE {_HAS})"""
    )
