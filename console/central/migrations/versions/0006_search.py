"""What cases are found by: their words, those of reporters apart, and what was written in events."""

from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from console.central.found_by import all_lexemes, said_lexemes, shared_lexemes
from console.domain.case import Case, Event

revision = "0006"
down_revision = "0005"
SLICE = 2000


def upgrade() -> None:
    """Three columns, filled in slices, then indexed."""
    for name in ("words", "all_words"):
        column = sa.Column(name, TSVECTOR, nullable=False, server_default=sa.text("''::tsvector"))
        op.add_column("cases", column)
    op.add_column("events", sa.Column("said", TSVECTOR))
    connection = op.get_bind()
    _cases(connection)
    _events(connection)
    op.create_index("ix_cases_words", "cases", ["words"], postgresql_using="gin")
    op.create_index("ix_cases_all_words", "cases", ["all_words"], postgresql_using="gin")
    said = sa.text("said IS NOT NULL")
    op.create_index("ix_events_said", "events", ["said"], postgresql_using="gin", postgresql_where=said)


def _cases(connection: sa.Connection) -> None:
    read = sa.text("SELECT id, body FROM cases WHERE id > :after ORDER BY id LIMIT :n")
    put = sa.text(
        "UPDATE cases SET words = CAST(:words AS tsvector), all_words = CAST(:all AS tsvector) WHERE id = :id"
    )
    decode = msgspec.json.Decoder(Case).decode
    after: Any = "00000000-0000-0000-0000-000000000000"
    while rows := connection.execute(read, {"after": after, "n": SLICE}).all():
        found = [(id_, decode(body)) for id_, body in rows]
        connection.execute(
            put, [{"id": i, "words": shared_lexemes(case), "all": all_lexemes(case)} for i, case in found]
        )
        after = rows[-1][0]


def _events(connection: sa.Connection) -> None:
    read = sa.text(
        "SELECT seq, place, body FROM events WHERE (seq, place) > (:seq, :place) ORDER BY seq, place LIMIT :n"
    )
    put = sa.text("UPDATE events SET said = CAST(:said AS tsvector) WHERE seq = :seq AND place = :place")
    decode = msgspec.json.Decoder(Event).decode
    seq, place = -1, 0
    while rows := connection.execute(read, {"seq": seq, "place": place, "n": SLICE}).all():
        said = [{"seq": s, "place": p, "said": said_lexemes(decode(body))} for s, p, body in rows]
        written = [one for one in said if one["said"] is not None]
        if written:
            connection.execute(put, written)
        seq, place = rows[-1][0], rows[-1][1]
