"""Reference data: the bundled lists, and their form on the wire.

One JSON file per list under resources/reference (arrays of the structs of `console.domain`), sorted by
key, so that a list has one order whoever assembled it.
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from types import GenericAlias
from typing import Any

import msgspec

from console.domain.agency import Agency, Route
from console.domain.calendar import CalendarDay, WorkingHours
from console.domain.canned import CannedText, RejectReason
from console.domain.category import Category, ReportType
from console.domain.chase_lists import Chasing, Contact, Escalation, MessageText
from console.domain.delegation import Delegation
from console.domain.form import Form
from console.domain.place import Boundary, DutyPost, GazetteerEntry, Unit
from console.domain.quality import ScoreForm, Target
from console.domain.reference import Reference
from console.domain.retention import Retention
from console.domain.shift_time import ShiftTime
from console.protocol.wire import ReferenceItem

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "reference"

KINDS: dict[str, type[msgspec.Struct]] = {
    "units": Unit,
    "boundaries": Boundary,
    "agencies": Agency,
    "categories": Category,
    "types": ReportType,
    "routes": Route,
    "hours": WorkingHours,
    "days": CalendarDay,
    "canned": CannedText,
    "phrases": CannedText,
    "reject_reasons": RejectReason,
    "gazetteer": GazetteerEntry,
    "posts": DutyPost,
    "retention": Retention,
    "forms": Form,
    "targets": Target,
    "score_forms": ScoreForm,
    "escalations": Escalation,
    "message_texts": MessageText,
    "contacts": Contact,
    "chasing": Chasing,
    "shifts": ShiftTime,
    "delegations": Delegation,
}


class ReferenceUnreadable(Exception):
    """A list cannot be read. `kind` and `key` say which item; the text says why (no personal data in it)."""

    code = "reference_unreadable"

    def __init__(self, kind: str, key: str, why: str) -> None:
        super().__init__(f"{kind} {key}: {why}")
        self.kind, self.key, self.why = kind, key, why


class PracticeNotice(msgspec.Struct, frozen=True, kw_only=True):
    """PRACTICE.json: which lists are practice data, and the sentence the program shows about it."""

    practice: bool
    lists: tuple[str, ...]
    vi: str
    en: str
    notes: tuple[str, ...] = ()


def key_of(item: Any) -> str:
    """Unique within its list: code@valid_from; a calendar day is its own code and date."""
    if isinstance(item, CalendarDay):
        return f"{item.day.isoformat()}@{item.day.isoformat()}"
    return f"{item.code}@{item.valid_from.isoformat()}"


def load_list(folder: Path, kind: str) -> tuple[Any, ...]:
    """The list `kind` of a reference folder, sorted by key; () where it has no such file."""
    file = folder / f"{kind}.json"
    if not file.exists():
        return ()
    try:
        read = msgspec.json.decode(file.read_bytes(), type=GenericAlias(list, (KINDS[kind],)))
    except msgspec.DecodeError as error:
        raise ReferenceUnreadable(kind, file.name, str(error)) from error
    return tuple(sorted(read, key=key_of))


def save_list(folder: Path, kind: str, items: Iterable[Any]) -> None:
    """Write a list as one item per line, sorted by key: small diffs, the same bytes for the same items."""
    lines = [msgspec.json.encode(item).decode() for item in sorted(items, key=key_of)]
    whole = folder / f"{kind}.json.new"
    whole.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    whole.replace(folder / f"{kind}.json")


def practice_notice(folder: Path = FOLDER) -> PracticeNotice | None:
    """What PRACTICE.json says; None where everything is the administrators' own."""
    file = folder / "PRACTICE.json"
    if not file.exists():
        return None
    try:
        return msgspec.json.decode(file.read_bytes(), type=PracticeNotice)
    except msgspec.DecodeError as error:
        raise ReferenceUnreadable("practice", file.name, str(error)) from error


def load(folder: Path, version: int = 0) -> Reference:
    """All lists of a reference folder."""
    notice = practice_notice(folder)
    lists = {kind: load_list(folder, kind) for kind in KINDS}
    extra = {"practice": notice} if notice else {}
    return Reference(version=version, practice=bool(notice and notice.practice), extra=extra, **lists)


@lru_cache(maxsize=1)
def bundled() -> Reference:
    """The lists that ship with the program, read once."""
    return load(FOLDER, version=1)


def to_wire(kind: str, item: Any, version: int) -> ReferenceItem:
    """One item as it goes over the wire."""
    body = msgspec.to_builtins(item, str_keys=True)
    return ReferenceItem(kind=kind, key=key_of(item), version=version, body=body)


def items(reference: Reference) -> tuple[ReferenceItem, ...]:
    """Every item of every list as it goes over the wire, with the reference's version."""
    return tuple(
        to_wire(kind, item, reference.version) for kind in KINDS for item in getattr(reference, kind)
    )


def read_item(item: ReferenceItem) -> Any:
    """The domain struct in an item. Raises ReferenceUnreadable, also for a kind that there is not."""
    if item.kind not in KINDS:
        raise ReferenceUnreadable(item.kind, item.key, "no such list")
    try:
        return msgspec.convert(item.body, KINDS[item.kind], str_keys=True)
    except msgspec.ValidationError as error:
        raise ReferenceUnreadable(item.kind, item.key, str(error)) from error


def assemble(wire: Iterable[ReferenceItem], version: int, practice: bool) -> Reference:
    """The reference made of items, in any order; tombstones are left out.

    Kinds that this program does not know (a newer server) are kept in `extra`, by kind, as plain JSON.
    Raises ReferenceUnreadable.
    """
    lists: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    extra: dict[str, Any] = {}
    for item in wire:
        if item.deleted:
            continue
        if item.kind in KINDS:
            lists[item.kind][item.key] = read_item(item)
        else:
            extra.setdefault(item.kind, []).append(item.body)
    ordered = {kind: tuple(found[key] for key in sorted(found)) for kind, found in lists.items()}
    return Reference(version=version, practice=practice, extra=extra, **ordered)
