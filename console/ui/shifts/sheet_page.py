"""The shift that is being worked: its sheet as it stands, what is typed for it, and the signature."""

from datetime import timedelta

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk.changes import Changes
from console.desk.errors import DeskError, ShiftReasonNeeded, ShiftTaken
from console.desk.shift_rows import KeptSheet, SheetDraft
from console.domain.handover import REASON_MOST, SheetContent
from console.domain.shifts import Duty, duty_at, duty_before
from console.ui.intake.content_edit import ContentEdit
from console.ui.more_rooms import Kit
from console.ui.parts.buttons import primary, secondary
from console.ui.parts.composing import commit_preedit
from console.ui.parts.failure_text import failure_text
from console.ui.parts.text import label, set_look
from console.ui.parts.time_text import exact_text
from console.ui.shifts.duty_words import duty_text
from console.ui.shifts.reader import SheetReader
from console.ui.shifts.sheet_paper import SheetPaper
from console.ui.words import t

SAVE_MS = 400  # a pause after which what is typed goes to the disk
GATHER_MS = 1500
RECENT = timedelta(hours=1)
"""So long after its end the shift before is the one to be handed over, where it was not."""


class SheetPage(QWidget):
    """`signed(str)`: a sheet's id. What is typed is on disk within half a second, shift by shift."""

    signed = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._desk, self._theme = kit, kit.desk, kit.theme
        self.duty: Duty | None = None
        self.content: SheetContent | None = None
        self.standing: KeptSheet | None = None
        self._may = self._chosen = self._dirty = self._signing = False
        self.reader = SheetReader(kit.theme)
        self.reader.case_wanted.connect(kit.window.open_case)
        self.notes, self.troubles = ContentEdit(), ContentEdit()
        self.reason = QLineEdit()
        self.reason.setMaxLength(REASON_MOST)
        self.message = label("", tone="warnText", wrap=True)
        self.which = secondary(kit.theme, "", "Alt W")
        self.which.clicked.connect(self.other_duty)
        self.sign = primary(kit.theme, t("shifts.sign"), "Ctrl Enter")
        self.sign.clicked.connect(self.give)
        self.paper = SheetPaper(kit, self, self._on_paper)
        self.print = secondary(kit.theme, t("shifts.print"), "Ctrl P")
        self.print.clicked.connect(self.print_sheet)
        self.file = secondary(kit.theme, t("shifts.pdf"), "Ctrl S")
        self.file.clicked.connect(self.save_file)
        self._save, self._gather = self._timer(SAVE_MS, self.write), self._timer(GATHER_MS, self.look)
        self._lay()
        for edit in (self.notes, self.troubles):
            edit.typed.connect(self._typed)
        self.reason.textChanged.connect(self._typed)
        self._open_fields(False)  # until what was typed before is here
        kit.signals.changed.connect(self._on_changes)
        kit.signals.connection.connect(lambda _now: self._look_soon())

    def _timer(self, ms: int, act: object) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(ms)
        made.timeout.connect(act)
        return made

    def _lay(self) -> None:
        px = self._theme.px
        side = QWidget()
        side.setProperty("fill", "canvas")
        side.setProperty("edge", "left")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(px(420))
        column = QVBoxLayout(side)
        column.setContentsMargins(px(16), px(12), px(16), px(14))
        column.setSpacing(px(6))
        column.addWidget(self.which)
        fields = (
            ("handover.notes", self.notes, "Alt N"), ("shifts.troubles", self.troubles, "Alt S"),
            ("shifts.reason", self.reason, "Alt L"),
        )  # fmt: skip
        for key, edit, cap in fields:
            column.addWidget(label(f"{t(key)}  ({cap.replace(' ', '+')})", tone="muted"))
            column.addWidget(edit, 3 if edit is self.notes else 2 if edit is self.troubles else 0)
            edit.setAccessibleName(t(key))
        column.addWidget(self.message)
        foot = QGridLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.sign, 0, 0, 1, 2)
        foot.addWidget(self.print, 1, 0)
        foot.addWidget(self.file, 1, 1)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.reader, 1)
        row.addWidget(side)

    # which shift

    def look(self) -> None:
        """The shift that is to be handed over, and its sheet as it stands now."""
        self._kit.tasks.start(self._look())

    async def _look(self) -> None:
        now = duty_at(self._desk.reference, self._desk.clock.now())
        if now is None:
            self._nothing()
            return
        wanted = self.duty if self._chosen and self.duty is not None else await self._due(now)
        if wanted != self.duty:
            await self._take(wanted)
        content = await self._desk.gather_sheet(wanted)
        self.standing = await self._desk.standing_sheet(wanted)
        self._may = await self._desk.may_hand_over(wanted)
        if self.duty == wanted:
            self.content = content
            self._show()

    async def _due(self, now: Duty) -> Duty:
        """The one before, as long as nobody has handed it over and it has only just ended."""
        before = duty_before(self._desk.reference, now)
        if before is None or self._desk.clock.now() - before.ends > RECENT:
            return now
        return now if await self._desk.standing_sheet(before) else before

    async def _take(self, duty: Duty) -> None:
        await self.flush()
        typed = await self._desk.sheet_draft(duty)
        self.duty = duty
        for edit, text in ((self.notes, typed.notes), (self.troubles, typed.troubles)):
            edit.show_text(text)
        self.reason.setText(typed.reason)
        self._save.stop()
        self._dirty = False

    def other_duty(self) -> None:
        """Alt+W: the shift before, or the one that runs."""
        self._kit.tasks.start(self._other())

    async def _other(self) -> None:
        now = duty_at(self._desk.reference, self._desk.clock.now())
        if now is None or self.duty is None:
            return
        before = duty_before(self._desk.reference, now)
        self._chosen = True
        await self._take(before if self.duty == now and before is not None else now)
        await self._look()

    def _nothing(self) -> None:
        self.duty = self.content = self.standing = None
        self.reader.show_nothing(t("shifts.noTimes"))
        self._open_fields(False)

    def _open_fields(self, on: bool) -> None:
        for part in (self.notes, self.troubles, self.reason, self.print, self.file, self.which):
            part.setEnabled(on)
        self.sign.setEnabled(on and self.standing is None and self._may)

    # what is shown

    def _show(self) -> None:
        if self.duty is None or self.content is None:
            return
        done = self.standing is not None
        self.which.relabel(t("shifts.which", shift=duty_text(self.duty)))
        if self.standing is not None:
            self.reader.show_sheet(self.standing.sheet.read(), self.standing)
        else:
            self.reader.show_sheet(self._with_typed(self.content))
        for edit in (self.notes, self.troubles, self.reason):
            edit.setReadOnly(done)
        fresh = not self.notes.isEnabled()
        self._open_fields(True)
        if fresh and self.isVisible():
            self.notes.setFocus()
        self.say(self._sentence())

    def _sentence(self) -> str:
        if self.standing is not None:
            one = self.standing.sheet.signed
            return t("shifts.done", name=one.name, time=exact_text(one.at))
        if not self._may:
            return t("error.shift_not_yours")
        open_ = self.content.unsettled if self.content is not None else ()
        if open_ and not self.reason.text().strip():
            return t("shifts.unsettled", desks=", ".join(desk.station for desk in open_))
        return ""

    def say(self, sentence: str) -> None:
        """What stands against a signature, or where it went."""
        self.message.setText(sentence)
        set_look(self.reason, "bad", "false")

    def _with_typed(self, content: SheetContent) -> SheetContent:
        typed = self._draft()
        return msgspec.structs.replace(
            content, notes=typed.notes, troubles=typed.troubles, reason=typed.reason
        )

    def _on_paper(self) -> tuple[SheetContent, KeptSheet | None]:
        assert self.content is not None
        if self.standing is not None:
            return self.standing.sheet.read(), self.standing
        return self._with_typed(self.content), None

    def _on_changes(self, changes: Changes) -> None:
        if changes.cases or changes.outbox or changes.shifts or changes.calls:
            self._look_soon()

    def _look_soon(self) -> None:
        """Not put off by what changes meanwhile."""
        if self.isVisible() and not self._gather.isActive():
            self._gather.start()

    # what is typed

    def _draft(self) -> SheetDraft:
        return SheetDraft(
            notes=self.notes.full_text(), troubles=self.troubles.full_text(), reason=self.reason.text()
        )

    def _typed(self) -> None:
        self._dirty = True
        if not self._save.isActive():  # not put off by going on to type
            self._save.start()

    def write(self) -> None:
        """What is typed goes to the disk."""
        if self._dirty:
            self._show()
            self._kit.tasks.start(self._flush(*self._taken()))

    async def flush(self) -> None:
        """The same; on disk when it returns."""
        if self._dirty:
            await self._flush(*self._taken())

    def _taken(self) -> tuple[Duty | None, SheetDraft]:
        """As it stands now: what is typed later is for the next time, and the widgets may be gone by then."""
        self._save.stop()
        self._dirty = False
        return (self.duty if self.standing is None else None), self._draft()

    async def _flush(self, duty: Duty | None, typed: SheetDraft) -> None:
        if duty is not None:
            await self._desk.keep_sheet_draft(duty, typed)

    # acts

    def give(self) -> None:
        """Ctrl+Enter: sign."""
        commit_preedit()
        if self.sign.isEnabled() and not self._signing:
            self._signing = True
            task = self._kit.tasks.start(self._give(), self._not_given)
            task.add_done_callback(lambda _ended: setattr(self, "_signing", False))

    async def _give(self) -> None:
        await self.flush()
        if self.duty is None:
            return
        content = self._with_typed(await self._desk.gather_sheet(self.duty))
        kept = await self._desk.sign_shift(self.duty, content)
        self._kit.notices.say(t("shifts.signed"))
        await self._look()
        self.signed.emit(kept.sheet.id)

    def _not_given(self, error: DeskError) -> bool:
        text = failure_text(error)
        if isinstance(error, ShiftReasonNeeded):
            text = t("shifts.unsettled", desks=", ".join(error.stations))
        elif isinstance(error, ShiftTaken):
            text = t("shifts.takenBy", name=error.name)
            self.look()
        self.say(text)
        if isinstance(error, ShiftReasonNeeded):
            set_look(self.reason, "bad", "true")
            self.reason.setFocus()
        return True

    def print_sheet(self) -> None:
        """Ctrl+P"""
        if self.content is not None:
            self.paper.print()

    def save_file(self) -> None:
        """Ctrl+S"""
        if self.content is not None:
            self.paper.choose_file()
