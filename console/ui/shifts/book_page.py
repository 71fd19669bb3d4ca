"""Signed sheets: a list by day, the sheet under the cursor, and taking a shift over."""

import re
from datetime import date, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.desk.changes import Changes
from console.desk.errors import DeskError, ShiftReasonNeeded, ShiftTaken
from console.desk.shift_rows import KeptSheet
from console.domain.handover import SECOND, SheetContent
from console.domain.zone import local_day
from console.ui.account.sign_in_window import problem_text
from console.ui.more_rooms import Kit
from console.ui.parts.buttons import primary, secondary
from console.ui.parts.text import label
from console.ui.shifts.accept_sheet import AcceptSheet
from console.ui.shifts.reader import SheetReader
from console.ui.shifts.sheet_html import shift_title
from console.ui.shifts.sheet_paper import SheetPaper
from console.ui.words import t

MONTH, LONGEST = timedelta(days=31), timedelta(days=400)
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}))?\Z")
_MONTH = re.compile(r"(\d{1,2})[/.\-](\d{4})\Z")


class BookPage(QWidget):
    """Sheets of the last month, or of the day or month that is typed."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._desk, self._theme = kit, kit.desk, kit.theme
        self.sheets: tuple[KeptSheet, ...] = ()
        self._wanted = ""
        self.asking: AcceptSheet | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("shifts.search"))
        self.search.setAccessibleName(t("shifts.search"))
        self.message = label("", tone="muted", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(t("shifts.tab.book"))
        self.list.setWordWrap(True)
        self.list.setProperty("hits", "true")
        self.list.setSpacing(kit.theme.px(3))
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.reader = SheetReader(kit.theme)
        self.reader.case_wanted.connect(kit.window.open_case)
        self.paper = SheetPaper(kit, self, self._on_paper)
        self.take = primary(kit.theme, t("handover.accept"), "Ctrl Enter")
        self.read = secondary(kit.theme, t("shifts.read"), "Ctrl D")
        self.print = secondary(kit.theme, t("shifts.print"), "Ctrl P")
        self.file = secondary(kit.theme, t("shifts.pdf"), "Ctrl S")
        acts = (self.give, self.mark_read, self.print_sheet, self.save_file)
        for button, act in zip((self.take, self.read, self.print, self.file), acts, strict=True):
            button.clicked.connect(act)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(250)
        self._wait.timeout.connect(self.look)
        self.search.textChanged.connect(lambda _text: self._wait.start())
        kit.signals.changed.connect(self._on_changes)
        self._lay()
        self._show()

    def _lay(self) -> None:
        px = self._theme.px
        side = QWidget()
        side.setProperty("fill", "canvas")
        side.setProperty("edge", "right")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(px(380))
        column = QVBoxLayout(side)
        column.setContentsMargins(px(14), px(12), px(14), px(14))
        column.setSpacing(px(8))
        column.addWidget(self.search)
        column.addWidget(self.message)
        column.addWidget(self.list, 1)
        foot = QGridLayout()
        foot.setSpacing(px(8))
        for place, button in enumerate((self.take, self.read, self.print, self.file)):
            foot.addWidget(button, place // 2, place % 2)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.reader, 1)

    @property
    def chosen(self) -> KeptSheet | None:
        """The sheet under the cursor."""
        row = self.list.currentRow()
        return self.sheets[row] if 0 <= row < len(self.sheets) else None

    # the list

    def look(self) -> None:
        """Read them again; the cursor stays on its sheet."""
        self._kit.tasks.start(self._look())

    def go_to(self, sheet_id: str) -> None:
        """The cursor on this one."""
        self._wanted = sheet_id
        self.look()

    async def _look(self) -> None:
        today = local_day(self._desk.clock.now())
        span = days_of(self.search.text(), today)
        if span is None:
            self.message.setText(t("shifts.badDay"))
            return
        kept = self.chosen
        wanted = self._wanted or (kept.sheet.id if kept is not None else "")
        self.sheets, self._wanted = await self._desk.sheets(*span), ""
        me = self._desk.actor.name
        lines = [sheet_line(one, me) for one in self.sheets]
        self.message.setText(t("shifts.found", n=len(lines)) if lines else t("shifts.none"))
        if lines != [self.list.item(row).text() for row in range(self.list.count())]:
            self._fill(lines)
        at = next((n for n, one in enumerate(self.sheets) if one.sheet.id == wanted), 0)
        self.list.setCurrentRow(at if lines else -1)
        self._show()

    def _fill(self, lines: list[str]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for line in lines:
            self.list.addItem(QListWidgetItem(line))
        self.list.blockSignals(False)

    def _show(self) -> None:
        kept = self.chosen
        for button in (self.print, self.file):
            button.setEnabled(kept is not None)
        if kept is None:
            self.reader.show_nothing(t("shifts.none.how"))
        else:
            self.reader.show_sheet(kept.sheet.read(), kept)
        open_ = kept is not None and kept.sheet.accepted is None and kept.sheet.state != SECOND
        self.take.setEnabled(open_)
        self.read.setEnabled(kept is not None and self._desk.actor.name not in kept.read_by)

    def _on_paper(self) -> tuple[SheetContent, KeptSheet | None]:
        kept = self.chosen
        assert kept is not None
        return kept.sheet.read(), kept

    def _on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.shifts:
            self._wait.start()

    # acts

    def give(self) -> None:
        """Ctrl+Enter: take this shift over."""
        kept = self.chosen
        if kept is None or not self.take.isEnabled() or self.asking is not None:
            return
        giver = kept.sheet.signed
        title = t("shifts.takeFrom", shift=shift_title(kept.sheet.read()), name=giver.name)
        sheet = AcceptSheet(self._theme, title, self._desk.actor, giver.user, self.window())
        self.asking = sheet
        sheet.finished.connect(lambda _how: setattr(self, "asking", None))
        sheet.given.connect(
            lambda user, password, words: self._kit.tasks.start(
                self._take(kept.sheet.id, user, password, words), self._not_taken
            )
        )
        sheet.open()

    async def _take(self, sheet_id: str, user: str, password: str, words: str) -> None:
        by, offline = None, False
        if user != self._desk.actor.user:
            by, offline = await self._desk.vouch(user, password)
        await self._desk.accept_shift(sheet_id, words, by, offline)
        if self.asking is not None:
            self.asking.accept()
        self._kit.notices.say(t("shifts.taken"))
        await self._look()

    def _not_taken(self, error: DeskError) -> bool:
        text = problem_text(error)
        if isinstance(error, ShiftReasonNeeded):
            text = t("shifts.takeReason", desks=", ".join(error.stations))
        elif isinstance(error, ShiftTaken):
            text = t("shifts.takenBy", name=error.name)
        if self.asking is None:
            return False
        self.asking.tell(text)
        return True

    def mark_read(self) -> None:
        """Ctrl+D: whoever is signed in has read it."""
        kept = self.chosen
        if kept is not None and self.read.isEnabled():
            self._kit.tasks.start(self._desk.mark_sheet_read(kept.sheet.id))

    def print_sheet(self) -> None:
        """Ctrl+P"""
        if self.chosen is not None:
            self.paper.print()

    def save_file(self) -> None:
        """Ctrl+S"""
        if self.chosen is not None:
            self.paper.choose_file()


def days_of(text: str, today: date) -> tuple[date, date] | None:
    """ "03/11", "03/11/2023" or "11/2023"; nothing: the last month. None: it is no date."""
    text = text.strip()
    if not text:
        return today - MONTH, today + timedelta(days=1)
    try:
        if (month := _MONTH.match(text)) is not None:
            first = date(int(month[2]), int(month[1]), 1)
            return first, (first + MONTH).replace(day=1) - timedelta(days=1)
        if (day := _DAY.match(text)) is not None:
            found = date(int(day[3] or today.year), int(day[2]), int(day[1]))
            return found, found
    except ValueError:
        return None
    return None


def sheet_line(kept: KeptSheet, me: str) -> str:
    """Two lines: which shift, and how it stands."""
    sheet = kept.sheet
    taken = sheet.accepted.name if sheet.accepted is not None else t("shifts.notTaken")
    state = t("shifts.line", gives=sheet.signed.name, takes=taken)
    more = [t("shifts.isSecond")] if sheet.state == SECOND else []
    more += [t("shifts.unsent")] if kept.waiting or kept.refused else []
    more += [t("shifts.toRead")] if me not in (*kept.read_by, sheet.signed.name) else []
    return f"{shift_title(sheet.read())}\n{' · '.join([state, *more])}"
