"""The tables of the board."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Table, Text, Uuid

from console.central.tables import metadata

desk_days = Table(
    "desk_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("station", Text, primary_key=True),
    Column("user_code", Text, primary_key=True),
    Column("told_at", DateTime(timezone=True), nullable=False),
    Column("body", Text, nullable=False),
)
"""What each person at each desk did on a day, as the desk last told it: counts and a state, of no caller."""

sample_scores = Table(
    "sample_scores",
    metadata,
    Column("case_id", Uuid(as_uuid=False), primary_key=True),
    Column("version", BigInteger, nullable=False, unique=True),
    Column("scored_at", DateTime(timezone=True), nullable=False, index=True),
    Column("body", Text, nullable=False),
)
"""How the call of a case was scored; the last scoring stands, numbered in the order of commits."""
