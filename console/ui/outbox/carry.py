"""Carrying the outbox: from the sheets to the desk and the stick, and back."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.desk.carrying import province_of
from console.desk.errors import DeskError
from console.desk.parcel import SUFFIX, Parcel, file_name, read_parcel, write_parcel
from console.desk.rows import ParcelView
from console.domain.case import Actor
from console.domain.table import DISPATCHERS
from console.ui.notices import Notices
from console.ui.outbox.carry_sheet import CarrySheet, ExportSheet, ImportSheet
from console.ui.outbox.outbox_desk import PaneDesk
from console.ui.outbox.stick import stick_folder
from console.ui.parts.failure_text import failure_text
from console.ui.parts.time_text import local
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

Errand = Callable[[Callable[[], Any]], Awaitable[Any]]
"""Runs blocking work in a thread that nobody waits for."""


class CarryDesk(PaneDesk, Protocol):
    """What carrying asks of the desk."""

    @property
    def actor(self) -> Actor: ...
    @property
    def practice(self) -> bool: ...
    async def pack_outbox(self) -> Parcel: ...
    async def look_into(self, parcel: Parcel) -> ParcelView: ...
    async def take_in(self, parcel: Parcel) -> int: ...


class Carry(QObject):
    """One sheet at a time, over `host`."""

    def __init__(
        self,
        desk: CarryDesk,
        theme: Theme,
        tasks: Tasks,
        notices: Notices,
        errand: Errand,
        host: QWidget,
    ) -> None:
        super().__init__(host)
        self._desk, self._theme, self._tasks, self._notices = desk, theme, tasks, notices
        self._errand, self._host = errand, host
        self.sheet: CarrySheet | None = None
        self._parcel: Parcel | None = None

    def export(self) -> None:
        """Ctrl+Shift+S: the outbox out to a stick."""
        if self.sheet is None:
            self._tasks.start(self._open_export())

    def take(self) -> None:
        """Ctrl+Shift+O: another desk's outbox in from a stick."""
        if self._desk.actor.role not in DISPATCHERS:
            self._notices.problem(t("carry.notAllowed"))
        elif self.sheet is None:
            self._tasks.start(self._open_import())

    async def _open_export(self) -> None:
        folder = await self._errand(stick_folder)
        name = file_name(self._desk.actor.station, local(self._desk.clock.now()))
        sheet = ExportSheet(self._theme, str(folder / name), self._host.window())
        self._show(sheet, lambda: self._export(sheet))

    async def _open_import(self) -> None:
        folder = await self._errand(stick_folder)
        sheet = ImportSheet(
            self._theme, str(await self._errand(lambda: _newest(folder))), self._host.window()
        )
        sheet.taken.connect(lambda: self._tasks.start(self._take_in(sheet), self._failing(sheet)))
        self._show(sheet, lambda: self._look(sheet))

    def _show(self, sheet: CarrySheet, work: Callable[[], Any]) -> None:
        self.sheet = sheet
        sheet.given.connect(lambda: self._tasks.start(work(), self._failing(sheet)))
        sheet.finished.connect(lambda _result: self._closed())
        sheet.open()

    def _closed(self) -> None:
        self.sheet, self._parcel = None, None

    def _failing(self, sheet: CarrySheet) -> Callable[[DeskError], bool]:
        def say(error: DeskError) -> bool:
            if self.sheet is sheet:
                sheet.failed(failure_text(error, self._desk.reference))
            return self.sheet is sheet

        return say

    async def _export(self, sheet: ExportSheet) -> None:
        file, phrase = Path(sheet.file.text()), sheet.phrase.text()
        parcel = await self._desk.pack_outbox()
        await self._errand(lambda: write_parcel(file, parcel, phrase))
        self._notices.say(t("carry.out.done", n=len(parcel.letters), file=file.name))
        self._close(sheet)

    async def _look(self, sheet: ImportSheet) -> None:
        file, phrase = Path(sheet.file.text()), sheet.phrase.text()
        desk = self._desk
        province = province_of(desk.reference)
        self._parcel = await self._errand(
            lambda: read_parcel(file, phrase, practice=desk.practice, province=province)
        )
        view = await desk.look_into(self._parcel)
        if self.sheet is sheet:
            sheet.show_view(view, desk.clock.now())

    async def _take_in(self, sheet: ImportSheet) -> None:
        parcel = self._parcel
        if parcel is None:
            return
        new = await self._desk.take_in(parcel)
        known = len(parcel.letters) - new
        self._notices.say(t("carry.in.done", n=new, station=parcel.station, known=known))
        self._close(sheet)

    def _close(self, sheet: CarrySheet) -> None:
        if self.sheet is sheet:
            sheet.accept()


def _newest(folder: Path) -> Path | str:
    """The newest outbox file on the stick; "" where there is none."""
    try:
        found = [(file.stat().st_mtime, file) for file in folder.glob(f"*{SUFFIX}")]
    except OSError:
        return ""
    return max(found)[1] if found else ""
