"""Attachments: the files, their bytes in pieces, and which cases name them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.Uuid(as_uuid=False)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "files",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("got", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.Text),
        sa.Column("begun_at", TIME, nullable=False),
        sa.Column("done_at", TIME),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("user_code", sa.Text, nullable=False),
        sa.Column("shown_size", sa.BigInteger),
        sa.Column("shown_sha256", sa.Text),
        sa.Column("thumbnail", sa.LargeBinary),
    )
    op.create_index("ix_files_station", "files", ["station", "begun_at"])
    op.create_table(
        "file_pieces",
        sa.Column("sha256", sa.Text, sa.ForeignKey("files.sha256", ondelete="CASCADE"), primary_key=True),
        sa.Column("copy", sa.SmallInteger, primary_key=True),
        sa.Column("start", sa.BigInteger, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.execute("ALTER TABLE file_pieces ALTER COLUMN body SET STORAGE EXTERNAL")  # compressed already
    op.create_table(
        "file_cases",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("case_id", ID, sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_file_cases_case_id", "file_cases", ["case_id"])
