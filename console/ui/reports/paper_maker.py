"""Papers of a report, made in processes of their own: one for what is shown, one for what is saved."""

import asyncio
import zlib

import msgspec
from PySide6.QtGui import QImage

from console.desk.reports.child import Child
from console.ui.reports.document import Document
from console.ui.reports.paper.errand import Make, Page, PaperErrand, Papers, Printing
from console.ui.words import language

CHILD = "console.ui.reports.paper.child"
BOOK_CHILD = "console.ui.reports.workbook_child"


class PaperMaker:
    """On the loop's thread."""

    def __init__(self) -> None:
        self._shown, self._kept, self._book = Child(CHILD), Child(CHILD), Child(BOOK_CHILD)

    async def warm(self) -> None:
        """Pages are wanted soon."""
        await asyncio.to_thread(self._shown.warm)

    async def pages(self, document: Document, width: int) -> list[tuple[QImage, tuple[str, ...]]] | None:
        """All sheets as pictures so wide, each with its words. None: newer ones were asked for.
        Raises ReportNotMade."""
        errand = PaperErrand(make=Make.PAGES, language=language(), document=document, width=width)
        return await asyncio.to_thread(_pages, self._shown, errand)

    async def file(self, make: Make, document: Document) -> bytes | None:
        """A PDF or a workbook. None: another was asked for. Raises ReportNotMade."""
        errand = PaperErrand(make=make, language=language(), document=document)
        papers = await asyncio.to_thread(_ask, self._book if make is Make.XLSX else self._kept, errand)
        return papers.file if papers else None

    async def print(self, document: Document, printing: Printing) -> bool:
        """To a printer; whether it took it."""
        errand = PaperErrand(make=Make.PRINT, language=language(), document=document, printing=printing)
        papers = await asyncio.to_thread(_ask, self._kept, errand)
        return papers is not None and papers.printed

    def end(self) -> None:
        """Nobody waits any more."""
        self._shown.end()
        self._kept.end()
        self._book.end()


def _ask(child: Child, errand: PaperErrand) -> Papers | None:
    said = child.ask(msgspec.msgpack.encode(errand))
    return None if said is None else msgspec.msgpack.decode(said, type=Papers)


def _pages(child: Child, errand: PaperErrand) -> list[tuple[QImage, tuple[str, ...]]] | None:
    papers = _ask(child, errand)
    if papers is None:
        return None
    return [(_image(page), page.words) for page in papers.pages]


def _image(page: Page) -> QImage:
    pixels = zlib.decompress(page.pixels)
    shown = QImage(pixels, page.width, page.height, 4 * page.width, QImage.Format.Format_RGB32)
    return shown.copy()  # the bytes are gone behind this
