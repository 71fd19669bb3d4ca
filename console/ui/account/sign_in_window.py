"""The first window of a shift: user, password; desk and shift are known. What fails is said in place."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk.errors import DeskError
from console.ui.account.shift import shift_at
from console.ui.parts.buttons import primary, secondary
from console.ui.parts.failure_text import failure_text
from console.ui.parts.text import label, set_look
from console.ui.shell.brand import Brand
from console.ui.theme import Theme
from console.ui.words import t

T = TypeVar("T")
SignIn = Callable[[str, str, str], Awaitable[T]]  # user, password, station
WIDTH = 420


def problem_text(error: DeskError) -> str:
    """The sentence for a sign-in that failed; a wrong password says how often it may still be tried."""
    left = getattr(error, "attempts_left", None)
    if error.code == "wrong_password" and isinstance(left, int):
        return t("login.bad", n=left)
    return failure_text(error)


class SignInWindow(QWidget, Generic[T]):
    """`await ask()` answers what `sign_in` answered, or None when the window was closed. `stands` once
    it has been painted."""

    stands = Signal()

    def __init__(
        self,
        theme: Theme,
        station: str,
        sign_in: SignIn[T],
        now: Callable[[], datetime],
        *,
        practice: bool = False,
        user: str = "",
    ) -> None:
        super().__init__()
        self._theme, self._station, self._sign_in, self._now = theme, station, sign_in, now
        self._answer: asyncio.Future[T | None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._painted = False
        self.setWindowTitle(t("app.title"))
        self.setProperty("fill", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.user, self.password = QLineEdit(user), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.trouble = label("", tone="warnText", wrap=True)
        self.trouble.setMinimumHeight(theme.px(40))
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.submit = primary(theme, t("login.submit"), "Enter")
        self.submit.clicked.connect(self._pressed)
        self.shut = secondary(theme, t("login.close"), "Esc")
        self.shut.clicked.connect(self.close)
        self._lay(practice)

    def _lay(self, practice: bool) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(16)
        for row, (key, edit) in enumerate((("login.user", self.user), ("login.password", self.password))):
            edit.setAccessibleName(t(key))
            edit.setMaxLength(200)
            edit.returnPressed.connect(self._entered)
            grid.addWidget(label(t(key), tone="muted"), row, 0)
            grid.addWidget(edit, row, 1)
        self.shift = label("", strong=True)
        self.show_shift()
        known = (("login.desk", label(self._station, strong=True)), ("login.shift", self.shift))
        for row, (key, shown) in enumerate(known, start=2):
            grid.addWidget(label(t(key), tone="muted"), row, 0)
            grid.addWidget(shown, row, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.submit)
        foot.addStretch(1)
        foot.addWidget(self.shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 20, 26, 20)
        column.setSpacing(14)
        column.addWidget(Brand(self._theme, practice))
        column.addWidget(label(t("login.title"), "titleLarge"))
        column.addLayout(grid)
        if practice:
            column.addWidget(label(t("login.practice"), "small", "violetText", wrap=True))
        column.addWidget(self.trouble)
        column.addLayout(foot)
        self.setFixedWidth(self._theme.px(WIDTH))

    def show_shift(self) -> None:
        """The shift of this moment: again once the centre's time is known."""
        name, start, end = shift_at(self._now())
        hours = {"start": f"{start:02d}:00", "end": f"{end:02d}:00"}
        self.shift.setText(t("login.shift.text", name=t(f"shift.{name}"), **hours))

    async def ask(self) -> T | None:
        """Show the window until somebody is signed in, or closes it."""
        self._answer = asyncio.get_running_loop().create_future()
        self.show()
        (self.password if self.user.text() else self.user).setFocus()
        try:
            return await self._answer
        finally:
            self._answer = None
            self.hide()

    def _entered(self) -> None:
        if self.user.text().strip() and not self.password.text():
            self.password.setFocus()
        else:
            self._pressed()

    def _pressed(self) -> None:
        QGuiApplication.inputMethod().commit()
        if self._answer is None or self._answer.done() or (self._task is not None and not self._task.done()):
            return
        lacking = [edit for edit in (self.user, self.password) if not edit.text().strip()]
        for edit in (self.user, self.password):
            set_look(edit, "bad", "true" if edit in lacking else "false")
        if lacking:
            names = ", ".join(edit.accessibleName() for edit in lacking)
            self._say(t("intake.missing", fields=names))
            lacking[0].setFocus()
            return
        self._task = asyncio.get_running_loop().create_task(self._try())
        self._task.add_done_callback(self._tried)

    async def _try(self) -> None:
        self._set_busy(True)
        try:
            answer = await self._sign_in(self.user.text().strip(), self.password.text(), self._station)
        except DeskError as error:
            self._say(problem_text(error))
            self._set_busy(False)
            self.password.selectAll()
            self.password.setFocus()
            return
        self.password.clear()
        self._finish(answer)

    def _tried(self, task: "asyncio.Task[None]") -> None:
        """A bug goes to whoever awaits `ask`: the program has one place for them."""
        if task.cancelled() or task.exception() is None:
            return
        if self._answer is not None and not self._answer.done():
            error = task.exception()
            assert error is not None
            self._answer.set_exception(error)

    def _finish(self, answer: T | None) -> None:
        self._set_busy(False)
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def _say(self, text: str) -> None:
        self.trouble.setText(text)

    def _set_busy(self, busy: bool) -> None:
        self.submit.setEnabled(not busy)
        if busy:
            self._say(t("login.busy"))
        elif self.trouble.text() == t("login.busy"):
            self._say("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.stands.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
        self._finish(None)
        super().closeEvent(event)
