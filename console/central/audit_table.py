"""The table of the audit."""

from sqlalchemy import BigInteger, Column, DateTime, Index, LargeBinary, Table, Text, Uuid

from console.central.tables import metadata

audit = Table(
    "audit",
    metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("case_id", Uuid(as_uuid=False)),
    Column("act_id", Uuid(as_uuid=False), unique=True),
    Column("fact", Text, nullable=False),
    Column("seal", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_audit_who", "who", "n"),
    Index("ix_audit_case", "case_id", "n"),
    Index("ix_audit_kind", "kind", "n"),
)
"""Who saw and did what, in the order of commits, never changed (triggers hold it). `act_id`: the command,
or the desk's own id of an act; `seal`: what the entry vouches for, see `console.central.audit`."""
