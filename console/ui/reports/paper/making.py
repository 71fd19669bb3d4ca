"""Papers out of sheets: a PDF, pictures. Needs a running QApplication; not for the interface's process."""

import re
import zlib

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from console.ui.reports.document import Document
from console.ui.reports.paper.errand import Page
from console.ui.reports.paper.layout import Layout
from console.ui.reports.paper.sheets import HIGH, WIDE, Ink

DPI = 254  # ten to a millimetre
QUICK = 1  # hardly packed, for it goes through a pipe only
NAME = "ioc-console"
_SPACES = re.compile(rb"(?<=beginbfrange).*?(?=endbfrange)", re.DOTALL)
"""Where a PDF says which letters its glyphs stand for: Qt has spaces stand for tabs, which have no glyph
of their own; what is copied, searched or read aloud would be words with tabs between them."""


def pages_of(document: Document, width: int) -> tuple[Page, ...]:
    """Pictures of all sheets."""
    scale, paper = width / WIDE, Ink().color("surface")
    found = []
    for sheet in Layout(document).made():
        image = QImage(width, round(HIGH * scale), QImage.Format.Format_RGB32)
        image.fill(paper)
        painter = QPainter(image)
        painter.scale(scale, scale)
        list(sheet.paint(painter))
        painter.end()
        pixels = zlib.compress(bytes(image.constBits()), QUICK)
        found.append(Page(image.width(), image.height(), pixels, tuple(sheet.words)))
    return tuple(found)


def pdf_of(document: Document) -> bytes:
    """Fonts embedded, text as text."""
    bytes_ = QByteArray()
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setTitle(f"{document.title}, {document.period}")
    writer.setCreator(NAME)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    painter = QPainter(writer)
    for number, sheet in enumerate(Layout(document).made()):
        if number:
            writer.newPage()
        list(sheet.paint(painter))
    painter.end()
    buffer.close()
    return _SPACES.sub(lambda told: told[0].replace(b"<0009>", b"<0020>"), bytes(bytes_.data()))
