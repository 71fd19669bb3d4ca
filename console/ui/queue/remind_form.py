"""One reminder for many cases: its words keep their fields, which are filled in from each case."""

from collections.abc import Callable, Sequence
from datetime import datetime

from console.desk.rows import QueueRow
from console.domain.canned import filled, holes
from console.domain.chase_words import fields_with
from console.domain.chasing import reminder_text
from console.domain.command import AnyBody, Remind
from console.domain.reference import Reference
from console.domain.zone import local_day
from console.ui.case.reminder_edit import ReminderEdit
from console.ui.queue.many_sheet import Part
from console.ui.theme import Theme
from console.ui.words import t


class RemindForm:
    """`effect`: it rests for the time of an undo, as all that agencies are told does."""

    kind = "remind"

    def __init__(
        self,
        theme: Theme,
        ids: Sequence[str],
        rows: Sequence[QueueRow],
        reference: Reference,
        now: datetime,
        held: Callable[[int], str],
    ) -> None:
        self._ids, self._rows, self._reference, self._now = tuple(ids), rows, reference, now
        self._held, day = held, local_day(now)
        self.edit = ReminderEdit(theme, 1, lambda level: reminder_text(reference, level, day))
        self.missing = t("many.D.missing")

    @property
    def parts(self) -> tuple[Part, ...]:
        """Level and words."""
        return (Part(t("act.field.reminder"), self.edit),)

    @property
    def typed(self) -> str:
        """Level and words in one text."""
        return "\n".join(self.edit.value())

    def restore(self, typed: str) -> None:
        """As it was left."""
        level, _, words = typed.partition("\n")
        if words:
            self.edit.set_value((level, words))

    def watch(self, changed: Callable[[], object]) -> None:
        """Hear of every change."""
        self.edit.edited.connect(changed)
        self.edit.level.chosen.connect(lambda _level: changed())

    def question(self) -> str:
        """How many agencies hear of how many cases."""
        agencies = len({row.lead for row in self._rows if row.lead})
        return t("many.D.ask", n=len(self._ids), agencies=agencies) if self.edit.value() else ""

    def effect(self, undo_seconds: int) -> str:
        """What is filled in, and when it goes."""
        return f"{t('many.D.effect')} {self._held(undo_seconds)}"

    async def ready(self) -> str:
        """Fields that no case has are said before anything goes."""
        known = self._fields(self._rows[0]) if self._rows else {}
        left = [field for field in holes(self.edit.value()[1]) if field.strip("{}") not in known]
        return t("act.holes", fields=", ".join(left)) if left else ""

    def ids(self) -> tuple[str, ...]:
        """All of them: a case without an agency is refused by name."""
        return self._ids

    def build(self, row: QueueRow) -> AnyBody:
        """The words for one case."""
        level, words = self.edit.value()
        return Remind(level=int(level), text=filled(words, self._fields(row)))

    def _fields(self, row: QueueRow) -> dict[str, str]:
        type_ = self._reference.type(row.type)
        return fields_with(
            self._reference,
            self._now,
            number=row.number,
            title=row.title,
            type_name=type_.name if type_ is not None else row.type,
            commune=row.place,
            lead=row.lead,
            due=row.due,
        )

    def done(self, count: int) -> str:
        """What is said afterwards."""
        return t("many.D.done", n=count)
