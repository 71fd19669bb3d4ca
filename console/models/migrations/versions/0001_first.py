"""The first schema.

Frozen: later changes get steps of their own.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE bin (
    n INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    at_ms INTEGER NOT NULL,
    body BLOB NOT NULL,
    refusal BLOB,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (id)
)""",
    """CREATE TABLE case_body (
    pk INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (pk)
)""",
    """CREATE TABLE case_row (
    pk INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    urgency VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    display_status VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    commune VARCHAR NOT NULL,
    district VARCHAR NOT NULL,
    lead VARCHAR,
    due_ms INTEGER,
    near_ms INTEGER,
    resting INTEGER NOT NULL,
    entered_ms INTEGER NOT NULL,
    closed_ms INTEGER,
    outcome VARCHAR NOT NULL,
    handler VARCHAR NOT NULL,
    phone VARCHAR,
    lon FLOAT,
    lat FLOAT,
    point_flags INTEGER NOT NULL,
    open INTEGER NOT NULL,
    triage INTEGER NOT NULL,
    callback_due INTEGER NOT NULL,
    due_sort INTEGER NOT NULL,
    near_sort INTEGER NOT NULL,
    urgency_sort INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    attention INTEGER NOT NULL,
    PRIMARY KEY (pk),
    UNIQUE (id)
)""",
    """CREATE INDEX ix_callback_due
ON case_row (due_sort, near_sort, handler, district, channel, category)
WHERE callback_due = 1""",
    """CREATE INDEX ix_callback_newest
ON case_row (entered_ms, due_sort, near_sort, handler, district, channel, category)
WHERE callback_due = 1""",
    """CREATE INDEX ix_callback_number
ON case_row (number, due_sort, near_sort, handler, district, channel, category)
WHERE callback_due = 1""",
    """CREATE INDEX ix_callback_urgency
ON case_row (urgency_sort, due_sort, near_sort, handler, district, channel, category)
WHERE callback_due = 1""",
    """CREATE INDEX ix_mine
ON case_row (handler, due_sort, near_sort, district, channel, category)
WHERE open = 1""",
    "CREATE INDEX ix_number ON case_row (number)",
    """CREATE INDEX ix_open_due
ON case_row (due_sort, near_sort, handler, district, channel, category)
WHERE open = 1""",
    """CREATE INDEX ix_open_newest
ON case_row (entered_ms, due_sort, near_sort, handler, district, channel, category)
WHERE open = 1""",
    """CREATE INDEX ix_open_number
ON case_row (number, due_sort, near_sort, handler, district, channel, category)
WHERE open = 1""",
    """CREATE INDEX ix_open_urgency
ON case_row (urgency_sort, due_sort, near_sort, handler, district, channel, category)
WHERE open = 1""",
    "CREATE INDEX ix_phone ON case_row (phone, entered_ms) WHERE phone IS NOT NULL",
    """CREATE INDEX ix_points
ON case_row (district, due_sort, near_sort, lon, lat, point_flags, id)
WHERE open = 1""",
    "CREATE INDEX ix_recent ON case_row (entered_ms, lat, lon, type)",
    """CREATE INDEX ix_triage_due
ON case_row (due_sort, near_sort, handler, district, channel, category)
WHERE triage = 1""",
    """CREATE INDEX ix_triage_newest
ON case_row (entered_ms, due_sort, near_sort, handler, district, channel, category)
WHERE triage = 1""",
    """CREATE INDEX ix_triage_number
ON case_row (number, due_sort, near_sort, handler, district, channel, category)
WHERE triage = 1""",
    """CREATE INDEX ix_triage_urgency
ON case_row (urgency_sort, due_sort, near_sort, handler, district, channel, category)
WHERE triage = 1""",
    """CREATE TABLE confirmed (
    case_id VARCHAR NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (case_id)
)
 WITHOUT ROWID""",
    """CREATE TABLE counter (
    station VARCHAR NOT NULL,
    month VARCHAR NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (station, month)
)
 WITHOUT ROWID""",
    """CREATE TABLE draft (
    id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    saved_ms INTEGER NOT NULL,
    until_ms INTEGER,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID""",
    """CREATE TABLE event (
    case_pk INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (case_pk, pending, seq, part)
)
 WITHOUT ROWID""",
    """CREATE TABLE meta (
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY ("key")
)
 WITHOUT ROWID""",
    """CREATE TABLE outbox (
    n INTEGER NOT NULL,
    place INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    at_ms INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    hold_ms INTEGER,
    offered INTEGER NOT NULL,
    blocks INTEGER NOT NULL,
    body BLOB NOT NULL,
    refusal BLOB,
    unfit INTEGER NOT NULL,
    sent_ms INTEGER,
    PRIMARY KEY (n),
    UNIQUE (id)
)""",
    "CREATE INDEX ix_outbox_case ON outbox (case_id, place, n)",
    "CREATE INDEX ix_outbox_state ON outbox (state, place, n)",
    """CREATE TABLE reference_item (
    kind VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    body BLOB,
    PRIMARY KEY (kind, "key")
)
 WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE search
USING fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2')""",
)


def upgrade() -> None:
    """Make every table, index and the full-text table."""
    for statement in STATEMENTS:
        op.execute(statement)
