"""Views of the queue that their owners show to colleagues: one row each, numbered in the order of commits.

What a view asks is for desks to know. The centre keeps whose it is, and which of its writings is the last.
"""

from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.dialects.postgresql import insert

from console.central.clock import Clock
from console.central.problems import Refuse, bad_request, not_allowed
from console.central.tables import shared_views
from console.domain.case import Role
from console.protocol.wire import Identity, SharedView, ViewsAnswer

NAME_MOST = 80  # characters
ASKS_MOST = 8192  # bytes of JSON
OWN_MOST = 200  # of one owner
replace = msgspec.structs.replace


class ViewShelf:
    """One table for all processes."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def after(self, who: Identity, version: int) -> ViewsAnswer:
        """What changed since. Raises Refuse: agencies have no queue."""
        _staff(who)
        newer = select(shared_views.c.body).where(shared_views.c.version > version)
        with self._engine.connect() as connection:
            bodies = connection.scalars(newer.order_by(shared_views.c.version)).all()
        views = tuple(msgspec.json.decode(body, type=SharedView) for body in bodies)
        return ViewsAnswer(version=views[-1].version if views else version, views=views)

    def put(self, who: Identity, sent: SharedView) -> SharedView:
        """The view as it stands now: as sent, or as its owner wrote it later. Raises Refuse for others'."""
        _staff(who)
        _check(sent)
        if sent.owner != who.user:
            raise _not_yours()
        now = self._clock.now()
        wanted = replace(sent, owner_name=who.name, version=0, changed_at=min(sent.changed_at, now))
        if wanted.deleted:
            wanted = replace(wanted, name="", asks={})  # what was asked is nobody's any more
        with self._engine.begin() as connection:
            # Readers go on; writers one by one, so that versions become visible in their order.
            connection.execute(text("LOCK TABLE shared_views IN SHARE ROW EXCLUSIVE MODE"))
            return self._settle(connection, wanted)

    def _settle(self, connection: Connection, wanted: SharedView) -> SharedView:
        here = select(shared_views.c.body).where(shared_views.c.id == wanted.id)
        body = connection.scalar(here)
        if body is not None:
            kept = msgspec.json.decode(body, type=SharedView)
            if kept.owner != wanted.owner:
                raise _not_yours()
            if kept.changed_at > wanted.changed_at or replace(kept, version=0) == wanted:
                return kept
        elif not wanted.deleted and _owned(connection, wanted.owner) >= OWN_MOST:
            raise Refuse(409, "too_many_views", "There are too many views already", limit=OWN_MOST)
        last = connection.scalar(select(func.max(shared_views.c.version))) or 0
        made = replace(wanted, version=last + 1)
        row: dict[str, Any] = {
            "version": made.version,
            "owner": made.owner,
            "changed_at": made.changed_at,
            "deleted": made.deleted,
            "body": msgspec.json.encode(made).decode(),
        }
        new = insert(shared_views).values(id=made.id, **row)
        connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=row))
        return made


def _owned(connection: Connection, owner: str) -> int:
    mine = (shared_views.c.owner == owner) & shared_views.c.deleted.is_(False)
    return connection.scalar(select(func.count()).select_from(shared_views).where(mine)) or 0


def _staff(who: Identity) -> None:
    if who.role is Role.AGENCY:
        raise not_allowed()


def _check(sent: SharedView) -> None:
    if sent.changed_at.tzinfo is None:
        raise bad_request("changed_at")
    if not sent.deleted and not 0 < len(sent.name.strip()) <= NAME_MOST:
        raise bad_request("name")
    if len(msgspec.json.encode(sent.asks)) > ASKS_MOST:
        raise bad_request("asks")


def _not_yours() -> Refuse:
    return Refuse(403, "not_yours", "Only its owner changes a view")
