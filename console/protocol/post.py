"""Bodies of the calls about messages that leave the centre, under /api/v1/post."""

from datetime import datetime

import msgspec


class PostRow(msgspec.Struct, frozen=True, kw_only=True):
    """A message of the post and how it fares. `whom`: agency_contact, agency_leader, supervisor,
    province_office or citizen (whose address is never told); `state`: waiting, sending, sent, caught (in
    practice), failed."""

    id: str
    case: str | None
    event: str | None
    number: str
    kind: str
    whom: str
    name: str
    channel: str
    address: str
    subject: str
    state: str
    reason: str
    attempts: int
    queued_at: datetime
    ended_at: datetime | None


class PostAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """GET /post?case=&state=&before=: the newest first."""

    rows: tuple[PostRow, ...]
    more: bool


class PostAgain(msgspec.Struct, frozen=True, kw_only=True):
    """POST /post/again: a failed message, by its id."""

    id: str


class PostLetter(msgspec.Struct, frozen=True, kw_only=True):
    """GET /post/{id}, POST /post/again: one with its words."""

    row: PostRow
    body: str
