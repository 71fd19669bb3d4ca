"""The week of the roster as a table: people down, days across."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from console.desk.shift_rows import RosterLine
from console.domain.case import Role
from console.domain.roster import RosterEntry
from console.domain.shifts import Duty
from console.protocol.wire import Colleague
from console.ui.shifts.duty_words import day_of, shift_name
from console.ui.words import t

DAYS = 7
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class RosterModel(QAbstractTableModel):
    """A cell: the shifts of a person on a day, each with its desk; a star leads."""

    def __init__(self) -> None:
        super().__init__()
        self.first = date(2024, 1, 1)
        self.people: list[Colleague] = []
        self.duties: list[list[Duty]] = [[] for _ in range(DAYS)]
        self._cells: dict[tuple[str, date], list[RosterLine]] = {}

    def fill(
        self, first: date, people: Sequence[Colleague], lines: Sequence[RosterLine], duties: list[list[Duty]]
    ) -> None:
        """A week from `first`. Whoever stands on it and is no colleague any more has a row too."""
        cells: dict[tuple[str, date], list[RosterLine]] = {}
        known = {person.user: person for person in people}
        for line in lines:
            entry = line.entry
            cells.setdefault((entry.user, entry.day), []).append(line)
            gone = Colleague(user=entry.user, name=entry.name, role=Role.OPERATOR)
            known.setdefault(entry.user, gone)
        rows = sorted(known.values(), key=lambda person: person.user)
        if first == self.first and [p.user for p in rows] == [p.user for p in self.people]:
            self._cells, self.duties, self.people = cells, duties, rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, DAYS - 1))
            return
        self.beginResetModel()
        self.first, self.people, self._cells, self.duties = first, rows, cells, duties
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else DAYS

    def day(self, column: int) -> date:
        """Of a column."""
        return self.first + timedelta(days=column)

    def lines(self, row: int, column: int) -> list[RosterLine]:
        """What stands in a cell, in the order of the day."""
        order = [duty.shift.code for duty in self.duties[column]]
        found = self._cells.get((self.people[row].user, self.day(column)), [])
        return sorted(found, key=lambda line: (_place(order, line.entry.shift), line.entry.shift))

    def entry(self, row: int, column: int, shift: str) -> RosterEntry | None:
        """A person's place in one shift."""
        return next((x.entry for x in self.lines(row, column) if x.entry.shift == shift), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole,
        ):  # fmt: skip
            return None
        row, column = index.row(), index.column()
        texts = [self._text(line, column) for line in self.lines(row, column)]
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(texts)
        said = ", ".join(texts) or t("roster.free")
        return f"{self.people[row].name}. {day_of(self.day(column))}. {said}"

    def _text(self, line: RosterLine, column: int) -> str:
        entry = line.entry
        duty = next((d for d in self.duties[column] if d.shift.code == entry.shift), None)
        name = shift_name(duty.shift) if duty is not None else entry.shift
        text = t("roster.cell", shift=name, desk=entry.station)
        if entry.leads:
            text = t("roster.cell.leads", text=text)
        if line.refused:
            return t("roster.cell.refused", text=text)
        return t("roster.cell.waiting", text=text) if line.waiting else text

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if way is Qt.Orientation.Horizontal:
            return day_of(self.day(section))
        return t("roster.person", user=self.people[section].user, name=self.people[section].name)


def _place(order: list[str], shift: str) -> int:
    return order.index(shift) if shift in order else len(order)
