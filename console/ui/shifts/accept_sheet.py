"""Who takes the shift over: whoever is signed in, or somebody else by their password at this desk."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.domain.case import Actor
from console.domain.handover import REASON_MOST
from console.ui.parts.buttons import primary, secondary
from console.ui.parts.text import label, set_look
from console.ui.theme import Theme
from console.ui.words import t

WIDTH = 480


class AcceptSheet(QDialog):
    """`given(user, password, words)`: take it so; an empty password is whoever is signed in. Open until
    `accept`: what is typed stays where it does not go."""

    given = Signal(str, str, str)

    def __init__(self, theme: Theme, title: str, actor: Actor, giver: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._actor = actor
        self.setWindowTitle(t("handover.accept"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.user = QLineEdit(actor.user if actor.user != giver else "")
        self.password, self.words = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.words.setMaxLength(REASON_MOST)
        self.note = label("", tone="warnText", wrap=True)
        self.go = primary(theme, t("handover.accept"), "Enter")
        self.go.clicked.connect(self._give)
        no = secondary(theme, t("views.sheet.no"), "Esc")
        no.clicked.connect(self.reject)
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(6))
        column.addWidget(label(t("handover.accept"), "title"))
        column.addWidget(label(title, tone="muted", wrap=True))
        self.secret = label(t("login.password"), tone="muted")
        for key, edit in (("login.user", self.user), ("login.password", self.password)):
            column.addWidget(self.secret if edit is self.password else label(t(key), tone="muted"))
            column.addWidget(edit)
            edit.setAccessibleName(t(key))
        column.addWidget(label(t("shifts.words"), tone="muted"))
        column.addWidget(self.words)
        self.words.setAccessibleName(t("shifts.words"))
        column.addWidget(self.note)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(no)
        foot.addWidget(self.go)
        column.addLayout(foot)
        self.setFixedWidth(px(WIDTH))
        for edit in (self.user, self.password, self.words):
            edit.returnPressed.connect(self._give)
        self.user.textChanged.connect(self._follow)
        self._follow()
        (self.words if self._mine() else self.user).setFocus()

    def _mine(self) -> bool:
        return self.user.text().strip() == self._actor.user

    def _follow(self) -> None:
        """Whoever is signed in has given their password already."""
        mine = self._mine()
        self.password.setEnabled(not mine)
        self.password.setPlaceholderText(t("shifts.signedIn") if mine else "")

    def tell(self, sentence: str) -> None:
        """What stands against it."""
        self.note.setText(sentence)
        self.go.setEnabled(True)

    def _give(self) -> None:
        QGuiApplication.inputMethod().commit()
        lacks = [edit for edit in (self.user, self.password) if edit.isEnabled() and not edit.text().strip()]
        for edit in (self.user, self.password):
            set_look(edit, "bad", "true" if edit in lacks else "false")
        if lacks:
            self.tell(t("intake.missing", fields=", ".join(edit.accessibleName() for edit in lacks)))
            lacks[0].setFocus()
            return
        if self.go.isEnabled():
            self.go.setEnabled(False)
            password = "" if self._mine() else self.password.text()
            self.given.emit(self.user.text().strip(), password, self.words.text())
