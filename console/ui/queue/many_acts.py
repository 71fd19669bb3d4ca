"""Acts on all chosen cases: the sheet, the batch while one works on, what is said afterwards, its undo."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from console.desk.errors import DeskError
from console.desk.progress import Work
from console.desk.rows import QueueRow
from console.domain.refusal import Refusal
from console.domain.rights import may
from console.ui.notices import Notices
from console.ui.parts.failure_text import failure_text, refusal_text
from console.ui.parts.time_text import local
from console.ui.queue.batch import Batch
from console.ui.queue.list_desk import ListDesk
from console.ui.queue.many_forms import AssignForm, Form, MergeForm, NoteForm, held_text
from console.ui.queue.many_sheet import ManySheet
from console.ui.queue.queue_room import QueueRoom
from console.ui.queue.remind_form import RemindForm
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

KINDS = {"A": "assign", "M": "merge", "N": "add_note", "D": "remind"}


class ManyActs(QObject):
    """One sheet and one batch at a time. What was typed into one that was put away is there again the next
    time.
    """

    def __init__(self, room: QueueRoom, desk: ListDesk, theme: Theme, tasks: Tasks, notices: Notices) -> None:
        super().__init__(room)
        self._room, self._desk, self._theme = room, desk, theme
        self._tasks, self._notices = tasks, notices
        self.sheet: ManySheet | None = None
        self.work: Work | None = None  # what runs
        self._left: tuple[str, Batch] | None = None  # act, and what it could not do
        self._typed: dict[str, str] = {}

    def begin(self, act: str) -> None:
        """A letter of the list, or of the bar."""
        if act == "menu":
            self.menu().popup(self._room.select_bar.mapToGlobal(QPoint(12, 0)))
        elif act in KINDS:
            self._begin(act)
        elif len(act) == 1:
            self._notices.problem(t("many.single", key=act))

    def menu(self) -> QMenu:
        """Ctrl+.: what can be done with all of them."""
        menu = QMenu(self._room)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in KINDS:
            action = menu.addAction(f"{t(f'many.{act}.title', n=len(self._ids()))}\t{act}")
            action.triggered.connect(lambda _=False, act=act: self.begin(act))
        if self._left is not None:
            menu.addAction(t("many.refused.list")).triggered.connect(self._look)
        menu.addSeparator()
        for name, key in (("copy", "Ctrl+C"), ("export", "Ctrl+E"), ("print", "Ctrl+P")):
            action = menu.addAction(f"{t(f'queue.list.{name}')}\t{key}")
            action.triggered.connect(lambda _=False, name=name: self._room.asked.emit(name))
        menu.addAction(f"{t('queue.many.none')}\tEsc").triggered.connect(self._room.selecting.clear)
        return menu

    def _ids(self) -> tuple[str, ...]:
        return self._room.selection or tuple(filter(None, (self._room.chosen,)))

    def _begin(self, act: str) -> None:
        code = may(self._desk.actor, KINDS[act], None, self._desk.reference)
        if code is not None:
            self._notices.problem(refusal_text(Refusal(code=code), self._desk.reference))
        elif self.work is not None:
            self._notices.problem(t("progress.busy"))
        elif self.sheet is None and self._ids():
            self._tasks.start(self._open(act, self._ids()))

    async def _open(self, act: str, ids: tuple[str, ...]) -> None:
        found = await self._desk.rows(ids)
        if self.sheet is not None:
            return
        form = self._form(act, ids, list(found.values()))
        sheet = self.sheet = self._sheet(act, len(ids))
        sheet.question, sheet.missing = form.question, form.missing
        sheet.effect.setText(form.effect(self._desk.undo_seconds))
        form.restore(self._typed.get(act, ""))
        form.watch(sheet.ask)
        sheet.add(*form.parts)
        sheet.finished.connect(lambda _result: self._closed(act, form))
        sheet.rejected.connect(self._room.activated)
        sheet.given.connect(lambda: self._tasks.start(self._give(act, form, sheet)))
        sheet.open()

    def _sheet(self, act: str, count: int) -> ManySheet:
        title = t(f"many.{act}.title", n=count)
        return ManySheet(self._theme, title, t(f"many.{act}.go"), self._room.window())

    def _form(self, act: str, ids: Sequence[str], rows: Sequence[QueueRow]) -> Form:
        if act == "A":
            day = local(self._desk.clock.now()).date()
            return AssignForm(self._theme, ids, rows, self._desk.reference, day)
        if act == "D":
            now, reference = self._desk.clock.now(), self._desk.reference
            return RemindForm(self._theme, ids, rows, reference, now, lambda s: held_text(rows, s))
        return MergeForm(self._theme, ids, rows, self._desk) if act == "M" else NoteForm(self._theme, ids)

    def _closed(self, act: str, form: Form) -> None:
        if act in self._typed or form.typed:
            self._typed[act] = form.typed
        self.sheet = None

    # doing it

    async def _give(self, act: str, form: Form, sheet: ManySheet) -> None:
        try:
            wrong = await form.ready()
        except DeskError as error:
            wrong = failure_text(error)
        if self.sheet is not sheet:  # put away meanwhile
            return
        if wrong:
            sheet.say_failed(wrong)
            return
        batch = Batch(self._desk, form.ids(), form.build)
        sheet.hide()  # its fields are still read, case by case
        self._room.activated()
        self._left = None
        try:
            with self._desk.works.begin(KINDS[act], len(batch.ids), cancel=batch.cancel) as work:
                self.work = work
                await batch.run(lambda: work.tell(batch.tried))
        finally:
            self.work = None
        self._end(act, form, batch)
        sheet.accept()

    def _end(self, act: str, form: Form, batch: Batch) -> None:
        self._room.model.chosen.drop(done.case for done in batch.done)
        self._left = (act, batch) if batch.refused or batch.stopped else None
        if batch.done:
            self._say_done(form, batch)
        elif batch.stopped is not None:
            self._notices.problem(failure_text(batch.stopped))
        else:
            self._notices.problem(t("many.left", n=len(batch.ids)), self._look if self._left else None)
        if len(batch.done) == len(batch.ids):
            form.restore("")
            self._typed.pop(act, None)

    def _say_done(self, form: Form, batch: Batch) -> None:
        count, left = len(batch.done), len(batch.ids) - len(batch.done)
        text = form.done(count)
        if left:
            text = f"{text} {t('many.left', n=left)}"
        look = self._look if self._left else None
        ends = [done.undo_until for done in batch.undoable if done.undo_until is not None]
        if not ends:
            self._notices.say(text, look=look)
            return
        seconds = (max(ends) - self._desk.clock.now()).total_seconds()
        self._notices.say(text, lambda: self._take_back(batch), max(1, round(seconds)), look)

    def _look(self) -> None:
        """What could not be done, and why."""
        if self.work is not None:
            self._notices.problem(t("progress.busy"))
        elif self._left is not None and self.sheet is None:
            act, batch = self._left
            sheet = self.sheet = self._sheet(act, len(batch.ids))
            sheet.finished.connect(self._looked)
            sheet.show_refused(self._refused_text(batch), self._refused_lines(batch))
            sheet.open()

    def _looked(self) -> None:
        self.sheet = None
        self._room.activated()

    def _take_back(self, batch: Batch) -> None:
        self._tasks.start(self._undo(batch))

    def _refused_text(self, batch: Batch) -> str:
        parts = [t("many.refused", n=len(batch.refused))] if batch.refused else []
        if batch.stopped is not None:
            left = len(batch.ids) - batch.tried
            parts.append(f"{failure_text(batch.stopped)} {t('many.left', n=left)}")
        return " ".join(parts)

    def _refused_lines(self, batch: Batch) -> list[str]:
        return [
            f"{one.number or t('many.unknown')}: {failure_text(one.error, self._desk.reference)}"
            for one in batch.refused
        ]

    async def _undo(self, batch: Batch) -> None:
        back, gone = await batch.take_back()
        self._room.model.chosen.put([*self._room.selection, *back])
        if gone:
            self._notices.problem(t("many.undone.part", n=len(back), gone=gone))
        else:
            self._notices.say(t("many.undone", n=len(back)), seconds=5)
