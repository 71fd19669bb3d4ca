"""The audit room: the centre's chain of who saw and did what, narrowed by words, kind and time, checked by
a key."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk.errors import DeskError
from console.domain.zone import local_time
from console.protocol.audit import AuditCheck, AuditEntry, AuditQuestion
from console.ui.audit.audit_words import GROUPS, HEADS, AuditLines, cells
from console.ui.more_rooms import Kit
from console.ui.parts.buttons import secondary
from console.ui.parts.drop_button import DropButton
from console.ui.parts.failure_text import failure_text
from console.ui.parts.text import OneLine, label, set_tone
from console.ui.parts.text_table import Head, Line, TextModel, TextTable
from console.ui.parts.time_text import exact_text, local
from console.ui.progress.words import number_text
from console.ui.queue.list_file import ListFile
from console.ui.words import t

PAGE = 100
DAYS = {"today": 0, "week": 6, "month": 29, "all": None}
TYPED_MS = 300  # of rest before the centre is asked
SLICE = 500  # entries of a file read at once
WIDTHS = (140, 270, 52, 230, 116, 0)  # of HEADS, pixels at 100 %; 0: what is left
STRONG = ("who", "what", "case")


class AuditRoom(QWidget):
    """Everything here is the centre's: where it is not reached, the room says so and keeps what it showed."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._desk, self._tasks, self._notices = kit, kit.desk, kit.tasks, kit.notices
        theme = kit.theme
        self.entries = list[AuditEntry]()
        heads = zip(HEADS, WIDTHS, strict=True)
        self.model = TextModel(
            [Head(t(f"audit.head.{name}"), width, name in STRONG) for name, width in heads]
        )
        self.table = TextTable(theme, self.model, t("nav.audit"), "CE/")
        self.words = QLineEdit()
        self.words.setPlaceholderText(t("audit.words"))
        self.words.setAccessibleName(t("audit.words"))
        self.words.setClearButtonEnabled(True)
        self.groups = DropButton(theme, t("audit.group"), [(g, t(f"audit.group.{g}")) for g in GROUPS])
        self.days = DropButton(theme, t("audit.time"), [(d, t(f"audit.time.{d}")) for d in DAYS])
        self.days.set_value("week")
        self.check = secondary(theme, t("audit.check"), "C", "ph.link-simple")
        self.export = secondary(theme, t("audit.export"), "E", "ph.export")
        self.said = OneLine("small", "muted")
        self._more, self._reading, self._asked = False, False, 0
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._typed.timeout.connect(self.refresh)
        self._lay()
        self._wire()

    def _lay(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 10, 16, 10)
        bar.setSpacing(8)
        bar.addWidget(label(t("nav.audit"), "title"))
        bar.addSpacing(8)
        bar.addWidget(self.words, 1)
        for part in (self.groups, self.days, self.check, self.export):
            bar.addWidget(part)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 6)
        foot.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        listed = QHBoxLayout()
        listed.setContentsMargins(8, 0, 0, 0)
        listed.addWidget(self.table)
        column.addLayout(listed, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.table)

    def _wire(self) -> None:
        self.words.textEdited.connect(lambda _text: self._typed.start())
        self.words.returnPressed.connect(self._to_list)
        self.groups.chosen.connect(lambda _value: self.refresh())
        self.days.chosen.connect(lambda _value: self.refresh())
        self.check.clicked.connect(lambda: self._tasks.start(self.check_all()))
        self.export.clicked.connect(self._choose_file)
        self.table.opened.connect(self._open)
        self.table.end_near.connect(self._go_on)
        self.table.letter.connect(self._on_letter)

    def _open(self, case: str) -> None:
        self._kit.window.open_case(case)

    # the window's wishes

    def activated(self) -> None:
        """Come forward: the newest entries, the cursor in the list."""
        self.table.setFocus()
        self.refresh()

    def keys(self) -> list[tuple[str, str]]:
        """For the status bar."""
        return [("Enter", t("audit.key.open")), ("/", t("audit.key.words")), *self._more_keys()]

    def _more_keys(self) -> list[tuple[str, str]]:
        return [("C", t("audit.check")), ("E", t("audit.export"))]

    def _on_letter(self, letter: str) -> None:
        if letter == "/":
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif letter == "C":
            self.check.click()
        elif letter == "E":
            self.export.click()

    def _to_list(self) -> None:
        self.refresh()
        self.table.setFocus()

    # reading

    def _question(self, before: int | None, limit: int) -> AuditQuestion:
        days = DAYS[self.days.value]
        since = None if days is None else _days_ago(self._desk.clock.now(), days)
        return AuditQuestion(
            before=before,
            limit=limit,
            kinds=GROUPS[self.groups.value],
            text=self.words.text().strip(),
            since=since,
        )

    def refresh(self) -> None:
        """The newest entries that fit what is chosen above."""
        self._typed.stop()
        self._asked += 1
        self._tasks.start(self._read(self._asked), self._not_read)

    async def _read(self, asked: int) -> None:
        answer = await self._desk.audit(self._question(None, PAGE))
        if asked != self._asked:
            return  # somebody has asked anew meanwhile
        self.entries = list(answer.entries)
        self.model.begin([_line(entry) for entry in answer.entries])
        self._more = answer.more
        if answer.entries:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._say_read()

    def _say_read(self) -> None:
        n, now = len(self.entries), exact_text(self._desk.clock.now())
        key = "audit.none" if not n else "audit.moreThan" if self._more else "audit.all"
        set_tone(self.said, "muted")
        self.said.setText(t(key, n=number_text(n), time=now))

    def _not_read(self, error: DeskError) -> bool:
        self._reading = False
        set_tone(self.said, "warnText")
        self.said.setText(failure_text(error))
        return True

    def _go_on(self) -> None:
        if self._more and not self._reading and self.entries:
            self._reading = True
            self._tasks.start(self._read_older(self._asked), self._not_read)

    async def _read_older(self, asked: int) -> None:
        answer = await self._desk.audit(self._question(self.entries[-1].n, PAGE))
        self._reading = False
        if asked == self._asked:
            self.entries += answer.entries
            self.model.go_on([_line(entry) for entry in answer.entries])
            self._more = answer.more
            self._say_read()

    # checking

    async def check_all(self) -> AuditCheck | None:
        """Hold the whole chain against what it vouches for, while somebody works on."""
        try:
            with self._desk.works.begin("audit", 0, "entries") as work:

                def told(done: int, total: int) -> bool:
                    work.tell(done, total)
                    return not work.cancelled

                found = await self._desk.check_audit(told)
        except DeskError as error:
            self._notices.problem(failure_text(error))
            return None
        if found.flaw:
            self._notices.problem(t(f"audit.flaw.{found.flaw}", at=number_text(found.at)))
        elif found.n < found.total:
            self._notices.say(t("audit.checkStopped", n=number_text(found.n)))
        else:
            self._notices.say(t("audit.whole", n=number_text(found.n), hash=found.hash[:16]), seconds=20)
        return found

    # into a file

    def _choose_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chooser = QFileDialog(self.window(), t("audit.export"), folder, t("list.csvFiles"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("csv")
        chooser.selectFile(t("audit.fileName", time=f"{local(self._desk.clock.now()):%Y%m%d-%H%M}"))
        chooser.fileSelected.connect(lambda file: self._tasks.start(self.write(Path(file))))
        chooser.open()

    async def write(self, file: Path) -> None:
        """All entries that fit what is chosen above, into a CSV file; that it was done is an entry itself."""
        out, before, written = ListFile(file, AuditLines()), None, 0
        try:
            with self._desk.works.begin("export", 0, "entries") as work:
                await self._desk.note_act("audit_exported")
                await asyncio.to_thread(out.begin)
                while not work.cancelled:
                    answer = await self._desk.audit(self._question(before, SLICE))
                    await asyncio.to_thread(out.put, answer.entries)
                    written += len(answer.entries)
                    work.tell(written)
                    if not answer.more:
                        break
                    before = answer.entries[-1].n
                if not work.cancelled:
                    await asyncio.to_thread(out.finish)
        except DeskError as error:
            self._notices.problem(failure_text(error))
            return
        finally:
            await asyncio.to_thread(out.discard)
        said = (
            t("list.stopped")
            if work.cancelled
            else t("audit.exported", n=number_text(written), file=file.name)
        )
        self._notices.say(said)


def make(kit: Kit) -> QWidget:
    """The room."""
    return AuditRoom(kit)


def _line(entry: AuditEntry) -> Line:
    """Its id is its case's: Enter opens that."""
    return Line(entry.case or "", cells(entry))


def _days_ago(now: datetime, days: int) -> datetime:
    midnight = local_time(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=days)
