"""A report saved as PDF, workbook or CSV, or printed: made beside the interface, written when it is whole."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from console.desk.reports.period_reports import PeriodReport
from console.ui.notices import Notices
from console.ui.reports.document import Document
from console.ui.reports.paper.errand import Make, Printing
from console.ui.reports.paper_maker import PaperMaker
from console.ui.reports.report_csv import csv_text
from console.ui.reports.saving import write_whole
from console.ui.tasks import Tasks
from console.ui.words import t

CSV = "csv"
KINDS = (Make.PDF.value, Make.XLSX.value, CSV)


class ReportFiles(QObject):
    """`of`: what is shown now."""

    def __init__(self, room: QWidget, maker: PaperMaker, tasks: Tasks, notices: Notices) -> None:
        super().__init__(room)
        self._room, self._maker, self._tasks, self._notices = room, maker, tasks, notices
        self.of: tuple[PeriodReport, Document] | None = None

    def choose_file(self, kind: str) -> None:
        """Where to; one of KINDS."""
        if self.of is None:
            self._notices.problem(t("reports.nothing"))
            return
        report, document = self.of
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chooser = QFileDialog(self._room.window(), t("reports.export"), folder, f"*.{kind}")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(kind)
        period = report.figures.period
        days = f"{period.first:%Y%m%d}-{period.last:%Y%m%d}"
        chooser.selectFile(t("reports.fileName", days=days, kind=kind))
        chooser.fileSelected.connect(lambda file: self._tasks.start(self.save(Path(file), kind, document)))
        chooser.open()

    async def save(self, file: Path, kind: str, document: Document) -> None:
        """The report stays on the screen, whatever comes of it. Raises ReportNotMade, ReportFileOpen,
        ExportFull, ExportUnwritable."""
        if kind == CSV:
            data: bytes | None = (await asyncio.to_thread(csv_text, document)).encode("utf-8")
        else:
            data = await self._maker.file(Make(kind), document)
        if data is None:
            return
        await asyncio.to_thread(write_whole, data, file)
        self._notices.say(t("reports.saved", file=file.name))

    def choose_printer(self) -> None:
        """Ctrl+P."""
        if self.of is None:
            self._notices.problem(t("reports.nothing"))
            return
        _, document = self.of
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        chooser = QPrintDialog(printer, self._room.window())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.accepted.connect(lambda: self._tasks.start(self.print(printing_of(printer), document)))
        QDialog.open(chooser)  # its own `open` wants a slot's name

    async def print(self, printing: Printing, document: Document) -> None:
        """In the process that makes papers: pages are painted there, not here."""
        done = await self._maker.print(document, printing)
        if done:
            self._notices.say(t("reports.printed"))
        else:
            self._notices.problem(t("reports.notPrinted"))


def printing_of(printer: QPrinter) -> Printing:
    """What somebody chose."""
    return Printing(
        printer=printer.printerName(),
        file=printer.outputFileName(),
        copies=printer.copyCount(),
        duplex=printer.duplex().value,
        first=printer.fromPage(),
        last=printer.toPage(),
    )
