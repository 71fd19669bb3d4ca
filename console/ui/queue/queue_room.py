"""The queue's room: reads pages from the desk, follows the feed, and holds back what would move rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from console.desk.changes import Changes
from console.desk.errors import DeskError
from console.desk.presence import Present
from console.desk.rows import Filter, QueueRow, Sort, View
from console.domain.case import Actor
from console.domain.reference import Reference
from console.ui.memory import Memory
from console.ui.parts.busy_rows import BusyRows
from console.ui.parts.failure_text import failure_text
from console.ui.parts.tab_row import TabRow
from console.ui.parts.text import label
from console.ui.parts.time_text import clock_text, local
from console.ui.queue.filter_bar import FilterBar
from console.ui.queue.following import Following
from console.ui.queue.idle import Idle
from console.ui.queue.laying_out import LayingOut
from console.ui.queue.model import QueueModel
from console.ui.queue.news_slot import NewsSlot
from console.ui.queue.reading import Anchor, PageDesk, PageReader
from console.ui.queue.select_bar import SelectBar
from console.ui.queue.selecting import Selecting
from console.ui.queue.state import QueueState
from console.ui.queue.table import QueueTable
from console.ui.queue.viewing import Asked, Viewing, ViewsDesk, kept_order
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

FILTER_KEY = "/"
MERGE_KEY = "M"  # asks for the other case in any case


class Clock(Protocol):
    """The desk's clock: the centre's time."""

    def now(self) -> datetime: ...


class QueueDesk(PageDesk, ViewsDesk, Protocol):
    """What the queue asks of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def reference(self) -> Reference: ...
    def presence(self, case_id: str) -> tuple[Present, ...]: ...
    async def rows(self, ids: Sequence[str]) -> dict[str, QueueRow]: ...
    async def among(self, view: View, filter: Filter, ids: Sequence[str]) -> frozenset[str]: ...


class QueueRoom(QWidget):
    """`selected(id)` as the cursor moves, `opened(id)` on Enter, `letter(id, key)` for single keys.

    `many(act)`: to be done with all that is chosen; `asked(name)`: copy, export, print.
    """

    selected = Signal(str)
    opened = Signal(str)
    previewed = Signal(str)
    letter = Signal(str, str)
    menu = Signal(str)
    many = Signal(str)
    asked = Signal(str)
    words_cleared = Signal()
    loaded = Signal()

    def __init__(
        self, desk: QueueDesk, signals: DeskSignals, theme: Theme, tasks: Tasks, memory: Memory,
        view: View = View.OPEN,
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._theme, self._tasks, self._memory = desk, theme, tasks, memory
        sort, reverse = kept_order(memory)
        self.state = QueueState(user=desk.actor.user, view=view, sort=sort, reverse=reverse)
        self.model = QueueModel(self.state, desk.clock.now, self, desk.presence)
        self.chosen = ""  # the selected case; it stays chosen also where its row is not in the view
        self.reader = PageReader(desk, self.model, tasks.start, self)
        self.following = Following(desk, self.model, tasks.start, self)
        self._error = ""
        self._wants_focus = False
        self._used = False  # a key or the pointer was ever in the list
        self._build()
        self.model.words.learn(desk.reference)
        self.layouts = LayingOut(self.table, memory, self)
        self.viewing = Viewing(
            desk, theme, tasks, memory, self.state, desk.actor.user, self.tabs, self.bar, self.layouts, self
        )
        self.selecting = Selecting(self.table, self.model, self.reader, tasks.start, self)
        self._wire(signals)

    def _build(self) -> None:
        theme = self._theme
        self.tabs = TabRow(theme)
        today = local(self._desk.clock.now()).date()
        self.bar = FilterBar(theme, self._desk.reference, today, self._desk.actor.user)
        self.slot = NewsSlot(theme)
        self.table = QueueTable(theme, self.model)
        self.table.setAccessibleName(t("nav.queue"))
        self.busy = BusyRows(theme)
        self.blank: QLabel = label(t("queue.empty"), tone="muted", wrap=True)
        self.blank.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.blank.setMargin(theme.px(48))
        body = QWidget()
        self._stack = QStackedLayout(body)
        for part in (self.busy, self.table, self.blank):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.tabs, self.bar, self.slot):
            column.addWidget(widget)
        column.addWidget(body, 1)
        self.select_bar = SelectBar(theme, self.model.chosen)
        column.addWidget(self.select_bar)
        self.setFocusProxy(self.table)

    def _wire(self, signals: DeskSignals) -> None:
        self.viewing.asked.connect(self._on_asked_for)
        self.viewing.words_cleared.connect(self.words_cleared)
        self.bar.left.connect(self.activated)
        shortcut = QShortcut(QKeySequence(FILTER_KEY), self, self.bar.open_line)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.slot.wanted.connect(self.refresh)
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self.opened)
        self.table.previewed.connect(self.previewed)
        self.table.letter.connect(self._on_letter)
        self.table.menu.connect(self._on_menu)
        self.table.used.connect(self._touch)
        self.select_bar.cleared.connect(self.selecting.clear)
        self.select_bar.pressed.connect(self.many)
        self.table.asked.connect(self._on_asked)
        signals.changed.connect(self.on_changes)
        self.following.counted.connect(self.viewing.count_soon)
        self.following.told.connect(self._tell)
        self.following.stale.connect(lambda: self._tasks.start(self._load(anchored=self._used)))
        self._minute = QTimer(self)
        self._minute.setInterval(30_000)
        self._minute.timeout.connect(self._tick)
        self._minute.start()
        self._idle = Idle(self)
        self._idle.left.connect(lambda: self.refresh() if self.state.held else None)

    # questions

    def start(self) -> None:
        """Read the first page."""
        self._tasks.start(self._load())
        self._tasks.start(self.viewing.read())

    def refresh(self) -> None:
        """F5: bring in what waits; the chosen row stays where the eye is."""
        self._tasks.start(self._load(anchored=True))

    def show_view(self, view: View) -> None:
        """A built-in view, from its top."""
        self.viewing.show(view)

    def _on_asked_for(self, asked: Asked) -> None:
        self._tasks.start(self._load(asked.view, asked.filter, asked.sort, asked.reverse))

    def set_words(self, words: str) -> None:
        """The search box's words."""
        self.bar.set_words(words)

    async def _load(
        self,
        view: View | None = None,
        filter: Filter | None = None,
        sort: Sort | None = None,
        reverse: bool | None = None,
        anchored: bool = False,
    ) -> None:
        state = self.state
        at = state.index_of(self.chosen) if anchored and self.chosen else None
        seen = at is not None and self.table.sees(at)
        top = self.table.top_row() if anchored else ("", 0)
        places = ((case, state.index_of(case)) for case in (self.chosen, top[0]) if anchored)
        anchors = [Anchor(case, place) for case, place in places if place is not None]
        generation = state.ask(view, filter, sort, reverse)
        try:
            pages = await self.reader.anew(anchors)
        except DeskError as error:
            if generation == state.generation:
                self._show_error(error)
            return
        if generation != state.generation:
            return
        self._error = ""
        self.model.begin(pages)
        self.table.set_order(state.sort, state.reverse)
        self._settle(at, top, seen)
        self.loaded.emit()
        await self.viewing.count()

    # places and anchors

    def _settle(self, at: int | None, top: tuple[str, int], seen: bool) -> None:
        """After new rows came in: the same row chosen, the same row at the top of the pane, unless the chosen
        one was seen and would not be any more."""
        self._show_body()
        self._tell()
        index = self.state.index_of(self.chosen) if self.chosen else None
        top_at = self.state.index_of(top[0]) if top[0] else None
        if index is None and not self.chosen and self.state.total:
            index = 0
        if index is not None:
            self.table.go(index)
        elif at is not None:
            self.table.scroll_row(at, 0)
        if top_at is not None:
            self.table.scroll_row(top_at, top[1])
            if seen and index is not None and not self.table.sees(index):
                self.table.go(index)

    def select(self, case: str) -> None:
        """Choose a case from elsewhere (map, search); its row is marked where it is on hand."""
        self.chosen = case
        index = self.state.index_of(case)
        if index is not None:
            self.table.go(index)
        else:
            self.table.clearSelection()
            self.table.setCurrentIndex(self.model.index(-1, -1))

    def _on_moved(self, case: str) -> None:
        if case != self.chosen:
            self.chosen = case
            self.selected.emit(case)

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of the chosen cases, as they were chosen; none: acts mean the current row."""
        return self.model.chosen.ids

    def select_many(self, ids: Sequence[str]) -> None:
        """Choose these and no others, also where they are not in the view."""
        self.model.chosen.put(ids)

    def _on_letter(self, case: str, letter: str) -> None:
        if letter == MERGE_KEY or set(self.selection) - {case}:
            self.many.emit(letter)
        else:
            self.letter.emit(case, letter)

    def _on_menu(self, case: str) -> None:
        if self.selection:
            self.many.emit("menu")
        else:
            self.menu.emit(case)

    def _on_asked(self, name: str) -> None:
        if name == "columns":
            self.layouts.open_menu()
        else:
            self.asked.emit(name)

    def _touch(self) -> None:
        self.state.touched = self._used = True

    # the feed

    def on_changes(self, changes: Changes) -> None:
        """What changed at the desk."""
        if changes.reference:
            self._show_reference()
        if changes.views:
            self._tasks.start(self.viewing.read())
            self.model.words.learn(self._desk.reference)
        self.following.hear(changes)

    def _tick(self) -> None:
        self.model.tick()
        self.viewing.count_soon()

    # what is said

    def _tell(self) -> None:
        count, state = len(self.state.news), self.state
        if self._error:
            self.slot.tell(self._error, live=True, tone="warnText")
        elif count:
            self.slot.tell(t("queue.new", n=count), live=True)
        elif state.held:
            self.slot.tell(t("queue.moved"), live=True)
        else:
            self.slot.tell(t("queue.noNews"), live=False)

    def _show_error(self, error: DeskError) -> None:
        shown = self.state.loaded_at
        self._error = (
            t("queue.error", time=clock_text(shown)) if shown else f"{failure_text(error)} {t('queue.retry')}"
        )
        self._tell()
        if shown is None:
            self.blank.setText(self._error)
            self._stack.setCurrentWidget(self.blank)

    def _show_body(self) -> None:
        if self.state.total:
            self._stack.setCurrentWidget(self.table)
            if self._wants_focus and self.isVisible():  # rows that come later take it from no other room
                self.table.setFocus()
            self._wants_focus = False
            return
        self.blank.setText(t("queue.empty.filtered" if self.state.filtered else "queue.empty"))
        self._stack.setCurrentWidget(self.blank)

    def _show_reference(self) -> None:
        self.bar.set_reference(self._desk.reference, local(self._desk.clock.now()).date())

    # the window's wishes

    @property
    def failed(self) -> bool:
        """Whether the last reading failed, so that Ctrl+R has something to do here."""
        return bool(self._error)

    def set_compact(self, compact: bool) -> None:
        """Single-line rows for narrow windows; the fourth filter makes room."""
        self.table.set_compact(compact)
        self.bar.category.setVisible(not compact)

    def activated(self) -> None:
        """The room is shown: keys go to the rows."""
        self._wants_focus = self.table.isHidden()
        self.table.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        """Keys valid here, for the status bar."""
        deciding = [("Y", t("approval.yes")), ("X", t("approval.no"))]
        return [
            *(deciding if self.state.view is View.APPROVAL else ()),
            ("J", ""),
            ("K", t("key.row")),
            ("Enter", t("key.open")),
            ("A", t("key.forward")),
            ("Ctrl N", t("key.new")),
            ("F1", t("key.keys")),
        ]

    def all_keys(self) -> list[tuple[str, str]]:
        """Every key of the list, for the key sheet."""
        return [
            ("J / K", t("key.row")),
            ("Enter", t("key.open")),
            ("Space", t("key.preview")),
            ("Ctrl .", t("key.menu")),
            ("F5", t("key.refresh")),
            (FILTER_KEY, t("filter.open")),
            ("Ctrl Shift L", t("key.clearFilter")),
            ("Ctrl Space", t("key.choose")),
            ("Shift ↑ ↓", t("key.reach")),
            ("Ctrl A", t("key.chooseAll")),
            ("M", t("key.merge")),
            ("Ctrl C", t("queue.list.copy")),
            ("Ctrl E", t("queue.list.export")),
            ("Ctrl P", t("queue.list.print")),
            ("Ctrl Shift O", t("key.columns")),
        ]
