"""The sheet that names a saved view and says who may see it."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk.views import NAME_MOST, SavedView
from console.ui.parts.buttons import primary, secondary
from console.ui.parts.choice import TickBox
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

WIDTH = 460  # pixels at 100 %
replace = msgspec.structs.replace


class ViewSheet(QDialog):
    """`given(view)`: save it so. Open until `accept`: what is typed stays where it cannot be saved."""

    given = Signal(object)

    def __init__(self, theme: Theme, view: SavedView, own: Sequence[SavedView], parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._own = view, own
        title = t("views.sheet.edit" if view.id else "views.sheet.save")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit(view.name)
        self.name.setMaxLength(NAME_MOST)
        self.name.setAccessibleName(t("views.sheet.name"))
        self.name.selectAll()
        self.shared = TickBox(theme, t("views.sheet.shared"))
        self.shared.setChecked(view.shared)
        self.note = label("", tone="warnText", wrap=True)
        self.go = primary(theme, t("views.sheet.go"), "Enter")
        self.go.clicked.connect(self._give)
        no = secondary(theme, t("views.sheet.no"), "Esc")
        no.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(no)
        foot.addWidget(self.go)
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(8))
        column.addWidget(label(title, "title"))
        column.addWidget(label(t("views.sheet.name"), tone="muted"))
        for part in (self.name, self.note, self.shared):
            column.addWidget(part)
        column.addWidget(label(t("views.sheet.what"), tone="muted", wrap=True))
        column.addSpacing(px(8))
        column.addLayout(foot)
        self.setFixedWidth(px(WIDTH))
        self.name.textChanged.connect(self._judge)
        self.name.returnPressed.connect(self._give)
        self._judge()

    def _same(self) -> SavedView | None:
        """Another own one that is called so already."""
        name = self.name.text().strip()
        return next((one for one in self._own if one.name == name and one.id != self._view.id), None)

    def _judge(self) -> None:
        same = self._same()
        if same is None:
            self.tell("")
        else:
            self.tell(t("views.sheet.taken" if self._view.id else "views.sheet.same", name=same.name))
        self.go.setEnabled(bool(self.name.text().strip()) and not (same is not None and self._view.id))

    def tell(self, sentence: str) -> None:
        """What stands against it."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def _give(self) -> None:
        if not self.go.isEnabled():
            return
        same = self._same()
        id_ = self._view.id or (same.id if same else "")
        shared = self.shared.isChecked()
        self.given.emit(replace(self._view, id=id_, name=self.name.text().strip(), shared=shared))
