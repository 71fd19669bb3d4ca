"""Copy, CSV and paper: of the chosen cases, else of the current row (copy) or the whole view."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog

from console.desk.errors import DeskError
from console.desk.rows import QueueRow
from console.ui.notices import Notices
from console.ui.parts.failure_text import failure_text
from console.ui.parts.time_text import exact_text, local
from console.ui.queue.filter_words import FilterWords
from console.ui.queue.lines import Lines, tabbed
from console.ui.queue.list_desk import ListDesk
from console.ui.queue.list_file import ExportMoved, ListFile
from console.ui.queue.list_paper import ListPaper, Sheet
from console.ui.queue.progress_sheet import ProgressSheet
from console.ui.queue.queue_room import QueueRoom
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

SLICE = 500  # rows read and written at once
TRIES = 3  # times that an export begins again because its answer is no longer kept
PRINTED = 2000  # rows on paper at most: some seventy pages


class ListFiles(QObject):
    """One export or print at a time."""

    def __init__(self, room: QueueRoom, desk: ListDesk, theme: Theme, tasks: Tasks, notices: Notices) -> None:
        super().__init__(room)
        self._room, self._desk, self._theme = room, desk, theme
        self._tasks, self._notices = tasks, notices
        self._busy = self._stop = False
        self._meant = 0  # how many rows what is being read has in all

    def begin(self, name: str) -> None:
        """copy, export or print."""
        if name == "copy":
            self._tasks.start(self.copy())
        elif name == "export":
            self._choose_file()
        elif name == "print":
            self._choose_printer()

    def _lines(self) -> Lines:
        return Lines(self._room.layouts.layout.names, self._room.model.words, self._desk.clock.now())

    # the clipboard

    async def copy(self) -> None:
        """Ctrl+C: the chosen rows, or the current one, with a tab between the columns."""
        ids = self._room.selection or tuple(filter(None, (self._room.chosen,)))
        rows, lines = await self._desk.rows(ids), self._lines()
        texts = [lines.of(rows[case]) for case in ids if case in rows]
        if texts:
            QGuiApplication.clipboard().setText(tabbed(texts))
            self._notices.say(t("list.copied", n=len(texts)), seconds=4)

    # files

    def _choose_file(self) -> None:
        if self._busy:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        moment = local(self._desk.clock.now())
        chooser = QFileDialog(self._room.window(), t("queue.list.export"), folder, t("list.csvFiles"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("csv")
        chooser.selectFile(t("list.fileName", time=f"{moment:%Y%m%d-%H%M}"))
        chooser.fileSelected.connect(lambda file: self._tasks.start(self.export(Path(file))))
        chooser.open()

    async def export(self, file: Path) -> None:
        """The chosen cases, or the whole view as it is frozen, into a CSV file."""
        ids, out = self._room.selection, ListFile(file, self._lines())
        sheet = self._progress(t("queue.list.export"))
        try:
            written = await self._write(out, ids, sheet)
        except DeskError as error:
            self._notices.problem(failure_text(error))
            return
        finally:
            await asyncio.to_thread(out.discard)
            self._over(sheet)
        if self._stop:
            self._notices.say(t("list.stopped"))
        else:
            self._notices.say(t("list.exported", n=written, file=file.name))

    async def _write(self, out: ListFile, ids: Sequence[str], sheet: ProgressSheet) -> int:
        for _ in range(TRIES):
            written = 0
            await asyncio.to_thread(out.begin)
            async for rows in self._read(ids):
                if rows is None:
                    break
                await asyncio.to_thread(out.put, rows)
                written += len(rows)
                sheet.show_progress(written, self._meant)
                if self._stop:
                    return written
            else:
                await asyncio.to_thread(out.finish)
                return written
        raise ExportMoved

    async def _read(self, ids: Sequence[str]) -> AsyncIterator[Sequence[QueueRow] | None]:
        """Slices of what is meant; None where the answer that they come from is no longer kept."""
        self._meant = len(ids)
        if ids:
            for start in range(0, len(ids), SLICE):
                part = ids[start : start + SLICE]
                rows = await self._desk.rows(part)
                yield [rows[case] for case in part if case in rows]
            return
        first = await self._room.reader.stretch(0, SLICE)
        self._meant = first.total
        yield first.rows
        for offset in range(SLICE, first.total, SLICE):
            page = await self._room.reader.stretch(offset, SLICE, first.answer)
            if page.answer != first.answer:
                yield None
                return
            yield page.rows

    def _progress(self, title: str) -> ProgressSheet:
        self._busy, self._stop = True, False
        sheet = ProgressSheet(self._theme, title, self._room.window())
        sheet.stopped.connect(self._halt)
        sheet.open()
        return sheet

    def _halt(self) -> None:
        self._stop = True

    def _over(self, sheet: ProgressSheet) -> None:
        self._busy = False
        sheet.end()

    # paper

    def _choose_printer(self) -> None:
        if self._busy:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        chooser = QPrintDialog(printer, self._room.window())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.accepted.connect(lambda: self._tasks.start(self.print(printer)))
        QDialog.open(chooser)  # its own `open` wants a slot's name

    async def print(self, printer: QPrinter) -> int:
        """The chosen cases, or the view as far as PRINTED, page by page. The answer: how many pages."""
        ids, lines, rows = self._room.selection, self._lines(), list[QueueRow]()
        sheet = self._progress(t("queue.list.print"))
        try:
            async for part in self._read(ids):
                rows += (part or [])[: PRINTED - len(rows)]
                if len(rows) >= PRINTED or self._stop:
                    break
            left = max(0, self._meant - len(rows))
            paper = ListPaper(printer, self._sheet(len(ids), len(rows), left), lines)
            pages = await self._pages(paper, rows, sheet)
        finally:
            self._over(sheet)
        self._notices.say(t("list.stopped") if self._stop else t("list.printed", n=len(rows), pages=pages))
        return pages

    async def _pages(self, paper: ListPaper, rows: Sequence[QueueRow], sheet: ProgressSheet) -> int:
        pages = 0
        for done in paper.paint(rows):
            pages += 1
            sheet.show_progress(done, len(rows))
            await asyncio.sleep(0)
            if self._stop:
                paper.abort()
                break
        return pages

    def _sheet(self, chosen: int, count: int, left: int) -> Sheet:
        now = exact_text(self._desk.clock.now())
        what = t("list.chosen", n=chosen) if chosen else self._filter_text()
        more = t("list.more", n=count, left=left) if left else t("list.count", n=count)
        view = t(f"tab.{self._room.state.view.value}")
        return Sheet(view, " · ".join(filter(None, (what, more))), t("list.asOf", time=now))

    def _filter_text(self) -> str:
        """The filter in words; "" for none."""
        chosen, day = self._room.state.filter, local(self._desk.clock.now()).date()
        words = FilterWords(self._desk.reference, day, self._desk.actor.user)
        parts = [words.shown(name, chosen) for name, _ in words.parts_of(chosen)]
        return ", ".join([*parts, *filter(None, [chosen.words])])
