"""The room of chasing: what the centre has told whom, and how it fared; each agency's list of the day."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.desk.errors import DeskError
from console.desk.post_door import AgencyTally
from console.domain.case import Role
from console.protocol.post import PostRow
from console.ui.chase.post_words import TONES, cells, door_text, kind_text, state_text, whom_text
from console.ui.chase.text_file import write_text
from console.ui.more_rooms import Kit
from console.ui.parts.buttons import secondary
from console.ui.parts.drop_button import DropButton
from console.ui.parts.failure_text import failure_text
from console.ui.parts.text import OneLine, label, set_tone
from console.ui.parts.text_table import Head, Line, TextModel, TextTable
from console.ui.parts.time_text import exact_text, local, short_moment_text
from console.ui.progress.words import number_text
from console.ui.words import t

POST, LISTS, DORMANT = "post", "lists", "dormant"


class ChaseRoom(QWidget):
    """`L` turns from list to list. Messages are the centre's: where it is not reached the room says so
    and keeps what it showed; lists are of the cases kept here, also offline."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._desk, self._tasks, self._notices = kit, kit.desk, kit.tasks, kit.notices
        theme = kit.theme
        self.posts = TextModel([
            Head(t("post.head.at"), 96), Head(t("post.head.number"), 118, strong=True),
            Head(t("post.head.kind"), 112), Head(t("post.head.whom"), 168),
            Head(t("post.head.state"), 160, toned=True), Head(t("post.head.door"), 0),
        ])  # fmt: skip
        self.agencies = TextModel([
            Head(t("chase.head.agency"), 0, strong=True), Head(t("chase.head.open"), 90, figures=True),
            Head(t("chase.head.soon"), 110, figures=True),
            Head(t("chase.head.overdue"), 90, figures=True, toned=True),
        ])  # fmt: skip
        self.quiet = TextModel([
            Head(t("post.head.number"), 118, strong=True), Head(t("chase.head.title"), 0),
            Head(t("chase.head.agency"), 200), Head(t("chase.head.moved"), 110),
            Head(t("chase.head.idle"), 90, figures=True),
        ])  # fmt: skip
        self.table = TextTable(theme, self.posts, t("chase.post"), "LRF")
        self.list_table = TextTable(theme, self.agencies, t("chase.lists"), "LE")
        self.quiet_table = TextTable(theme, self.quiet, t("chase.dormant"), "L")
        self.tables = {POST: self.table, LISTS: self.list_table, DORMANT: self.quiet_table}
        self.what = DropButton(theme, t("chase.show"), [(page, t(f"chase.{page}")) for page in self.tables])
        self.which = DropButton(
            theme, t("chase.which"), [("all", t("chase.which.all")), ("failed", t("chase.which.failed"))]
        )
        self.again = secondary(theme, t("chase.again"), "R", "ph.arrow-clockwise")
        self.export = secondary(theme, t("chase.export"), "E", "ph.export")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(t("chase.text"))
        self.head = label("", "bodyStrong", wrap=True)
        self.fares = label("", "small", "muted", wrap=True)
        self.said = OneLine("small", "muted")
        self._rows: dict[str, PostRow] = {}
        self._tallies: dict[str, AgencyTally] = {}
        self._more, self._reading, self._asked = False, False, 0
        self._lay()
        self._wire()
        self._turn(POST)

    def _lay(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 10, 16, 10)
        bar.setSpacing(8)
        bar.addWidget(label(t("nav.chase"), "title"))
        bar.addSpacing(8)
        bar.addWidget(self.what)
        bar.addWidget(self.which)
        bar.addStretch(1)
        for button in (self.again, self.export):
            bar.addWidget(button)
        self.pages = QStackedWidget()
        for table in self.tables.values():
            self.pages.addWidget(table)
        side = self.side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(14, 4, 16, 4)
        for part in (self.head, self.fares):
            column.addWidget(part)
        column.addWidget(self.text, 1)
        split = QSplitter()
        split.addWidget(self.pages)
        split.addWidget(side)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 6)
        foot.addWidget(self.said, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(bar)
        whole.addWidget(split, 1)
        whole.addLayout(foot)
        self.setFocusProxy(self.pages)

    def _wire(self) -> None:
        self.what.chosen.connect(self._turn)
        self.which.chosen.connect(lambda _value: self.refresh())
        self.again.clicked.connect(self._send_again)
        self.export.clicked.connect(self._choose_file)
        self.table.moved.connect(self._show_letter)
        self.table.opened.connect(self._open_case)
        self.table.end_near.connect(self._go_on)
        self.list_table.moved.connect(self._show_list)
        self.quiet_table.opened.connect(self._kit.window.open_case)
        for table in self.tables.values():
            table.letter.connect(self._on_letter)

    # the window's wishes

    def activated(self) -> None:
        """Come forward: read anew, the cursor in the list."""
        self.tables[self.what.value].setFocus()
        self.refresh()

    def keys(self) -> list[tuple[str, str]]:
        """For the status bar."""
        if self.what.value == LISTS:
            return [("L", t("chase.dormant")), ("E", t("chase.export"))]
        if self.what.value == DORMANT:
            return [("Enter", t("chase.open")), ("L", t("chase.post"))]
        return [
            ("Enter", t("chase.open")), ("L", t("chase.lists")), ("F", t("chase.which.failed")),
            ("R", t("chase.again")),
        ]  # fmt: skip

    def all_keys(self) -> list[tuple[str, str]]:
        """For the sheet of keys."""
        return [*self.keys(), ("E", t("chase.export"))]

    def _on_letter(self, letter: str) -> None:
        if letter == "L":
            pages = list(self.tables)
            self._turn(pages[(pages.index(self.what.value) + 1) % len(pages)])
        elif letter == "R":
            self._send_again()
        elif letter == "F":
            self.which.set_value("all" if self.which.value == "failed" else "failed")
            self.refresh()
        elif letter == "E":
            self._choose_file()

    def _turn(self, page: str) -> None:
        self.what.set_value(page)
        post = page == POST
        self.pages.setCurrentWidget(self.tables[page])
        self.side.setVisible(page != DORMANT)
        self.which.setVisible(post)
        self.again.setVisible(post)
        self.export.setVisible(page == LISTS)
        self._clear_side()
        if self.isVisible():
            self.activated()

    def _clear_side(self) -> None:
        self.head.setText("")
        self.fares.setText("")
        self.text.setPlainText("")
        self.again.setEnabled(False)

    # reading

    def refresh(self) -> None:
        """What is shown, anew."""
        self._asked += 1
        reads = {POST: self._read, LISTS: self._read_lists, DORMANT: self._read_dormant}
        self._tasks.start(reads[self.what.value](self._asked), self._not_read)

    async def _read(self, asked: int) -> None:
        answer = await self._desk.post(failed=self.which.value == "failed")
        if asked != self._asked:
            return
        kept = self.table.chosen
        self._rows = {row.id: row for row in answer.rows}
        self.posts.begin([self._line(row) for row in answer.rows])
        self._more = answer.more
        self.table.choose(kept)
        if not answer.rows:
            self._clear_side()
        self._say("chase.none" if not answer.rows else "chase.more" if answer.more else "chase.all")

    def _line(self, row: PostRow) -> Line:
        return Line(row.id, cells(row, self._desk.clock.now()), TONES.get(row.state, ""))

    def _say(self, key: str) -> None:
        models = {POST: self.posts, LISTS: self.agencies, DORMANT: self.quiet}
        n = len(models[self.what.value].lines)
        set_tone(self.said, "muted")
        self.said.setText(t(key, n=number_text(n), time=exact_text(self._desk.clock.now())))

    def _not_read(self, error: DeskError) -> bool:
        self._reading = False
        set_tone(self.said, "warnText")
        self.said.setText(failure_text(error))
        return True

    def _go_on(self) -> None:
        if self._more and not self._reading and self.posts.lines:
            self._reading = True
            self._tasks.start(self._read_older(self._asked), self._not_read)

    async def _read_older(self, asked: int) -> None:
        last = self.posts.lines[-1].id
        answer = await self._desk.post(failed=self.which.value == "failed", before=last)
        self._reading = False
        if asked == self._asked:
            self._rows |= {row.id: row for row in answer.rows}
            self.posts.go_on([self._line(row) for row in answer.rows])
            self._more = answer.more
            self._say("chase.more" if answer.more else "chase.all")

    async def _read_lists(self, asked: int) -> None:
        found = await self._desk.agency_tallies()
        if asked != self._asked:
            return
        kept = self.list_table.chosen
        self._tallies = {one.code: one for one in found}
        lines = [
            Line(one.code, (one.name, *map(number_text, one[2:])), "alarmText" if one.overdue else "")
            for one in found
        ]
        self.agencies.begin(lines)
        self.list_table.choose(kept)
        if not found:
            self._clear_side()
        self._say("chase.agencies" if found else "chase.noAgencies")

    async def _read_dormant(self, asked: int) -> None:
        found = await self._desk.dormant()
        if asked != self._asked:
            return
        kept, now = self.quiet_table.chosen, self._desk.clock.now()
        lines = [
            Line(
                one.id,
                (
                    one.number,
                    one.title,
                    one.agency or t("queue.unassigned"),
                    short_moment_text(one.moved_at, now),
                    t("time.days", n=one.idle_days),
                ),
            )
            for one in found
        ]
        self.quiet.begin(lines)
        self.quiet_table.choose(kept)
        self._say("chase.quiet" if found else "chase.noQuiet")

    # what has the cursor

    def _show_letter(self, message: str) -> None:
        row = self._rows.get(message)
        if row is None:
            return
        self.head.setText(row.subject or kind_text(row))
        self.fares.setText(f"{whom_text(row)} · {door_text(row)}\n{state_text(row)}")
        self.again.setEnabled(self._may_again(row))
        self._tasks.start(self._read_letter(message), self._not_read)

    def _may_again(self, row: PostRow) -> bool:
        mine = self._desk.actor.role is Role.SUPERVISOR
        return mine and row.state == "failed" and row.reason != "no_address"

    async def _read_letter(self, message: str) -> None:
        found = await self._desk.post_letter(message)
        if self.table.chosen == message and self.what.value == POST:
            self.text.setPlainText(found.body)

    def _show_list(self, code: str) -> None:
        if code in self._tallies:
            self.head.setText(self._tallies[code].name)
            self.fares.setText(t("chase.listOf", time=exact_text(self._desk.clock.now())))
            self._tasks.start(self._read_list(code), self._not_read)

    async def _read_list(self, code: str) -> None:
        text = await self._desk.agency_list(code)
        if self.list_table.chosen == code and self.what.value == LISTS:
            self.text.setPlainText(text)

    def _open_case(self, message: str) -> None:
        row = self._rows.get(message)
        if row is not None and row.case is not None:
            self._kit.window.open_case(row.case)

    # a failed one anew

    def _send_again(self) -> None:
        row = self._rows.get(self.table.chosen)
        if row is None or self.what.value != POST:
            return
        if not self._may_again(row):
            self._notices.problem(t("chase.again.not"))
            return
        self._tasks.start(self._try_again(row.id), self._not_read)

    async def _try_again(self, message: str) -> None:
        await self._desk.post_again(message)
        self._notices.say(t("chase.again.done"), seconds=5)
        self.refresh()

    # into a file

    def _choose_file(self) -> None:
        tally = self._tallies.get(self.list_table.chosen)
        if tally is None or self.what.value != LISTS:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chooser = QFileDialog(self.window(), t("chase.export"), folder, t("chase.textFiles"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("txt")
        day = f"{local(self._desk.clock.now()):%Y%m%d}"
        chooser.selectFile(t("chase.fileName", agency=tally.code, day=day))
        chooser.fileSelected.connect(lambda file: self._tasks.start(self.write(tally.code, Path(file))))
        chooser.open()

    async def write(self, code: str, file: Path) -> None:
        """The list of an agency into a text file; that it was done is noted for the audit."""
        try:
            text = await self._desk.agency_list(code)
            await self._desk.note_act("list_exported", agency=code)
            await asyncio.to_thread(write_text, file, f"{self._tallies[code].name}\n\n{text}\n")
        except DeskError as error:
            self._notices.problem(failure_text(error))
            return
        self._notices.say(t("chase.exported", file=file.name))


def make(kit: Kit) -> QWidget:
    """The room."""
    return ChaseRoom(kit)
