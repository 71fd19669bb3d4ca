"""A list from a file and to a file: what a file would change is shown before anything is published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from console.desk.administration.errors import DoesNotFit
from console.desk.errors import DeskError
from console.protocol.wire import ReferenceItem
from console.reference.columns import COLUMNS
from console.ui.admin.item_pane import FILE
from console.ui.admin.previewing import CHANGES, preview_lines
from console.ui.admin.words import PEOPLE, STATIONS, list_text
from console.ui.more_rooms import Kit
from console.ui.parts.failure_text import failure_text
from console.ui.words import t

if TYPE_CHECKING:
    from console.ui.admin.admin_room import AdminRoom

SHOWN = 60  # changes of one kind that are listed


class Files(QObject):
    """One file at a time."""

    def __init__(self, kit: Kit, room: AdminRoom) -> None:
        super().__init__(room)
        self._kit, self._room = kit, room
        self.items: tuple[ReferenceItem, ...] = ()
        self._base = 0
        self.dialog: QFileDialog | None = None

    def ask_for_file(self) -> None:
        """Ctrl+Shift+O: which file."""
        if self._room.may and self._room.kind not in (PEOPLE, STATIONS):
            self._ask(QFileDialog.AcceptMode.AcceptOpen, self.bring)

    def ask_where(self) -> None:
        """Ctrl+Shift+S: where to."""
        if self._room.kind not in (PEOPLE, STATIONS):
            self._ask(QFileDialog.AcceptMode.AcceptSave, self.export)

    def _ask(self, mode: QFileDialog.AcceptMode, then: object) -> None:
        kind = self._room.kind
        dialog = QFileDialog(self._room)
        dialog.setAcceptMode(mode)
        saves = mode is QFileDialog.AcceptMode.AcceptSave
        ends = ["*.csv", "*.json"] if kind in COLUMNS else ["*.json"]
        if kind == "boundaries" and not saves:
            ends = ["*.geojson", *ends]
        dialog.setNameFilter(f"{list_text(kind)} ({' '.join(ends)})")
        if saves:
            dialog.selectFile(f"{kind}{ends[0][1:]}")
        dialog.fileSelected.connect(lambda path: then(Path(path)))  # type: ignore[operator]
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def bring(self, path: Path) -> None:
        """Read it and show what it would change."""
        self._kit.tasks.start(self._bring(path), self._not_read)

    async def _bring(self, path: Path) -> None:
        room = self._room
        room.flush()
        self._base = self._kit.desk.reference.version
        self.items = await room.door.read_file(path, room.kind, room.today())
        preview = await room.door.preview(self.items)
        does, against = preview_lines(preview, room.kind, "")
        listed = []
        for change in CHANGES[:-1]:
            lines = [line for line in preview.lines if line.change == change]
            if lines:
                listed.append(t(f"admin.change.{change}", n=len(lines)))
                listed += [f"   {line.key}  {line.name}" for line in lines[:SHOWN]]
            if len(lines) > SHOWN:
                listed.append(t("admin.file.more", n=len(lines) - SHOWN))
        self._show(path, "\n".join(listed) or t("admin.file.same"))
        room.pane.say(does, against)
        new = any(line.change != "same" for line in preview.lines)
        room.pane.show_foot(editable=True, edited=new)
        room.pane.discard.setEnabled(True)

    def _show(self, path: Path, text: str) -> None:
        pane = self._room.pane
        pane.file_text.setText(text)
        pane.show_page(FILE)
        pane.show_head(path.name, list_text(self._room.kind))

    def _not_read(self, error: DeskError) -> bool:
        if not isinstance(error, DoesNotFit):
            return False
        self.items = ()
        self._room.pane.file_text.setText("\n".join(error.sentences))
        self._room.pane.show_page(FILE)
        self._room.pane.show_head(t("admin.bring"), list_text(self._room.kind))
        self._room.pane.say((), [failure_text(error)])
        self._room.pane.show_foot(editable=False, edited=False)
        return True

    async def publish(self) -> None:
        """Let the centre take what the file holds. Raises what keeps it from that."""
        if not self.items:
            return
        room = self._room
        done = await room.door.publish(self.items, self._base, room.pane.note.full_text())
        count = sum(line.change != "same" for line in done)
        self.items = ()
        room.refresh()
        room.pane.show_foot(editable=False, edited=False)
        room.pane.say(good=t("admin.file.done", n=count))
        self._kit.notices.say(t("admin.file.done", n=count))

    def export(self, path: Path) -> None:
        """Write the list there."""
        self._kit.tasks.start(self._export(path), self._not_read)

    async def _export(self, path: Path) -> None:
        n = await self._room.door.write_file(path, self._room.kind)
        self._kit.notices.say(t("admin.file.written", n=n, name=path.name))
