"""Reports that the centre keeps: locked periods, and those of the calendar."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from console.domain.figures.period import Period
from console.protocol.reports import KeptKind, KeptReport
from console.ui.parts.text import flow, label
from console.ui.parts.time_text import exact_text
from console.ui.reports.numbers import period_name
from console.ui.theme import Theme
from console.ui.words import t

_ICONS = {
    KeptKind.LOCKED: "action.lock",
    KeptKind.WEEK: "ph.calendar-check",
    KeptKind.MONTH: "ph.calendar-check",
}


class KeptList(QWidget):
    """`opened(id)`: one of them is wanted."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("fill", "surface")
        self.setProperty("edge", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = label(t("reports.kept"), "section")
        self.note = label("", "small", "muted", wrap=True)
        self.rows = QListWidget()
        self.rows.setAccessibleName(head.text())
        self.rows.setWordWrap(True)
        self.rows.setUniformItemSizes(True)
        self.rows.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.rows.itemActivated.connect(self._open)
        self.rows.itemClicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 8, 8)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(self.note)
        column.addWidget(self.rows, 1)
        self.setFixedWidth(theme.px(236))
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setFixedWidth(self._theme.px(236))
        for at in range(self.rows.count()):
            self.rows.item(at).setSizeHint(self._row())

    def _row(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(52))

    def show_kept(self, kept: tuple[KeptReport, ...]) -> None:
        """The list of the centre; the chosen one stays chosen."""
        row = self.rows.currentRow()
        chosen_id = self.rows.item(row).data(Qt.ItemDataRole.UserRole) if row >= 0 else ""
        self.rows.clear()
        for report in kept:
            item = QListWidgetItem(self._theme.icon(_ICONS[report.kind]), text_of(report))
            item.setData(Qt.ItemDataRole.UserRole, report.id)
            item.setSizeHint(self._row())
            item.setToolTip(item.text())
            self.rows.addItem(item)
            if report.id == chosen_id:
                self.rows.setCurrentItem(item)
        self._say("" if kept else t("reports.kept.none"))

    def unknown(self) -> None:
        """The centre is not reached."""
        self.rows.clear()
        self._say(t("reports.kept.offline"))

    def _say(self, words: str) -> None:
        flow(self.note, words)
        self.note.setVisible(bool(words))

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(Qt.ItemDataRole.UserRole))


def text_of(report: KeptReport) -> str:
    """Two lines: its period; what became of it and when."""
    name = period_name(Period(first=report.first, last=report.last))
    time = exact_text(report.made_at)
    kind = "locked" if report.kind is KeptKind.LOCKED else "calendar"
    return f"{name}\n{t(f'reports.kept.{kind}', time=time)}"
