"""The sheet on A4: as a file whose text can be selected, and on a printer. Always in the light colours."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QMarginsF, QStandardPaths, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from console.desk.shift_rows import KeptSheet
from console.domain.handover import SheetContent
from console.ui.more_rooms import Kit
from console.ui.shifts.sheet_html import sheet_html, shift_title
from console.ui.theme import Theme
from console.ui.words import t

POINTS = 8.5
NAME = "ioc-console"
PLAIN = ("calt", "liga", "ccmp", "tnum")
"""What fonts put in the place of letters: a PDF could not say any more which letters those are."""
_SPACES = re.compile(rb"(?<=beginbfrange).*?(?=endbfrange)", re.DOTALL)
"""Where a PDF says which letters its glyphs stand for: Qt has spaces stand for tabs."""


class SheetPaper:
    """Ctrl+P and Ctrl+S on whatever sheet is shown: `shown` says which."""

    def __init__(
        self, kit: Kit, owner: QWidget, shown: Callable[[], tuple[SheetContent, KeptSheet | None]]
    ) -> None:
        self._kit, self._owner, self._shown = kit, owner, shown
        self._light = Theme("light")

    def _html(self) -> tuple[str, str]:
        content, kept = self._shown()
        return sheet_html(content, self._light, kept), shift_title(content)

    def print(self) -> None:
        """Choose a printer; then the sheet goes to it."""
        html, _ = self._html()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        chooser = QPrintDialog(printer, self._owner.window())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.accepted.connect(lambda: document_of(html, self._family()).print_(printer))
        QDialog.open(chooser)  # its own `open` wants a slot's name

    def choose_file(self) -> None:
        """Choose where the PDF goes; then it is written there."""
        content, _ = self._shown()
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chooser = QFileDialog(self._owner.window(), t("shifts.pdf"), folder, t("shifts.pdfFiles"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("pdf")
        chooser.selectFile(t("shifts.pdfName", time=f"{content.begins:%Y%m%d-%H%M}"))
        chooser.fileSelected.connect(lambda file: self._kit.tasks.start(self.export(Path(file))))
        chooser.open()

    async def export(self, file: Path) -> None:
        """The sheet into a file; a file that cannot be written is said, and nothing is lost."""
        (html, title), family = self._html(), self._family()
        data = await self._kit.errand(lambda: pdf_of(html, title, family))
        try:
            await self._kit.errand(lambda: file.write_bytes(data))
        except OSError:
            self._kit.notices.problem(t("shifts.pdfFailed", file=file.name))
            return
        self._kit.notices.say(t("shifts.pdfDone", file=file.name))

    def _family(self) -> list[str]:
        families: list[str] = self._light.tokens["type"]["family"]
        return families


def document_of(html: str, families: list[str]) -> QTextDocument:
    """For paper."""
    document, font = QTextDocument(), QFont()
    font.setFamilies(families)
    font.clearFeatures()
    for name in PLAIN:
        font.setFeature(QFont.Tag(name), 0)
    font.setPointSizeF(POINTS)
    document.setDefaultFont(font)
    document.setHtml(html)
    return document


def pdf_of(html: str, title: str, families: list[str]) -> bytes:
    """Fonts embedded, text as text, pages numbered. In any thread."""
    _loop = QEventLoop()  # a document asks its thread for timers
    bytes_ = QByteArray()
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(NAME)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)  # a document has its own
    document_of(html, families).print_(writer)
    buffer.close()
    return _SPACES.sub(lambda told: told[0].replace(b"<0009>", b"<0020>"), bytes(bytes_.data()))
