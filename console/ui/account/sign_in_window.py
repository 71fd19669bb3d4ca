"""The first window of a shift: user, password; desk and shift are known. What fails is said in place."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk.errors import DeskError
from console.ui.parts.buttons import primary, secondary
from console.ui.parts.failure_text import failure_text
from console.ui.parts.text import label, set_look
from console.ui.shell.brand import Brand
from console.ui.theme import Theme
from console.ui.words import t

T = TypeVar("T")
SignIn = Callable[[str, str, str], Awaitable[T]]  # user, password, station
WIDTH = 420
SHORTEST = 8  # characters of a new password


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
        renew: SignIn[T] | None = None,
        *,
        practice: bool = False,
        user: str = "",
    ) -> None:
        """`renew(user, code, password)`: a new password by a one-time code, and signed in with it."""
        super().__init__()
        self._renew, self._code = renew, ""
        self._theme, self._station, self._sign_in = theme, station, sign_in
        self._shift_of: Callable[[str], str] = lambda _user: "…"
        self._answer: asyncio.Future[T | None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._painted = False
        self.setWindowTitle(t("app.title"))
        self.setProperty("fill", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.user, self.password = QLineEdit(user), QLineEdit()
        self.new, self.again = QLineEdit(), QLineEdit()
        for secret in (self.password, self.new, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
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
        fields = (
            ("login.user", self.user), ("login.password", self.password),
            ("login.new", self.new), ("login.again", self.again),
        )  # fmt: skip
        self._words = []
        for row, (key, edit) in enumerate(fields):
            edit.setAccessibleName(t(key))
            edit.setMaxLength(200)
            edit.returnPressed.connect(self._entered)
            self._words.append(label(t(key), tone="muted"))
            grid.addWidget(self._words[-1], row, 0)
            grid.addWidget(edit, row, 1)
        self._show_new(False)
        self.shift = label("", strong=True)
        self.user.textChanged.connect(lambda _text: self.show_shift())
        self.show_shift()
        known = (("login.desk", label(self._station, strong=True)), ("login.shift", self.shift))
        for row, (key, shown) in enumerate(known, start=4):
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
        """The shift of this moment, for whoever is typed: again once the centre's time is known."""
        self.shift.setText(self._shift_of(self.user.text().strip()))

    def know(self, shift_of: Callable[[str], str], user: str) -> None:
        """How the shift reads for a user name; `user`: whom the roster has here, typed over by any letter."""
        self._shift_of = shift_of
        self.show_shift()
        if user and not self.user.text():
            self.user.setText(user)
            self.user.selectAll()

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

    def _show_new(self, on: bool) -> None:
        """The fields of a new password, as long as one is set."""
        for part in (*self._words[2:], self.new, self.again):
            part.setVisible(on)
        for part in (self._words[1], self.password):
            part.setVisible(not on)

    def _entered(self) -> None:
        if self.user.text().strip() and not self.password.text():
            self.password.setFocus()
        else:
            self._pressed()

    def _pressed(self) -> None:
        QGuiApplication.inputMethod().commit()
        if self._answer is None or self._answer.done() or (self._task is not None and not self._task.done()):
            return
        if self._code:
            self._set_new()
            return
        lacking = [edit for edit in (self.user, self.password) if not edit.text().strip()]
        for edit in (self.user, self.password):
            set_look(edit, "bad", "true" if edit in lacking else "false")
        if lacking:
            names = ", ".join(edit.accessibleName() for edit in lacking)
            self._say(t("intake.missing", fields=names))
            lacking[0].setFocus()
            return
        self._start(self._sign_in, self.password.text(), self._station)

    def _set_new(self) -> None:
        if len(self.new.text()) < SHORTEST or self.new.text() != self.again.text():
            self._say(t("login.newUnequal", n=SHORTEST))
            self.new.selectAll()
            self.new.setFocus()
        elif self._renew is not None:
            self._start(self._renew, self._code, self.new.text())

    def _start(self, act: SignIn[T], one: str, other: str) -> None:
        self._task = asyncio.get_running_loop().create_task(self._try(act, one, other))
        self._task.add_done_callback(self._tried)

    async def _try(self, act: SignIn[T], one: str, other: str) -> None:
        self._set_busy(True)
        try:
            answer = await act(self.user.text().strip(), one, other)
        except DeskError as error:
            self._failed(error)
            return
        for secret in (self.password, self.new, self.again):
            secret.clear()
        self._finish(answer)

    def _failed(self, error: DeskError) -> None:
        self._say(problem_text(error))
        self._set_busy(False)
        by_code = error.code == "password_to_set" and self._renew is not None
        if by_code or (self._code and error.code == "password_short"):
            self._code = self._code or self.password.text()
            self._show_new(True)
            self.new.setFocus()
            return
        self._code = ""
        self._show_new(False)
        self.password.selectAll()
        self.password.setFocus()

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
