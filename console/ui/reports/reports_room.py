"""The room of reports: a period, its pages as they will be on paper, and what may be done with them."""

import asyncio

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.desk.connection import Connection, Net
from console.desk.errors import DeskError, NotHere, ReportOffline
from console.desk.reports.period_reports import PeriodReport, Source
from console.domain.case import Role
from console.domain.figures.period import PeriodFault
from console.ui.more_rooms import Kit
from console.ui.parts.buttons import KeyButton
from console.ui.parts.failure_text import failure_text
from console.ui.parts.text import label, set_tone
from console.ui.reports.document import Document
from console.ui.reports.kept_list import KeptList
from console.ui.reports.lock_line import LockLine
from console.ui.reports.numbers import period_name
from console.ui.reports.pages_view import PagesView
from console.ui.reports.paper.errand import Make
from console.ui.reports.paper_maker import PaperMaker
from console.ui.reports.period_bar import PeriodBar
from console.ui.reports.report_files import CSV, ReportFiles
from console.ui.reports.report_state import ReportState
from console.ui.reports.telling import document_of, is_locked, made_texts, standing_text
from console.ui.words import t

PAUSE_MS = 250  # somebody steps through periods: only where they stop is counted


class ReportsRoom(QWidget):
    """Keys: Alt+arrows step, F5 counts anew, Ctrl+S and Ctrl+P make paper of it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._desk, self._theme = kit, kit.desk, kit.theme
        self.state = ReportState(kit.desk.clock.now)
        self.maker = PaperMaker()
        self.files = ReportFiles(self, self.maker, kit.tasks, kit.notices)
        self.bar = PeriodBar(kit.theme, self.state)
        self.kept = KeptList(kit.theme)
        self.pages = PagesView(kit.theme)
        self.lock_line = LockLine(kit.theme)
        self.standing, self.made = label("", strong=True), label("", "small", "muted", wrap=True)
        self.report: PeriodReport | None = None
        self._asked = 0  # counts wishes: of two answers the last one's is shown
        self._stale = True
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._buttons()
        self._lay_out()
        self._wire()

    def _buttons(self) -> None:
        theme, files = self._theme, self.files
        self.save = KeyButton(theme, t("reports.pdf"), "Ctrl S", "action.export", "primary")
        self.xlsx, self.csv = KeyButton(theme, t("reports.xlsx")), KeyButton(theme, t("reports.csv"))
        self.print = KeyButton(theme, t("reports.print"), "Ctrl P", "action.print")
        self.lock = KeyButton(theme, t("reports.lock"), icon="action.lock")
        self.save.clicked.connect(lambda: files.choose_file(Make.PDF.value))
        self.xlsx.clicked.connect(lambda: files.choose_file(Make.XLSX.value))
        self.csv.clicked.connect(lambda: files.choose_file(CSV))
        self.print.clicked.connect(files.choose_printer)
        self.lock.clicked.connect(self._ask_lock)

    def _lay_out(self) -> None:
        self.head = QWidget()
        for widget in (self.head, self):
            widget.setProperty("fill", "canvas")
            widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head.setProperty("edge", "bottom")
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.bar, 1)
        for button in (self.lock, self.print, self.csv, self.xlsx, self.save):
            first.addWidget(button)
        second.addWidget(self.standing)
        second.addWidget(self.made, 1)
        first.setSpacing(8)
        second.setSpacing(14)
        head = QVBoxLayout(self.head)
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(8)
        head.addLayout(first)
        head.addLayout(second)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.kept)
        body.addWidget(self.pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.lock_line)
        column.addLayout(body, 1)

    def _wire(self) -> None:
        self.bar.chosen.connect(self._chosen)
        self.kept.opened.connect(lambda one: self._kit.tasks.start(self._open(one), self._failed))
        self.lock_line.agreed.connect(lambda: self._kit.tasks.start(self._lock(), self._failed))
        self.lock_line.put_away.connect(self._put_lock_away)
        self._kit.signals.connection.connect(self._on_connection)
        self._theme.changed.connect(lambda: self._kit.tasks.start(self._paint_again()))
        for key, act in (
            ("Alt+Left", lambda: self.bar.step(-1)),
            ("Alt+Right", lambda: self.bar.step(1)),
            ("F5", self.refresh),
            ("Ctrl+S", self.save.click),
            ("Ctrl+P", self.print.click),
            ("Esc", self._put_lock_away),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # the window's wishes

    def activated(self) -> None:
        """It comes to the front: counted anew where nothing is shown yet."""
        self.bar.kinds.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._stale:
            self.refresh()
        else:
            self._kit.tasks.start(self._read_kept(), self._no_list)

    def keys(self) -> list[tuple[str, str]]:
        """For the status bar."""
        return [
            ("Alt ←", ""), ("Alt →", t("reports.key.step")), ("F5", t("reports.key.again")),
            ("Ctrl S", t("reports.pdf")), ("Ctrl P", t("reports.print")), ("F1", t("key.keys")),
        ]  # fmt: skip

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._may_lock()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: nothing goes on being counted."""
        super().hideEvent(event)
        self._pause.stop()

    def close_room(self) -> None:
        """The shift ends."""
        self._asked += 1
        self._desk.reports.end()
        self.maker.end()

    # counting

    def _chosen(self) -> None:
        self._put_lock_away()
        self._pause.start()

    def refresh(self) -> None:
        """Count the chosen period, and read what is kept."""
        self._pause.stop()
        self._stale = False
        fault = self.state.fault
        self._kit.tasks.start(self._read_kept(), self._no_list)
        if fault is not None:
            self._cannot(fault)
            return
        self._asked += 1
        self._show_nothing(t("reports.counting", period=period_name(self.state.period)))
        self._kit.tasks.start(self._count(self._asked), self._failed)

    def _cannot(self, fault: PeriodFault) -> None:
        self._asked += 1
        words = t(f"reports.fault.{fault.value}")
        self._show_nothing(words)
        self.standing.setText(words)
        set_tone(self.standing, "warnText")

    def _show_nothing(self, words: str) -> None:
        self.report = self.files.of = None
        self.standing.setText("")
        self.made.setText("")
        self.pages.blank(words)
        self._may_lock()

    async def _count(self, asked: int) -> None:
        warm = self._kit.tasks.start(self.maker.warm())
        report = await self._desk.reports.of(self.state.period)
        await warm
        if asked == self._asked and report is not None:
            await self._show(report, asked)

    async def _show(self, report: PeriodReport, asked: int) -> None:
        document = await asyncio.to_thread(document_of, report, self._desk.reference)
        if asked != self._asked:
            return
        self.report, self.files.of = report, (report, document)
        self._tell(report)
        await self._paint(document, asked)

    async def _paint(self, document: Document, asked: int) -> None:
        pages = await self.maker.pages(document, self.pages.pixels)
        if pages is not None and asked == self._asked:
            self.pages.show_pages(pages)

    async def _paint_again(self) -> None:
        """Another text size makes pages of another width."""
        if self.files.of is not None and self.isVisible():
            await self._paint(self.files.of[1], self._asked)

    def _tell(self, report: PeriodReport) -> None:
        self.standing.setText(standing_text(report))
        set_tone(self.standing, "goodText" if is_locked(report) else "warnText")
        self.made.setText(" ".join(made_texts(report)))
        self._may_lock()

    def _failed(self, error: DeskError) -> bool:
        """In the room itself: what failed, and what to do."""
        self._show_nothing(failure_text(error))
        self._stale = True
        return True

    # kept ones

    async def _read_kept(self) -> None:
        self.kept.show_kept(await self._desk.reports.kept())

    def _no_list(self, error: DeskError) -> bool:
        if isinstance(error, ReportOffline | NotHere):
            self.kept.unknown()
            return True
        return False

    async def _open(self, report_id: str) -> None:
        self._asked += 1
        asked = self._asked
        report = await self._desk.reports.one(report_id)
        if asked == self._asked:
            self.state.show(report.figures.period)
            self.bar.show_state()
            await self._show(report, asked)

    def _on_connection(self, connection: Connection) -> None:
        """The centre is there again: its figures are better than this desk's."""
        online = connection.net is Net.ONLINE
        if online and self.report is not None and self.report.source is Source.HERE:
            self._stale = True
            if self.isVisible():
                self.refresh()
        self._may_lock()

    # locking

    def _may_lock(self) -> None:
        """The button is there for everybody; where it does nothing it says why."""
        why = ""
        if self._desk.actor.role is not Role.SUPERVISOR:
            why = t("reports.lock.notYours")
        elif not self.state.over:
            why = t("reports.lock.runs")
        elif self.report is None or self.report.source is not Source.CENTRE:
            why = t("reports.lock.offline")
        elif is_locked(self.report):
            why = t("reports.lock.done")
        self.lock.setEnabled(not why)
        self.lock.setToolTip(why)

    def _ask_lock(self) -> None:
        self.lock_line.ask(period_name(self.state.period))

    def _put_lock_away(self) -> None:
        if not self.lock_line.isHidden():
            self.lock_line.hide()
            self.bar.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _lock(self) -> None:
        self._put_lock_away()
        self._asked += 1
        asked = self._asked
        report = await self._desk.reports.lock(self.state.period)
        self._kit.notices.say(t("reports.locked", period=period_name(report.figures.period)))
        await self._read_kept()
        if asked == self._asked:
            await self._show(report, asked)


def make(kit: Kit) -> ReportsRoom:
    """The room."""
    return ReportsRoom(kit)
