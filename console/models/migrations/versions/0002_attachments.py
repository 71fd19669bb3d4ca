"""What was attached at this desk: by case, so that a draft's files are known before its report is.

The bytes lie in a file of their own (`console.models.files`), so that a text's commit stays small.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.execute(
        """CREATE TABLE attachment (
    case_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    draft INTEGER NOT NULL,
    command VARCHAR,
    PRIMARY KEY (case_id, sha256)
)
 WITHOUT ROWID"""
    )
