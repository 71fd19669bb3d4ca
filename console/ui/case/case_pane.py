"""One case: deadline, agency, place, reporter, words, timeline, and every act written in the pane itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from console.desk.changes import Changes
from console.desk.errors import DeskError
from console.desk.rows import CaseView
from console.domain.command import Relate
from console.domain.rights import can
from console.ui.case.acting import Acting
from console.ui.case.action_grid import ActionGrid
from console.ui.case.acts import CALLBACK
from console.ui.case.case_desk import CaseDesk
from console.ui.case.case_keys import every_key, keys_while_reading, keys_while_writing
from console.ui.case.case_sheet import CaseSheet
from console.ui.case.company import Together
from console.ui.case.composer import Composer
from console.ui.case.earlier import Earlier
from console.ui.case.giving import relate_back
from console.ui.case.grid_acts import slot_of_key
from console.ui.case.parts_of import PartsOf
from console.ui.case.post_facts import PostFacts
from console.ui.case.related_of import RelatedOf
from console.ui.case.unfinished import Unfinished, UnfinishedLine, stands_text
from console.ui.files.files_of import FilesOf
from console.ui.notices import Notices
from console.ui.parts.busy_rows import BusyRows
from console.ui.parts.failure_text import failure_text, refusal_text
from console.ui.parts.present_text import warning_text
from console.ui.parts.text import label
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

PAUSE_MS = 40  # while the cursor runs down the list, only where it rests is read


class CasePane(QWidget):
    """`left`: back to the list; `step(±1)`: the neighbour row; `go_to(id)`: another case."""

    left = Signal()
    step = Signal(int)
    go_to = Signal(str)
    outbox_wanted = Signal()
    shown = Signal(str)

    def __init__(
        self, desk: CaseDesk, signals: DeskSignals, theme: Theme, tasks: Tasks, notices: Notices
    ) -> None:
        super().__init__()
        self._desk, self._theme, self._tasks, self._notices = desk, theme, tasks, notices
        self.case_id = ""
        self.call_back: Callable[[str], object] | None = None
        self.view: CaseView | None = None
        self._begin_slot, self._begin_from = "", QApplication.focusWidget()
        self.unfinished = Unfinished(desk, tasks, self)
        self.unfinished.changed.connect(self._show_unfinished)
        self._build()
        self.files = FilesOf(desk, signals, theme, tasks, notices, self.sheet.files)
        self.parts = PartsOf(desk, signals, tasks, self.sheet.parts)
        self.related = RelatedOf(desk, tasks, self.sheet.related_cases)
        self.post_facts = PostFacts(desk, tasks, self.sheet.timeline, self)
        self.earlier = Earlier(desk, tasks, self.sheet.timeline, self._scroll)
        self.together = Together(desk, self)
        self.together.changed.connect(self._show_company)
        self.acting = Acting(desk, theme, tasks, notices, self.unfinished, self.together, self, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self._minute = QTimer(self)
        self._minute.setInterval(30_000)
        self._minute.timeout.connect(self._tick)
        self._minute.start()
        signals.changed.connect(self._on_changes)

    def _build(self) -> None:
        self.sheet = CaseSheet(self._theme)
        self.sheet.reveal_asked.connect(self._on_reveal)
        self.sheet.go_to.connect(self.go_to)
        self.sheet.outbox_wanted.connect(self.outbox_wanted)
        self.sheet.approval.pressed.connect(self.begin_slot)
        self.sheet.related_cases.parted.connect(lambda other: self._tasks.start(self._part(other)))
        self.sheet.copied.connect(
            lambda number: self._notices.say(t("case.copied", number=number), seconds=4)
        )
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        scroll.setWidget(self.sheet)
        scroll.installEventFilter(self)
        self.blank = label(t("case.none"), tone="muted", wrap=True)
        self.blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.busy = BusyRows(self._theme)
        upper = QWidget()
        upper.setProperty("fill", "surface")
        self._stack = QStackedLayout(upper)
        for part in (self.blank, self.busy, scroll):
            self._stack.addWidget(part)
        self.grid = ActionGrid(self._theme)
        self.grid.pressed.connect(self.begin_slot)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(upper, 1)
        self.line = UnfinishedLine(self._theme)
        self.line.wanted.connect(lambda slot: self.acting.go_on(slot))
        self.line.discarded.connect(self._discard)
        self._column.addWidget(self.line)
        self._column.addWidget(self.grid)
        self.setFocusProxy(scroll)
        self.grid.show_case(None, self._desk.actor, self._desk.reference)

    # showing

    def show_case(self, case: str) -> None:
        """Show this case; what was being written on the other one is kept."""
        if case == self.case_id:
            return
        self.acting.put_away()
        self.case_id, self.view, self._begin_slot = case, None, ""
        self.post_facts.follow(None)
        self._pause.start()

    def _read(self) -> None:
        if self.case_id:
            self._tasks.start(self._load(self.case_id))

    async def _load(self, case: str) -> None:
        if self.view is None:
            self._stack.setCurrentWidget(self.busy)
        view = await self._desk.case(case)
        if self.view is None:
            await self.unfinished.load(case)
        if case != self.case_id:
            return
        first, moved = self.view is None, self._moved(view)
        self.view = view
        self.parts.follow(view)
        self.related.follow(view)
        self.together.follow(case if view is not None else "")
        self.files.follow(case if view is not None else "")
        if view is None:
            self.blank.setText(t("error.not_here"))
            self._stack.setCurrentWidget(self.blank)
            self.grid.show_case(None, self._desk.actor, self._desk.reference)
            return
        self._fill(view)
        if first:
            self._scroll.verticalScrollBar().setValue(0)
        self.post_facts.follow(view)
        self.shown.emit(case)
        self._after_load(moved)

    def _moved(self, view: CaseView | None) -> bool:
        """Whether status or lead changed under the hand that is writing."""
        old = self.view
        if old is None or view is None or self.composer is None:
            return False
        return (old.case.status, old.case.lead) != (view.case.status, view.case.lead)

    def _after_load(self, moved: bool) -> None:
        if self._begin_slot:
            slot, self._begin_slot = self._begin_slot, ""
            if QApplication.focusWidget() is self._begin_from:  # not where they do something else by now
                self.begin_slot(slot)
        elif moved and self.composer is not None and self.view is not None:
            self.composer.say(stands_text(self.view))

    def _fill(self, view: CaseView) -> None:
        actor, reference = self._desk.actor, self._desk.reference
        now = self._desk.clock.now()
        hidden = can(actor, "show_contact", view.case, reference)
        may = refusal_text(hidden, reference) if hidden is not None else ""
        self.sheet.show_view(view, reference, now, may)
        self.sheet.approval.show_case(view.case, actor, reference, now)
        closed = can(actor, "attach", view.case, reference)
        self.sheet.files.allow(refusal_text(closed, reference) if closed is not None else "")
        self.grid.show_case(view.case, actor, reference, now)
        self._stack.setCurrentWidget(self._scroll)
        self._show_unfinished()

    def _show_unfinished(self) -> None:
        shown = self.view is not None and self.composer is None
        self.line.show_list(self.unfinished.of_case(self.case_id) if shown else ())

    def _discard(self) -> None:
        gone = self.unfinished.drop_all(self.case_id)
        self._notices.say(t("act.unfinished.discarded"), lambda: self.unfinished.bring_back(gone))

    def _tick(self) -> None:
        if self.view is not None:
            now = self._desk.clock.now()
            self.sheet.tick(self.view, self._desk.reference, now)
            self.sheet.approval.show_case(self.view.case, self._desk.actor, self._desk.reference, now)

    def _on_changes(self, changes: Changes) -> None:
        if self.case_id in changes.cases or changes.reference:
            self._pause.start()
        if self.case_id in changes.presence:
            self.together.refresh()

    def _show_company(self) -> None:
        self.sheet.show_company(self.together.present)
        if self.composer is not None:
            self.composer.warn(warning_text(self.together.present))

    # acts

    def begin(self, case: str, letter: str) -> None:
        """A single-letter key in the list or here: start writing that act, when the case has come."""
        slot = slot_of_key(letter)
        if slot is None:
            return
        self.show_case(case)
        if self.view is None:
            self._begin_slot, self._begin_from = slot, QApplication.focusWidget()
        else:
            self.begin_slot(slot)

    @property
    def composer(self) -> Composer | None:
        """The act that is being written."""
        return self.acting.composer

    def begin_slot(self, slot: str) -> None:
        """Begin the act of a place in the grid or its menu. A call-back has a panel of its own, where there
        is one."""
        if slot == CALLBACK.slot and self.call_back is not None:
            self.call_back(self.case_id)
        else:
            self.acting.begin_slot(slot)

    def put_in(self, composer: Composer) -> None:
        """The composer stands where the grid stood."""
        self.grid.hide()
        self._column.addWidget(composer)
        composer.show()
        self.line.hide()

    def take_out(self, composer: Composer) -> None:
        """The grid again."""
        self._column.removeWidget(composer)
        self.grid.show()

    def rest(self) -> None:
        """Keys go to the case."""
        self._scroll.setFocus()

    def read_again(self) -> None:
        """It may have changed."""
        self._pause.start()

    async def _part(self, other: str) -> None:
        body = Relate(to=other, on=False)
        try:
            await self._desk.act(self.case_id, body)
            await relate_back(self._desk, self.case_id, body)
        except DeskError as error:
            self._notices.problem(failure_text(error, self._desk.reference))

    def _on_reveal(self, reason: str) -> None:
        self._tasks.start(self._reveal(self.case_id, reason))

    async def _reveal(self, case: str, reason: str) -> None:
        reporter = await self._desk.reveal(case, reason)
        if case == self.case_id:
            self.sheet.reporter.show_full(reporter)

    # the window's wishes

    def open_menu(self) -> None:
        """Ctrl+.: the acts as a menu."""
        if self.composer is None and self.view is not None:
            self.grid.open_menu()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Period:
            self.open_menu()
        elif event.matches(QKeySequence.StandardKey.Paste):
            return self.files.paste()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_U:
            self.files.choose()
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self.step.emit(1 if key == Qt.Key.Key_J else -1)
        elif Qt.Key.Key_A <= key <= Qt.Key.Key_Z and self.case_id:
            self.begin(self.case_id, chr(key))
        else:
            return False
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.unfinished.write()

    def set_compact(self, compact: bool) -> None:
        """A low window folds the grid."""
        self.grid.set_folded(compact)

    def activated(self) -> None:
        """Keys go to the case."""
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def keys(self) -> list[tuple[str, str]]:
        """Keys valid here, for the status bar."""
        return keys_while_writing() if self.composer is not None else keys_while_reading()

    def all_keys(self) -> list[tuple[str, str]]:
        """Every key of a case, for the key sheet."""
        return every_key(self.grid.buttons, self._desk.actor)
