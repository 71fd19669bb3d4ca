"""What an import would change. Pure: the importing command and the central server share it.

An import holds the new state of some items. It never means that others are gone: absence is not deletion,
and what is to go is named by a tombstone. Only a new span of a code ends the span before it, on the day
before the new one begins, and is itself ended by a later one that there is already.
"""

from collections.abc import Container, Iterable, Sequence
from datetime import timedelta
from typing import Any

import msgspec

from console.domain.reference import Reference
from console.protocol.wire import ImportChange, ReferenceItem
from console.reference import KINDS, items, key_of, read_item, to_wire


def _name(item: Any) -> str:
    """What a person would call the item."""
    return str(getattr(item, "name", None) or getattr(item, "title", None) or getattr(item, "text", ""))


def _code(item: Any) -> str:
    return key_of(item).partition("@")[0]


def _ended(new: Any, spans: Sequence[Any]) -> list[Any]:
    """Of the spans of one code, the earlier ones that run into the new one, cut off on the day before."""
    if not spans:
        return []  # a day of the calendar has none
    last = new.valid_from - timedelta(days=1)
    return [
        msgspec.structs.replace(old, valid_to=last)
        for old in spans
        if old.valid_from < new.valid_from and (old.valid_to is None or old.valid_to > last)
    ]


def _capped(new: Any, spans: Sequence[Any]) -> Any:
    """The new span, ended on the day before the next of the same code that there is already."""
    later = [span.valid_from for span in spans if span.valid_from > new.valid_from]
    last = min(later) - timedelta(days=1) if later else None
    if last is None or (new.valid_to is not None and new.valid_to <= last):
        return new
    return msgspec.structs.replace(new, valid_to=last)


def _spans(reference: Reference, gone: Container[tuple[str, str]]) -> dict[tuple[str, str], list[Any]]:
    """What stays by kind and code; a day of the calendar has no spans."""
    found = dict[tuple[str, str], list[Any]]()
    for kind in KINDS:
        for item in getattr(reference, kind) if kind != "days" else ():
            if (kind, key_of(item)) in gone:
                continue
            found.setdefault((kind, _code(item)), []).append(item)
    return found


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """`lines`: one for each item, for people. `changed`: the items to store, with the version they get."""

    lines: tuple[ImportChange, ...]
    changed: tuple[ReferenceItem, ...]

    def counts(self) -> dict[str, int]:
        """How many were added, changed, ended, are the same; and removed, where any are."""
        found = {"added": 0, "changed": 0, "ended": 0, "same": 0}
        for line in self.lines:
            found[line.change] = found.get(line.change, 0) + 1
        return found


def _line(kind: str, item: Any, change: str) -> ImportChange:
    begins = getattr(item, "valid_from", None) or getattr(item, "day", None)
    return ImportChange(kind=kind, key=key_of(item), change=change, name=_name(item), valid_from=begins)


def plan(reference: Reference, wanted: Iterable[ReferenceItem], version: int | None = None) -> Plan:
    """What storing `wanted` would change in `reference`; the items get `version` (default: the next one).

    Raises ReferenceUnreadable for an item of a wrong shape or an unknown kind.
    """
    version = reference.version + 1 if version is None else version
    state = {kind: {key_of(i): i for i in getattr(reference, kind)} for kind in KINDS}
    wanted = tuple(wanted)
    spans = _spans(reference, {(item.kind, item.key) for item in wanted if item.deleted})
    found: dict[tuple[str, str], tuple[Any, str]] = {}
    for item in wanted:
        if item.deleted:
            if (gone := state.get(item.kind, {}).get(item.key)) is not None:
                found[item.kind, item.key] = gone, "removed"
            continue
        new = read_item(item)
        new = _capped(new, spans.get((item.kind, _code(new)), ()))
        old = state[item.kind].get(key_of(new))
        found[item.kind, key_of(new)] = new, "added" if old is None else "same" if old == new else "changed"
    for (kind, _), (new, change) in list(found.items()):
        before = spans.get((kind, _code(new)), ()) if change in ("added", "changed") else ()
        for cut in _ended(new, before):
            found.setdefault((kind, key_of(cut)), (cut, "ended"))
    return Plan(
        lines=tuple(_line(kind, item, change) for (kind, _), (item, change) in found.items()),
        changed=tuple(
            _stored(to_wire(kind, item, version), change)
            for (kind, _), (item, change) in found.items()
            if change != "same"
        ),
    )


def _stored(item: ReferenceItem, change: str) -> ReferenceItem:
    """As it is kept and sent on: of what is removed, a tombstone."""
    return msgspec.structs.replace(item, body=None, deleted=True) if change == "removed" else item


def apply(reference: Reference, made: Plan) -> tuple[ReferenceItem, ...]:
    """All items of the reference after the plan: those it had, then the new ones."""
    found = {(i.kind, i.key): i for i in items(reference)}
    found.update({(i.kind, i.key): i for i in made.changed})
    return tuple(found.values())
