"""Views of the queue as data: the built-in ones, and those that people save for themselves or for colleagues.

A private one lives in this desk's file. A shared one goes to the centre too, behind the commands, and comes
to other desks; only its owner changes it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import msgspec

from console.desk.changes import Cause, Changes
from console.desk.errors import NotHere, ViewNotYours, ViewsFull, ViewTooLong, ViewUnnamed
from console.desk.holdings import Holdings
from console.desk.rows import BUILT_IN, Filter, Sort, View
from console.domain.identity import new_id
from console.models.saved_views import KeptView
from console.models.times import from_ms, to_ms
from console.protocol.wire import SharedView

log = logging.getLogger(__name__)

NAME_MOST = 80  # characters, as the centre takes them
ASKS_MOST = 8192  # bytes of JSON, as the centre takes them
OWN_MOST = 200  # of one owner, as the centre takes them
VERSION = "views.version"
"""In `meta`: up to which of the centre's versions all is here."""
replace = msgspec.structs.replace


class SavedView(msgspec.Struct, frozen=True, kw_only=True):
    """A view by name. `id`, `owner`: "" for a new one. `columns`: by their names, none means the usual."""

    id: str = ""
    name: str
    owner: str = ""
    owner_name: str = ""
    shared: bool = False
    base: View = View.OPEN
    filter: Filter = Filter()
    sort: Sort = Sort.DUE
    reverse: bool = False
    columns: tuple[str, ...] = ()


COLUMNS = ("number", "content", "status", "due")
BUILT_INS = tuple(
    SavedView(id=view.value, name=f"tab.{view.value}", base=view, columns=COLUMNS) for view in BUILT_IN
)
"""What every desk has, in the order of the tabs; their names are keys of words."""


class _Asks(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a view asks, as it travels."""

    base: View
    filter: Filter = Filter()
    sort: Sort = Sort.DUE
    reverse: bool = False
    columns: tuple[str, ...] = ()


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a view in one piece. `asks` of a newer program is kept, though not understood."""

    name: str
    owner_name: str
    asks: msgspec.Raw


def saved_views(held: Holdings) -> tuple[SavedView, ...]:
    """Own ones, then those of others, each by name. What a newer program asks is left out."""
    user = held.actor.user
    views = [view for kept in held.saved_views.shown_to(user) if (view := _view(kept)) is not None]
    return tuple(sorted(views, key=lambda view: (view.owner != user, view.name.casefold(), view.id)))


def keep_view(held: Holdings, view: SavedView) -> SavedView:
    """Save it, new or in the place of what it was; also one that was dropped. Raises ViewUnnamed,
    ViewNotYours, ViewTooLong, ViewsFull, StoreFull."""
    me, name = held.actor, view.name.strip()
    if not 0 < len(name) <= NAME_MOST:
        raise ViewUnnamed
    kept = held.saved_views.get(view.id) if view.id else None
    if (kept.owner if kept else view.owner or me.user) != me.user:
        raise ViewNotYours
    made = replace(view, id=view.id or new_id(), name=name, owner=me.user, owner_name=me.name)
    body = _body(made)
    if len(body.asks) > ASKS_MOST:
        raise ViewTooLong
    if kept is None and sum(one.owner == me.user for one in held.saved_views.shown_to(me.user)) >= OWN_MOST:
        raise ViewsFull
    version = kept.version if kept else 0
    dirty = made.shared or (kept is not None and (kept.version > 0 or kept.dirty))
    row = KeptView(
        made.id, me.user, made.shared, version, _later(held, kept), dirty, False, msgspec.json.encode(body)
    )
    _write(held, row)
    return made


def drop_view(held: Holdings, view_id: str) -> None:
    """Delete it; `keep_view` brings it back. Raises NotHere, ViewNotYours, StoreFull."""
    kept = held.saved_views.get(view_id)
    if kept is None or kept.deleted:
        raise NotHere
    if kept.owner != held.actor.user:
        raise ViewNotYours
    if kept.shared or kept.version or kept.dirty:
        _write(held, kept._replace(deleted=True, dirty=True, changed_ms=_later(held, kept)))
        return
    with held.store.transaction():
        held.saved_views.forget(view_id)
    held.tell(Changes(cause=Cause.HERE, views=True))


def _later(held: Holdings, kept: KeptView | None) -> int:
    """Now, but never before what it was: the last writing must be the last everywhere."""
    return max(held.now_ms(), kept.changed_ms + 1 if kept else 0)


def _write(held: Holdings, row: KeptView) -> None:
    with held.store.transaction():
        held.saved_views.put(row)
    held.tell(Changes(cause=Cause.HERE, views=True))
    if row.dirty:
        held.wake()


def _body(view: SavedView) -> _Body:
    asks = _Asks(
        base=view.base, filter=view.filter, sort=view.sort, reverse=view.reverse, columns=view.columns
    )
    raw = msgspec.Raw(msgspec.json.encode(asks))
    return _Body(name=view.name, owner_name=view.owner_name, asks=raw)


def _view(kept: KeptView) -> SavedView | None:
    body = msgspec.json.decode(kept.body, type=_Body)
    try:
        asks = msgspec.json.decode(body.asks, type=_Asks)
    except msgspec.ValidationError:
        log.info("view %s asks what this program does not know", kept.id)
        return None
    return SavedView(
        id=kept.id,
        name=body.name,
        owner=kept.owner,
        owner_name=body.owner_name,
        shared=kept.shared,
        base=asks.base,
        filter=asks.filter,
        sort=asks.sort,
        reverse=asks.reverse,
        columns=asks.columns,
    )


# with the centre


def to_tell(held: Holdings) -> list[SharedView]:
    """What the centre must hear of the views of whoever is signed in."""
    return [_wire(kept) for kept in held.saved_views.dirty(held.actor.user)]


def take_views(held: Holdings, views: Sequence[SharedView], version: int | None) -> Changes | None:
    """The centre's word on some; with `version`, up to there all is here."""
    with held.store.transaction():
        for view in views:
            _take(held, view)
        if version is not None:
            held.meta.set(VERSION, str(version))
    return Changes(cause=Cause.CENTRE, views=True) if views else None


def views_after(held: Holdings) -> int:
    """The centre's version up to which all is here."""
    return int(held.meta.get(VERSION) or 0)


def _take(held: Holdings, view: SharedView) -> None:
    kept = held.saved_views.get(view.id)
    if kept is not None and kept.dirty and kept.changed_ms > to_ms(view.changed_at):
        return  # ours is later, and will be told
    if view.deleted:
        if kept is not None and not kept.shared and not kept.deleted:
            held.saved_views.put(kept._replace(version=0, dirty=False))  # private now, as its owner wants it
        else:
            held.saved_views.forget(view.id)
        return
    asks = msgspec.Raw(msgspec.json.encode(view.asks))
    body = msgspec.json.encode(_Body(name=view.name, owner_name=view.owner_name, asks=asks))
    changed = to_ms(view.changed_at)
    held.saved_views.put(KeptView(view.id, view.owner, True, view.version, changed, False, False, body))


def _wire(kept: KeptView) -> SharedView:
    body = msgspec.json.decode(kept.body, type=_Body)
    return SharedView(
        id=kept.id,
        owner=kept.owner,
        name=body.name,
        changed_at=from_ms(kept.changed_ms),
        asks=msgspec.json.decode(body.asks),
        deleted=kept.deleted or not kept.shared,
    )
