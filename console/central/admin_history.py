"""What administrators changed: one line for each item, with what stood before. Written with the change."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, insert, select

from console.central.tables import admin_history
from console.protocol.administration import HistoryAnswer, HistoryLine
from console.protocol.wire import Identity

NOTE_MOST = 500
PAGE = 100
ROWS = admin_history.c


class Touched(NamedTuple):
    """An item with what it was and is, as JSON values; None: not there."""

    kind: str
    key: str
    before: Any
    after: Any


def record(
    connection: Connection, who: Identity, at: datetime, version: int, note: str, touched: Iterable[Touched]
) -> None:
    """Write it down, in the transaction that does it."""
    rows = [
        {
            "at": at, "author": who.user, "author_name": who.name, "station": who.station,
            "note": note.strip()[:NOTE_MOST], "version": version, "kind": one.kind, "key": one.key,
            "before": _json(one.before), "after": _json(one.after),
        }
        for one in touched
    ]  # fmt: skip
    if rows:
        connection.execute(insert(admin_history), rows)


def read(connection: Connection, kind: str, code: str, before: int | None) -> HistoryAnswer:
    """The newest first. `kind` "": of everything; `code`: all spans of one code, "" of the whole list."""
    query = select(admin_history).order_by(ROWS.id.desc()).limit(PAGE + 1)
    if kind:
        query = query.where(ROWS.kind == kind)
    if code:
        query = query.where((ROWS.key == code) | ROWS.key.startswith(f"{code}@", autoescape=True))
    if before is not None:
        query = query.where(ROWS.id < before)
    found = connection.execute(query).all()
    return HistoryAnswer(lines=tuple(map(_line, found[:PAGE])), more=len(found) > PAGE)


def _line(row: Any) -> HistoryLine:
    return HistoryLine(
        id=row.id, at=row.at, author=row.author, author_name=row.author_name, station=row.station,
        note=row.note, version=row.version, kind=row.kind, key=row.key,
        before=_value(row.before), after=_value(row.after),
    )  # fmt: skip


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _value(text: str | None) -> Any:
    return None if text is None else msgspec.json.decode(text)
