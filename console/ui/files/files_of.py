"""Keeps one strip and the desk together: reads the files of a case, attaches, opens, saves, takes out."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageReader
from PySide6.QtWidgets import QFileDialog

from console.desk.attachment_rows import Attachment, AttachmentRow, Lying, Pasted
from console.desk.changes import Changes
from console.desk.errors import DeskError
from console.ui.files.file_strip import FileStrip, file_paths
from console.ui.files.file_text import is_picture
from console.ui.files.picture_sheet import PictureSheet
from console.ui.notices import Notices
from console.ui.parts.failure_text import failure_text
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

Source = Path | Pasted
ENDINGS = "*.jpg *.jpeg *.png *.webp *.mp3 *.m4a *.ogg *.oga *.wav *.pdf"


class FilesDesk(Protocol):
    """What is asked of the desk."""

    async def attach(self, case_id: str, source: Source) -> Attachment: ...
    async def attachments(self, case_id: str) -> tuple[AttachmentRow, ...]: ...
    async def attachment_bytes(self, sha256: str) -> bytes: ...
    async def fetch_attachment(self, sha256: str) -> None: ...
    async def remove_unsent_attachment(self, case_id: str, sha256: str) -> None: ...


class FilesOf(QObject):
    """`taken(AttachmentRow)`: one was just attached here. `give` attaches; without it to the case itself."""

    taken = Signal(object)

    def __init__(
        self,
        desk: FilesDesk,
        signals: DeskSignals,
        theme: Theme,
        tasks: Tasks,
        notices: Notices,
        strip: FileStrip,
        give: Callable[[Source], Awaitable[Attachment]] | None = None,
    ) -> None:
        super().__init__(strip)
        self._desk, self._theme, self._tasks, self._notices = desk, theme, tasks, notices
        self.strip, self._give = strip, give or self._give_to_case
        self.case_id = ""
        self.rows: tuple[AttachmentRow, ...] = ()
        self._awaited = ""  # shown as soon as it is here
        strip.attach.connect(self.choose)
        strip.dropped.connect(self.attach)
        strip.opened.connect(self.open)
        strip.removed.connect(lambda row: tasks.start(self._remove(row)))
        strip.kept.connect(self.save)
        signals.changed.connect(self._on_changes)

    # which files

    def follow(self, case_id: str) -> None:
        """Show the files of this case, or of the case that a draft will be; "" shows none."""
        if case_id == self.case_id:
            return
        self.case_id, self._awaited = case_id, ""
        self._show(())
        self.read()

    def read(self) -> None:
        """Ask again."""
        if self.case_id:
            self._tasks.start(self._read(self.case_id))

    async def _read(self, case_id: str) -> None:
        rows = await self._desk.attachments(case_id)
        if case_id == self.case_id:
            self._show(rows)

    def _show(self, rows: Sequence[AttachmentRow]) -> None:
        self.rows = tuple(rows)
        self.strip.show_rows(self.rows)
        awaited = next((row for row in self.rows if row.sha256 == self._awaited), None)
        if awaited is not None and awaited.here:
            self._awaited = ""
            self.open(awaited)

    def _on_changes(self, changes: Changes) -> None:
        mine = self.case_id in changes.cases or changes.drafts
        if mine or not changes.files.isdisjoint(row.sha256 for row in self.rows):
            self.read()

    # attaching

    async def _give_to_case(self, source: Source) -> Attachment:
        return await self._desk.attach(self.case_id, source)

    def choose(self) -> None:
        """The system's own file window; it never blocks."""
        if not self.strip.add.isEnabled():
            self._notices.problem(self.strip.add.toolTip())
            return
        chooser = QFileDialog(self.strip, t("files.choose"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.setNameFilters([f"{t('files.kinds')} ({ENDINGS})", f"{t('files.all')} (*)"])
        chooser.filesSelected.connect(lambda names: self.attach(Path(name) for name in names))
        chooser.open()

    def paste(self) -> bool:
        """What lies in the clipboard, as `take`."""
        return self.take(QGuiApplication.clipboard().mimeData())

    def take(self, carried: QMimeData) -> bool:
        """Attach the files or the picture in it. False: there are none."""
        if paths := file_paths(carried):
            self.attach(paths)
            return True
        image = QImage(carried.imageData()) if carried.hasImage() else QImage()
        if image.isNull():
            return False
        self._tasks.start(self._attach_picture(image))
        return True

    def attach(self, sources: Iterable[Source]) -> None:
        """One after the other; each that cannot be attached gets a sentence of its own."""
        self._tasks.start(self._attach(tuple(sources)))

    async def _attach_picture(self, image: QImage) -> None:
        data = await asyncio.to_thread(png_of, image)
        await self._attach((Pasted(name=t("files.pasted"), data=data),))

    async def _attach(self, sources: Sequence[Source]) -> None:
        for source in sources:
            try:
                attached = await self._give(source)
            except DeskError as error:
                self._notices.problem(f"{source.name}: {failure_text(error)}")
            else:
                self.taken.emit(attached.row)
        self.read()

    # looking and keeping

    def open(self, row: AttachmentRow) -> None:
        """A picture is shown, anything else saved to be opened; what is not here is fetched first."""
        if not row.here:
            self._awaited = row.sha256
            self._tasks.start(self._desk.fetch_attachment(row.sha256))
            if row.state not in (Lying.FETCHING, Lying.ON_ITS_WAY):
                self._notices.say(t("files.fetching", name=row.name), seconds=5)
        elif is_picture(row):
            self._look(row)
        else:
            self.save(row)

    def _look(self, row: AttachmentRow) -> None:
        pictures = [one for one in self.rows if is_picture(one) and one.here]
        place = next(n for n, one in enumerate(pictures) if one.sha256 == row.sha256)
        sheet = PictureSheet(self._theme, pictures, place, self.strip)
        sheet.wanted.connect(lambda wanted: self._tasks.start(self._load(sheet, wanted)))
        sheet.kept.connect(self.save)
        sheet.begin()
        sheet.open()

    async def _load(self, sheet: PictureSheet, row: AttachmentRow) -> None:
        data = await self._desk.attachment_bytes(row.sha256)
        image = await asyncio.to_thread(image_of, data)
        sheet.show_image(row, image, t("files.unshowable"))

    def save(self, row: AttachmentRow) -> None:
        """Out of the encrypted file to a place of the operator's choosing."""
        chooser = QFileDialog(self.strip.window(), t("files.save"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.selectFile(row.name)
        chooser.fileSelected.connect(lambda name: self._tasks.start(self._save(row, Path(name))))
        chooser.open()

    async def _save(self, row: AttachmentRow, path: Path) -> None:
        data = await self._desk.attachment_bytes(row.sha256)
        try:
            await asyncio.to_thread(path.write_bytes, data)
        except OSError:
            self._notices.problem(t("files.notSaved", name=path.name))
        else:
            self._notices.say(t("files.saved", name=path.name), seconds=5)

    async def _remove(self, row: AttachmentRow) -> None:
        await self._desk.remove_unsent_attachment(self.case_id, row.sha256)
        self._notices.say(t("files.removed", name=row.name), seconds=5)
        self.read()


def image_of(data: bytes) -> QImage:
    """The picture, upright; a null image where it cannot be shown. Belongs on a thread of its own."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader.read()


def png_of(image: QImage) -> bytes:
    """As a file. Belongs on a thread of its own."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
