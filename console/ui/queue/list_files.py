"""Copy, CSV and paper: of the chosen cases, else of the current row (copy) or the whole view."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog

from console.desk.errors import DeskError
from console.desk.progress import Work
from console.desk.rows import Page, Question, QueueRow
from console.ui.notices import Notices
from console.ui.parts.failure_text import failure_text
from console.ui.parts.time_text import exact_text, local
from console.ui.queue.answer_lines import AnswerLines
from console.ui.queue.filter_words import FilterWords
from console.ui.queue.lines import Lines, tabbed
from console.ui.queue.list_desk import ListDesk
from console.ui.queue.list_file import ExportMoved, ListFile
from console.ui.queue.list_paper import ListPaper, Sheet
from console.ui.queue.queue_room import QueueRoom
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

SLICE = 500  # rows read and written at once
TRIES = 3  # times that an export begins again because its answer is no longer kept
PRINTED = 2000  # rows on paper at most: some seventy pages


class Listed(NamedTuple):
    """What is meant, as it stood when it was asked for: somebody may look at something else meanwhile."""

    question: Question
    answer: int  # of the pages that were shown
    ids: tuple[str, ...]  # of the chosen cases; none: all
    total: int


class ListFiles(QObject):
    """One export or print at a time, each while somebody works on: the strip tells how far it is."""

    def __init__(self, room: QueueRoom, desk: ListDesk, theme: Theme, tasks: Tasks, notices: Notices) -> None:
        super().__init__(room)
        self._room, self._desk = room, desk
        self._tasks, self._notices = tasks, notices
        self.work: Work | None = None  # what runs

    def begin(self, name: str) -> None:
        """copy, export or print."""
        if name == "copy":
            self._tasks.start(self.copy())
        elif self.work is not None:
            self._notices.problem(t("progress.busy"))
        elif name == "export":
            self._choose_file()
        elif name == "print":
            self._choose_printer()

    def _listed(self) -> Listed:
        state, ids = self._room.state, self._room.selection
        question = Question(view=state.view, filter=state.filter, sort=state.sort, reverse=state.reverse)
        return Listed(question, state.answer, ids, len(ids) or state.total)

    def _lines(self) -> Lines:
        return Lines(self._room.layouts.layout.names, self._room.model.words, self._desk.clock.now())

    # the clipboard

    async def copy(self) -> None:
        """Ctrl+C: the chosen rows, or the current one, with a tab between the columns."""
        ids = self._room.selection or tuple(filter(None, (self._room.chosen,)))
        rows, lines = await self._desk.rows(ids), self._lines()
        texts = [lines.of(rows[case]) for case in ids if case in rows]
        if texts:
            await self._desk.note_act("list_copied", rows=len(texts))
            QGuiApplication.clipboard().setText(tabbed(texts))
            self._notices.say(t("list.copied", n=len(texts)), seconds=4)

    # files

    def _choose_file(self) -> None:
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
        listed, lines = self._listed(), self._answer_lines()
        out = ListFile(file, lines)
        try:
            with self._desk.works.begin("export", listed.total) as work:
                self.work = work
                await self._desk.note_act("list_exported", rows=listed.total)
                written = await self._write(out, lines, listed, work)
        except DeskError as error:
            self._notices.problem(failure_text(error))
            return
        finally:
            self.work = None
            await asyncio.to_thread(out.discard)
        if work.cancelled:
            self._notices.say(t("list.stopped"))
        else:
            self._notices.say(t("list.exported", n=written, file=file.name))

    def _answer_lines(self) -> AnswerLines:
        names, types = self._room.layouts.layout.names, self._room.state.filter.types
        return AnswerLines(names, self._room.model.words, self._desk.clock.now(), self._desk.reference, types)

    async def _write(self, out: ListFile[QueueRow], lines: AnswerLines, listed: Listed, work: Work) -> int:
        for _ in range(TRIES):
            written = 0
            await asyncio.to_thread(out.begin)
            async for rows in self._read(listed):
                if work.cancelled:
                    return written
                if rows is None:
                    break
                lines.take(await self._desk.answers([row.id for row in rows]))
                await asyncio.to_thread(out.put, rows)
                written += len(rows)
                work.tell(written)
            else:
                await asyncio.to_thread(out.finish)
                return written
        raise ExportMoved

    async def _read(self, listed: Listed) -> AsyncIterator[Sequence[QueueRow] | None]:
        """Slices of what is meant; None where the answer that they come from is no longer kept."""
        ids = listed.ids
        if ids:
            for start in range(0, len(ids), SLICE):
                part = ids[start : start + SLICE]
                rows = await self._desk.rows(part)
                yield [rows[case] for case in part if case in rows]
            return
        first = await self._page(listed.question, 0, listed.answer)
        yield first.rows
        for offset in range(SLICE, first.total, SLICE):
            page = await self._page(listed.question, offset, first.answer)
            if page.answer != first.answer:
                yield None
                return
            yield page.rows

    async def _page(self, asked: Question, offset: int, answer: int) -> Page:
        return await self._desk.queue(
            asked.view,
            asked.filter,
            asked.sort,
            offset,
            SLICE,
            reverse=asked.reverse,
            answer=answer or None,
            around="",
        )

    # paper

    def _choose_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        chooser = QPrintDialog(printer, self._room.window())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.accepted.connect(lambda: self._tasks.start(self.print(printer)))
        QDialog.open(chooser)  # its own `open` wants a slot's name

    async def print(self, printer: QPrinter) -> int:
        """The chosen cases, or the view as far as PRINTED, page by page. The answer: how many pages."""
        listed, lines, rows = self._listed(), self._lines(), list[QueueRow]()
        title, of = self._title(), self._said_of(listed)
        try:
            with self._desk.works.begin("print", min(PRINTED, listed.total)) as work:
                self.work = work
                async for part in self._read(listed):
                    rows += (part or [])[: PRINTED - len(rows)]
                    if len(rows) >= PRINTED or work.cancelled:
                        break
                left = max(0, listed.total - len(rows))
                await self._desk.note_act("list_printed", rows=len(rows))
                sheet = self._sheet(title, of, len(rows), left)
                pages = await self._pages(ListPaper(printer, sheet, lines), rows, work)
        finally:
            self.work = None
        self._notices.say(
            t("list.stopped") if work.cancelled else t("list.printed", n=len(rows), pages=pages)
        )
        return pages

    async def _pages(self, paper: ListPaper, rows: Sequence[QueueRow], work: Work) -> int:
        pages = 0
        for done in paper.paint(rows):
            pages += 1
            work.tell(done, len(rows))
            await asyncio.sleep(0)
            if work.cancelled:
                paper.abort()
                break
        return pages

    def _sheet(self, title: str, of: Sequence[str], count: int, left: int) -> Sheet:
        now = exact_text(self._desk.clock.now())
        more = t("list.more", n=count, left=left) if left else t("list.count", n=count)
        return Sheet(title, " · ".join([*of, more]), t("list.asOf", time=now))

    def _title(self) -> str:
        """The view that is shown, by the name on its tab; a saved one that was changed says so."""
        viewing = self._room.viewing
        if viewing.active is None:
            return t(f"tab.{self._room.state.view.value}")
        return t("list.changed", view=viewing.active.name) if viewing.changed else viewing.active.name

    def _said_of(self, listed: Listed) -> list[str]:
        """What a saved view is made from, its filter in words, or how many are chosen."""
        chosen, day = listed.question.filter, local(self._desk.clock.now()).date()
        of = [] if self._room.viewing.active is None else [t(f"tab.{listed.question.view.value}")]
        if listed.ids:
            return [*of, t("list.chosen", n=len(listed.ids))]
        words = FilterWords(self._desk.reference, day, self._desk.actor.user)
        of += [words.shown(name, chosen) for name, _ in words.parts_of(chosen)]
        return [*of, t("filter.words", words=chosen.words)] if chosen.words else of
