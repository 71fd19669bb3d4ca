"""Attached files in PostgreSQL: taken in piece by piece, checked at the end, given out to who may see them.

A file is known by its digest. Whoever adds to it holds its row, so pieces lie without gap or overlap whatever
comes twice, late, or by two processes at once. Agencies get pictures without a word about camera and place.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, delete, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from console.central.problems import Refuse
from console.central.sight import sees_all, theirs
from console.central.tables import cases, file_cases, file_pieces, files
from console.domain.case import Event
from console.domain.limits import FILE_SIZE_MAX
from console.media.kind import HEAD, is_picture, kind_of
from console.media.picture import PictureUnreadable, look_at, published
from console.protocol.wire import Identity

PIECE = 1024 * 1024
"""Bytes of a piece, at most, both ways."""
STATION_MOST = 1024 * 1024 * 1024
"""Bytes that a station may bring before commands name them."""
UNNAMED_KEPT = timedelta(days=7)
AS_SENT, AS_SHOWN = 0, 1


class Arrived(NamedTuple):
    """How much of a file is here."""

    offset: int
    size: int
    whole: bool


class Facts(NamedTuple):
    """A file as one reader gets it: `copy` of it, with that copy's size and digest."""

    sha256: str
    copy: int
    size: int
    digest: str
    media_type: str


class FileShelf:
    """One per process; any number of processes on one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # in

    def take(self, who: Identity, sha256: str, start: int, size: int, body: bytes) -> Arrived:
        """The bytes from `start`. Raises Refuse: wrong_offset, other_size, attachment_quota; at the end
        wrong_digest, attachment_type, attachment_unreadable, after which nothing of it is kept."""
        with self._engine.begin() as connection:
            row = self._held(connection, who, sha256, size)
            if row.size != size:
                raise Refuse(409, "other_size", "This file was begun with another size")
            if row.done_at is not None:
                return Arrived(size, size, True)
            if start + len(body) <= row.got:
                return Arrived(row.got, size, False)  # the same again
            if start != row.got:
                raise Refuse(409, "wrong_offset", "Ask how much has arrived, and go on from there")
            _keep_piece(connection, sha256, AS_SENT, start, body)
            got = start + len(body)
            connection.execute(update(files).where(files.c.sha256 == sha256).values(got=got))
            if got < size:
                return Arrived(got, size, False)
            unfit = _finish(connection, sha256)
            if unfit is not None:
                connection.execute(delete(files).where(files.c.sha256 == sha256))
        if unfit is not None:
            raise unfit
        return Arrived(size, size, True)

    def _held(self, connection: Connection, who: Identity, sha256: str, size: int) -> Any:
        """The file's row, held until the end of the transaction; a new one where there is none."""
        query = select(files.c.size, files.c.got, files.c.done_at).where(files.c.sha256 == sha256)
        row = connection.execute(query.with_for_update()).one_or_none()
        if row is not None:
            return row
        if size > FILE_SIZE_MAX:
            raise Refuse(413, "attachment_too_big", "The file is too large", limit=FILE_SIZE_MAX)
        if not _is_named(connection, sha256):
            _check_quota(connection, who, size)
        new = upsert(files).values(
            sha256=sha256,
            size=size,
            got=0,
            begun_at=func.now(),
            station=who.station,
            user_code=who.user,
        )
        connection.execute(new.on_conflict_do_nothing())
        return connection.execute(query.with_for_update()).one()

    def arrived(self, who: Identity, sha256: str) -> Arrived:
        """How much is here; nothing, where that is not the caller's to know."""
        columns = (files.c.got, files.c.size, files.c.done_at, files.c.station, files.c.user_code)
        with self._engine.connect() as connection:
            row = connection.execute(select(*columns).where(files.c.sha256 == sha256)).one_or_none()
            own = row is not None and (row.station, row.user_code) == (who.station, who.user)
            if row is None or not (own or _may_read(connection, who, sha256)):
                return Arrived(0, 0, False)
        return Arrived(row.got, row.size, row.done_at is not None)

    # out

    def facts(self, who: Identity, sha256: str) -> Facts:
        """What this reader gets of it. Raises Refuse: not_yet, no_such_file."""
        columns = (
            files.c.size,
            files.c.media_type,
            files.c.done_at,
            files.c.shown_size,
            files.c.shown_sha256,
        )
        with self._engine.connect() as connection:
            row = connection.execute(select(*columns).where(files.c.sha256 == sha256)).one_or_none()
            if not _may_read(connection, who, sha256) or not (row or _is_named(connection, sha256)):
                raise Refuse(404, "no_such_file", "There is no such file")
        if row is None or row.done_at is None:
            raise Refuse(404, "not_yet", "The file is on its way")
        if sees_all(who) or row.shown_sha256 is None:
            return Facts(sha256, AS_SENT, row.size, sha256, row.media_type)
        return Facts(sha256, AS_SHOWN, row.shown_size, row.shown_sha256, row.media_type)

    def part(self, facts: Facts, start: int, length: int) -> bytes:
        """Bytes from `start`, at most `length`."""
        piece, end = file_pieces.c, start + length
        query = (
            select(piece.start, piece.body)
            .where(piece.sha256 == facts.sha256, piece.copy == facts.copy)
            .where(piece.start < end, piece.start > start - PIECE)
            .order_by(piece.start)
        )
        with self._engine.connect() as connection:
            found = connection.execute(query).all()
        return b"".join(body[max(0, start - at) : end - at] for at, body in found)

    def parts(self, facts: Facts) -> Iterator[bytes]:
        """All of it, a piece at a time."""
        for start in range(0, facts.size, PIECE):
            yield self.part(facts, start, PIECE)

    def thumbnail(self, who: Identity, sha256: str) -> bytes:
        """The small picture, a PNG. Raises Refuse: not_yet, no_such_file, no_thumbnail."""
        self.facts(who, sha256)
        with self._engine.connect() as connection:
            found = connection.scalar(select(files.c.thumbnail).where(files.c.sha256 == sha256))
        if found is None:
            raise Refuse(404, "no_thumbnail", "This file has no small picture")
        return bytes(found)


def name_files(connection: Connection, events: Iterable[Event]) -> None:
    """Note which cases name which files: who may see the case may see them."""
    rows = [
        {"sha256": sha256, "case_id": event.case, "size": size}
        for event in events
        for sha256, size in _named(event)
    ]
    if rows:
        connection.execute(upsert(file_cases).on_conflict_do_nothing(), rows)


def sizes(connection: Connection, case_ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """Bytes of the files that these cases name, by case and digest."""
    found: dict[str, dict[str, int]] = {case_id: {} for case_id in case_ids}
    if found:
        query = select(file_cases.c.case_id, file_cases.c.sha256, file_cases.c.size)
        for case_id, sha256, size in connection.execute(query.where(file_cases.c.case_id.in_(found))):
            found[case_id][sha256] = size
    return found


def _named(event: Event) -> list[tuple[str, int]]:
    if event.kind == "attach":
        return [(event.data["sha256"], event.data["size"])]
    if event.kind == "resolve":
        return [(sha256, 0) for sha256 in event.data.get("attachments", ())]
    return []


def _may_read(connection: Connection, who: Identity, sha256: str) -> bool:
    if sees_all(who):
        return True
    query = select(cases.c.id).join(file_cases, file_cases.c.case_id == cases.c.id)
    return connection.scalar(select(exists(query.where(file_cases.c.sha256 == sha256, theirs(who))))) is True


def _is_named(connection: Connection, sha256: str) -> bool:
    query = select(file_cases.c.sha256).where(file_cases.c.sha256 == sha256)
    return connection.scalar(select(exists(query))) is True


def _check_quota(connection: Connection, who: Identity, size: int) -> None:
    """What no command names is let go after its days; until then it counts."""
    unnamed = (files.c.station == who.station, ~exists().where(file_cases.c.sha256 == files.c.sha256))
    connection.execute(delete(files).where(*unnamed, files.c.begun_at < func.now() - UNNAMED_KEPT))
    brought = connection.scalar(select(func.coalesce(func.sum(files.c.size), 0)).where(*unnamed))
    if int(brought or 0) + size > STATION_MOST:
        raise Refuse(413, "attachment_quota", "Too many files that no report names", limit=STATION_MOST)


def _keep_piece(connection: Connection, sha256: str, copy: int, start: int, body: bytes) -> None:
    row = {"sha256": sha256, "copy": copy, "start": start, "body": body}
    connection.execute(insert(file_pieces).values(row))


def _finish(connection: Connection, sha256: str) -> Refuse | None:
    """All bytes are here: check them, look at them, make the copy for agencies. What is wrong with them."""
    query = select(file_pieces.c.body).where(file_pieces.c.sha256 == sha256, file_pieces.c.copy == AS_SENT)
    data = b"".join(connection.scalars(query.order_by(file_pieces.c.start)))
    if hashlib.sha256(data).hexdigest() != sha256:
        return Refuse(422, "wrong_digest", "The bytes are not those of this digest")
    media_type = kind_of(data[:HEAD])
    if media_type is None:
        return Refuse(415, "attachment_type", "Files of this kind are not taken")
    values: dict[str, Any] = {"media_type": media_type, "done_at": func.now()}
    if is_picture(media_type):
        try:
            copy, values["thumbnail"] = published(data), look_at(data).thumbnail
        except PictureUnreadable:
            return Refuse(422, "attachment_unreadable", "The picture cannot be read")
        values |= {"shown_size": len(copy), "shown_sha256": hashlib.sha256(copy).hexdigest()}
        for start in range(0, len(copy), PIECE):
            _keep_piece(connection, sha256, AS_SHOWN, start, copy[start : start + PIECE])
    connection.execute(update(files).where(files.c.sha256 == sha256).values(values))
    return None
