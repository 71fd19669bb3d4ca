"""One item under the hands of an administrator: from the first letter to its publication. No widgets.

What is typed goes to the disk and is looked at beforehand; published it replaces nothing unread.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from console.desk.administration.administration import Administration, Preview
from console.desk.administration.edits import Edit
from console.domain.case import Role
from console.domain.reference import Reference
from console.protocol.administration import NEW, Person, StationRow
from console.protocol.wire import ReferenceItem
from console.reference import to_wire
from console.reference.shapes import Fault, fields_of, made
from console.ui.admin.lines import Line, values_for
from console.ui.admin.words import OF_PEOPLE, PEOPLE, STATIONS

SPAN_NAMES = ("valid_from", "valid_to")
replace = msgspec.structs.replace


class Editing:
    """`line` None: nothing is chosen."""

    def __init__(
        self, door: Administration, reference: Callable[[], Reference], today: Callable[[], date]
    ) -> None:
        self._door, self._reference, self._today = door, reference, today
        self.kind = ""
        self.line: Line | None = None
        self.edit: Edit | None = None
        self._moved = False  # its beginning was set for the reader once
        self._over = False  # somebody else's change has been shown: publish over it

    def open(self, kind: str, line: Line, edit: Edit | None) -> dict[str, Any]:
        """Begin with an item, or go on with what was typed; what the form shows."""
        self.kind, self.line, self.edit = kind, line, edit
        self._moved, self._over = edit is not None, False
        if edit is not None:
            return dict(edit.values)
        return values_for(kind, line.item) if line.item is not None else self.blank(kind)

    def blank(self, kind: str) -> dict[str, Any]:
        """What a new item begins with."""
        if kind == PEOPLE:
            return {"active": True, "role": "operator"}
        if kind == STATIONS:
            return {}
        names = {field.name for field in fields_of(kind)}
        values: dict[str, Any] = {"valid_from": self._today().isoformat()} if "valid_from" in names else {}
        if kind == "phrases":
            values["use"] = "intake"
        return values

    def begins(self, field: str, values: dict[str, Any]) -> str | None:
        """From when a change of this field holds, where nobody has said so yet: from today, so that what held
        until now stays on record. None: as it is."""
        if self._moved or self.line is None or self.line.item is None or field in SPAN_NAMES:
            return None
        self._moved = True
        first = getattr(self.line.item, "valid_from", None)
        return self._today().isoformat() if first is not None and first < self._today() else None

    async def keep(self, values: dict[str, Any], note: str) -> Edit:
        """Put it on disk. Raises StoreFull."""
        assert self.line is not None
        base = self.edit.base if self.edit is not None else self._version()
        name = str(values.get("name") or values.get("title") or "")
        self.edit = Edit(kind=self.kind, key=self.line.key, name=name, base=base, values=values, note=note)
        await self._door.keep_edit(self.edit)
        return self.edit

    def _version(self) -> int:
        """Of what it is written over: the reference's, or the user's own."""
        item = self.line.item if self.line is not None else None
        if isinstance(item, Person):
            return item.version
        return NEW if self.kind == PEOPLE else self._reference().version

    async def drop(self, edit: Edit | None) -> None:
        """Forget what was typed, whatever is open by now."""
        if edit is not None:
            await self._door.drop_edit(edit)
        if self.edit is edit:
            self.edit = None

    # reference data

    def items(self, values: dict[str, Any]) -> tuple[tuple[ReferenceItem, ...], tuple[Fault, ...]]:
        """What would be published, or what is wrong with the fields."""
        item, faults = made(self.kind, values)
        return ((), faults) if item is None else ((to_wire(self.kind, item, 0),), ())

    async def preview(self, values: dict[str, Any]) -> Preview | None:
        """None while the fields are no item."""
        items, faults = self.items(values)
        return None if faults else await self._door.preview(items)

    async def publish(self, values: dict[str, Any], note: str) -> None:
        """Let the centre take it; then it is no draft any more. The fields are right already. Raises what
        keeps it from being published; it stays a draft then."""
        edit = self.edit
        if self.kind == PEOPLE:
            await self._door.keep_person(self.person(values, note))
        elif self.kind == STATIONS:
            await self._door.keep_station(self.station(values))
        else:
            items, _ = self.items(values)
            base = self.edit.base if self.edit is not None and not self._over else self._reference().version
            await self._door.publish(items, base, note)
        await self.drop(edit)

    def overtake(self) -> None:
        """The other's change has been seen: the next publication goes on top of it."""
        self._over = True

    async def remove(self, note: str) -> None:
        """Take out an item that does not hold yet."""
        assert self.line is not None
        edit = self.edit
        gone = ReferenceItem(kind=self.kind, key=self.line.key, version=0, deleted=True)
        await self._door.publish((gone,), self._reference().version, note)
        await self.drop(edit)

    # people and stations

    def faults_of_person(self, values: dict[str, Any]) -> tuple[Fault, ...]:
        """What is missing, before the centre is asked."""
        found = [
            Fault(field=field.name, why="missing")
            for field in OF_PEOPLE
            if field.required and not str(values.get(field.name) or "").strip()
        ]
        if (values.get("role") == "agency") != bool(values.get("agency")):
            found.append(Fault(field="agency", why="agencyOfRole"))
        return tuple(found)

    def person(self, values: dict[str, Any], note: str = "") -> Person:
        """The user as typed."""
        version = self.edit.base if self.edit is not None and not self._over else self._version()
        return Person(
            code=str(values["code"]).strip(),
            name=str(values["name"]).strip(),
            role=Role(values["role"]),
            agency=values.get("agency") or None,
            active=bool(values.get("active")),
            version=version,
            note=note,
        )

    def station(self, values: dict[str, Any]) -> StationRow:
        """The workstation as typed; its key stays."""
        item = self.line.item if self.line is not None else None
        stands = (
            item if isinstance(item, StationRow) else StationRow(code=str(values.get("code") or "").strip())
        )
        return replace(stands, name=str(values.get("name") or "").strip())
