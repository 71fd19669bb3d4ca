"""The items of one list, with what one does with the list as a whole above them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui.admin.line_table import LineModel, LineTable
from console.ui.parts.buttons import quiet, secondary
from console.ui.parts.choice import TickBox
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import OneLine
from console.ui.theme import Theme
from console.ui.words import t


class ListPane(QWidget):
    """Name, search, buttons and table; the room acts on them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self.model = LineModel(self)
        self.table = LineTable(theme, self.model)
        self.name, self.search = OneLine("title"), TypedLine()
        self.search.setPlaceholderText(t("admin.search"))
        self.search.setAccessibleName(t("admin.search"))
        self.over = TickBox(theme, t("admin.over"), letter="h")
        self.new = secondary(theme, t("admin.new"), "Ins", "ph.plus")
        self.bring = quiet(theme, t("admin.bring"), "", "ph.download-simple")
        self.export = quiet(theme, t("admin.export"), "", "ph.export")
        self.bring.setToolTip(f"{t('admin.bring')} (Ctrl+Shift+O)")
        self.export.setToolTip(f"{t('admin.export')} (Ctrl+Shift+S)")
        top, second = QHBoxLayout(), QHBoxLayout()
        for row in (top, second):
            row.setSpacing(px(8))
        top.addWidget(self.name, 1)
        for button in (self.bring, self.export, self.new):
            top.addWidget(button)
        second.addWidget(self.search, 1)
        second.addWidget(self.over)
        head = QWidget()
        head.setProperty("edge", "bottom")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heads = QVBoxLayout(head)
        heads.setContentsMargins(px(14), px(8), px(10), px(8))
        heads.setSpacing(px(6))
        heads.addLayout(top)
        heads.addLayout(second)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.table, 1)
