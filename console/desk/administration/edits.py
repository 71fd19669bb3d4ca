"""Edits under way: what an administrator typed into an item of a list, kept on this disk until published."""

from datetime import datetime
from typing import Any

import msgspec

from console.desk.holdings import Holdings
from console.models.admin_drafts import AdminDrafts, KeptEdit
from console.models.times import from_ms


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """`key`: the item it began as, "" for a new one. `values`: the fields as they stand in the form, also
    where they are no item yet; `base`: the version of the reference below it."""

    kind: str
    key: str = ""
    name: str = ""
    base: int = 0
    values: dict[str, Any] = {}
    note: str = ""
    saved_at: datetime | None = None

    @property
    def id(self) -> str:
        """One for each item of a list, and one for a new one."""
        return f"{self.kind} {self.key}"


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    key: str = ""
    name: str = ""
    values: dict[str, Any] = {}
    note: str = ""


def edits(held: Holdings) -> tuple[Edit, ...]:
    """Those of whoever is signed in."""
    return tuple(map(_edit, AdminDrafts(held.store).of(held.actor.user)))


def keep(held: Holdings, edit: Edit) -> None:
    """On disk, in the place of what it was. Raises StoreFull."""
    body = _Body(key=edit.key, name=edit.name, values=edit.values, note=edit.note)
    with held.store.transaction():
        AdminDrafts(held.store).put(
            KeptEdit(edit.id, held.actor.user, edit.kind, edit.base, held.now_ms(), msgspec.json.encode(body))
        )


def drop(held: Holdings, edit: Edit) -> None:
    """It was published, or discarded."""
    with held.store.transaction():
        AdminDrafts(held.store).drop(edit.id)


def _edit(kept: KeptEdit) -> Edit:
    body = msgspec.json.decode(kept.body, type=_Body)
    return Edit(
        kind=kept.kind, key=body.key, name=body.name, base=kept.base, values=body.values, note=body.note,
        saved_at=from_ms(kept.saved_ms),
    )  # fmt: skip
