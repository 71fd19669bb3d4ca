"""Which token was made of which, and which was ever shown: to tell a lost answer from a copied token."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Tokens from before have no parent: of them, one that comes twice still counts as copied."""
    op.add_column("refresh_tokens", sa.Column("parent", sa.LargeBinary))
    op.create_index("ix_refresh_tokens_parent", "refresh_tokens", ["parent"])
    op.add_column("access_tokens", sa.Column("born_with", sa.LargeBinary))
    op.add_column("access_tokens", sa.Column("used_at", sa.DateTime(timezone=True)))
