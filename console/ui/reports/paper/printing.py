"""A report to a printer. Needs a running QApplication; not for the interface's process."""

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from console.ui.reports.document import Document
from console.ui.reports.paper.errand import Printing
from console.ui.reports.paper.layout import Layout
from console.ui.reports.paper.sheets import WIDE

MM_WIDE = 210


def print_out(document: Document, how: Printing) -> bool:
    """Whether the printer took it."""
    printer = _printer(how)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    scale = printer.resolution() / 25.4 * MM_WIDE / WIDE
    sheets = Layout(document).made()
    chosen = sheets[max(0, how.first - 1) : how.last or len(sheets)]
    for number, sheet in enumerate(chosen):
        if number:
            printer.newPage()
        painter.save()
        painter.scale(scale, scale)
        list(sheet.paint(painter))
        painter.restore()
    return painter.end()


def _printer(how: Printing) -> QPrinter:
    info = QPrinterInfo.printerInfo(how.printer)
    mode = QPrinter.PrinterMode.HighResolution
    printer = QPrinter(mode) if info.isNull() else QPrinter(info, mode)
    if how.file:
        printer.setOutputFileName(how.file)
    printer.setCopyCount(how.copies)
    printer.setDuplex(QPrinter.DuplexMode(how.duplex))
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    return printer
