"""Who gave a command, by the centre's own table: what a command says about its author is not believed."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, func, select

from console.central.tables import sign_ins, users
from console.domain.case import Actor, Role
from console.domain.command import Command
from console.domain.refusal import Code, Refusal
from console.domain.table import DISPATCHERS
from console.protocol.wire import Identity

CENTRE = Identity(user="@centre", name="Trung tâm", role=Role.SYSTEM, station="00")
"""The centre itself, for what it does by its own calendar. No account bears its code, so no token does."""


class _Author(msgspec.Struct, frozen=True):
    user: str
    name: str
    role: Role
    agency: str | None
    active: bool
    was_at: frozenset[str]  # stations


class Writer(NamedTuple):
    """Who wrote a row that is no command, as the centre knows them."""

    name: str
    role: Role


def writer(connection: Connection, sender: Identity, user: str, station: str) -> Writer | None:
    """Whoever wrote it at that station, where the sender may deliver it in their name, as commands are;
    None: they may not."""
    found = {author.user: author for author in _look_up(connection, {user} - {""})}.get(user)
    if found is None or not found.active:
        return None
    if station == sender.station:
        may = _may_deliver(sender, found)
    else:
        may = _may_carry(sender, found, station)
    return Writer(found.name, found.role) if may else None


class Authors:
    """The authors of some commands, looked up at once.

    A station's waiting commands are delivered by whoever is signed in there, also those of a colleague of the
    last shift, who must have signed in at that station before. A dispatcher or a supervisor also delivers
    what was carried from another station whose network stays away, each command still as its author's.
    Agencies deliver only for their own people, and the centre's own account (role system) for agencies and
    itself.
    """

    def __init__(self, connection: Connection, codes: Iterable[str]) -> None:
        sought = {code for code in codes if "\x00" not in code}
        self._found = {author.user: author for author in _look_up(connection, sought - {CENTRE.user})}
        if CENTRE.user in sought:
            self._found[CENTRE.user] = _Author(CENTRE.user, CENTRE.name, CENTRE.role, None, True, frozenset())

    def refusal(self, command: Command, sender: Identity) -> Refusal | None:
        """Why the sender cannot deliver this in its author's name; None: they can."""
        if (command.by.user == CENTRE.user) != (sender is CENTRE):
            return Refusal(code=Code.NOT_ALLOWED, field="by")
        author = self._found.get(command.by.user)
        if author is None or not author.active:
            return Refusal(code=Code.NOT_ALLOWED, field="by")
        if command.by.station != sender.station:
            may = _may_carry(sender, author, command.by.station)
        else:
            may = _may_deliver(sender, author)
        return None if may else Refusal(code=Code.NOT_ALLOWED, field="by")

    def actor(self, command: Command, sender: Identity) -> Actor:
        """The author as the centre knows them. Ask `refusal` first."""
        author = self._found[command.by.user]
        return Actor(
            user=author.user,
            name=author.name,
            role=author.role,
            station=command.by.station,
            agency=author.agency,
        )

    def known(self, command: Command | None) -> str:
        """The author's user id, "" for none that the centre knows."""
        return command.by.user if command is not None and command.by.user in self._found else ""


def _may_deliver(sender: Identity, author: _Author) -> bool:
    if author.user == sender.user:
        return True
    was_here = sender.station in author.was_at
    if sender.role is Role.SYSTEM:
        return author.role is Role.AGENCY
    if Role.AGENCY in (sender.role, author.role):
        return author.role is sender.role and author.agency == sender.agency and was_here
    return author.role is not Role.SYSTEM and was_here


def _may_carry(sender: Identity, author: _Author, station: str) -> bool:
    """An outbox brought on a stick: the author must have signed in where it was given."""
    inside = Role.AGENCY not in (sender.role, author.role) and author.role is not Role.SYSTEM
    return sender.role in DISPATCHERS and inside and station in author.was_at


def _look_up(connection: Connection, codes: set[str]) -> Iterable[_Author]:
    if not codes:
        return
    was_at = select(func.array_agg(sign_ins.c.station)).where(sign_ins.c.user_code == users.c.code)
    columns = (users.c.code, users.c.name, users.c.role, users.c.agency, users.c.active)
    query = select(*columns, was_at.scalar_subquery()).where(users.c.code.in_(codes))
    for code, name, role, agency, active, stations in connection.execute(query):
        yield _Author(code, name, Role(role), agency, active, frozenset(stations or ()))
