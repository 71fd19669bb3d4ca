"""Who calls: stations with their keys, users with their passwords, and the tokens of a sign-in.

Tokens are random; the database holds only their SHA-256, which is enough for 256 random bits. A refresh
token is spent by its use; a spent one that comes again was copied, so its whole family is revoked. Unless the
answer to its use was lost on the way: then nothing of that answer was ever shown here, and it is given anew.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection, Engine, case, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from console.central import shelf
from console.central.audit import Act, note
from console.central.clock import Clock
from console.central.database import at_once
from console.central.people import HASHER, SHORTEST, code_hash
from console.central.problems import Refuse, bad_request, not_allowed, not_signed_in
from console.central.tables import (
    access_tokens,
    attempts,
    refresh_tokens,
    sessions,
    sign_ins,
    stations,
    users,
)
from console.domain.case import Role
from console.domain.identity import new_id
from console.protocol.administration import NewPassword
from console.protocol.wire import Identity, StationAnswer, StationRequest, TokenAnswer, TokenRequest

ACCESS = timedelta(minutes=15)
REFRESH = timedelta(days=30)
FREE_ATTEMPTS = 8
PAUSE = timedelta(minutes=5)
_NOBODY = HASHER.hash(secrets.token_urlsafe())
"""Checked for users that do not exist, so that the time of an answer does not tell which do."""

_WHO = text(
    "SELECT access_tokens.expires_at, access_tokens.used_at, sessions.revoked_at, sessions.station,"
    " users.code, users.name, users.role, users.agency, users.active, (SELECT seq FROM ledger) AS head"
    " FROM access_tokens"
    " JOIN sessions ON sessions.id = access_tokens.session_id JOIN users ON users.code = sessions.user_code"
    " WHERE access_tokens.hash = :hash"
)
"""Asked at each call."""


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


class Sessions:
    """The clock is the machine's own: tokens age also where a practice world stands still."""

    def __init__(self, engine: Engine, clock: Clock, world: Clock, practice: bool) -> None:
        self._engine, self._clock, self._world, self._practice = engine, clock, world, practice

    def enrol(self, asked: StationRequest) -> StationAnswer:
        """Give a station a new key; the old one no longer counts. Raises Refuse."""
        with self._engine.connect() as connection:
            known = connection.scalar(select(stations.c.code).where(stations.c.code == asked.station))
        if known is None:  # before any password is tried: each door has its own count
            raise Refuse(404, "unknown_station", "There is no such station")
        self._check_password(asked.user, asked.password, f"{asked.station} enrol")
        key = secrets.token_hex(32)  # no leading "-": it is also an argument of the import program
        with self._engine.begin() as connection:
            if _identity(connection, asked.user, asked.station).role not in (Role.SUPERVISOR, Role.ADMIN):
                raise not_allowed()
            connection.execute(
                update(stations)
                .where(stations.c.code == asked.station)
                .values(key_hash=_hash(key), enrolled_at=self._clock.now(), enrolled_by=asked.user)
            )
            counters = shelf.counters_of(connection, asked.station)
            self._note(connection, "station_enrolled", asked.user, asked.station)
        return StationAnswer(station=asked.station, station_key=key, counters=counters)

    def token(self, asked: TokenRequest) -> TokenAnswer:
        """Sign in by password, or go on by a refresh token. Raises Refuse."""
        if asked.refresh is not None:
            return self._renewed(asked, asked.refresh)
        if asked.user is None or asked.password is None:
            raise bad_request("user and password, or refresh")
        with self._engine.connect() as connection:
            self._check_station(connection, asked)
        self._check_password(asked.user, asked.password, asked.station)
        self.sweep()
        with self._engine.begin() as connection:
            now = self._clock.now()
            session = new_id()
            connection.execute(
                insert(sessions).values(id=session, user_code=asked.user, station=asked.station)
            )
            seen = upsert(sign_ins).values(user_code=asked.user, station=asked.station, last_at=now)
            connection.execute(
                seen.on_conflict_do_update(index_elements=["user_code", "station"], set_={"last_at": now})
            )
            given = self._tokens(connection, session, asked.user, asked.station)
            self._note(connection, "sign_in", asked.user, asked.station)
            return given

    def set_password(self, asked: NewPassword) -> None:
        """By a one-time code, which is spent by it; wrong ones count as passwords do. Raises Refuse."""
        if len(asked.password) < SHORTEST:
            raise Refuse(422, "password_short", "The password is too short", limit=SHORTEST)
        with self._engine.connect() as connection:
            self._check_station(connection, asked)
        door = f"{asked.station} code"
        failures = self._count_attempt(asked.user, door)
        fits = (users.c.code == asked.user) & users.c.active & (users.c.code_until > self._clock.now())
        new = {"password": HASHER.hash(asked.password), "code_hash": None, "code_until": None}
        with self._engine.begin() as connection:
            done = connection.execute(
                update(users).where(fits, users.c.code_hash == code_hash(asked.code)).values(**new)
            )
            if not done.rowcount:
                left = FREE_ATTEMPTS - failures
                raise Refuse(401, "bad_code", "Wrong user or code, or too late", attempts_left=left)
            mine = (attempts.c.user_code == asked.user) & attempts.c.station.in_([door, asked.station])
            connection.execute(delete(attempts).where(mine))

    def _note(self, connection: Connection, kind: str, user: str, station: str, **fact: int) -> None:
        """In the audit, by the world's time, as the last thing of a transaction."""
        note(connection, Act(kind, user, station, self._world.now(), fact=fact))

    def identity(self, token: str) -> Identity:
        """Whom an access token speaks for. Raises Refuse."""
        with at_once(self._engine) as connection:
            return self.identity_and_head(connection, token)[0]

    def identity_and_head(self, connection: Connection, token: str) -> tuple[Identity, int]:
        """The same, and where the ledger stands, on a connection from `at_once`. Raises Refuse."""
        row = connection.execute(_WHO, {"hash": _hash(token)}).one_or_none()
        if row is None:
            raise not_signed_in()
        if row.revoked_at is not None or not row.active:
            raise not_signed_in("session_revoked")
        if row.expires_at <= self._clock.now():
            raise not_signed_in("token_expired")
        if row.used_at is None:
            self._note_use(connection, token)
        who = Identity(
            user=row.code, name=row.name, role=Role(row.role), station=row.station, agency=row.agency
        )
        return who, row.head

    def _note_use(self, connection: Connection, token: str) -> None:
        """Once for each token: the answer that brought it was not lost."""
        first = (access_tokens.c.hash == _hash(token)) & access_tokens.c.used_at.is_(None)
        connection.execute(update(access_tokens).where(first).values(used_at=self._clock.now()))

    def sweep(self) -> None:
        """Forget tokens that no longer count."""
        now = self._clock.now()
        with self._engine.begin() as connection:
            connection.execute(delete(access_tokens).where(access_tokens.c.expires_at < now))
            connection.execute(delete(refresh_tokens).where(refresh_tokens.c.expires_at < now))

    def _renewed(self, asked: TokenRequest, refresh: str) -> TokenAnswer:
        query = (
            select(
                refresh_tokens.c.spent_at, refresh_tokens.c.expires_at, sessions.c.id, sessions.c.station,
                sessions.c.user_code, sessions.c.revoked_at, users.c.active,
            )
            .join(sessions, sessions.c.id == refresh_tokens.c.session_id)
            .join(users, users.c.code == sessions.c.user_code)
            .where(refresh_tokens.c.hash == _hash(refresh))
            .with_for_update(of=refresh_tokens)
        )  # fmt: skip
        now = self._clock.now()
        with self._engine.begin() as connection:
            self._check_station(connection, asked)
            row = connection.execute(query).one_or_none()
            if row is None or row.station != asked.station:
                raise not_signed_in()
            if row.revoked_at is not None or not row.active or row.expires_at <= now:
                raise not_signed_in("session_revoked")
            parent = _hash(refresh)
            if row.spent_at is None:
                spent = refresh_tokens.c.hash == parent
                connection.execute(update(refresh_tokens).where(spent).values(spent_at=now))
                return self._tokens(connection, row.id, row.user_code, row.station, parent)
            if self._answer_was_lost(connection, parent):
                return self._tokens(connection, row.id, row.user_code, row.station, parent)
            connection.execute(
                update(sessions)
                .where(sessions.c.id == row.id)
                .values(revoked_at=now, reason="refresh token came twice")
            )
            self._note(connection, "session_revoked", row.user_code, row.station)
        raise not_signed_in("session_revoked")

    def _answer_was_lost(self, connection: Connection, parent: bytes) -> bool:
        """Whether nothing that was given for this token was ever shown. What was given then counts no more:
        whoever has it after all was listening, and ends the whole family by showing it."""
        child = connection.scalar(
            select(refresh_tokens.c.hash).where(
                refresh_tokens.c.parent == parent, refresh_tokens.c.spent_at.is_(None)
            )
        )
        if child is None:
            return False
        twin = access_tokens.c.born_with == child
        if connection.scalar(select(access_tokens.c.hash).where(twin, access_tokens.c.used_at.is_not(None))):
            return False
        connection.execute(delete(access_tokens).where(twin))
        gone = refresh_tokens.c.hash == child
        connection.execute(update(refresh_tokens).where(gone).values(spent_at=self._clock.now()))
        return True

    def _tokens(
        self, connection: Connection, session: str, user: str, station: str, parent: bytes | None = None
    ) -> TokenAnswer:
        access, refresh, now = secrets.token_urlsafe(32), secrets.token_urlsafe(32), self._clock.now()
        connection.execute(
            insert(access_tokens).values(
                hash=_hash(access), session_id=session, expires_at=now + ACCESS, born_with=_hash(refresh)
            )
        )
        connection.execute(
            insert(refresh_tokens).values(
                hash=_hash(refresh), session_id=session, expires_at=now + REFRESH, parent=parent
            )
        )
        return TokenAnswer(
            access=access,
            access_seconds=int(ACCESS.total_seconds()),
            refresh=refresh,
            identity=_identity(connection, user, station),
            server_time=self._world.now(),
            practice=self._practice,
        )

    def _check_station(self, connection: Connection, asked: TokenRequest | NewPassword) -> None:
        held = connection.scalar(select(stations.c.key_hash).where(stations.c.code == asked.station))
        if held is None or not hmac.compare_digest(held, _hash(asked.station_key)):
            raise Refuse(403, "unknown_station", "This workstation is not enrolled", "enrol it anew")

    def _check_password(self, user: str, password: str, door: str) -> None:
        """Counted by user and door: guessing at one desk locks nobody out at another. Raises Refuse."""
        failures = self._count_attempt(user, door)
        with self._engine.connect() as connection:
            held = connection.execute(
                select(users.c.password, users.c.active, users.c.code_hash, users.c.code_until).where(
                    users.c.code == user
                )
            ).one_or_none()
        fits = _verify(held.password if held else _NOBODY, password) and held is not None and held.active
        if not fits and held is not None and self._is_code(held, password):
            raise Refuse(409, "set_password", "This is a one-time code", "set a new password by it")
        if not fits:
            left = FREE_ATTEMPTS - failures
            if held is not None:  # what is nobody's name may be somebody's password
                with self._engine.begin() as connection:
                    self._note(connection, "sign_in_refused", user, door[:2], left=left)
            raise Refuse(401, "bad_credentials", "Wrong user or password", attempts_left=left)
        with self._engine.begin() as connection:
            here = (attempts.c.user_code == user) & (attempts.c.station == door)
            connection.execute(delete(attempts).where(here))

    def _is_code(self, held: Any, password: str) -> bool:
        """Whether a one-time code was typed in the place of a password."""
        right = held.code_hash is not None and hmac.compare_digest(held.code_hash, code_hash(password))
        return bool(right and held.active and held.code_until > self._clock.now())

    def _count_attempt(self, user: str, door: str) -> int:
        """Wrong passwords in a row, this one among them until it proves right: so that many guesses at once
        are counted as well. Those before a pause are forgotten after it. Raises Refuse in the pause."""
        now = self._clock.now()
        waited = attempts.c.last_at <= now - PAUSE
        pausing = ~waited & (attempts.c.failures >= FREE_ATTEMPTS)
        row = upsert(attempts).values(user_code=user, station=door, failures=1, last_at=now)
        counted = row.on_conflict_do_update(
            index_elements=["user_code", "station"],
            set_={
                "failures": case((waited, 1), else_=attempts.c.failures + 1),
                "last_at": case((pausing, attempts.c.last_at), else_=now),
            },
        ).returning(attempts.c.failures, attempts.c.last_at)
        with self._engine.begin() as connection:
            failures, last_at = connection.execute(counted).one()
        if failures > FREE_ATTEMPTS:
            left = int((last_at + PAUSE - now).total_seconds()) + 1
            raise Refuse(429, "too_many_attempts", "Too many wrong passwords", retry_after=left)
        return int(failures)


def _identity(connection: Connection, code: str, station: str) -> Identity:
    """The user as a token at this station speaks for them."""
    columns = (users.c.name, users.c.role, users.c.agency)
    name, role, agency = connection.execute(select(*columns).where(users.c.code == code)).one()
    return Identity(user=code, name=name, role=Role(role), station=station, agency=agency)


def _verify(held: str, password: str) -> bool:
    try:
        return HASHER.verify(held, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
