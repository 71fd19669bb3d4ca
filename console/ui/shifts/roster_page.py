"""The roster of a week: written by supervisors with a key a shift, read by everybody; its faults below it."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from console.desk.changes import Changes
from console.domain.roster import RosterEntry, may_roster, roster_faults
from console.domain.shifts import duties
from console.domain.zone import local_day
from console.ui.more_rooms import Kit
from console.ui.parts.buttons import secondary
from console.ui.parts.row_table import behave_as_rows
from console.ui.parts.text import label
from console.ui.shifts.duty_words import day_of, fault_text
from console.ui.shifts.entry_sheet import EntrySheet, Place
from console.ui.shifts.past_sheet import PastSheet
from console.ui.shifts.roster_model import DAYS, RosterModel
from console.ui.words import t

WEEK = timedelta(days=DAYS)
DAY = timedelta(days=1)
replace = msgspec.structs.replace


class RosterTable(QTableView):
    """`pressed(str)`: a digit, T, Delete or Enter on the cell under the cursor."""

    pressed_key = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        behave_as_rows(self)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        self.verticalHeader().show()
        self.setShowGrid(True)
        self.setWordWrap(True)
        self.setAccessibleName(t("shifts.tab.roster"))
        self.doubleClicked.connect(lambda _at: self.pressed_key.emit("Enter"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Return: "Enter", Qt.Key.Key_Enter: "Enter", Qt.Key.Key_T: "T",
                Qt.Key.Key_Delete: "Del"}  # fmt: skip
        digits = {Qt.Key(Qt.Key.Key_1 + n): str(n + 1) for n in range(9)}
        name = (keys | digits).get(Qt.Key(event.key()))
        if name is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.pressed_key.emit(name)
        else:
            super().keyPressEvent(event)


class RosterPage(QWidget):
    """Weeks begin on Monday."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._desk, self._theme = kit, kit.desk, kit.theme
        today = local_day(kit.desk.clock.now())
        self.first = today - timedelta(days=today.weekday())
        self.may = may_roster(kit.desk.actor.role)
        self.model = RosterModel()
        self.table = RosterTable()
        self.table.setModel(self.model)
        self.table.pressed_key.connect(self.press)
        self.head = label("", "title")
        self.hint = label(t("roster.hint") if self.may else t("roster.readOnly"), tone="muted")
        self.faults = QListWidget()
        self.faults.setProperty("hits", "true")
        self.faults.setAccessibleName(t("roster.faults"))
        self.faults.itemActivated.connect(lambda _item: self._to_fault())
        self.fault_head = label("", "bodyStrong")
        self._fault_days: list[date] = []
        back = secondary(kit.theme, t("roster.back"), "Alt ←")
        on = secondary(kit.theme, t("roster.on"), "Alt →")
        self.copy = secondary(kit.theme, t("roster.copy"), "Ctrl D")
        past = secondary(kit.theme, t("roster.past"), "Ctrl H")
        self.buttons = (back, on, self.copy, past)
        acts = (lambda: self.turn(-1), lambda: self.turn(1), self.copy_week, self.show_past)
        for button, act in zip(self.buttons, acts, strict=True):
            button.clicked.connect(act)
        self.copy.setEnabled(self.may)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(150)
        self._wait.timeout.connect(self.look)
        kit.signals.changed.connect(self._on_changes)
        self._lay()
        self._fit()
        kit.theme.changed.connect(self._fit)

    def _lay(self) -> None:
        px = self._theme.px
        top = QHBoxLayout()
        top.setContentsMargins(px(16), px(10), px(16), px(6))
        top.setSpacing(px(8))
        top.addWidget(self.head)
        top.addSpacing(px(12))
        top.addWidget(self.hint, 1)
        for button in self.buttons:
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.table, 3)
        below = QVBoxLayout()
        below.setContentsMargins(px(16), px(8), px(16), px(10))
        below.addWidget(self.fault_head)
        below.addWidget(self.faults)
        column.addLayout(below, 1)

    def _fit(self) -> None:
        across, down = self.table.horizontalHeader(), self.table.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setFixedHeight(self._theme.px(30))
        down.setDefaultSectionSize(self._theme.px(44))
        down.setFixedWidth(self._theme.px(230))
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    # the week

    def look(self) -> None:
        """Read it again."""
        self._kit.tasks.start(self._look())

    async def _look(self) -> None:
        first, reference = self.first, self._desk.reference
        people = await self._desk.staff()
        lines = await self._desk.roster(first - DAY, first + WEEK)
        if first != self.first:
            return
        days = [duties(reference, first + n * DAY) for n in range(DAYS)]
        here = [line for line in lines if first <= line.entry.day < first + WEEK]
        self.model.fill(first, people, here, days)
        if not self.table.currentIndex().isValid() and self.model.people:
            today = (local_day(self._desk.clock.now()) - first).days
            self.table.setCurrentIndex(self.model.index(0, today if 0 <= today < DAYS else 0))
        last = first + WEEK - DAY
        self.head.setText(t("roster.week", first=f"{first:%d/%m}", last=f"{last:%d/%m/%Y}"))
        found = roster_faults(reference, [line.entry for line in lines], first, last)
        self._say_faults([(fault.day, fault_text(fault, reference)) for fault in found])

    def _say_faults(self, found: Sequence[tuple[date, str]]) -> None:
        self._fault_days = [day for day, _ in found]
        texts = [text for _, text in found]
        if texts != [self.faults.item(row).text() for row in range(self.faults.count())]:
            self.faults.clear()
            self.faults.addItems(texts)
        self.fault_head.setText(t("roster.faults.n", n=len(texts)) if texts else t("roster.faults.none"))
        self.faults.setVisible(bool(texts))

    def _to_fault(self) -> None:
        row = self.faults.currentRow()
        if 0 <= row < len(self._fault_days):
            column = (self._fault_days[row] - self.first).days
            at = max(0, self.table.currentIndex().row())
            self.table.setCurrentIndex(self.model.index(at, column))
            self.table.setFocus()

    def turn(self, weeks: int) -> None:
        """Alt+arrows: another week."""
        self.first += weeks * WEEK
        self.look()

    def _on_changes(self, changes: Changes) -> None:
        if self.isVisible() and (changes.shifts or changes.reference):
            self._wait.start()

    # writing

    def press(self, key: str) -> None:
        """A key on the cell under the cursor."""
        at = self.table.currentIndex()
        if not at.isValid():
            return
        if not self.may:
            self._kit.notices.say(t("error.roster_not_yours"), seconds=6)
        elif key == "Enter":
            self._open(at)
        elif key.isdigit():
            self._toggle(at, int(key) - 1)
        elif key == "T":
            self._lead(at)
        else:
            there = [line.entry for line in self.model.lines(at.row(), at.column())]
            self._write([replace(entry, deleted=True) for entry in there])

    def _toggle(self, at: QModelIndex, number: int) -> None:
        today = self.model.duties[at.column()]
        if number >= len(today):
            return
        code = today[number].shift.code
        entry = self.model.entry(at.row(), at.column(), code)
        if entry is not None:
            self._write([replace(entry, deleted=True)])
        else:
            self._write([self._new(at, Place(code, self._usual_desk(at), False))])

    def _lead(self, at: QModelIndex) -> None:
        """T: leads, or no longer, in the first shift of the cell."""
        there = [line.entry for line in self.model.lines(at.row(), at.column())]
        if there:
            self._write([replace(there[0], leads=not there[0].leads)])

    def _open(self, at: QModelIndex) -> None:
        there = {line.entry.shift: line.entry for line in self.model.lines(at.row(), at.column())}
        person = self.model.people[at.row()]
        title = t("roster.entry", name=person.name, day=day_of(self.model.day(at.column())))
        sheet = EntrySheet(
            self._theme, title, self.model.duties[at.column()], there, self._usual_desk(at), self.window()
        )
        where = self.model.index(at.row(), at.column())
        sheet.given.connect(lambda places: self._give(where, places, there))
        sheet.open()

    def _give(self, at: QModelIndex, places: list[Place], there: dict[str, RosterEntry]) -> None:
        wanted = [self._new(at, place) for place in places if place.station]
        gone = [there[p.shift] for p in places if not p.station and p.shift in there]
        self._write([*wanted, *(replace(entry, deleted=True) for entry in gone)])

    def _usual_desk(self, at: QModelIndex) -> str:
        """Where this person sits else in the week, or this desk."""
        for column in (*range(at.column(), -1, -1), *range(at.column() + 1, DAYS)):
            if lines := self.model.lines(at.row(), column):
                return lines[0].entry.station
        return self._desk.actor.station

    def _new(self, at: QModelIndex, place: Place) -> RosterEntry:
        person = self.model.people[at.row()]
        return RosterEntry(
            day=self.model.day(at.column()), shift=place.shift, user=person.user, name=person.name,
            station=place.station, leads=place.leads, changed_at=self._desk.clock.now(),
        )  # fmt: skip

    def copy_week(self) -> None:
        """Ctrl+D: the week before, where this one is empty for a person on a day."""
        if self.may:
            self._kit.tasks.start(self._copy())

    async def _copy(self) -> None:
        before = await self._desk.roster(self.first - WEEK, self.first - DAY)
        there = await self._desk.roster(self.first, self.first + WEEK - DAY)
        taken = {(line.entry.user, line.entry.day) for line in there}
        made = [replace(line.entry, day=line.entry.day + WEEK) for line in before]
        wanted = [entry for entry in made if (entry.user, entry.day) not in taken]
        if not wanted:
            self._kit.notices.say(t("roster.copied.none"))
            return
        self._write(wanted, t("roster.copied", n=len(wanted)))

    def _write(self, wanted: list[RosterEntry], said: str = "") -> None:
        if wanted:
            self._kit.tasks.start(self._put(wanted, said or t("roster.written")))

    async def _put(self, wanted: list[RosterEntry], said: str) -> None:
        days = [entry.day for entry in wanted]
        there = {line.entry.key: line.entry for line in await self._desk.roster(min(days), max(days))}
        back = [there.get(entry.key, replace(entry, deleted=True)) for entry in wanted]
        await self._desk.write_roster(wanted)
        self._kit.notices.say(said, undo=lambda: self._undo(back))
        await self._look()

    def _undo(self, back: list[RosterEntry]) -> None:
        self._kit.tasks.start(self._take_back(back))

    async def _take_back(self, back: list[RosterEntry]) -> None:
        await self._desk.write_roster(back)
        await self._look()

    def show_past(self) -> None:
        """Ctrl+H: who changed what of this week."""
        self._kit.tasks.start(self._show_past())

    async def _show_past(self) -> None:
        last = self.first + WEEK - DAY
        past = await self._desk.roster_past(self.first, last)
        PastSheet(self._theme, self._desk.reference, past, self.window()).open()
