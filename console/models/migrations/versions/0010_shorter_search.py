"""A search of less than half the size: it never asks where in a text a word stands, and it has the beginnings
of one and two letters as entries of their own.

Cases that are here already are read in again in the background (`desk.kept_search`).
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both tables anew and empty; what is here waits to be read in."""
    for name in ("search", "search_open"):
        op.execute(f"DROP TABLE {name}")
        op.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='', contentless_delete=1, "
            "detail=none, prefix='1 2', tokenize='unicode61 remove_diacritics 0')"
        )
    op.execute(
        "INSERT OR REPLACE INTO meta (key, value) "
        "SELECT 'search.from', '0' WHERE EXISTS (SELECT 1 FROM case_row)"
    )
