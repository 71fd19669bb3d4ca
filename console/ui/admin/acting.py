"""What an administrator does with the item that is open: look, publish, discard, its history, and back."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from console.desk.administration.edits import Edit
from console.desk.administration.errors import ChangedMeanwhile, DoesNotFit
from console.desk.connection import Net
from console.desk.errors import DeskError
from console.protocol.administration import HistoryLine, Person, StationRow
from console.ui.admin.history_page import Change, changes_of
from console.ui.admin.item_pane import FILE, FORM, HISTORY
from console.ui.admin.lines import LATER
from console.ui.admin.previewing import preview_lines, rights_lines
from console.ui.admin.words import PEOPLE, STATIONS, list_text, span_text
from console.ui.more_rooms import Kit
from console.ui.parts.composing import commit_preedit
from console.ui.parts.failure_text import failure_text
from console.ui.parts.time_text import exact_text
from console.ui.words import t

if TYPE_CHECKING:
    from console.ui.admin.admin_room import AdminRoom

APART = (PEOPLE, STATIONS)


class Acting(QObject):
    """One act at a time; what the centre says stands below the form."""

    def __init__(self, kit: Kit, room: AdminRoom) -> None:
        super().__init__(room)
        self._kit, self._room = kit, room
        self._lines: list[HistoryLine] = []
        self._busy = False

    # what is shown

    def show_head(self) -> None:
        """Name and span of the item, and which buttons there are."""
        room, editing = self._room, self._room.editing
        line = editing.line
        if line is None:
            return
        title = line.name if line.item is not None else t("admin.newOf", list=list_text(room.kind))
        parts = [list_text(room.kind), line.code, span_text(line.begins, line.ends), line.said]
        edited = editing.edit is not None
        room.pane.show_head(title, " · ".join(part for part in parts if part))
        extra, icon = self._extra()
        room.pane.show_foot(editable=room.may, edited=edited, extra=extra if room.may else "", icon=icon)
        self.tell_connection()

    def _extra(self) -> tuple[str, str]:
        """A further act on this item, with its icon."""
        line = self._room.editing.line
        if line is None or line.item is None:
            return "", ""
        if isinstance(line.item, Person):
            return t("admin.reset"), "ph.key"
        if isinstance(line.item, StationRow):
            return (t("admin.takeKey"), "ph.key") if line.item.enrolled_at else ("", "")
        return (t("admin.remove"), "ph.trash") if line.state == LATER else ("", "")

    def tell_connection(self) -> None:
        """Publishing needs the centre: said beforehand, without taking the button away."""
        offline = self._kit.desk.connection.net is not Net.ONLINE
        button = self._room.pane.publish
        button.setToolTip(t("admin.needsCentre") if offline else "")

    async def look(self) -> None:
        """What publishing would do, and what speaks against it."""
        room = self._room
        line, kind = room.editing.line, room.kind
        if line is None or room.pane.page != FORM:
            return
        values = room.pane.form.values()
        if kind in APART:
            room.pane.say(self._rights(values) if kind == PEOPLE else ())
            return
        _, faults = room.editing.items(values)
        room.pane.form.say(fault for fault in faults if fault.why != "missing")
        try:
            preview = await room.editing.preview(values)
        except DoesNotFit as error:
            room.pane.say((), error.sentences)
            return
        if room.editing.line is None or room.editing.line.key != line.key or room.pane.page != FORM:
            return
        if preview is None:
            room.pane.say([t("admin.unfinished")])
            return
        does, against = preview_lines(preview, kind, line.key)
        room.pane.say(does, against)

    def _rights(self, values: dict[str, object]) -> list[str]:
        item = self._room.editing.line.item if self._room.editing.line else None
        if not isinstance(item, Person) or self._room.editing.faults_of_person(values):
            return []
        wanted = self._room.editing.person(values)
        return rights_lines(item.role, wanted.role, item.active, wanted.active)

    # acts

    def publish(self) -> None:
        """Ctrl+Enter: let the centre take it; in the file page, the file."""
        room = self._room
        if not room.may or self._busy:
            return
        commit_preedit()
        if room.pane.page == FILE:
            self._kit.tasks.start(self._alone(room.files.publish()), self._not_done)
        elif room.pane.page == FORM and room.editing.line is not None:
            self._kit.tasks.start(self._alone(self._publish()), self._not_done)

    async def _alone(self, act: Awaitable[object]) -> None:
        self._busy = True
        try:
            await act
        finally:
            self._busy = False

    async def _publish(self) -> None:
        room, editing = self._room, self._room.editing
        room.soon.stop()
        values, note = room.pane.form.values(), room.pane.note.full_text()
        faults = editing.faults_of_person(values) if room.kind == PEOPLE else ()
        if room.kind not in APART:
            faults = editing.items(values)[1]
        first = room.pane.form.say(faults)
        await editing.keep(values, note)
        if faults:
            room.pane.say((), [t("admin.faults", n=len(faults))])
            room.pane.form.go_to(first)
            return
        kind = room.kind
        await editing.publish(values, note)
        await self._after(kind, str(values.get("code") or ""))

    async def _after(self, kind: str, code: str) -> None:
        """It is taken: the list as it is now, with the item in it; elsewhere by now, a word of it."""
        room = self._room
        done = t("admin.published", code=code)
        await room.read()
        if room.kind != kind:
            self._kit.notices.say(done)
            return
        room.pane.note.show_text("")
        row = next((line for line in room.model.lines if line.code == code), None)
        if row is not None:
            room.table.go(room.model.row_of(row.key))
            await room.open_item(row)
        room.table.setFocus(Qt.FocusReason.OtherFocusReason)  # the fields were made anew
        room.pane.say(good=done)

    def _not_done(self, error: DeskError) -> bool:
        """What was typed stays, and stands on the disk."""
        room = self._room
        sentences = [failure_text(error)]
        if isinstance(error, DoesNotFit):
            sentences += error.sentences
        if isinstance(error, ChangedMeanwhile):
            room.editing.overtake()
            sentences.append(t("admin.overtake"))
            room.refresh()
        room.pane.say((), sentences)
        return True

    def discard(self) -> None:
        """Ctrl+Del: what was typed goes; the item as it is in force comes back."""
        room = self._room
        if room.pane.page == FILE:
            room.back()
        elif room.editing.edit is not None:
            room.soon.stop()
            self._kit.tasks.start(self._discard(room.editing.edit))

    async def _discard(self, edit: Edit) -> None:
        room = self._room
        await room.editing.drop(edit)
        self._kit.notices.say(
            t("admin.discarded", code=edit.key.partition("@")[0] or edit.name),
            lambda: self._back_again(edit),
        )
        await room.read()
        line = room.editing.line
        if line is None or (room.kind, line.key) != (edit.kind, edit.key):
            return
        if line.item is not None:
            room.show_item(line)
        else:
            room.leave_item(t("admin.choose"))

    def _back_again(self, edit: Edit) -> None:
        self._kit.tasks.start(self._take_back(edit))

    async def _take_back(self, edit: Edit) -> None:
        await self._room.door.keep_edit(edit)
        self._room.index.choose(edit.kind)
        await self._room.read(edit.key)
        row = self._room.model.row_of(edit.key)
        if row >= 0:
            self._room.show_item(self._room.model.lines[row])

    def extra(self) -> None:
        """Reset a password, take a key, take out what does not hold yet."""
        if self._room.may and not self._busy:
            self._kit.tasks.start(self._alone(self._extra_act()), self._not_done)

    async def _extra_act(self) -> None:
        room, line = self._room, self._room.editing.line
        item = line.item if line is not None else None
        if isinstance(item, Person):
            code = await room.door.reset(item.code)
            await room.read()
            room.pane.say(good=t("admin.code", user=code.user, code=code.code, until=exact_text(code.until)))
        elif isinstance(item, StationRow):
            await room.door.keep_station(StationRow(code=item.code, name=item.name))
            await room.read()
            self.show_head()
            room.pane.say(good=t("admin.keyTaken", code=item.code))
        elif line is not None and line.state == LATER:
            await room.editing.remove(room.pane.note.full_text())
            await room.read()
            room.leave_item(t("admin.removed", code=line.code))

    # history

    def show_history(self) -> None:
        """Ctrl+H: of the item, or of the whole list where none is open."""
        room = self._room
        room.flush()
        if room.pane.page == HISTORY:
            room.back()
            return
        room.pane.show_page(HISTORY)
        room.pane.show_foot(editable=False, edited=False)
        self._kit.tasks.start(self._read_history(), self._no_history)

    async def _read_history(self, before: int | None = None) -> None:
        room = self._room
        code = room.editing.line.code if room.editing.line is not None else ""
        answer = await room.door.history(room.kind, "", before)
        self._lines = [*(self._lines if before is not None else []), *answer.lines]
        changes = [
            one
            for one in changes_of(self._lines)
            if not code or any(x.key.partition("@")[0] == code for x in one.lines)
        ]
        page = room.pane.history
        page.show_changes(changes, may_undo=room.may and room.kind not in APART, more=answer.more)
        page.setFocus()

    def more_history(self) -> None:
        """Older changes."""
        before = self._lines[-1].id if self._lines else None
        self._kit.tasks.start(self._read_history(before), self._no_history)

    def _no_history(self, error: DeskError) -> bool:
        offline = error.code == "admin_offline"
        self._room.pane.history.say(t("admin.history.away") if offline else failure_text(error))
        return True

    def undo(self, change: Change) -> None:
        """A further change that restores what stood before."""
        if self._room.may and not self._busy:
            self._kit.tasks.start(self._alone(self._undo(change)), self._not_undone)

    async def _undo(self, change: Change) -> None:
        room = self._room
        note = t("admin.history.undoNote", at=exact_text(change.at))
        await room.door.publish(change.undo, change.version, note)
        self._kit.notices.say(t("admin.history.undone"))
        room.refresh()
        await self._read_history()

    def _not_undone(self, error: DeskError) -> bool:
        sentences = [failure_text(error), *(error.sentences if isinstance(error, DoesNotFit) else ())]
        self._room.pane.history.said.setText("\n".join(sentences))
        return True
