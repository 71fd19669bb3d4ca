"""Views of the queue that people saved."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute(
        "CREATE TABLE saved_view (\n\tid VARCHAR NOT NULL, \n\towner VARCHAR NOT NULL, \n\t"
        "shared INTEGER NOT NULL, \n\tversion INTEGER NOT NULL, \n\tchanged_ms INTEGER NOT NULL, \n\t"
        "dirty INTEGER NOT NULL, \n\tdeleted INTEGER NOT NULL, \n\tbody BLOB NOT NULL, \n\t"
        "PRIMARY KEY (id)\n)\n\n WITHOUT ROWID"
    )
