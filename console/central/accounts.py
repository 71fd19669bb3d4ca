"""People and stations, as administrators keep them in the screens. No password passes here: a user sets their
own by a one-time code (`sessions.set_password`)."""

import re
import secrets
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from console.central.admin_history import Touched, record
from console.central.clock import Clock
from console.central.people import code_hash
from console.central.problems import Refuse, bad_request, not_allowed
from console.central.references import References
from console.central.tables import sessions, sign_ins, stations, users
from console.domain.case import Role
from console.domain.zone import local_day
from console.protocol.administration import (
    NEW,
    OneTimeCode,
    PeopleAnswer,
    Person,
    StationRow,
    StationsAnswer,
)
from console.protocol.wire import Identity

CODE = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}\Z", re.IGNORECASE)
NAME_MOST = 80
LASTS = timedelta(hours=24)
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another when it is read out
NO_PASSWORD = ""  # no hash: nothing fits it
ROWS = users.c


class Accounts:
    """`machine`: the clock by which codes age, also where a practice world stands still."""

    def __init__(self, engine: Engine, references: References, clock: Clock, machine: Clock) -> None:
        self._engine, self._references = engine, references
        self._clock, self._machine = clock, machine

    def people(self, who: Identity) -> PeopleAnswer:
        """Everybody but the centre's own account. Raises Refuse."""
        _reader(who)
        seen = select(func.max(sign_ins.c.last_at)).where(sign_ins.c.user_code == ROWS.code)
        query = select(users, seen.scalar_subquery().label("last_at")).where(ROWS.role != Role.SYSTEM.value)
        with self._engine.connect() as connection:
            return PeopleAnswer(people=tuple(map(_person, connection.execute(query.order_by(ROWS.code)))))

    def keep(self, who: Identity, sent: Person) -> Person:
        """A new user, or a change of one whose `version` is what was read. Raises Refuse."""
        _administrator(who)
        name = " ".join(sent.name.split())
        if CODE.match(sent.code) is None:
            raise bad_request("code")
        if not 0 < len(name) <= NAME_MOST or "\x00" in name:
            raise bad_request("name")
        if sent.role is Role.SYSTEM or (sent.role is Role.AGENCY) != bool(sent.agency):
            raise bad_request("role")
        with self._engine.begin() as connection:
            connection.execute(text("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE"))
            self._check_agency(connection, sent)
            had = connection.execute(select(users).where(ROWS.code == sent.code)).one_or_none()
            _check_version(connection, had, sent)
            _keep_an_administrator(connection, who, had, sent)
            version = had.version + 1 if had is not None else 0
            row = {"name": name, "role": sent.role.value, "agency": sent.agency, "active": sent.active}
            statement = insert(users).values(code=sent.code, password=NO_PASSWORD, version=version, **row)
            connection.execute(
                statement.on_conflict_do_update(index_elements=["code"], set_={**row, "version": version})
            )
            if had is not None and not sent.active:
                _revoke(connection, sessions.c.user_code == sent.code, self._machine, "disabled")
            made = connection.execute(select(users).where(ROWS.code == sent.code)).one()
            touched = Touched("users", sent.code, _shown(had), _shown(made))
            record(connection, who, self._clock.now(), version, sent.note, [touched])
            return _person(made)

    def _check_agency(self, connection: Connection, sent: Person) -> None:
        if not (sent.agency and sent.active):
            return
        if self._references.current(connection).agency_on(sent.agency, local_day(self._clock.now())) is None:
            raise Refuse(422, "no_such_agency", "There is no such agency today")

    def reset(self, who: Identity, code: str) -> OneTimeCode:
        """A code by which the user sets a new password; the old one counts no more. Raises Refuse."""
        _administrator(who)
        if code == who.user:
            raise Refuse(409, "own_account", "Another administrator does that")
        plain = "".join(secrets.choice(LETTERS) for _ in range(8))
        until = self._machine.now() + LASTS
        with self._engine.begin() as connection:
            known = (ROWS.code == code) & (ROWS.role != Role.SYSTEM.value)
            changed = connection.execute(
                update(users)
                .where(known)
                .values(
                    password=NO_PASSWORD, code_hash=code_hash(plain), code_until=until,
                    version=ROWS.version + 1,
                )
                .returning(ROWS.version)
            ).one_or_none()  # fmt: skip
            if changed is None:
                raise Refuse(404, "no_such_user", "There is no such user")
            _revoke(connection, sessions.c.user_code == code, self._machine, "password reset")
            touched = Touched("users", code, None, {"reset": True})
            record(connection, who, self._clock.now(), changed.version, "", [touched])
        return OneTimeCode(user=code, code=f"{plain[:4]}-{plain[4:]}", until=until)

    def stations(self, who: Identity) -> StationsAnswer:
        """All of them. Raises Refuse."""
        _reader(who)
        with self._engine.connect() as connection:
            rows = connection.execute(select(stations).order_by(stations.c.code))
            return StationsAnswer(stations=tuple(map(_station, rows)))

    def keep_station(self, who: Identity, sent: StationRow) -> StationRow:
        """Add one, name it, or take its key: its desk must be enrolled anew then. Raises Refuse."""
        _administrator(who)
        if re.fullmatch(r"\d\d", sent.code) is None or len(sent.name) > NAME_MOST or "\x00" in sent.name:
            raise bad_request("station")
        here = stations.c.code == sent.code
        with self._engine.begin() as connection:
            had = connection.execute(select(stations).where(here).with_for_update()).one_or_none()
            statement = insert(stations).values(code=sent.code, name=sent.name.strip())
            new: dict[str, Any] = {"name": sent.name.strip()}
            if had is not None and had.key_hash is not None and sent.enrolled_at is None:
                if sent.code == who.station:
                    raise Refuse(409, "own_station", "Another desk does that")
                new |= {"key_hash": None, "enrolled_at": None, "enrolled_by": None}
                _revoke(connection, sessions.c.station == sent.code, self._machine, "key taken")
            connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=new))
            made = _station(connection.execute(select(stations).where(here)).one())
            before = None if had is None else msgspec.to_builtins(_station(had))
            touched = Touched("stations", sent.code, before, msgspec.to_builtins(made))
            record(connection, who, self._clock.now(), 0, "", [touched])
            return made


def _administrator(who: Identity) -> None:
    if who.role is not Role.ADMIN:
        raise not_allowed()


def _reader(who: Identity) -> None:
    if who.role not in (Role.ADMIN, Role.SUPERVISOR):
        raise not_allowed()


def _changed() -> Refuse:
    return Refuse(409, "changed_meanwhile", "Somebody else changed it meanwhile")


def _check_version(connection: Connection, had: Any, sent: Person) -> None:
    """Raises Refuse where the user is not what was read, or is there though nobody had read them."""
    if sent.version == NEW:
        same = ROWS.code.ilike(sent.code.replace("_", r"\_"))
        if connection.scalar(select(ROWS.code).where(same)) is not None:
            raise Refuse(409, "user_exists", "There is such a user already")
    elif had is None or had.version != sent.version:
        raise _changed()
    elif had.role == Role.SYSTEM.value:
        raise not_allowed()


def _keep_an_administrator(connection: Connection, who: Identity, had: Any, sent: Person) -> None:
    """Raises Refuse where nobody would be left who may do this."""
    if had is None or had.role != Role.ADMIN.value or (sent.role is Role.ADMIN and sent.active):
        return
    others = (ROWS.role == Role.ADMIN.value) & ROWS.active & (ROWS.code != sent.code)
    if not connection.scalar(select(func.count()).where(others)):
        raise Refuse(409, "last_administrator", "The last administrator stays")
    if sent.code == who.user:
        raise Refuse(409, "own_account", "Another administrator does that")


def _revoke(connection: Connection, which: Any, machine: Clock, reason: str) -> None:
    gone = which & sessions.c.revoked_at.is_(None)
    connection.execute(update(sessions).where(gone).values(revoked_at=machine.now(), reason=reason))


def _person(row: Any) -> Person:
    return Person(
        code=row.code, name=row.name, role=Role(row.role), agency=row.agency, active=row.active,
        version=row.version, last_at=getattr(row, "last_at", None),
        has_password=row.password != NO_PASSWORD,
    )  # fmt: skip


def _shown(row: Any) -> dict[str, Any] | None:
    """As the history keeps it."""
    if row is None:
        return None
    return {"name": row.name, "role": row.role, "agency": row.agency, "active": row.active}


def _station(row: Any) -> StationRow:
    enrolled = row.enrolled_at if row.key_hash is not None else None
    by = row.enrolled_by or "" if row.key_hash is not None else ""
    return StationRow(code=row.code, name=row.name, enrolled_at=enrolled, enrolled_by=by)
