"""The tables of the local store. Times are UTC milliseconds (`_ms`); bodies are JSON by msgspec.

`case_row` is narrow: what the queue and the map need, straight from columns. The whole case lies in
`case_body`, so that scanning rows never drags documents through the cipher. The full-text table `search`
is made beside them (`SEARCH`), SQLAlchemy knows no virtual tables.
"""

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, text

from console.models.shape import QUEUE_INDEXES

metadata = MetaData()

case_row = Table(
    "case_row",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("number", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("urgency", String, nullable=False),
    Column("status", String, nullable=False),
    Column("display_status", String, nullable=False),
    Column("type", String, nullable=False),
    Column("category", String, nullable=False),
    Column("title", String, nullable=False),
    Column("place", String, nullable=False),  # the line as drawn
    Column("commune", String, nullable=False),
    Column("district", String, nullable=False),
    Column("lead", String),
    Column("due_ms", Integer),
    Column("near_ms", Integer),
    Column("resting", Integer, nullable=False),
    Column("entered_ms", Integer, nullable=False),
    Column("closed_ms", Integer),
    Column("outcome", String, nullable=False),
    Column("handler", String, nullable=False),
    Column("phone", String),  # E.164, for "who calls"
    Column("lon", Float),
    Column("lat", Float),
    Column("point_flags", Integer, nullable=False),  # as `desk.rows.Points.flags`
    Column("open", Integer, nullable=False),
    Column("triage", Integer, nullable=False),
    Column("callback_due", Integer, nullable=False),
    Column("due_sort", Integer, nullable=False),  # due, resting ones after all that run, then those without
    Column("near_sort", Integer, nullable=False),  # near while the clock runs, else never
    Column("urgency_sort", Integer, nullable=False),  # 0 critical to 3 low
    Column("revision", Integer, nullable=False),
    Column("seen", Integer, nullable=False),  # opened at this desk
    Column("unread", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("attention", Integer, nullable=False),
    Column("answers", String, nullable=False, server_default=""),  # as `domain.answer_keys`, a line each
    Column("resolved_ms", Integer),  # when the result came that stands; none of merged ones
)

case_body = Table(
    "case_body",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

co_report = Table(
    "co_report",
    metadata,
    Column("pk", Integer, primary_key=True),  # of a merged case
    Column("parent", String, nullable=False),  # id of the one that it is part of
    Index("ix_co_report_parent", "parent"),
)

event = Table(
    "event",
    metadata,
    Column("case_pk", Integer, primary_key=True),
    Column("pending", Integer, primary_key=True),  # 1: only this desk knows of it
    Column("seq", Integer, primary_key=True),  # the centre's order; of pending ones, the replay's
    Column("part", Integer, primary_key=True),  # events of one command share its seq
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

confirmed = Table(
    "confirmed",
    metadata,
    Column("case_id", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("place", Integer, nullable=False),  # order of sending: a command given again takes the old one's
    Column("id", String, nullable=False, unique=True),
    Column("case_id", String, nullable=False),
    Column("number", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("state", String, nullable=False),  # desk.rows.Sending
    Column("hold_ms", Integer),
    Column("offered", Integer, nullable=False),  # handed to the wire at least once: the centre may know it
    Column("blocks", Integer, nullable=False),  # refused: later ones of the case are held back
    Column("body", LargeBinary, nullable=False),
    Column("refusal", LargeBinary),
    Column("unfit", Integer, nullable=False),  # no longer folds on what the centre has
    Column("sent_ms", Integer),
)
Index("ix_outbox_state", outbox.c.state, outbox.c.place, outbox.c.n)
Index("ix_outbox_case", outbox.c.case_id, outbox.c.place, outbox.c.n)

bin_item = Table(
    "bin",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("case_id", String, nullable=False),
    Column("number", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("refusal", LargeBinary),
    Column("until_ms", Integer, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("id", String, primary_key=True),
    Column("case_id", String, nullable=False),
    Column("state", String, nullable=False),  # open, saved, discarded, handed, given
    Column("saved_ms", Integer, nullable=False),
    Column("until_ms", Integer),  # when one may go that is neither open nor handed
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

attachment = Table(
    "attachment",
    metadata,
    Column("case_id", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("draft", Integer, nullable=False),  # 1: goes with the case's report, which is not saved yet
    Column("command", String),  # id of its Attach
    sqlite_with_rowid=False,
)

journal = Table(
    "journal",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # as it was given; gone once it is written up
)

counter = Table(
    "counter",
    metadata,
    Column("station", String, primary_key=True),
    Column("month", String, primary_key=True),
    Column("last", Integer, nullable=False),
    sqlite_with_rowid=False,
)

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
    sqlite_with_rowid=False,
)

reference_item = Table(
    "reference_item",
    metadata,
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("body", LargeBinary),
    sqlite_with_rowid=False,
)

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("shared", Integer, nullable=False),
    Column("version", Integer, nullable=False),  # the centre's, 0: none
    Column("changed_ms", Integer, nullable=False),
    Column("dirty", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

number_note = Table(
    "number_note",
    metadata,
    Column("phone", String, primary_key=True),
    Column("version", Integer, nullable=False),  # the centre's, 0: none
    Column("changed_ms", Integer, nullable=False),
    Column("used_ms", Integer, nullable=False),
    Column("author", String, nullable=False),  # who must tell it to the centre; "": nobody or anybody
    Column("dirty", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

handed_draft = Table(
    "handed_draft",
    metadata,
    Column("id", String, primary_key=True),
    Column("draft_id", String, nullable=False),
    Column("outward", Integer, nullable=False),  # 1: from this desk, 0: to it
    Column("station", String, nullable=False),  # the other desk
    Column("case_id", String, nullable=False),
    Column("number", String, nullable=False),
    Column("state", String, nullable=False),
    Column("dirty", Integer, nullable=False),  # the centre must hear of the state
    Column("told", Integer, nullable=False),  # it may have heard of the hand-over
    Column("body", LargeBinary),  # of one that comes, until it is a draft here
    sqlite_with_rowid=False,
)

admin_draft = Table(
    "admin_draft",
    metadata,
    Column("id", String, primary_key=True),  # the list and the item, so that each has one
    Column("author", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("base", Integer, nullable=False),  # version of the reference that it was typed over
    Column("saved_ms", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

shift_row = Table(
    "shift_row",
    metadata,
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("day", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("dirty", Integer, nullable=False),  # the centre must hear of it
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_shift_day", shift_row.c.kind, shift_row.c.day)
Index("ix_shift_dirty", shift_row.c.kind, sqlite_where=text("dirty = 1"))

call_log = Table(
    "call_log",
    metadata,
    Column("id", String, primary_key=True),
    Column("station", String, nullable=False),
    Column("user", String, nullable=False),  # who was signed in when it was last written
    Column("incoming", Integer, nullable=False),
    Column("number", String, nullable=False),  # as the exchange wrote it
    Column("phone", String),  # E.164
    Column("name", String, nullable=False),
    Column("rang_ms", Integer, nullable=False),
    Column("answered_ms", Integer),
    Column("ended_ms", Integer),
    Column("how", String),  # domain.telephone.Ending
    Column("kind", String),  # domain.telephone.CallKind
    Column("note", String, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("draft_id", String),
    Column("case_id", String),
    Column("saved_ms", Integer),
    Column("left_ms", Integer),  # when it left the strip
    sqlite_with_rowid=False,
)
Index("ix_call_here", call_log.c.id, sqlite_where=text("left_ms IS NULL"))
Index("ix_call_left", call_log.c.left_ms, sqlite_where=text("left_ms IS NOT NULL"))
Index("ix_call_draft", call_log.c.draft_id, sqlite_where=text("draft_id IS NOT NULL"))

callback = Table(
    "callback",
    metadata,
    Column("id", String, primary_key=True),
    Column("party", String, nullable=False),  # phone, or number where it is none: rings of one are one entry
    Column("number", String, nullable=False),
    Column("phone", String),
    Column("name", String, nullable=False),
    Column("rings", Integer, nullable=False),
    Column("last_ms", Integer, nullable=False),
    Column("due_ms", Integer),  # promised for then; none: rang in vain
    Column("note", String, nullable=False),
    Column("case_id", String),
    Column("tried", Integer, nullable=False),
    Column("done_ms", Integer),
    Column("reached", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_callback_open", callback.c.party, sqlite_where=text("done_ms IS NULL"))
Index("ix_callback_done", callback.c.done_ms, sqlite_where=text("done_ms IS NOT NULL"))

audit_act = Table(
    "audit_act",
    metadata,
    Column("id", String, primary_key=True),
    Column("at_ms", Integer, nullable=False),
    Column("user", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("case_id", String),
    Column("fact", String, nullable=False),  # JSON, no personal data
    sqlite_with_rowid=False,
)

sample_score = Table(
    "sample_score",
    metadata,
    Column("case_id", String, primary_key=True),
    Column("version", Integer, nullable=False),  # the centre's, 0: none
    Column("scored_ms", Integer, nullable=False),
    Column("author", String, nullable=False),  # who must tell it to the centre; "": nobody or anybody
    Column("dirty", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

search_word = Table(
    "search_word",
    metadata,
    Column("word", String, primary_key=True),  # folded, letters only: what a slip may have meant
    sqlite_with_rowid=False,
)

SEARCH = tuple(
    f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='', contentless_delete=1, "
    "detail=none, prefix='1 2', tokenize='unicode61 remove_diacritics 0')"
    for name in ("search", "search_open")
)


def _add_indexes() -> None:
    for name, (columns, where) in QUEUE_INDEXES.items():
        Index(name, *(case_row.c[column] for column in columns), sqlite_where=text(where))
    row = case_row.c
    points = (row.district, row.due_sort, row.near_sort, row.lon, row.lat, row.point_flags, row.id)
    Index("ix_points", *points, row.commune, row.entered_ms, sqlite_where=text("open = 1"))
    closed = (row.closed_ms, row.entered_ms, row.lon, row.lat, row.due_ms, row.near_ms, row.point_flags)
    Index("ix_closed", *closed, row.commune, sqlite_where=text("closed_ms IS NOT NULL"))
    Index("ix_phone", row.phone, row.entered_ms, sqlite_where=text("phone IS NOT NULL"))
    Index("ix_number", row.number)
    recent = (row.entered_ms, row.lat, row.lon, row.type, row.closed_ms, row.open, row.due_ms, row.near_ms)
    Index("ix_recent", *recent, row.point_flags, row.commune)


_add_indexes()
