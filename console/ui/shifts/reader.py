"""A sheet on the screen: its document, scrolled by keys, with cases that open."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from console.desk.shift_rows import KeptSheet
from console.domain.handover import SheetContent
from console.ui.shifts.sheet_html import CASE, sheet_html
from console.ui.theme import Theme
from console.ui.words import t


class SheetReader(QTextBrowser):
    """`case_wanted(str)`: a number in it was chosen. What is shown again stays where it was scrolled to."""

    case_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown = ""
        self._what: tuple[SheetContent, KeptSheet | None, bool] | None = None
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(t("handover.title"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.document().setDocumentMargin(theme.px(18))
        self.anchorClicked.connect(self._on_link)
        theme.changed.connect(self._again)

    def show_sheet(self, content: SheetContent, kept: KeptSheet | None = None, notes: bool = True) -> None:
        """`notes`: also what was typed."""
        self._what = (content, kept, notes)
        made = sheet_html(content, self._theme, kept, notes)
        if made == self._shown:
            return
        at = self.verticalScrollBar().value()
        self._shown = made
        self.document().setDefaultFont(self._theme.font("body"))
        self.setHtml(made)
        self.verticalScrollBar().setValue(at)

    def show_nothing(self, sentence: str) -> None:
        """No sheet, and why."""
        self._what, self._shown = None, sentence
        self.setPlainText(sentence)

    def _again(self) -> None:
        if self._what is not None:
            self.show_sheet(*self._what)

    def _on_link(self, address: QUrl) -> None:
        text = address.toString()
        if text.startswith(CASE):
            self.case_wanted.emit(text.removeprefix(CASE))
