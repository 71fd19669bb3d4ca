"""Short words too among those that there are: a typed beginning is asked for as the words that go on from it.

Cases that are here already are read in again in the background (`desk.kept_search`).
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is here waits to be read in."""
    op.execute(
        "INSERT OR REPLACE INTO meta (key, value) "
        "SELECT 'search.from', '0' WHERE EXISTS (SELECT 1 FROM case_row)"
    )
