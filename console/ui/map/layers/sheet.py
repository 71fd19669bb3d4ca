"""The sheet of layers over the right side of the map: all by keyboard, Esc goes back to the map."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from console.ui.map.layers.choices import Choices
from console.ui.map.layers.sections import Section
from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import flow, label, rule
from console.ui.theme import Theme
from console.ui.words import t

WIDTH = 320


class LayersSheet(QWidget):
    """`chosen(Choices)` after each change by hand; `shut` when it closes. A child of the map."""

    chosen = Signal(object)
    shut = Signal()

    def __init__(self, theme: Theme, view: QWidget, sections: Sequence[tuple[str, Section]]) -> None:
        """`sections`: key of the heading and what stands under it."""
        super().__init__(view)
        self._theme, self._view = theme, view
        self.sections = [section for _, section in sections]
        self.setAccessibleName(t("layers.title"))
        self._close = KeyButton(theme, t("layers.close"), "Esc", kind="quiet", parent=self)
        self._close.clicked.connect(self.close_sheet)
        self._trouble = label("", "small", "warnText", wrap=True, parent=self)
        self._lay_out(sections)
        for section in self.sections:
            section.chosen.connect(self._pass_on)
        view.installEventFilter(self)
        theme.changed.connect(self._place)
        self.hide()

    def _lay_out(self, sections: Sequence[tuple[str, Section]]) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 8, 4)
        head.addWidget(label(t("layers.title"), "bodyStrong"), 1)
        head.addWidget(self._close)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 4, 14, 14)
        column.setSpacing(8)
        column.addWidget(self._trouble)
        for number, (key, section) in enumerate(sections):
            if number:
                column.addWidget(rule())
            column.addWidget(label(t(key), "small", "muted", strong=True))
            column.addWidget(section)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        self._inner, self._scroll = inner, scroll
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)
        self._trouble.hide()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), self._inner.sizeHint().height() + self._theme.px(54))

    @property
    def trouble(self) -> QLabel:
        """Where it says what could not be shown."""
        return self._trouble

    def say(self, sentence: str) -> None:
        """What could not be shown and what to do; "" takes it away."""
        flow(self._trouble, sentence)
        self._trouble.setAccessibleName(sentence)
        self._trouble.setVisible(bool(sentence))
        self._place()
        if sentence and self.isVisible() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def show_choices(self, choices: Choices) -> None:
        """Show these; no signal."""
        for section in self.sections:
            section.show_choices(choices)
        self._place()

    def _pass_on(self, choices: Choices) -> None:
        self.show_choices(choices)
        self.chosen.emit(choices)

    def open_sheet(self) -> None:
        """Show it and give it the keys."""
        self._place()
        self.show()
        self.raise_()
        self._scroll.ensureVisible(0, 0)
        self.focusNextChild() if not self._first().isEnabled() else self._first().setFocus(
            Qt.FocusReason.TabFocusReason
        )

    def _first(self) -> QWidget:
        return next(w for w in self._inner.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def close_sheet(self) -> None:
        """Back to the map."""
        if self.isVisible():
            self.hide()
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.shut.emit()

    def _place(self) -> None:
        room = self._view.size()
        size = self.sizeHint()
        width, height = min(size.width(), room.width() - 20), min(size.height(), room.height() - 20)
        self.setGeometry(QRect(room.width() - width - 10, 10, width, height))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    # nothing goes through to the map beneath

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        event.setAccepted(not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.setPen(QPen(self._theme.color("lineStrong"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
