"""The administration room: lists at left, the items of one in the middle, the one chosen at right."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from console.desk.administration.edits import Edit
from console.desk.changes import Changes
from console.desk.errors import DeskError
from console.domain.case import Role
from console.domain.zone import local_day
from console.reference.shapes import NOT_TYPED
from console.ui.admin.acting import Acting
from console.ui.admin.editing import SPAN_NAMES, Editing
from console.ui.admin.files import Files
from console.ui.admin.item_pane import BLANK, FORM, ItemPane
from console.ui.admin.line_table import LINE
from console.ui.admin.lines import Line, lines_of
from console.ui.admin.list_index import ListIndex
from console.ui.admin.list_pane import ListPane
from console.ui.admin.words import PEOPLE, STATIONS, fields, list_text
from console.ui.more_rooms import Kit
from console.ui.parts.failure_text import failure_text
from console.ui.words import t

KEEP_MS = 400  # what is typed is on the disk before half a second
REST_MS = 90  # the cursor rests on an item
FIRST = "types"
NAMING = ("code", "day")  # what names an item is never changed: that would be another one


class AdminRoom(QWidget):
    """Keys go to the lists; Enter goes on into items and form, Esc back."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._desk, self._theme = kit, kit.desk, kit.theme
        self.door = kit.desk.administration
        self.editing = Editing(self.door, lambda: self._desk.reference, self.today)
        self.kind, self.may = "", kit.desk.actor.role is Role.ADMIN
        self.edits: tuple[Edit, ...] = ()
        self.away: dict[str, Sequence[Any]] = {}  # people and stations, as the centre told them last
        self._opened, self._into = 0, False  # each item that was opened; whether the cursor goes into it
        self._asked = 0  # each reading of the list; an older answer is no news
        self._keeping: asyncio.Task[Any] | None = None
        self._build()
        self.acting = Acting(kit, self)
        self.files = Files(kit, self)
        self._wire()
        self.index.choose(FIRST)

    def today(self) -> date:
        """By the centre's clock."""
        return local_day(self._desk.clock.now())

    # building

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self.index, self.items = ListIndex(theme), ListPane(theme)
        self.table, self.model, self.search = self.items.table, self.items.model, self.items.search
        self.pane = ItemPane(theme, lambda: self._desk.reference, self.today)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for part in (self.index, self.items, self.pane):
            self._split.addWidget(part)
        for at, stretch in enumerate((0, 5, 6)):
            self._split.setStretchFactor(at, stretch)
        self.index.setMinimumWidth(px(168))
        self.items.setMinimumWidth(px(330))
        self.pane.setMinimumWidth(px(420))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._split)
        self.setFocusProxy(self.index)
        self._compact: bool | None = None

    def _wire(self) -> None:
        self.index.chosen.connect(self.show_list)
        self.index.opened.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.moved.connect(lambda _key: self._on_moved())
        self.table.opened.connect(lambda _key: self.into_form())
        self.search.typed.connect(lambda _text: self.refresh())
        self.search.returnPressed.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.items.over.toggled.connect(lambda _on: self.refresh())
        pane, acting = self.pane, self.acting
        pane.edited.connect(self._on_edited)
        pane.noted.connect(self._soon_keep)
        clicks: tuple[tuple[Any, Callable[[], object]], ...] = (
            (self.items.new, self.begin_new),
            (self.items.bring, self.files.ask_for_file),
            (self.items.export, self.files.ask_where),
            (pane.publish, acting.publish),
            (pane.discard, acting.discard),
            (pane.history_button, acting.show_history),
            (pane.extra, acting.extra),
        )
        for button, act in clicks:
            button.clicked.connect(partial(_plainly, act))
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ins", self.begin_new),
            ("Ctrl+Shift+O", self.files.ask_for_file),
            ("Ctrl+Shift+S", self.files.ask_where),
            ("Ctrl+Return", acting.publish),
            ("Ctrl+Enter", acting.publish),
            ("Ctrl+Del", acting.discard),
            ("Ctrl+H", acting.show_history),
            ("Ctrl+U", pane.history.press),
            ("Alt+H", self.items.over.toggle),
            ("Alt+F", self.search.setFocus),
            ("Alt+Q", self._add_question),
            ("Esc", self.back),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        pane.history.undo.connect(acting.undo)
        pane.history.more.connect(acting.more_history)
        self._kit.signals.changed.connect(self._on_changes)
        self._kit.signals.connection.connect(lambda _state: self.acting.tell_connection())
        self.resting = QTimer(self)
        self.resting.setSingleShot(True)
        self.resting.setInterval(REST_MS)
        self.resting.timeout.connect(self._on_rest)
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(KEEP_MS)
        self.soon.timeout.connect(self.keep)

    # lists

    def show_list(self, kind: str) -> None:
        """The items of a list; what is typed in another one is on the disk."""
        if kind == self.kind:
            return
        self.flush()
        self.kind = kind
        self.items.name.setText(list_text(kind))
        self.search.show_text("")
        typed = kind not in NOT_TYPED
        apart = kind in (PEOPLE, STATIONS)
        self.items.new.setVisible(self.may and typed)
        self.items.bring.setVisible(self.may and not apart)
        self.items.export.setVisible(not apart)
        self.items.over.setVisible(not apart)
        self.leave_item(t("admin.choose"))
        self.model.set_lines([])
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._kit.tasks.start(self.read(), self._not_read)

    async def read(self, choose: str | None = None) -> None:
        """The list as it is now, the cursor where it was, or on `choose`."""
        self._asked += 1
        asked, kind = self._asked, self.kind
        self.edits = await self.door.edits()
        if kind == PEOPLE:
            self.away[kind] = (await self.door.people()).people
        elif kind == STATIONS:
            self.away[kind] = (await self.door.stations()).stations
        items = self.away[kind] if kind in (PEOPLE, STATIONS) else getattr(self._desk.reference, kind)
        lines = await asyncio.to_thread(
            partial(
                lines_of, kind, items, self.edits, self.today(),
                all_spans=self.items.over.isChecked(), words=self.search.full_text(),
            )
        )  # fmt: skip
        self.index.set_counts(Counter(edit.kind for edit in self.edits))
        if asked == self._asked:
            self._show_lines(lines, choose)

    def _show_lines(self, lines: Sequence[Line], choose: str | None) -> None:
        here = choose if choose is not None else self.editing.line.key if self.editing.line else None
        self.model.set_lines(lines)
        row = self.model.row_of(here) if here is not None else -1
        if row >= 0 and self.editing.line is not None and self.editing.line.key == here:
            self.editing.line = self.model.lines[row]  # as it stands now
        if row >= 0 and self.table.currentIndex().row() != row:
            self.table.go(row)

    def _not_read(self, error: DeskError) -> bool:
        """People and stations are the centre's alone."""
        if self.kind in (PEOPLE, STATIONS):
            self.leave_item(t("admin.away") if error.code == "admin_offline" else failure_text(error))
            return True
        return False

    def _on_changes(self, changes: Changes) -> None:
        if changes.reference:
            self.refresh()
            if self.pane.page == FORM and self.editing.edit is not None:
                self.keep()

    # one item

    def _on_moved(self) -> None:
        """Walking through the items shows none of them before the cursor rests."""
        self.resting.start()

    def _on_rest(self) -> None:
        line = self.table.currentIndex().data(LINE)
        key = line.key if line is not None else ""
        row = self.model.row_of(key)
        if row < 0 or (
            self.editing.line is not None and self.editing.line.key == key and self.pane.page == FORM
        ):
            return
        self.flush()
        self.show_item(self.model.lines[row])

    def show_item(self, line: Line) -> None:
        """Its form, with what was typed into it."""
        self._kit.tasks.start(self.open_item(line))

    async def open_item(self, line: Line) -> None:
        """The same, built in small steps."""
        self._opened += 1
        turn, pane, kind = self._opened, self.pane, self.kind
        self.resting.stop()
        self.editing.line = self.editing.edit = None
        if kind in NOT_TYPED:
            self.leave_item(t("admin.filesOnly"))
            pane.show_head(line.code, list_text(kind))
            return
        await pane.form.build(kind, fields(kind))
        if turn != self._opened:
            return
        edit = next((e for e in self.edits if (e.kind, e.key) == (self.kind, line.key)), None)
        values = self.editing.open(self.kind, line, edit)
        pane.form.show_values(values)
        pane.form.lock(not self.may, keep=NAMING if line.item is not None else ())
        pane.note.show_text(edit.note if edit is not None else "")
        pane.show_page(FORM)
        pane.say()
        self.acting.show_head()
        if self._into:
            self._into = False
            self.into_form()
        if edit is not None:
            await self.acting.look()

    def begin_new(self) -> None:
        """Ins: an empty form; it is a row of the list as soon as something is typed."""
        if not self.may or self.kind in NOT_TYPED:
            return
        self.flush()
        line = next((line for line in self.model.lines if line.key == ""), None)
        if line is None:
            line = Line("", "", t("admin.unnamed"), None, None, "draft", None)
        self.show_item(line)
        self.table.clearSelection()
        self._into = True

    def leave_item(self, text: str) -> None:
        """No item is open; a sentence stands in its place."""
        self._opened += 1
        self.editing.line = self.editing.edit = None
        self.pane.blank.setText(text)
        self.pane.show_page(BLANK)
        self.pane.show_head(list_text(self.kind), "")
        self.pane.say()
        self.pane.show_foot(editable=False, edited=False)

    def into_form(self) -> None:
        """Enter: into the fields, as soon as they are there."""
        if self.resting.isActive():
            self.resting.stop()
            self._on_rest()
        if self.editing.line is None:
            self._into = True
        elif self.pane.page == FORM:
            edits = self.pane.form.edits.items()
            own = (name for name, edit in edits if name not in SPAN_NAMES and edit.isEnabled())
            self.pane.form.go_to(next(own, ""))

    def back(self) -> None:
        """Esc: from the form to the items, from there to the lists; nothing is lost."""
        self.flush()
        if self.pane.page != FORM and self.editing.line is not None:
            self.show_item(self.editing.line)
        elif self.table.hasFocus():
            self.index.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_question(self) -> None:
        edit = self.pane.form.edits.get("questions")
        if self.may and self.pane.page == FORM and edit is not None:
            edit.add_question()  # type: ignore[attr-defined]

    # what is typed

    def _on_edited(self, field: str) -> None:
        begins = self.editing.begins(field, self.pane.form.values())
        if begins is not None:
            self.pane.form.edits["valid_from"].show_value(begins)
        self._soon_keep()

    def _soon_keep(self) -> None:
        if self.editing.line is not None and self.may:
            self.soon.start()

    def flush(self) -> None:
        """What waits to be kept is kept now."""
        if self.soon.isActive():
            self.soon.stop()
            self.keep()

    def keep(self) -> None:
        """On the disk, then a look at what it would do."""
        if self.editing.line is None or self.pane.page != FORM:
            return
        values, note = self.pane.form.values(), self.pane.note.full_text()
        first = self.editing.edit is None
        self._keeping = self._kit.tasks.start(self._keep(values, note, first))

    async def _keep(self, values: dict[str, Any], note: str, first: bool) -> None:
        await self.editing.keep(values, note)
        self.acting.show_head()
        if first or (self.editing.line is not None and self.editing.line.key == ""):
            await self.read(self.editing.line.key if self.editing.line is not None else None)
        await self.acting.look()

    # the window's wishes

    def activated(self) -> None:
        """The room is shown."""
        self.refresh()
        self.index.setFocus()

    def close_room(self) -> None:
        """The shift ends."""
        self.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.window().width() < self._theme.tokens["breakpoint"]["compactBelowWidth"]
        if compact != self._compact:
            self._compact, px = compact, self._theme.px
            self._split.setSizes([px(176), px(470), px(620)] if compact else [px(206), px(720), px(860)])
            for button in (self.items.bring, self.items.export):
                button.set_wordless(compact)

    def keys(self) -> list[tuple[str, str]]:
        """Keys valid here, for the status bar."""
        if not self.may:
            return [
                ("J", ""),
                ("K", t("key.row")),
                ("Enter", t("admin.key.into")),
                ("Ctrl H", t("admin.history")),
            ]
        return [
            ("Enter", t("admin.key.into")),
            ("Ins", t("admin.new")),
            ("Ctrl Enter", t("admin.publish")),
            ("Ctrl Del", t("admin.discard")),
            ("Ctrl H", t("admin.history")),
            ("Esc", t("admin.key.back")),
        ]

    def all_keys(self) -> list[tuple[str, str]]:
        """Every key of the room, for the key sheet."""
        more = [
            ("Alt F", t("admin.search")), ("Alt H", t("admin.over")), ("Ctrl Shift O", t("admin.bring")),
            ("Ctrl Shift S", t("admin.export")), ("Ctrl U", t("admin.history.undo")),
            ("Alt Q", t("admin.question.add")),
        ]  # fmt: skip
        return [*self.keys(), *(more if self.may else more[:2])]


def _plainly(act: Callable[[], object], *_: object) -> None:
    act()


def make(kit: Kit) -> AdminRoom:
    """For `console.ui.more_rooms`."""
    return AdminRoom(kit)
