"""What waits for a yes: `Y` says it, `X` declines with a reason, both can be undone."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from console.desk.board.board_rows import Wish
from console.domain.command import AnyBody, Approve, Decline, GrantExtension, RefuseExtension
from console.ui.board.board_words import wish_line
from console.ui.board.lines import Column, LineTable
from console.ui.board.panel import Panel
from console.ui.parts.buttons import KeyButton, quiet, secondary
from console.ui.theme import Theme
from console.ui.words import t


def yes_of(wish: Wish) -> AnyBody:
    """The command that grants it."""
    return Approve(request=wish.request) if wish.request else GrantExtension()


def no_of(wish: Wish, reason: str) -> AnyBody:
    """The command that declines it."""
    return Decline(request=wish.request, reason=reason) if wish.request else RefuseExtension(reason=reason)


class ApprovalsPanel(Panel):
    """`decided(Wish, body, sentence)`: to be given; `opened(case)`."""

    decided = Signal(object, object, str)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self.table = LineTable(theme, [Column(), Column("", 110, True)], t("sup.approvals"), 46)
        self.yes = KeyButton(theme, t("sup.approve"), "Y", kind="primary")
        self.no = secondary(theme, t("sup.decline"), "X")
        super().__init__(theme, t("sup.approvals"), self.table, (self.yes, self.no))
        self.wishes: dict[str, Wish] = {}
        self._declining = ""  # the case that a reason is being written for
        self._may = True
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(t("board.reason"))
        self.reason.setAccessibleName(t("board.reason"))
        self.send, self.back = (
            secondary(theme, t("sup.decline"), "Enter"),
            quiet(theme, t("board.back"), "Esc"),
        )
        self.line = QWidget()
        row = QHBoxLayout(self.line)
        row.setContentsMargins(theme.px(14), theme.px(6), theme.px(10), theme.px(6))
        row.addWidget(self.reason, 1)
        row.addWidget(self.send)
        row.addWidget(self.back)
        self.column.addWidget(self.line)
        self.line.hide()
        self.yes.clicked.connect(self.approve)
        self.no.clicked.connect(self.decline)
        self.send.clicked.connect(self._send)
        self.back.clicked.connect(self.put_away)
        self.reason.returnPressed.connect(self._send)
        self.table.opened.connect(self.opened)
        self.table.moved.connect(lambda _key: self._enable())
        self._enable()

    def show_wishes(self, wishes: Sequence[Wish], total: int, now: datetime, may: bool) -> None:
        """These wait. `may`: whoever is signed in decides on them."""
        self.wishes, self._may = {wish.row.id: wish for wish in wishes}, may
        self.table.put([wish_line(wish, now) for wish in wishes])
        self.tell_count(total)
        self.say("" if wishes else t("board.asking.none"))
        self._enable()

    def _enable(self) -> None:
        wish = self.chosen
        for button in (self.yes, self.no):
            button.setEnabled(wish is not None and self._may)
            button.setToolTip("" if self._may else t("board.mayNot"))

    @property
    def chosen(self) -> Wish | None:
        """The one under the cursor."""
        return self.wishes.get(self.table.key)

    def approve(self) -> None:
        """Y"""
        wish = self.chosen
        if wish is not None and self._may and not self._declining:
            self.decided.emit(wish, yes_of(wish), t("board.approved", number=wish.row.number))

    def decline(self) -> None:
        """X: a reason is asked for."""
        wish = self.chosen
        if wish is None or not self._may:
            return
        self._declining = wish.row.id
        self.reason.setAccessibleDescription(wish.row.number)
        self.line.show()
        self.reason.setFocus()

    def _send(self) -> None:
        QGuiApplication.inputMethod().commit()
        wish, reason = self.wishes.get(self._declining), self.reason.text().strip()
        if wish is None:
            self.put_away()
        elif not reason:
            self.reason.setPlaceholderText(t("board.reason.missing"))
            self.reason.setFocus()
        else:
            self.decided.emit(wish, no_of(wish, reason), t("board.declined", number=wish.row.number))

    def given(self) -> None:
        """The answer is on its way: the reason is not needed any more."""
        self.reason.clear()
        self.put_away()

    def put_away(self) -> None:
        """Esc: the words stay until the next one."""
        if self._declining:
            self._declining = ""
            self.line.hide()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
