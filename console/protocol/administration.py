"""What administrators say to the centre, and hear from it: changes of reference data, people, stations."""

from datetime import datetime
from typing import Any

import msgspec

from console.domain.case import Role
from console.protocol.wire import ReferenceItem


class ReferenceImport(msgspec.Struct, frozen=True, kw_only=True):
    """POST /reference. `expects`: the version of the reference that this was written over; what it touches
    must not have changed since. None: nobody looked (an import of a file). `note`: why, for the history."""

    items: tuple[ReferenceItem, ...]
    expects: int | None = None
    note: str = ""


class HistoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One item that one change touched. `before`, `after`: as JSON; None: it was not there. `version`: of the
    reference (or of the user) after it."""

    id: int
    at: datetime
    author: str
    author_name: str
    station: str
    note: str
    version: int
    kind: str
    key: str
    before: Any = None
    after: Any = None


class HistoryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """GET /reference/history?kind=…&key=…&before=ID: the newest first."""

    lines: tuple[HistoryLine, ...]
    more: bool = False


NEW = -1
"""The `version` of a user that there is not yet."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A user: GET /users, and PUT /users/{code} with the `version` that was read, or NEW. Never with a
    password: a new user gets one by a one-time code."""

    code: str
    name: str
    role: Role
    agency: str | None = None
    active: bool = True
    version: int = NEW
    note: str = ""
    last_at: datetime | None = None
    has_password: bool = False


class PeopleAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """GET /users: by code."""

    people: tuple[Person, ...]


class OneTimeCode(msgspec.Struct, frozen=True, kw_only=True):
    """POST /users/{code}/reset: shown once to the administrator, who tells it to the user."""

    user: str
    code: str
    until: datetime


class NewPassword(msgspec.Struct, frozen=True, kw_only=True):
    """POST /auth/password: a user sets a password by the code that an administrator gave them."""

    station: str
    station_key: str
    user: str
    code: str
    password: str


class StationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A workstation: GET /stations, and PUT /stations/{code} with its name. `enrolled_at` None: its desk has
    no key, or (in a PUT) is to lose it."""

    code: str
    name: str = ""
    enrolled_at: datetime | None = None
    enrolled_by: str = ""


class StationsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """GET /stations: by code."""

    stations: tuple[StationRow, ...]


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """It was done."""

    done: bool = True
