"""Users and stations, as an administrator keeps them."""

import hashlib
import re
from collections.abc import Iterable

from argon2 import PasswordHasher
from sqlalchemy import Connection, update
from sqlalchemy.dialects.postgresql import insert

from console.central.tables import stations, users
from console.domain.case import Actor, Role

HASHER = PasswordHasher()  # Argon2id, RFC 9106's second recommended option
SHORTEST = 8


class BadAccount(Exception):
    """The account cannot be kept; the text says why."""


def code_hash(plain: str) -> bytes:
    """As it is kept; written with or without its dash, in small letters or large ones."""
    return hashlib.sha256(re.sub(r"[\s-]", "", plain).upper().encode()).digest()


def keep_users(connection: Connection, actors: Iterable[Actor], password_hash: str) -> None:
    """Add users, or bring them up to date, all with one password's hash."""
    rows = [
        {
            "code": actor.user,
            "name": actor.name,
            "role": actor.role.value,
            "agency": actor.agency,
            "password": password_hash,
            "active": True,
        }
        for actor in actors
    ]
    statement = insert(users)
    new = {name: statement.excluded[name] for name in ("name", "role", "agency", "password", "active")}
    connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=new), rows)


def keep_user(connection: Connection, actor: Actor, password: str) -> None:
    """Add one user, or set them anew. Raises BadAccount."""
    if actor.user.startswith("@"):
        raise BadAccount("a user's code does not begin with @")
    if len(password) < SHORTEST:
        raise BadAccount(f"the password needs at least {SHORTEST} characters")
    if (actor.role is Role.AGENCY) != (actor.agency is not None):
        raise BadAccount("the role agency, and no other, needs --agency")
    keep_users(connection, [actor], HASHER.hash(password))


def end_user(connection: Connection, code: str) -> None:
    """Let a user in no more; what they did stays theirs. Raises BadAccount."""
    changed = connection.execute(update(users).where(users.c.code == code).values(active=False))
    if not changed.rowcount:
        raise BadAccount("there is no such user")


def keep_stations(connection: Connection, codes: Iterable[str]) -> None:
    """Add stations; ones that are there stay as they are. Raises BadAccount."""
    rows = [{"code": code} for code in codes]
    if any(re.fullmatch(r"\d\d", row["code"]) is None for row in rows):
        raise BadAccount("a station is two digits, e.g. 03")
    connection.execute(insert(stations).on_conflict_do_nothing(), rows)
