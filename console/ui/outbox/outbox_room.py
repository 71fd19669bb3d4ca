"""The outbox's room: what needs somebody, what waits, what was sent; drafts; and the pane for one of them."""

from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from console.desk.changes import Changes
from console.desk.errors import DeskError, NotHere, RefusedHere
from console.desk.rows import Done, Draft, Outbox, OutboxItem, Sending
from console.domain.command import AddNote, AnyBody
from console.domain.reference import Reference
from console.ui.notices import Notices
from console.ui.outbox.item_pane import CONFLICT, READ, ItemPane
from console.ui.outbox.lines import draft_lines, outbox_lines
from console.ui.outbox.model import OutboxModel
from console.ui.outbox.table import OutboxTable
from console.ui.parts.failure_text import failure_text
from console.ui.parts.tab_row import TabRow
from console.ui.parts.text import OneLine, label
from console.ui.parts.time_text import clock_seconds_text
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

OUTBOX, DRAFTS = "outbox", "drafts"
BURST_MS = 150  # changes that come together are read once


class Clock(Protocol):
    """The desk's clock."""

    def now(self) -> datetime: ...


class OutboxDesk(Protocol):
    """What the outbox asks of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def reference(self) -> Reference: ...
    @property
    def undo_seconds(self) -> int: ...
    async def outbox(self) -> Outbox: ...
    async def outbox_item(self, command_id: str) -> OutboxItem: ...
    async def give_again(self, command_id: str, *bodies: AnyBody) -> Done: ...
    async def let_go(self, command_id: str) -> None: ...
    async def drafts(self) -> tuple[Draft, ...]: ...
    async def discard_draft(self, draft_id: str) -> None: ...
    async def take_back_draft(self, draft_id: str) -> Draft: ...


class OutboxRoom(QWidget):
    """`resume(draft_id)`: go on with a draft at the intake."""

    resume = Signal(str)

    def __init__(
        self, desk: OutboxDesk, signals: DeskSignals, theme: Theme, tasks: Tasks, notices: Notices
    ) -> None:
        super().__init__()
        self._desk, self._theme, self._tasks, self._notices = desk, theme, tasks, notices
        self.box: Outbox | None = None
        self.drafts: tuple[Draft, ...] = ()
        self.chosen = {OUTBOX: "", DRAFTS: ""}
        self._busy = False
        self._arriving = False
        self._build()
        self._wire(signals)

    def _build(self) -> None:
        theme = self._theme
        self.tabs = TabRow(theme)
        self.tabs.add(OUTBOX, t("nav.outbox"))
        self.tabs.add(DRAFTS, t("outbox.drafts"))
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
        self.pane = ItemPane(self._desk, theme)
        self._split(left)
        self.setFocusProxy(self.table)

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
        self.pane.apply.connect(self.apply)
        self.pane.server.connect(self.use_server)
        self.pane.drop.connect(self.drop)
        self.pane.later.connect(self.later)
        signals.changed.connect(self._on_changes)
        self._theme.changed.connect(self._restyle)
        self._restyle()
        for keys, act in (
            ("Ctrl+Return", self.apply), ("Ctrl+Enter", self.apply),
            ("Alt+T", self.use_server), ("Esc", self.later),
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
        self.box, self.drafts = await self._desk.outbox(), await self._desk.drafts()
        self.tabs.set_count(OUTBOX, len(self.box.attention) + len(self.box.waiting))
        self.tabs.set_count(DRAFTS, len(self.drafts))
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
            self.table.show_lines(outbox_lines(self.box, self._desk.clock.now(), self._desk.undo_seconds))
            if self.pane.item is not None and self.pane.item.row.state is Sending.HELD:
                self._tasks.start(self._read_item(self.pane.item.row.id))

    def _show(self) -> None:
        if self.box is None:
            return
        now, empty = self._desk.clock.now(), self._empty()
        lines = (
            outbox_lines(self.box, now, self._desk.undo_seconds)
            if self._tab == OUTBOX
            else draft_lines(self.drafts, now)
        )
        self.table.show_lines(lines)
        self.blank.setText(empty)
        self._stack.setCurrentWidget(self.blank if empty else self.table)
        self._tell_durable()
        self._settle()

    def _empty(self) -> str:
        if self._tab == DRAFTS:
            return "" if self.drafts else t("outbox.empty.drafts")
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
        try:
            item = await self._desk.outbox_item(command)
        except NotHere:
            return  # it left between two readings; the list is read again by the feed
        if self._tab == OUTBOX and self.chosen[OUTBOX] == command:
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
            self._tasks.start(self._discard(chosen))

    async def _discard(self, draft: str) -> None:
        await self._desk.discard_draft(draft)
        self._notices.say(t("outbox.draft.discarded"), undo=lambda: self._take_back(draft))

    def _take_back(self, draft: str) -> None:
        self._tasks.start(self._desk.take_back_draft(draft))

    def apply(self) -> None:
        """Ctrl+Enter: the chosen sides, or the mended words, are given anew."""
        if self.pane.item is not None and self.pane.mode != READ:
            self._give(self.pane.item, self.pane.bodies())

    def use_server(self) -> None:
        """Alt+T: what the centre has stays; what was written becomes a note."""
        if self.pane.item is not None and self.pane.mode == CONFLICT:
            text = self.pane.words().strip()
            self._give(self.pane.item, (AddNote(text=text),) if text else ())

    def drop(self) -> None:
        """Into the bin for thirty days."""
        if self.pane.item is not None:
            self._give(self.pane.item, ())

    def later(self) -> None:
        """Esc: what is typed stays; back to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, item: OutboxItem, bodies: tuple[AnyBody, ...]) -> None:
        if self._busy:
            return
        self._busy = True
        self._tasks.start(self._given(item, bodies), self._not_given)

    async def _given(self, item: OutboxItem, bodies: tuple[AnyBody, ...]) -> None:
        try:
            if bodies:
                await self._desk.give_again(item.row.id, *bodies)
            else:
                await self._desk.let_go(item.row.id)
        finally:
            self._busy = False
        self.pane.forget(item.row.id)
        done = "outbox.done.again" if bodies else "outbox.done.letGo"
        self._notices.say(t(done, number=item.row.number))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_given(self, error: DeskError) -> bool:
        """Refused here again: the sentence stands by the words, which stay."""
        if not isinstance(error, RefusedHere):
            return False
        self.pane.show_problem(failure_text(error, self._desk.reference))
        return True

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

    def keys(self) -> list[tuple[str, str]]:
        """Keys valid here, for the status bar."""
        if self._tab == DRAFTS:
            return [
                ("Enter", t("outbox.key.resume")),
                ("Delete", t("outbox.key.discard")),
                ("F1", t("key.keys")),
            ]
        keys = [("J", ""), ("K", t("key.row"))]
        if self.pane.mode == CONFLICT:
            keys = [
                ("1", ""), ("2", t("outbox.key.side")), ("Tab", t("outbox.key.next")),
                ("Ctrl Enter", t("outbox.key.apply")), ("Alt T", t("outbox.key.server")),
            ]  # fmt: skip
        elif self.pane.mode != READ:
            keys.append(("Ctrl Enter", t("outbox.key.again")))
        return [*keys, ("F1", t("key.keys"))]
