"""Who gave a command, by the centre's own table: what a command says about its author is not believed."""

import msgspec
from sqlalchemy import Connection, exists, select

from console.central.tables import sign_ins, users
from console.domain.case import Actor, Role
from console.domain.command import Command
from console.domain.refusal import Code, Refusal
from console.protocol.wire import Identity


class _Author(msgspec.Struct, frozen=True):
    user: str
    name: str
    role: Role
    agency: str | None
    active: bool
    was_here: bool


class Authors:
    """Looks each author up once per transaction.

    A station's waiting commands are delivered by whoever is signed in there, also those of a colleague of the
    last shift, who must have signed in at that station before. Agencies deliver only for their own people,
    and the centre's own account (role system) for agencies and itself.
    """

    def __init__(self, connection: Connection, sender: Identity) -> None:
        self._connection, self._sender = connection, sender
        self._found: dict[str, _Author | None] = {}

    def refusal(self, command: Command) -> Refusal | None:
        """Why the sender cannot deliver this in its author's name; None: they can."""
        author = self._author(command.by.user)
        if command.by.station != self._sender.station or author is None or not author.active:
            return Refusal(code=Code.NOT_ALLOWED, field="by")
        return None if self._may_deliver(author) else Refusal(code=Code.NOT_ALLOWED, field="by")

    def actor(self, command: Command) -> Actor:
        """The author as the centre knows them. Ask `refusal` first."""
        author = self._author(command.by.user)
        assert author is not None
        return Actor(
            user=author.user,
            name=author.name,
            role=author.role,
            station=self._sender.station,
            agency=author.agency,
        )

    def known(self, command: Command | None) -> str:
        """The author's user id, "" for none that the centre knows."""
        author = self._author(command.by.user) if command is not None else None
        return author.user if author is not None else ""

    def _may_deliver(self, author: _Author) -> bool:
        sender = self._sender
        if author.user == sender.user:
            return True
        if sender.role is Role.SYSTEM:
            return author.role is Role.AGENCY
        if Role.AGENCY in (sender.role, author.role):
            return author.role is sender.role and author.agency == sender.agency and author.was_here
        return author.role is not Role.SYSTEM and author.was_here

    def _author(self, user: str) -> _Author | None:
        if user not in self._found:
            self._found[user] = self._look_up(user)
        return self._found[user]

    def _look_up(self, user: str) -> _Author | None:
        if "\x00" in user:
            return None
        here = exists().where(
            sign_ins.c.user_code == users.c.code, sign_ins.c.station == self._sender.station
        )
        columns = (users.c.code, users.c.name, users.c.role, users.c.agency, users.c.active, here)
        row = self._connection.execute(select(*columns).where(users.c.code == user)).one_or_none()
        if row is None:
            return None
        code, name, role, agency, active, was_here = row
        return _Author(code, name, Role(role), agency, active, was_here)
