"""What this workstation keeps: how much, since when, by whose rule; and what can be done about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.desk.progress import Progress
from console.desk.store_state import StoreState
from console.ui.notices import Notices
from console.ui.parts.buttons import primary, quiet, secondary
from console.ui.parts.text import label, set_tone
from console.ui.progress.words import line_text, size_text
from console.ui.store.growth import Growth
from console.ui.store.store_desk import StoreDesk
from console.ui.store.store_text import lines_of, notes_of
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

WIDTH, NAMES, EDGE, BETWEEN = 660, 128, 22, 18  # pixels
LINES = 8


class StoreSheet(QDialog):
    """Reads when it opens, and again when something long has ended. Nothing that it begins holds it open."""

    def __init__(
        self, desk: StoreDesk, theme: Theme, tasks: Tasks, notices: Notices, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._tasks, self._notices = desk, theme, tasks, notices
        self._running = frozenset[int]()
        self.state: StoreState | None = None
        self.setWindowTitle(t("store.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lines = [(label(tone="muted"), label(wrap=True)) for _ in range(LINES)]
        self.note = label("", tone="warnText", wrap=True)
        self.growth, self.table = Growth(theme), _table()
        self.shown = QStackedWidget()
        self.turn = quiet(theme, t("store.growth.table"))
        self.check = secondary(theme, t("store.check"))
        self.rebuild = secondary(theme, t("store.rebuild"))
        self.compact = secondary(theme, t("store.compact"))
        self.fill = secondary(theme, t("store.fill"))
        self.work = label("", "small", "muted")
        self._lay()
        self._wire()

    def _lay(self) -> None:
        px, grid = self._theme.px, QGridLayout()
        grid.setHorizontalSpacing(px(BETWEEN))
        grid.setColumnMinimumWidth(0, px(NAMES))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(1, 1)
        for at, (name, text) in enumerate(self.lines):
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, at, 1)
        head, foot, acts = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(label(t("store.growth"), tone="muted"))
        head.addStretch(1)
        head.addWidget(self.turn)
        for widget in (self.growth, self.table):
            self.shown.addWidget(widget)
        self.shown.setFixedHeight(self.growth.sizeHint().height())
        for button in (self.check, self.rebuild, self.compact, self.fill):
            acts.addWidget(button)
        acts.addStretch(1)
        shut = primary(self._theme, t("store.close"), "Esc")
        shut.clicked.connect(self.accept)
        foot.addWidget(self.work, 1)
        foot.addWidget(shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(EDGE), px(18), px(EDGE), px(18))
        column.setSpacing(px(12))
        column.addWidget(label(t("store.title"), "title"))
        column.addLayout(grid)
        column.addWidget(self.note)
        column.addLayout(head)
        column.addWidget(self.shown)
        column.addLayout(acts)
        column.addLayout(foot)
        self.setFixedWidth(px(WIDTH))

    def _wire(self) -> None:
        self.turn.clicked.connect(self._turn)
        self.check.clicked.connect(lambda: self._tasks.start(self._check()))
        self.rebuild.clicked.connect(lambda: self._tasks.start(self._rebuild()))
        self.compact.clicked.connect(lambda: self._tasks.start(self._compact()))
        self.fill.clicked.connect(lambda: self._tasks.start(self._go_on()))
        for button in (self.compact, self.fill):
            button.hide()
        self.finished.connect(self._desk.works.subscribe(self._told))
        self._told(self._desk.works.running)

    def open(self) -> None:
        self.read()
        super().open()

    def read(self) -> None:
        """Ask anew."""
        self._tasks.start(self._read())

    async def _read(self) -> None:
        state = await self._desk.store_state()
        self.state = state
        for (name, text), line in zip(self.lines, lines_of(state, self._desk.clock.now()), strict=True):
            name.setText(line.name)
            text.setText(line.text)
            set_tone(text, line.tone)
            _stand(text, self._theme.px(WIDTH - 2 * EDGE - NAMES - BETWEEN))
        self.note.setText("\n".join(notes_of(state)))
        _stand(self.note, self._theme.px(WIDTH - 2 * EDGE))
        self.note.setVisible(bool(self.note.text()))
        self.growth.show_sizes(state.sizes)
        _fill(self.table, state)
        self.compact.setVisible(not state.gives_back and not state.compacts_next)
        self.fill.setVisible(state.fill_rests)
        self.adjustSize()

    def _told(self, running: tuple[Progress, ...]) -> None:
        """What runs is said here, too; when it has ended, all is read anew."""
        self.work.setText(line_text(running[0]) if running else "")
        going = {progress.what for progress in running}
        self.check.setEnabled("check" not in going)
        self.rebuild.setEnabled("rebuild" not in going)
        ids = frozenset(progress.id for progress in running)
        if self._running - ids:
            self.read()
        self._running = ids

    def _turn(self) -> None:
        """The line, or its numbers."""
        table = self.shown.currentWidget() is self.growth
        self.shown.setCurrentWidget(self.table if table else self.growth)
        self.turn.relabel(t("store.growth.line") if table else t("store.growth.table"))

    async def _check(self) -> None:
        checked = await self._desk.check_store()
        if checked is not None and checked.whole:
            self._notices.say(t("store.whole"))

    async def _rebuild(self) -> None:
        if await self._desk.rebuild_store():
            self._notices.say(t("store.rebuilt"))

    async def _compact(self) -> None:
        await self._desk.compact_store()
        await self._read()

    async def _go_on(self) -> None:
        await self._desk.go_on_filling()
        await self._read()


def _stand(text: QLabel, width: int) -> None:
    """As wide as its room and as high as its lines."""
    text.setFixedSize(width, max(0, text.heightForWidth(width)))


def _table() -> QTableWidget:
    table = QTableWidget(0, 2)
    table.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    table.setHorizontalHeaderLabels([t("store.growth.day"), t("store.growth.bytes")])
    table.verticalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setAccessibleName(t("store.growth"))
    return table


def _fill(table: QTableWidget, state: StoreState) -> None:
    """Newest first."""
    table.setRowCount(len(state.sizes))
    for at, size in enumerate(reversed(state.sizes)):
        table.setItem(at, 0, QTableWidgetItem(f"{size.day:%d/%m/%Y}"))
        table.setItem(at, 1, QTableWidgetItem(size_text(size.bytes)))
