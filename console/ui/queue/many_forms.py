"""What is asked for each act on many cases, and the command that it becomes for one of them."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from console.desk.rows import QueueRow
from console.domain.category import Urgency
from console.domain.command import AddNote, AnyBody, Assign, Merge
from console.domain.number import BadNumber, parse_number
from console.domain.reference import Reference, in_force
from console.ui.case.agency_picker import AgencyPicker, entries
from console.ui.queue.list_desk import ListDesk
from console.ui.queue.many_sheet import Part, TargetField, text_field
from console.ui.theme import Theme
from console.ui.words import t

Build = Callable[[QueueRow], AnyBody]
LISTED = 200  # chosen cases that are offered as the one to merge into


class Form(Protocol):
    """`kind`: the tag of the command. `ready` may have to ask the desk, and answers what is wrong, or ""."""

    kind: str
    missing: str

    @property
    def parts(self) -> tuple[Part, ...]: ...
    @property
    def typed(self) -> str: ...
    def restore(self, typed: str) -> None: ...
    def watch(self, changed: Callable[[], object]) -> None: ...
    def question(self) -> str: ...
    def effect(self, undo_seconds: int) -> str: ...
    async def ready(self) -> str: ...
    def ids(self) -> tuple[str, ...]: ...
    def build(self, row: QueueRow) -> AnyBody: ...
    def done(self, count: int) -> str: ...


def held_text(rows: Sequence[QueueRow], undo_seconds: int) -> str:
    """What becomes of commands that others are told of: they rest for a while, but for critical cases."""
    if undo_seconds <= 0:
        return t("many.atOnce")
    critical = sum(row.urgency is Urgency.CRITICAL for row in rows)
    text = t("many.held", s=undo_seconds)
    return f"{text} {t('many.critical', n=critical)}" if critical else text


class AssignForm:
    """To one agency, each in place of the one that leads it now."""

    kind = "assign"

    def __init__(
        self, theme: Theme, ids: Sequence[str], rows: Sequence[QueueRow], reference: Reference, day: date
    ) -> None:
        self._ids, self._rows, self._reference = tuple(ids), rows, reference
        leads = Counter(row.lead for row in rows if row.lead)
        self.picker = AgencyPicker(
            theme, entries(in_force(reference.agencies, day)), [lead for lead, _ in leads.most_common()]
        )
        self.words = text_field(theme)
        self.missing = t("many.A.missing")

    @property
    def parts(self) -> tuple[Part, ...]:
        return (
            Part(t("act.field.lead"), self.picker),
            Part(f"{t('act.field.instruction')} · {t('act.optional')}", self.words),
        )

    @property
    def typed(self) -> str:
        return self.words.toPlainText()

    def restore(self, typed: str) -> None:
        self.words.setPlainText(typed)

    def watch(self, changed: Callable[[], object]) -> None:
        self.picker.changed.connect(changed)

    def _agency(self) -> str:
        agency = self._reference.agency(self.picker.chosen)
        return agency.name if agency is not None else ""

    def question(self) -> str:
        agency = self._agency()
        return t("many.A.ask", n=len(self._ids), agency=agency) if agency else ""

    def effect(self, undo_seconds: int) -> str:
        return held_text(self._rows, undo_seconds)

    async def ready(self) -> str:
        return ""

    def ids(self) -> tuple[str, ...]:
        return self._ids

    def build(self, row: QueueRow) -> AnyBody:
        return Assign(lead=self.picker.chosen, expects=row.lead, instruction=self.typed.strip())

    def done(self, count: int) -> str:
        return t("many.A.done", n=count, agency=self._agency())


class MergeForm:
    """Into one of them, the oldest unless somebody says otherwise, or into another case."""

    kind = "merge"

    def __init__(self, theme: Theme, ids: Sequence[str], rows: Sequence[QueueRow], desk: ListDesk) -> None:
        self._ids, self._rows, self._desk = tuple(ids), {row.id: row for row in rows}, desk
        oldest = sorted(rows, key=lambda row: (not row.status.is_open, row.entered_ms))
        oldest = oldest[:LISTED] if len(oldest) > 1 else []  # a single one cannot go into itself
        self.field = TargetField(
            theme, [(row.id, " · ".join((row.number, row.title, row.place))) for row in oldest]
        )
        self._other = ""
        self.missing = t("many.M.missing" if oldest else "many.M.number")

    @property
    def parts(self) -> tuple[Part, ...]:
        return (Part(t("many.M.into"), self.field),)

    @property
    def typed(self) -> str:
        return self.field.number

    def restore(self, typed: str) -> None:
        self.field.other.setText(typed)

    def watch(self, changed: Callable[[], object]) -> None:
        self.field.changed.connect(changed)

    def _target(self) -> str:
        return self.field.case or self._other

    def _number(self) -> str:
        row = self._rows.get(self.field.case)
        return row.number if row is not None else self.field.number

    def question(self) -> str:
        count = len([case for case in self._ids if case != self.field.case])
        return t("many.M.ask", n=count, number=self._number()) if count and self._number() else ""

    def effect(self, undo_seconds: int) -> str:
        return f"{t('many.M.effect')} {held_text(tuple(self._rows.values()), undo_seconds)}"

    async def ready(self) -> str:
        self._other = ""
        if self.field.case:
            return ""
        number = parse_number(self.field.number)
        if isinstance(number, BadNumber):
            return t("search.badCheck", text=self.field.number)
        view = await self._desk.case_by_number(str(number))
        if view is None:
            return t("search.unknown", text=str(number))
        self._other = view.case.id
        return "" if self.ids() else self.missing

    def ids(self) -> tuple[str, ...]:
        return tuple(case for case in self._ids if case != self._target())

    def build(self, row: QueueRow) -> AnyBody:
        return Merge(into=self._target())

    def done(self, count: int) -> str:
        return t("many.M.done", n=count, number=self._number())


class NoteForm:
    """The same internal note on each."""

    kind = "add_note"

    def __init__(self, theme: Theme, ids: Sequence[str]) -> None:
        self._ids = tuple(ids)
        self.words = text_field(theme)
        self.missing = t("many.N.missing")

    @property
    def parts(self) -> tuple[Part, ...]:
        return (Part(t("act.field.note"), self.words),)

    @property
    def typed(self) -> str:
        return self.words.toPlainText()

    def restore(self, typed: str) -> None:
        self.words.setPlainText(typed)

    def watch(self, changed: Callable[[], object]) -> None:
        self.words.textChanged.connect(changed)

    def question(self) -> str:
        return t("many.N.ask", n=len(self._ids)) if self.typed.strip() else ""

    def effect(self, undo_seconds: int) -> str:
        return t("many.N.effect")

    async def ready(self) -> str:
        return ""

    def ids(self) -> tuple[str, ...]:
        return self._ids

    def build(self, row: QueueRow) -> AnyBody:
        return AddNote(text=self.typed.strip(), audience="internal")

    def done(self, count: int) -> str:
        return t("many.N.done", n=count)
