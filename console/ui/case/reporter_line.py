"""The reporter, masked until somebody gives a reason; the showing is logged by the desk."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from console.domain.case import Caller, Reporter
from console.domain.phone import mask_name, mask_phone, show_phone
from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t


class ReporterText(NamedTuple):
    """What stands in the line, and whether there is anything behind the mask."""

    text: str
    hidden: bool


def masked(reporter: Reporter | None, callers: tuple[Caller, ...] = ()) -> ReporterText:
    """As lists and panes show it; `callers`: who called about it besides."""
    if reporter is None:
        return ReporterText(t("reporter.withheld"), False)
    name = mask_name(reporter.name)
    phone = mask_phone(reporter.phone or "")
    parts = [part for part in (name, phone) if part]
    if reporter.anonymous:
        parts.insert(0, t("reporter.anonymous"))
    text = " · ".join(parts) or t("reporter.none")
    if callers:
        text += "\n" + t("reporter.callers", who=", ".join(mask_phone(caller.phone) for caller in callers))
    return ReporterText(text, bool(callers or reporter.phone or reporter.name or reporter.address))


def shown(reporter: Reporter, callers: tuple[Caller, ...] = ()) -> str:
    """In full, after the reason was given."""
    phone = show_phone(reporter.phone) if reporter.phone else ""
    parts = [reporter.name, phone, reporter.address]
    text = " · ".join(part for part in parts if part) or t("reporter.none")
    others = [" ".join(p for p in (caller.name, show_phone(caller.phone)) if p) for caller in callers]
    return f"{text}\n{t('reporter.callers', who=', '.join(others))}" if others else text


class ReasonEdit(QLineEdit):
    """One line for the reason; Esc puts it away."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class ReporterLine(QWidget):
    """`asked(reason)` when somebody wants to see it; `show_full` answers."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.text: QLabel = label(wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.eye = KeyButton(theme, "", icon="action.reveal", kind="quiet", height="hitTargetMin")
        self.eye.clicked.connect(self._eye_pressed)
        self.reason = ReasonEdit()
        self.reason.setPlaceholderText(t("reveal.reason"))
        self.reason.setAccessibleName(t("reveal.reason"))
        self.reason.setMaxLength(500)
        self.reason.returnPressed.connect(self._submit)
        self.reason.left.connect(self._shut)
        self.hint: QLabel = label(t("case.reveal"), "small", "subtle", wrap=True)
        self._full = False
        self._reporter: Reporter | None = None
        self._callers: tuple[Caller, ...] = ()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.eye, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.reason)
        column.addWidget(self.hint)
        self._shut()

    def show_masked(self, reporter: Reporter | None, may: str, callers: tuple[Caller, ...] = ()) -> None:
        """`may`: why it cannot be shown, "" when it can; `callers`: who called about it besides."""
        self._reporter, self._callers, self._full = reporter, callers, False
        text, hidden = masked(reporter, callers)
        self.text.setText(text)
        self.eye.setVisible(hidden)
        self.eye.setEnabled(not may)
        self.eye.relabel("", "action.reveal")
        self.eye.setAccessibleName(t("reporter.show"))
        self.eye.setToolTip(may or t("case.reveal"))

    def show_full(self, reporter: Reporter) -> None:
        """The desk has logged it."""
        self._full = True
        self.text.setText(shown(reporter, self._callers))
        self.eye.relabel("", "action.hide")
        self.eye.setAccessibleName(t("reporter.hide"))
        self._shut()

    @property
    def full(self) -> bool:
        """Whether it is shown unmasked."""
        return self._full

    def _eye_pressed(self) -> None:
        if self._full:
            self.show_masked(self._reporter, "", self._callers)
        elif self.reason.isVisible():
            self._shut()
        else:
            self.reason.show()
            self.hint.show()
            self.reason.setFocus()

    def _submit(self) -> None:
        QGuiApplication.inputMethod().commit()
        reason = self.reason.text().strip()
        if reason:
            self.asked.emit(reason)

    def _shut(self) -> None:
        self.reason.hide()
        self.hint.hide()
        if not self.reason.text() or self._full:
            self.reason.clear()
