"""The small window before the first one: what is going on, what went wrong, and the passphrase if needed."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

WIDTH = 460


class StartingWindow(QWidget):
    """`say` what goes on; `ask_again` after a failure; `passphrase` where no keyring answers.

    Closing it answers whatever was asked with False or None.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle(t("app.title"))
        self.setProperty("fill", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.px(WIDTH))
        self._asked: asyncio.Future[bool] | None = None
        self.words = label(t("start.opening"), "body", wrap=True)
        self.words.setMinimumHeight(theme.px(72))
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.first, self.second = QLineEdit(), QLineEdit()
        for field, name in ((self.first, "start.passphrase"), (self.second, "start.passphrase.again")):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText(t(name))
            field.setAccessibleName(t(name))
            field.returnPressed.connect(self._yes)
        self.again = KeyButton(theme, t("start.again"), "Enter", kind="primary")
        self.again.clicked.connect(self._yes)
        self.shut = KeyButton(theme, t("start.close"), "Esc")
        self.shut.clicked.connect(self.close)
        self._lay_out(theme)
        self._show_questions(passphrase=False, again=False)

    def _lay_out(self, theme: Theme) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.shut)
        buttons.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(t("app.title"), "title"))
        column.addWidget(self.words)
        column.addWidget(self.first)
        column.addWidget(self.second)
        column.addLayout(buttons)

    def say(self, text: str) -> None:
        """One sentence of what is going on."""
        self.words.setText(text)

    async def ask_again(self, text: str) -> bool:
        """Say what went wrong; True: try again, False: close the program."""
        self.say(text)
        self._show_questions(passphrase=False, again=True)
        self.again.setFocus()
        return await self._answer()

    async def passphrase(self, new: bool, text: str) -> str | None:
        """The passphrase typed; a `new` one is typed twice. None: the window was closed."""
        self.say(text)
        self._show_questions(passphrase=True, again=True, new=new)
        self.first.setFocus()
        while await self._answer():
            typed = self.first.text()
            if not new or (len(typed) >= 8 and typed == self.second.text()):
                self.first.clear()
                self.second.clear()
                self._show_questions(passphrase=False, again=False)
                return typed
            self.say(t("start.passphrase.unequal"))
        return None

    async def _answer(self) -> bool:
        self._asked = asyncio.get_running_loop().create_future()
        try:
            return await self._asked
        finally:
            self._asked = None
            self._show_questions(passphrase=self.first.isVisible(), again=False, new=self.second.isVisible())

    def _show_questions(self, *, passphrase: bool, again: bool, new: bool = False) -> None:
        self.first.setVisible(passphrase)
        self.second.setVisible(passphrase and new)
        self.again.setVisible(again)
        self.shut.setVisible(again)

    def _yes(self) -> None:
        if self._asked is not None and not self._asked.done():
            self._asked.set_result(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._asked is not None:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._yes()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._asked is not None and not self._asked.done():
            self._asked.set_result(False)
        super().closeEvent(event)
