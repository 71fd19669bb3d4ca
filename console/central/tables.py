"""The tables in PostgreSQL. What they hold of cases, events, commands is the wire's JSON, kept verbatim in
`body`; the columns beside it are what is asked by."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

_ID = Uuid(as_uuid=False)
_TIME = DateTime(timezone=True)


def _only_row() -> tuple[Column[int], CheckConstraint]:
    """A table of one row."""
    return Column("id", SmallInteger, primary_key=True), CheckConstraint("id = 1", name="only_row")


ledger = Table("ledger", metadata, *_only_row(), Column("seq", BigInteger, nullable=False))
"""The last number given out. Whoever accepts holds its row until commit: order of numbers == of commits."""

cases = Table(
    "cases",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("revision", BigInteger, nullable=False),
    Column("entered_at", _TIME, nullable=False),
    Column("status", Text, nullable=False),
    Column("lead", Text, index=True),
    Column("supporting", ARRAY(Text), nullable=False),
    Column("body", Text, nullable=False),
    Column("words", TSVECTOR, nullable=False, server_default=text("''::tsvector")),
    Column("all_words", TSVECTOR, nullable=False, server_default=text("''::tsvector")),
    Index("ix_cases_newest", "entered_at", "id"),
    Index("ix_cases_supporting", "supporting", postgresql_using="gin"),
    Index("ix_cases_words", "words", postgresql_using="gin"),
    Index("ix_cases_all_words", "all_words", postgresql_using="gin"),
    Index("ix_cases_open", "id", postgresql_where=text("status NOT IN ('closed', 'rejected', 'merged')")),
    Index(
        "ix_cases_merged_into",
        text("(body::jsonb ->> 'merged_into'::text)"),
        postgresql_where=text("status = 'merged'"),
    ),
    Index("ix_cases_resolved", text("(body::jsonb ->> 'resolved_at')")),  # COLLATE "C"
)
"""`words`: what anybody who may see a case finds it by; `all_words`: with its reporter's name and phone."""

events = Table(
    "events",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("place", SmallInteger, primary_key=True, autoincrement=False),
    Column("case_id", _ID, ForeignKey("cases.id"), nullable=False),
    Column("public", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("said", TSVECTOR),
    Index("ix_events_case", "case_id", "seq", "place"),
    Index("ix_events_said", "said", postgresql_using="gin", postgresql_where=text("said IS NOT NULL")),
)
"""`place`: order among the events of one command, which share its `seq`. `said`: the words of what somebody
wrote, null where nobody did."""

commands = Table(
    "commands",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("case_id", _ID, index=True),
    Column("seq", BigInteger),
    Column("accepted", Boolean, nullable=False),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("sent_by", Text, nullable=False),
    Column("received_at", _TIME, nullable=False),
    Column("body", Text, nullable=False),
    Column("verdict", Text, nullable=False),
)
"""Every command ever answered, with the verdict that it gets again and again."""

counters = Table(
    "counters",
    metadata,
    Column("station", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("counter", Integer, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("agency", Text),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("password", Text, nullable=False),
    Column("version", BigInteger, nullable=False, server_default=text("0")),
    Column("code_hash", LargeBinary),
    Column("code_until", _TIME),
)
"""`version`: of the last change by an administrator. `code_*`: a one-time code that sets a new password."""

stations = Table(
    "stations",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False, server_default=text("''")),
    Column("key_hash", LargeBinary),
    Column("enrolled_at", _TIME),
    Column("enrolled_by", Text),
)

attempts = Table(
    "attempts",
    metadata,
    Column("user_code", Text, primary_key=True),
    Column("station", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", _TIME, nullable=False),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("user_code", Text, primary_key=True),
    Column("station", Text, primary_key=True),
    Column("last_at", _TIME, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("user_code", Text, ForeignKey("users.code"), nullable=False, index=True),
    Column("station", Text, ForeignKey("stations.code"), nullable=False, index=True),
    Column("began_at", _TIME, nullable=False, server_default=text("now()")),
    Column("revoked_at", _TIME),
    Column("reason", Text, nullable=False, server_default=text("''")),
)
"""One sign-in: a family of tokens."""

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("session_id", _ID, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", _TIME, nullable=False, index=True),
    Column("spent_at", _TIME),
    Column("parent", LargeBinary, index=True),
)
"""`parent`: the token that was spent for this one; none where a password was."""

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("session_id", _ID, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", _TIME, nullable=False, index=True),
    Column("born_with", LargeBinary),
    Column("used_at", _TIME),
)
"""`born_with`: the refresh token of the same answer; `used_at`: when it was first shown, so that answer came
through."""

reference_items = Table(
    "reference_items",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("version", BigInteger, nullable=False, index=True),
    Column("body", Text),
    Column("deleted", Boolean, nullable=False, server_default=text("false")),
)

reference_state = Table(
    "reference_state",
    metadata,
    *_only_row(),
    Column("version", BigInteger, nullable=False),
    Column("practice", Boolean, nullable=False),
)

admin_history = Table(
    "admin_history",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("at", _TIME, nullable=False),
    Column("author", Text, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Index("ix_admin_history_item", "kind", "key", "id"),
)
"""What administrators changed: items of reference data, users, stations; never a password."""

files = Table(
    "files",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("got", BigInteger, nullable=False),
    Column("media_type", Text),
    Column("begun_at", _TIME, nullable=False),
    Column("done_at", _TIME),
    Column("station", Text, nullable=False),
    Column("user_code", Text, nullable=False),
    Column("shown_size", BigInteger),
    Column("shown_sha256", Text),
    Column("thumbnail", LargeBinary),
    Index("ix_files_station", "station", "begun_at"),
)
"""Attachments by their digest. `got`: bytes that arrived; `done_at`: all of them, and checked. `shown_*`: the
copy for agencies; null where that is the file itself."""

file_pieces = Table(
    "file_pieces",
    metadata,
    Column("sha256", Text, ForeignKey("files.sha256", ondelete="CASCADE"), primary_key=True),
    Column("copy", SmallInteger, primary_key=True, autoincrement=False),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)
"""`copy`: 0 as it was sent, 1 as agencies get it."""

file_cases = Table(
    "file_cases",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("case_id", _ID, ForeignKey("cases.id"), primary_key=True, index=True),
    Column("size", BigInteger, nullable=False),
)
"""Which cases name a file, also before its bytes are here."""

presence = Table(
    "presence",
    metadata,
    Column("user_code", Text, primary_key=True),
    Column("station", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("case_id", Text),
    Column("seen_at", _TIME, nullable=False),
    Column("typing", Boolean, nullable=False, server_default=text("false")),
    prefixes=["UNLOGGED"],
)

shared_views = Table(
    "shared_views",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("version", BigInteger, nullable=False, unique=True),
    Column("owner", Text, nullable=False, index=True),
    Column("changed_at", _TIME, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("body", Text, nullable=False),
)
"""Views of the queue that their owners show to colleagues. `changed_at`: at the owner's desk."""

number_notes = Table(
    "number_notes",
    metadata,
    Column("phone", Text, primary_key=True),
    Column("version", BigInteger, nullable=False, unique=True),
    Column("used_at", _TIME, nullable=False, index=True),
    Column("body", Text, nullable=False),
)
"""What staff know of telephone numbers."""

handed_drafts = Table(
    "handed_drafts",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("version", BigInteger, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("sender", Text, nullable=False, index=True),
    Column("receiver", Text, nullable=False, index=True),
    Column("case_id", _ID, nullable=False, index=True),
    Column("number", Text, nullable=False),
    Column("offered_at", _TIME, nullable=False),
    Column("draft", Text),
    CheckConstraint("draft IS NULL OR state = 'offered'", name="only_offered"),
)
"""Drafts between two desks. What was typed is here only while it is offered; that it was taken stays: by it
the receiver may log a report under the sender's number."""

shift_book = Table(
    "shift_book",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("version", BigInteger, nullable=False, unique=True),
    Column("day", Date, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_shift_book_day", "kind", "day"),
)
"""Roster entries, handover sheets, and who read them; numbered together in the order of commits."""

shift_past = Table(
    "shift_past",
    metadata,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False, index=True),
    Column("body", Text, nullable=False),
)
"""Every writing of the roster, as it was."""

desk_facts = Table(
    "desk_facts",
    metadata,
    Column("station", Text, primary_key=True),
    Column("told_at", _TIME, nullable=False),
    Column("body", Text, nullable=False),
)
"""What each desk last told of itself: who is there, what is not sent yet."""

period_reports = Table(
    "period_reports",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("made_at", _TIME, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("kind", "first_day", "last_day", name="uq_period_reports_kind"),
)
"""Figures as they were, never written again: of a period that was locked, or made by the calendar."""

allowances = Table(
    "allowances",
    metadata,
    Column("holder", Text, primary_key=True),
    Column("calls", Float, nullable=False),
    Column("at", _TIME, nullable=False),
    prefixes=["UNLOGGED"],
)
"""How many calls a station may still make, as of a moment; it fills again with time."""

world = Table("world", metadata, *_only_row(), Column("now", _TIME, nullable=False))
"""Practice mode's time, where it stood when last looked at."""
