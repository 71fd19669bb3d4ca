"""Search by more than words: open cases apart, and the words there are, for slips.

Cases that are here already are read in again in the background (`desk.kept_search`).
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables; what is here waits to be read in."""
    op.execute(
        """CREATE VIRTUAL TABLE search_open
USING fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2')"""
    )
    op.execute(
        "CREATE TABLE search_word (\n\tword VARCHAR NOT NULL, \n\tPRIMARY KEY (word)\n)\n\n WITHOUT ROWID"
    )
    op.execute(
        "INSERT INTO meta (key, value) SELECT 'search.from', '0' WHERE EXISTS (SELECT 1 FROM case_row)"
    )
