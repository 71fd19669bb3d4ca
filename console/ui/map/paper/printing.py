"""The map to a printer, a PDF or a PNG file. Land is painted and files are written beside the interface."""

import asyncio
import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QObject, QPoint, QStandardPaths, Qt
from PySide6.QtGui import QImage, QKeySequence, QPageLayout, QPageSize, QPainter, QPdfWriter, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu

from console.ui.map.map_pane import MapPane
from console.ui.map.paper.picture import RATIO, ground_picture, map_picture
from console.ui.map.paper.sheet import Sheet
from console.ui.map.tool_button import tool_button
from console.ui.parts.failure_text import failure_text
from console.ui.parts.time_text import clock_seconds_text, date_text, exact_text, local
from console.ui.queue.list_file import ExportFull, ExportUnwritable
from console.ui.queue.queue_room import Clock
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

PNG, PDF = "png", "pdf"
DPI = 300
_MARGIN_MM = 10.0


class Teller(Protocol):
    """Where sentences go."""

    def say(self, text: str) -> object: ...
    def problem(self, text: str) -> None: ...


class Dated(Protocol):
    """What is asked of the desk."""

    @property
    def clock(self) -> Clock: ...


class MapPaper(QObject):
    """`replayed`: the words of another time that the map shows, "" for now."""

    def __init__(
        self, pane: MapPane, desk: Dated, tasks: Tasks, notices: Teller, replayed: Callable[[], str]
    ) -> None:
        super().__init__(pane)
        self._pane, self._desk, self._tasks, self._notices = pane, desk, tasks, notices
        self._replayed = replayed
        self._theme = Theme("light")  # paper is white
        self.button = tool_button(pane.theme, "action.print", t("map_paper.button"), "Ctrl P", pane)
        self.button.clicked.connect(self.open_menu)
        pane.add_tool(self.button)
        key = QShortcut(QKeySequence("Ctrl+P"), pane)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.open_menu)
        pane.tell_key("Ctrl P", t("key.printMap"), self.open_menu)

    def open_menu(self) -> QMenu:
        """Ctrl+P: to a printer, or into which file."""
        menu = QMenu(self._pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(t("map_paper.print")).triggered.connect(self._choose_printer)
        for kind in (PDF, PNG):
            menu.addAction(t(f"map_paper.{kind}")).triggered.connect(lambda _, k=kind: self._choose_file(k))
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))
        return menu

    def _choose_file(self, kind: str) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        moment = local(self._desk.clock.now())
        chooser = QFileDialog(self._pane.window(), t(f"map_paper.{kind}"), folder, f"*.{kind}")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(kind)
        chooser.selectFile(t("map_paper.fileName", time=f"{moment:%Y%m%d-%H%M}", kind=kind))
        chooser.fileSelected.connect(lambda file: self._tasks.start(self.export(Path(file), kind)))
        chooser.open()

    def _choose_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        chooser = QPrintDialog(printer, self._pane.window())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.accepted.connect(lambda: self._tasks.start(self.print(printer)))
        QDialog.open(chooser)  # QPrintDialog's own wants a slot

    # -- the sheet ----------------------------------------------------------------------------------

    async def sheet(self) -> Sheet:
        """The map as it is seen now."""
        view, now = self._pane.view, self._desk.clock.now()
        window, ground = view.camera.window, view.ground_for(self._theme, RATIO)
        land = await asyncio.to_thread(ground_picture, ground, window, view.camera.quarters)
        while view.camera.window != window:  # it was moved meanwhile
            window = view.camera.window
            land = await asyncio.to_thread(ground_picture, ground, window, view.camera.quarters)
        facts = self._pane.legend_facts()
        at = now if facts.at is None else facts.at
        counted = t("map_paper.moment", time=clock_seconds_text(at), day=date_text(at), n=facts.cases)
        made = t("map_paper.made", time=exact_text(now))
        return Sheet(map_picture(view, land, self._theme), window, facts, self._replayed() or counted, made)

    async def export(self, file: Path, kind: str) -> None:
        """Into a file of a kind (`PNG`, `PDF`); what cannot be written is told, and nothing is left of it."""
        sheet = await self.sheet()
        try:
            await asyncio.to_thread(write, sheet, self._theme, file, kind)
        except (ExportFull, ExportUnwritable) as error:
            self._notices.problem(failure_text(error))
            return
        self._notices.say(t("map_paper.written", file=file.name))

    async def print(self, printer: QPrinter) -> None:
        """To a printer."""
        sheet = await self.sheet()
        printer.setPageOrientation(_orientation(sheet, self._theme))
        painter = QPainter()
        if not painter.begin(printer):
            self._notices.problem(t("map_paper.noPrinter"))
            return
        room = printer.pageRect(QPrinter.Unit.DevicePixel)
        _fit(painter, sheet, self._theme, room.width(), room.height())
        painter.end()
        self._notices.say(t("map_paper.printed"))


def write(sheet: Sheet, theme: Theme, file: Path, kind: str) -> None:
    """Beside its place and put there when it is whole. Blocking. Raises ExportFull, ExportUnwritable."""
    data = as_pdf(sheet, theme) if kind == PDF else as_png(sheet, theme)
    part = file.with_name(f"{file.name}.part")
    try:
        try:
            part.write_bytes(data)
            os.replace(part, file)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (ExportFull if full else ExportUnwritable) from error


def as_png(sheet: Sheet, theme: Theme) -> bytes:
    """The sheet as a picture of the map's density."""
    size, ratio = sheet.size(theme), sheet.picture.devicePixelRatio()
    image = QImage(round(size.width() * ratio), round(size.height() * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    sheet.paint(painter, theme)
    painter.end()
    with_it = _Bytes()
    image.save(with_it.buffer, "PNG")  # type: ignore[call-overload]
    return with_it.taken()


def as_pdf(sheet: Sheet, theme: Theme) -> bytes:
    """One page of A4, upright or across as the map is."""
    with_it = _Bytes()
    writer = QPdfWriter(with_it.buffer)
    writer.setResolution(DPI)
    writer.setTitle(t("map_paper.title"))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(_orientation(sheet, theme))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    painter = QPainter(writer)
    _fit(painter, sheet, theme, writer.width(), writer.height())
    painter.end()
    return with_it.taken()


class _Bytes:
    """What Qt writes into, in memory."""

    def __init__(self) -> None:
        self._bytes = QByteArray()
        self.buffer = QBuffer(self._bytes)
        self.buffer.open(QIODevice.OpenModeFlag.WriteOnly)

    def taken(self) -> bytes:
        self.buffer.close()
        return bytes(self._bytes.data())


def _orientation(sheet: Sheet, theme: Theme) -> QPageLayout.Orientation:
    size = sheet.size(theme)
    across = size.width() > size.height()
    return QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait


def _fit(painter: QPainter, sheet: Sheet, theme: Theme, width: float, height: float) -> None:
    """As large as it fits, in the middle of the page from left to right."""
    size = sheet.size(theme)
    scale = min(width / size.width(), height / size.height())
    painter.translate((width - size.width() * scale) / 2, 0)
    painter.scale(scale, scale)
    sheet.paint(painter, theme)
