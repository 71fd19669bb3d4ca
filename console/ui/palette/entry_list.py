"""The palette's list: groups with their entries, matched words marked, the highlighted one kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.ui.palette.entries import Entry, Marks
from console.ui.parts.chip import paint_due
from console.ui.parts.key_cap import cap_size, paint_cap
from console.ui.parts.marked_text import paint_marked
from console.ui.parts.status_ring import paint_ring
from console.ui.parts.time_text import due_of
from console.ui.theme import Theme
from console.ui.words import t

ENTRY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class Entries(QAbstractListModel):
    """Entries with the heads of their groups between them; heads cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Entry | str] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Other entries, each group under its head."""
        self.beginResetModel()
        self.lines = []
        for place, entry in enumerate(entries):
            if not place or entries[place - 1].group != entry.group:
                self.lines.append(t(f"palette.group.{entry.group}"))
            self.lines.append(entry)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == ENTRY:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line if isinstance(line, str) else spoken(line)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def spoken(entry: Entry) -> str:
    """An entry as a screen reader says it."""
    number = entry.row.number if entry.row else ""
    return ". ".join(part for part in (number, entry.title, entry.detail, entry.key) if part)


class EntryList(QListView):
    """Moved by the line above it; it never takes the focus."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries = Entries(self)
        self.setModel(self.entries)
        self.painter_of_rows = EntryPainter(theme, self)
        self.setItemDelegate(self.painter_of_rows)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(t("palette.results"))

    def current(self) -> Entry | None:
        """The highlighted one."""
        line = self.currentIndex().data(ENTRY) if self.currentIndex().isValid() else None
        return line if isinstance(line, Entry) else None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Other entries; the highlighted one stays where it is still there, else the first is."""
        kept = self.current()
        self.entries.show_entries(entries)
        ids = [line.id if isinstance(line, Entry) else "" for line in self.entries.lines]
        at = ids.index(kept.id) if kept is not None and kept.id in ids else 1
        if at < len(ids):
            self._go(at)

    def _go(self, at: int) -> None:
        """To an entry; the head of its group comes into sight with the first one."""
        index = self.entries.index(at)
        self.setCurrentIndex(index)
        if isinstance(self.entries.lines[at - 1], str):
            self.scrollTo(self.entries.index(at - 1))
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """The next entry that can be chosen, `by` further; it stops at the ends."""
        places = [n for n, line in enumerate(self.entries.lines) if isinstance(line, Entry)]
        if places:
            here = self.currentIndex().row()
            at = places.index(here) if here in places else -1
            self._go(places[max(0, min(at + by, len(places) - 1))])

    def next_group(self) -> None:
        """The first entry of the next group, round the end."""
        heads = [n for n, line in enumerate(self.entries.lines) if isinstance(line, str)]
        later = [head for head in heads if head > self.currentIndex().row()]
        if heads:
            self._go((later or heads)[0] + 1)

    def height_wanted(self) -> int:
        """Pixels that all lines take."""
        paint = self.painter_of_rows
        return sum(paint.height_of(line) for line in self.entries.lines)


class EntryPainter(QStyledItemDelegate):
    """Heads small and grey; entries in one line, cases in two."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.now: datetime | None = None

    def height_of(self, line: Entry | str) -> int:
        """Pixels of a line."""
        if isinstance(line, str):
            return self._theme.px(26)
        return self._theme.px(46 if line.row is not None or line.detail else 32)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self.height_of(index.data(ENTRY)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, rect, px = index.data(ENTRY), option.rect, self._theme.px
        painter.save()
        if isinstance(line, str):
            painter.setFont(self._theme.font("micro"))
            painter.setPen(self._theme.color("subtle"))
            painter.drawText(rect.adjusted(px(14), px(6), -px(14), 0), Qt.AlignmentFlag.AlignVCenter, line)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, self._theme.color("selected"))
            self._entry(painter, rect.adjusted(px(14), 0, -px(14), 0), line)
        painter.restore()

    def _entry(self, painter: QPainter, room: QRect, entry: Entry) -> None:
        if entry.key:
            cap = cap_size(self._theme, entry.key)
            box = QRectF(
                room.right() - cap.width(), room.center().y() - cap.height() / 2, cap.width(), cap.height()
            )
            paint_cap(painter, self._theme, box, entry.key)
            room = room.adjusted(0, 0, -cap.width() - self._theme.px(10), 0)
        if entry.row is not None:
            room = self._case_sides(painter, room, entry)
        two = bool(entry.detail) or entry.row is not None
        half = room.height() // 2
        upper = QRect(room.left(), room.top() + self._theme.px(3), room.width(), half) if two else room
        self._words(painter, upper, entry.title, entry.title_marks, "body", "text")
        if two:
            lower = QRect(room.left(), room.top() + half, room.width(), half - self._theme.px(3))
            self._words(painter, lower, entry.detail, entry.detail_marks, "small", "muted")

    def _case_sides(self, painter: QPainter, room: QRect, entry: Entry) -> QRect:
        """Ring and number on the left, the deadline on the right; what is left between them."""
        row, px = entry.row, self._theme.px
        assert row is not None
        ring = QRectF(room.left(), room.center().y() - px(7), px(14), px(14))
        paint_ring(painter, self._theme, ring, row.display_status)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("muted"))
        number = QRect(room.left() + px(24), room.top(), px(116), room.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, row.number)
        right = px(178)
        if self.now is not None:
            box = QRect(room.right() - right, room.top(), right, room.height())
            paint_due(painter, self._theme, box, due_of(row, self.now))
        return room.adjusted(px(24 + 116 + 10), 0, -right - px(10), 0)

    def _words(self, painter: QPainter, room: QRect, text: str, marks: Marks, role: str, tone: str) -> None:
        paint_marked(painter, self._theme, room, text, marks, self._theme.font(role), tone)
