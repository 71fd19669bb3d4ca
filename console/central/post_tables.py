"""The tables of the post: messages on their way out, and whose turn periodic work is."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, Table, Text, Uuid, text

from console.central.tables import metadata

_ID = Uuid(as_uuid=False)
_TIME = DateTime(timezone=True)

messages = Table(
    "messages",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("case_id", _ID, index=True),
    Column("event_id", _ID),
    Column("number", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("whom", Text, nullable=False),
    Column("agency", Text),
    Column("name", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", _TIME, nullable=False),
    Column("ended_at", _TIME),
    Column("due_at", _TIME, nullable=False, server_default=text("now()")),
    Column("lease_until", _TIME),
    Column("expires_at", _TIME, nullable=False),
    Index("ix_messages_newest", "queued_at", "id"),
    Index(
        "ix_messages_waiting", "channel", "due_at", postgresql_where=text("state IN ('waiting', 'sending')")
    ),
)
"""`key`: what it is, so that nothing is queued twice. `state`: waiting, sending, sent, caught, failed.
`queued_at`, `ended_at`: by the centre's time, for people; `due_at`, `lease_until`, `expires_at` by the
machine's, for the sender. A citizen's address goes once the message has left, or never will."""

turns = Table(
    "turns",
    metadata,
    Column("work", Text, primary_key=True),
    Column("holder", _ID, nullable=False),
    Column("until", _TIME, nullable=False),
    Column("since", _TIME, nullable=False),
    Column("done_day", Date),
)
"""Which process does a periodic work, until when (by the machine's time), since when it is done at all (by
the centre's); `done_day`: the last day that is done."""
