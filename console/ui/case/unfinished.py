"""What was typed into an act and not given: on disk within half a second, and offered again on its case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QWidget

from console.desk.rows import CaseView, Composed
from console.domain.case import Case
from console.ui.case.act import Act, Field, Values
from console.ui.case.composer import Composer
from console.ui.case.grid_acts import EVERY_ACT
from console.ui.parts.buttons import KeyButton, quiet, secondary
from console.ui.parts.chip import status_text
from console.ui.parts.text import label
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

PAUSE_MS = 300
"""While an act is open, its fields are looked at so often; only what has changed is written."""


class WordsDesk(Protocol):
    """What keeping words asks of the desk."""

    async def composed(self, case_id: str) -> tuple[Composed, ...]: ...
    async def keep_composed(self, composed: Composed) -> None: ...
    async def forget_composed(self, case_id: str, slot: str) -> None: ...


class Unfinished(QObject):
    """By case and place in the grid. `changed`: another list for the case on the screen."""

    changed = Signal()

    def __init__(self, desk: WordsDesk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._kept: dict[tuple[str, str], Composed] = {}
        self._open: tuple[Case, Composer, Values] | None = None
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self.write)

    async def load(self, case: str) -> None:
        """What the disk has of a case; what was typed since this program began is newer."""
        for one in await self._desk.composed(case):
            self._kept.setdefault((case, one.slot), one)

    def of_case(self, case: str) -> list[Composed]:
        """What is unfinished there."""
        return [one for (of, _), one in self._kept.items() if of == case]

    def get(self, case: str, slot: str) -> Composed | None:
        """What was typed into the act at that place."""
        return self._kept.get((case, slot))

    def watch(self, case: Case, composer: Composer) -> None:
        """From now on what is typed there is kept."""
        self._open = (case, composer, composer.values())
        self._timer.start()

    def write(self) -> None:
        """What stands in the open composer goes to disk."""
        if self._open is not None:
            case, composer, first = self._open
            self._put(case, composer.act, composer.values(), first)

    def close(self) -> None:
        """The composer goes; its words stay."""
        self._timer.stop()
        self.write()
        self._open = None
        self.changed.emit()

    def _put(self, case: Case, act: Act, values: Values, first: Values) -> None:
        before = self._kept.get((case.id, act.slot))
        if not worth(act, values, first if before is None else {}):
            if before is not None:
                self.drop(case.id, act.slot)
            return
        base = (case.status.value, case.lead)
        if before is not None and values == first:
            base = (before.status, before.lead)  # only looked at: still written as things stood then
        made = composed_of(case.id, act, values, base, before.saved_at if before else case.entered_at)
        if before is None or plain(made) != plain(before):
            self._kept[case.id, act.slot] = made
            self._tasks.start(self._desk.keep_composed(made))

    def keep(self, case: Case, act: Act, values: Values) -> None:
        """Words that came back: refused, or undone."""
        made = composed_of(case.id, act, values, (case.status.value, case.lead), case.entered_at)
        self._kept[case.id, act.slot] = made
        self._tasks.start(self._desk.keep_composed(made))
        self.changed.emit()

    def drop(self, case: str, slot: str) -> None:
        """It was given, or discarded."""
        if self._open is not None and (self._open[0].id, self._open[1].act.slot) == (case, slot):
            self._timer.stop()
            self._open = None
        gone = self._kept.pop((case, slot), None)
        if gone is not None:
            self._tasks.start(self._desk.forget_composed(case, slot))
            self.changed.emit()

    def drop_all(self, case: str) -> list[Composed]:
        """Discard what is unfinished on a case; what that was."""
        gone = self.of_case(case)
        for one in gone:
            self.drop(case, one.slot)
        return gone

    def into_note(self, kept: Composed, note: Composer, view: CaseView, why: str) -> None:
        """Its act can no longer be done (`why`): its words go on as a note, behind what stands there."""
        before = str(note.values().get("text") or "")
        note.write({"text": "\n".join(part for part in (before, words_of(kept)) if part)})
        note.say(" ".join(part for part in (why, moved_text(kept, view), t("act.unfinished.asNote")) if part))
        self.write()
        self.drop(kept.case, kept.slot)

    def bring_back(self, gone: Sequence[Composed]) -> None:
        """Discarded by mistake."""
        for one in gone:
            self._kept[one.case, one.slot] = one
            self._tasks.start(self._desk.keep_composed(one))
        self.changed.emit()


def worth(act: Act, values: Values, first: Values) -> bool:
    """Whether there are words in it, or a choice other than the one proposed."""
    texts = [field.name for field in act.fields if _is_text(field)]
    if any(str(values.get(name) or "").strip() for name in texts):
        return True
    return bool(first) and values != first


def composed_of(case: str, act: Act, values: Values, base: tuple[str, str | None], at: datetime) -> Composed:
    """As it goes to disk."""
    times = {name: value for name, value in values.items() if isinstance(value, datetime)}
    others = {name: value for name, value in values.items() if name not in times}
    status, lead = base
    return Composed(
        case=case, slot=act.slot, kind=act.kind, values=others, times=times, status=status, lead=lead,
        saved_at=at,
    )  # fmt: skip


def plain(one: Composed) -> tuple[Any, ...]:
    """What is compared: not when it was written."""
    return one.kind, dict(values_of(one)), one.status, one.lead


def values_of(one: Composed) -> Values:
    """As a composer takes it."""
    return {**one.values, **one.times}


def words_of(one: Composed) -> str:
    """All its words, to become a note where the act itself can no longer be done."""
    texts = {
        field.name for act in EVERY_ACT if act.kind == one.kind for field in act.fields if _is_text(field)
    }
    found = [str(one.values.get(name) or "").strip() for name in one.values if name in texts]
    return "\n".join(words for words in found if words)


def _is_text(field: Field) -> bool:
    return field.kind == "text"


def moved_text(one: Composed, view: CaseView) -> str:
    """What stands there now, where the case has moved since it was written; "" where it has not."""
    case = view.case
    return "" if (one.status, one.lead) == (case.status.value, case.lead) else stands_text(view)


def stands_text(view: CaseView) -> str:
    """What stands there now, for whoever was writing meanwhile."""
    lead = view.row.lead_name or t("refusal.no_lead")
    return t("act.moved", status=status_text(view.row.display_status), lead=lead)


class UnfinishedLine(QWidget):
    """Above the grid: a button for each unfinished act. `wanted(slot)`; `discarded`."""

    wanted = Signal(str)
    discarded = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.buttons: dict[str, KeyButton] = {}
        self.setProperty("fill", "warnSoft")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(14), theme.px(6), theme.px(10), theme.px(6))
        self._row.setSpacing(theme.px(6))
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it never widens the pane
        self._row.addWidget(label(t("act.unfinished"), "small", "warnText"))
        self._row.addStretch(1)
        self.away = quiet(theme, t("act.unfinished.discard"))
        self.away.clicked.connect(self.discarded)
        self._row.addWidget(self.away)
        self.hide()

    def show_list(self, unfinished: Sequence[Composed]) -> None:
        """One button each; nothing unfinished: no line."""
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for at, one in enumerate(unfinished, 1):
            button = secondary(self._theme, t(f"slot.{one.slot}"))
            button.setAccessibleName(f"{t('act.unfinished')} {t(f'act.{one.kind}.title')}")
            button.clicked.connect(lambda _on=False, slot=one.slot: self.wanted.emit(slot))
            self._row.insertWidget(at, button)
            self.buttons[one.slot] = button
        self.setMinimumHeight(self._row.sizeHint().height())
        self.setVisible(bool(unfinished))
