"""What the process that makes papers is asked, and what it answers: msgpack over its pipes."""

from enum import StrEnum

import msgspec

from console.ui.reports.document import Document


class Make(StrEnum):
    """What is to be made of a document."""

    PAGES = "pages"  # pictures of all sheets
    PDF = "pdf"
    XLSX = "xlsx"
    PRINT = "print"


class Printing(msgspec.Struct, frozen=True, kw_only=True):
    """As somebody chose it. `file`: instead of paper; `first`, `last`: pages, 0: all."""

    printer: str
    file: str = ""
    copies: int = 1
    duplex: int = 0  # QPrinter.DuplexMode
    first: int = 0
    last: int = 0


class PaperErrand(msgspec.Struct, frozen=True, kw_only=True):
    """`width`: pixels that a picture is wide."""

    make: Make
    language: str
    document: Document
    width: int = 0
    printing: Printing | None = None


class Page(msgspec.Struct, frozen=True):
    """One sheet as pixels (RGB32, packed by zlib), and its words in the order in which they are read.
    Unpacking a PNG would hold up the interface, for Qt lets nobody else work meanwhile; zlib does."""

    width: int
    height: int
    pixels: bytes
    words: tuple[str, ...]


class Papers(msgspec.Struct, frozen=True):
    """Pictures, or one file."""

    pages: tuple[Page, ...] = ()
    file: bytes = b""
    printed: bool = False
