"""The outbox's room: what needs somebody, what waits, what was sent; drafts; and the pane for one of them."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from console.desk.changes import Changes
from console.desk.errors import NotHere
from console.desk.rows import Draft, Outbox, OutboxRow, Sending
from console.ui.notices import Notices
from console.ui.outbox.acts import OutboxActs
from console.ui.outbox.carry import Carry, CarryDesk, Errand
from console.ui.outbox.half_done import HalfDesk, HalfDone
from console.ui.outbox.item_pane import ItemPane
from console.ui.outbox.lines import Line, bin_lines, draft_lines, outbox_lines
from console.ui.outbox.model import OutboxModel
from console.ui.outbox.outbox_desk import OutboxDesk
from console.ui.outbox.pane_foot import APPLY, COPY, DROP, LATER, MEND, SERVER
from console.ui.outbox.reading import CONFLICT
from console.ui.outbox.table import OutboxTable
from console.ui.parts.buttons import quiet
from console.ui.parts.tab_row import TabRow
from console.ui.parts.text import OneLine, label
from console.ui.parts.time_text import clock_seconds_text
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

OUTBOX, DRAFTS, BIN = "outbox", "drafts", "bin"
BURST_MS = 150  # changes that come together are read once
KEYS = (
    ("Ctrl+Return", APPLY), ("Ctrl+Enter", APPLY), ("Alt+T", SERVER), ("Ctrl+E", MEND),
    ("Ctrl+Shift+C", COPY), ("Esc", LATER),
)  # fmt: skip
SAID = {
    MEND: "outbox.key.mend",
    APPLY: "outbox.key.apply",
    SERVER: "outbox.key.server",
    COPY: "outbox.key.copy",
    DROP: "outbox.key.drop",
}
"""What the status bar calls the pane's buttons."""


class OutboxRoomDesk(OutboxDesk, CarryDesk, HalfDesk, Protocol):
    """What the room and its parts ask of the desk."""


class OutboxRoom(QWidget):
    """`resume(draft_id)`: go on with a draft at the intake."""

    resume = Signal(str)

    def __init__(
        self,
        desk: OutboxRoomDesk,
        signals: DeskSignals,
        theme: Theme,
        tasks: Tasks,
        notices: Notices,
        errand: Errand,
    ) -> None:
        super().__init__()
        self._desk, self._theme, self._tasks, self._notices = desk, theme, tasks, notices
        self.box: Outbox | None = None
        self.drafts: tuple[Draft, ...] = ()
        self.bin: tuple[OutboxRow, ...] = ()
        self.chosen = {OUTBOX: "", DRAFTS: "", BIN: ""}
        self._arriving = False
        self._build(errand)
        self._wire(signals)

    def _build(self, errand: Errand) -> None:
        theme = self._theme
        self.tabs = TabRow(theme)
        self.tabs.add(OUTBOX, t("nav.outbox"))
        self.tabs.add(DRAFTS, t("outbox.drafts"))
        self.tabs.add(BIN, t("outbox.bin"))
        self.carry = Carry(self._desk, theme, self._tasks, self._notices, errand, self)
        self._add_carry_buttons()
        self.tabs.choose(OUTBOX)
        self.model = OutboxModel(self)
        self.table = OutboxTable(theme, self.model)
        self.table.setAccessibleName(t("nav.outbox"))
        self.blank: QLabel = label("", tone="muted", wrap=True)
        self.blank.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.blank.setMargin(theme.px(48))
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.blank)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(body, 1)
        column.addWidget(self._foot())
        self.halves = HalfDone(self._desk, self._tasks, self)
        self.pane = ItemPane(self._desk, theme, self.halves)
        self.acts = OutboxActs(self._desk, self.pane, self._tasks, self._notices, self)
        self._split(left)
        self.setFocusProxy(self.table)

    def _add_carry_buttons(self) -> None:
        theme, carry = self._theme, self.carry
        self.export = quiet(theme, t("carry.out"), "Ctrl Shift S", "ph.hard-drives")
        self.take_in = quiet(theme, t("carry.in"), "Ctrl Shift O", "ph.download-simple")
        for button, act in ((self.export, carry.export), (self.take_in, carry.take)):
            button.clicked.connect(act)
            self.tabs.append(button)

    def _split(self, left: QWidget) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self.pane)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([5700, 4300])  # shares: Qt makes pixels of them
        left.setMinimumWidth(self._theme.px(430))
        self.pane.setMinimumWidth(self._theme.px(340))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)

    def _foot(self) -> QWidget:
        foot, px = QWidget(), self._theme.px
        foot.setProperty("edge", "top")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(14), px(11), px(14), px(11))
        row.setSpacing(px(8))
        self._shield = QLabel()
        self.durable = OneLine("body", "muted")
        row.addWidget(self._shield)
        row.addWidget(self.durable, 1)
        return foot

    def _wire(self, signals: DeskSignals) -> None:
        self.tabs.chosen.connect(lambda _name: self._show())
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._open)
        self.table.removed.connect(self._remove)
        self.table.digit.connect(self.pane.digit)
        self.pane.wanted.connect(self._wanted)
        self.acts.settled.connect(self.later)
        self.acts.mending.connect(self.resume)
        signals.changed.connect(self._on_changes)
        self._theme.changed.connect(self._restyle)
        self._restyle()
        for keys, name in KEYS:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._wanted, name))
        for keys, act in (
            ("Ctrl+Shift+S", self.carry.export), ("Ctrl+Shift+O", self.carry.take),
            ("Ctrl+Tab", self.next_list),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(BURST_MS)
        self._soon.timeout.connect(self.refresh)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tick)

    def _restyle(self) -> None:
        ratio = self.devicePixelRatioF()
        self._shield.setPixmap(self._theme.pixmap("sync.durable", "goodText", 16, ratio))

    # reading

    def refresh(self) -> None:
        """Read both lists."""
        self._tasks.start(self._read())

    def _on_changes(self, changes: Changes) -> None:
        if (changes.outbox or changes.drafts or changes.cases) and not self._soon.isActive():
            self._soon.start()

    async def _read(self) -> None:
        desk = self._desk
        self.box, self.drafts, self.bin = await desk.outbox(), await desk.drafts(), await desk.binned()
        self.tabs.set_count(OUTBOX, len(self.box.attention) + len(self.box.waiting))
        self.tabs.set_count(DRAFTS, len(self.drafts))
        self.tabs.set_count(BIN, len(self.bin))
        if self._arriving:
            self._arriving = False
            self._choose_what_came_back(self.box)
        self._show()

    def _choose_what_came_back(self, box: Outbox) -> None:
        """Whoever comes here is shown first what needs them."""
        back = [row.id for row in box.attention]
        if back and self.chosen[OUTBOX] not in back:
            self.chosen[OUTBOX] = back[0]

    @property
    def _tab(self) -> str:
        return self.tabs.current or OUTBOX

    def tick(self) -> None:
        """Held commands count down."""
        if self.box is not None and self._tab == OUTBOX:
            self.table.show_lines(self._lines(self.box))
            if self.pane.item is not None and self.pane.item.row.state is Sending.HELD:
                self._tasks.start(self._read_item(self.pane.item.row.id))

    def _show(self) -> None:
        if self.box is None:
            return
        empty = self._empty()
        self.table.show_lines(self._lines(self.box))
        self.blank.setText(empty)
        self._stack.setCurrentWidget(self.blank if empty else self.table)
        self._tell_durable()
        self._settle()

    def _lines(self, box: Outbox) -> list[Line]:
        now = self._desk.clock.now()
        if self._tab == DRAFTS:
            return draft_lines(self.drafts, now)
        return bin_lines(self.bin, now) if self._tab == BIN else outbox_lines(box, now)

    def _empty(self) -> str:
        if self._tab == DRAFTS:
            return "" if self.drafts else t("outbox.empty.drafts")
        if self._tab == BIN:
            return "" if self.bin else t("outbox.empty.bin")
        box = self.box
        return "" if box and (box.attention or box.waiting or box.sent) else t("outbox.empty.all")

    def _tell_durable(self) -> None:
        last = self.box.last_write if self.box else None
        more = f" · {t('outbox.lastWrite', time=clock_seconds_text(last))}" if last else ""
        self.durable.setText(t("outbox.durable") + more)

    def _settle(self) -> None:
        """The same one stays chosen; where it has gone, the first takes its place."""
        row = self.model.row_of(self.chosen[self._tab])
        if row is None:
            row = self.model.first()
        if row is None:
            self.chosen[self._tab] = ""
            self.pane.clear()
        elif self.table.currentIndex().row() != row:
            self.table.go(row)
        else:
            self._on_moved(self.table.current_id())

    def _on_moved(self, chosen: str) -> None:
        self.chosen[self._tab] = chosen
        if self._tab == DRAFTS:
            self.pane.clear(t("outbox.draft.advice"))
        else:
            self._tasks.start(self._read_item(chosen))

    async def _read_item(self, command: str) -> None:
        tab, read = self._tab, self._desk.binned_item if self._tab == BIN else self._desk.outbox_item
        try:
            item = await read(command)
            await self.halves.load(command)
        except NotHere:
            return  # it left between two readings; the list is read again by the feed
        if self._tab == tab and self.chosen[tab] == command:
            self.pane.show_item(item)

    # acts

    def _open(self, chosen: str) -> None:
        if self._tab == DRAFTS:
            self.resume.emit(chosen)
        elif self.pane.pairs or self.pane.text is not None:
            first = next((pair for pair in self.pane.pairs if not pair.field.same), None)
            target = first or self.pane.text
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self, chosen: str) -> None:
        if self._tab == DRAFTS:
            self.acts.discard(chosen)
        elif self.pane.item is not None and self.pane.item.row.id == chosen:
            self.acts.drop()

    def _wanted(self, name: str) -> None:
        """A button of the pane, or its key."""
        acts = self.acts
        does: dict[str, Callable[[], None]] = {
            APPLY: acts.apply, SERVER: acts.use_server, MEND: acts.mend,
            COPY: acts.copy, DROP: acts.drop, LATER: self.later,
        }  # fmt: skip
        if self._tab != DRAFTS or name == LATER:
            does[name]()

    def next_list(self) -> None:
        """Ctrl+Tab: outbox, drafts, bin, and round again."""
        lists = (OUTBOX, DRAFTS, BIN)
        self.tabs.choose(lists[(lists.index(self._tab) + 1) % len(lists)])
        self._show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def later(self) -> None:
        """Esc: what is typed stays; back to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # the window's wishes

    def activated(self) -> None:
        """The room is shown: keys go to the list, and to what came back first."""
        self._arriving = True
        self.refresh()
        self.table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Seconds stand still where nobody sees them."""
        super().hideEvent(event)
        self._second.stop()
        self.halves.write()

    def keys(self) -> list[tuple[str, str]]:
        """Keys valid here, for the status bar."""
        if self._tab == DRAFTS:
            return [
                ("Enter", t("outbox.key.resume")),
                ("Delete", t("outbox.key.discard")),
                ("Ctrl Tab", t("outbox.key.list")),
                ("F1", t("key.keys")),
            ]
        keys = [("J", ""), ("K", t("key.row"))]
        if self.pane.mode == CONFLICT:
            keys += [("1", ""), ("2", t("outbox.key.side")), ("Tab", t("outbox.key.next"))]
        for name, button in self.pane.foot.buttons.items():
            if not button.isHidden() and name in SAID:
                keys.append((button.key, t(SAID[name]) if name != APPLY else self._apply_words()))
        more = [("Ctrl Tab", t("outbox.key.list")), ("Ctrl Shift S", t("carry.key.out"))]
        return [*keys, *more, ("F1", t("key.keys"))]

    def _apply_words(self) -> str:
        if self.pane.mode == CONFLICT:
            return t("outbox.key.apply")
        return t("outbox.key.back" if self._tab == BIN else "outbox.key.again")
