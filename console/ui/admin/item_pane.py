"""The pane for one item: its form, what publishing would do, why, and the buttons."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from console.domain.reference import Reference
from console.ui.admin.history_page import HistoryPage
from console.ui.admin.item_form import ItemForm
from console.ui.parts.buttons import primary, quiet, secondary
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import OneLine, label
from console.ui.theme import Theme
from console.ui.words import t

BLANK, FORM, HISTORY, FILE = range(4)


class ItemPane(QWidget):
    """`edited(field)`; `noted`: the reason was typed. The buttons are the room's to act on."""

    edited = Signal(str)
    noted = Signal()

    def __init__(self, theme: Theme, reference: Callable[[], Reference], today: Callable[[], date]) -> None:
        super().__init__()
        self._theme = theme
        px = theme.px
        self.title, self.sub = OneLine("title"), OneLine("small", "muted")
        head = QWidget()
        head.setProperty("edge", "bottom")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top = QHBoxLayout(head)
        top.setContentsMargins(px(16), px(10), px(12), px(10))
        names = QVBoxLayout()
        names.setSpacing(px(2))
        names.addWidget(self.title)
        names.addWidget(self.sub)
        top.addLayout(names, 1)
        self.history_button = quiet(theme, t("admin.history"), "Ctrl H", "ph.clock-counter-clockwise")
        top.addWidget(self.history_button)
        self.form = ItemForm(theme, reference, today)
        self.history = HistoryPage(theme)
        self.file_text: QLabel = label("", wrap=True)
        self.blank: QLabel = label("", tone="muted", wrap=True)
        self.stack = QStackedWidget()
        for page in (self._padded(self.blank), self.form, self.history, self._scrolled(self.file_text)):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.stack, 1)
        column.addWidget(self._foot())
        self.form.edited.connect(self.edited)
        self.note.typed.connect(lambda _text: self.noted.emit())

    def _padded(self, inner: QLabel) -> QLabel:
        inner.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        inner.setMargin(self._theme.px(20))
        return inner

    def _scrolled(self, inner: QLabel) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._padded(inner))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _foot(self) -> QWidget:
        px, theme = self._theme.px, self._theme
        self.foot = QWidget()
        self.foot.setProperty("edge", "top")
        self.foot.setProperty("fill", "canvas")
        self.foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self.foot)
        column.setContentsMargins(px(16), px(10), px(16), px(12))
        column.setSpacing(px(7))
        self.does: QLabel = label("", "small", "muted", wrap=True)
        self.against: QLabel = label("", "small", "warnText", wrap=True)
        self.good: QLabel = label("", "body", "goodText", wrap=True)
        self.note = TypedLine()
        self.note.setMaxLength(500)
        self.note.setPlaceholderText(t("admin.note"))
        self.note.setAccessibleName(t("admin.note"))
        self.publish = primary(theme, t("admin.publish"), "Ctrl Enter")
        self.discard = secondary(theme, t("admin.discard"), "Ctrl Del")
        self.extra = secondary(theme, "", "", "")
        self.extra.hide()
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.publish)
        row.addWidget(self.discard)
        row.addStretch(1)
        row.addWidget(self.extra)
        for part in (self.does, self.against, self.good, self.note):
            column.addWidget(part)
        for part in (self.does, self.against, self.good):
            part.hide()
        column.addLayout(row)
        return self.foot

    # what is said

    def say(self, does: Sequence[str] = (), against: Sequence[str] = (), good: str = "") -> None:
        """What it does, what speaks against it, and what was done."""
        for part, text in (
            (self.does, "\n".join(does)),
            (self.against, "\n".join(against)),
            (self.good, good),
        ):
            part.setText(text)
            part.setVisible(bool(text))

    def show_page(self, page: int) -> None:
        """One of BLANK, FORM, HISTORY, FILE."""
        self.stack.setCurrentIndex(page)

    @property
    def page(self) -> int:
        """The one that is shown."""
        return self.stack.currentIndex()

    def show_head(self, title: str, sub: str) -> None:
        """What it is about."""
        self.title.setText(title)
        self.sub.setText(sub)

    def show_foot(self, *, editable: bool, edited: bool, extra: str = "", icon: str = "") -> None:
        """Which buttons there are; `extra`: the words of a further one."""
        self.note.setVisible(editable)
        self.publish.setVisible(editable)
        self.publish.setEnabled(edited)
        self.discard.setVisible(editable)
        self.discard.setEnabled(edited)
        self.extra.setVisible(bool(extra))
        if extra:
            self.extra.relabel(extra, icon)
        self.foot.setVisible(editable or bool(extra))
